// What every page can do with a script; everything is there without one too.
import { coming } from "./coming.js";
import { days } from "./days.js";
import { drawers } from "./drawer.js";
import { kept } from "./kept.js";
import { menus, row } from "./menu.js";
import { parts } from "./part.js";
import { ticks } from "./ticks.js";

menus(document);
row(document);
drawers(document);
coming(document);
days(document);
parts(document);
kept(document);
ticks(document);
