// What every page can do with a script; everything is there without one too.
import { drawers } from "./drawer.js";
import { menus } from "./menu.js";

menus(document);
drawers(document);
