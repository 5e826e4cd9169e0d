// The month grid: brings cells, keys, paste, undo, saving and what is told together.
import { same } from "./cell.js";
import { Drafts } from "./drafts.js";
import { keys } from "./keys.js";
import { Line } from "./line.js";
import { pasting } from "./paste.js";
import { Saver } from "./saver.js";
import { state } from "./state.js";
import { conflict, findings } from "./told.js";
import { tools } from "./tools.js";
import { shown, typed } from "./typed.js";
import { Steps } from "./undo.js";

class Grid {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(document.getElementById("grid-words").textContent);
    this.lines = [...root.querySelectorAll("tr[data-line]")].map((row) => new Line(row, this.words));
    this.cells = this.lines.flatMap((line) => line.cells);
    this.byInput = new Map(this.cells.map((cell) => [cell.input, cell]));
    this.byKey = new Map(this.cells.map((cell) => [cell.key, cell]));
    this.steps = new Steps();
    this.drafts = new Drafts(root.dataset.owner, root.dataset.save);
    this.saver = new Saver(this, root.dataset.save);
    this.editing = false;
    this.current = null;
    this.told = root.querySelector("[data-told]");
    this.list = root.querySelector("[data-findings]");
    this.box = root.querySelector("[data-conflicts]");
    this.others = [];
    this.state = state(root, this.words);
    this.first();
  }

  // What the server wrote into the page: findings of cells; then what this tab still holds.
  first() {
    const { cells, others } = JSON.parse(document.getElementById("grid-findings").textContent);
    this.others = others;
    for (const cell of this.cells) cell.tell(cells[cell.key] ?? []);
    this.refusals();
    for (const [key, { seen, ...value }] of Object.entries(this.drafts.read())) {
      const cell = this.byKey.get(key);
      if (!cell || same(cell.value, value)) continue;
      const now = cell.server.text;
      cell.show(value);
      if (seen === cell.seen) this.send([cell]);
      else this.clash(cell, { now, who: "", at: "", seen: cell.seen });
    }
  }

  // Cells that are not saved: those that wait, and those over which two people disagree.
  get unsaved() {
    return this.cells.filter((cell) => this.saver.waiting.has(cell.key) || cell.isClashing);
  }

  get token() {
    const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    return cookie ? cookie[1] : this.root.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  cellOf(target) {
    return this.byInput.get(target);
  }

  at(cell) {
    this.current = cell;
    this.root.querySelector("[data-here]").textContent = cell.name;
    this.tools?.(cell);
  }

  move(cell, down, right) {
    const line = this.lines[this.lines.indexOf(cell.line) + down];
    return line ? this.go(line, cell.column + right) : false;
  }

  go(line, column) {
    const cell = line.cells[column];
    if (!cell) return true;
    cell.input.focus();
    return true;
  }

  // What was typed is taken in as one leaves the cell.
  commit(cell) {
    if (!cell.isTouched || !cell.canEdit) return;
    const value = typed(cell.input.value, this.words.signs);
    if (value) this.change([{ cell, value }]);
    else {
      cell.refuse(this.words.unread.replace("{text}", cell.input.value));
      this.refusals();
      this.state("unread");
    }
  }

  change(changes) {
    const real = changes.filter(({ cell, value }) => !same(cell.value, value));
    if (real.length) this.steps.add(real.map(({ cell, value }) => ({ cell, before: cell.value, after: value })));
    this.put(changes);
  }

  put(changes) {
    const moved = changes.filter(({ cell, value }) => !same(cell.value, value));
    for (const { cell, value } of changes) cell.show(value);
    this.told.replaceChildren(); // of the paste before
    this.refusals();
    this.send(moved.map(({ cell }) => cell));
  }

  send(cells) {
    if (cells.length === 0) return;
    for (const cell of cells) cell.line.wait();
    this.saver.add(cells);
  }

  undo() {
    const step = this.steps.back();
    if (step) this.put(step);
    return true;
  }

  redo() {
    const step = this.steps.again();
    if (step) this.put(step);
    return true;
  }

  take(told, kept) {
    const clashing = told.conflicts ?? [];
    const held = new Set([...kept, ...clashing.map((one) => `${one.line} ${one.month}`)]);
    for (const one of told.lines) this.lines.find((line) => line.ident === one.line)?.take(one, held);
    if (told.beside) this.doubt(told);
    for (const one of clashing) this.clash(this.byKey.get(`${one.line} ${one.month}`), one);
    this.refusals();
  }

  // What is doubtful about the touched lines, and at other lines of their items, after a save.
  doubt({ lines, beside, others }) {
    const touched = new Set(lines.map((one) => one.line));
    const items = new Set(lines.map((one) => one.item));
    for (const line of this.lines.filter((one) => items.has(one.item) && !touched.has(one.ident))) {
      for (const cell of line.cells) cell.tell(beside[cell.key] ?? []);
    }
    const series = new Set(lines.map((one) => `${one.item}|${one.meter}`));
    const kept = this.others.filter(({ data }) => !series.has(`${data.item}|${data.meter_id ?? ""}`));
    this.others = [...kept, ...others];
  }

  clash(cell, told) {
    cell.seen = told.seen;
    cell.td.dataset.conflict = "yes";
    conflict(this.box, cell, told, this.words, (which) => {
      delete cell.td.dataset.conflict;
      if (which === "mine") this.send([cell]);
      else cell.show(cell.server);
      this.drafts.keep(this.unsaved);
      this.refresh();
      cell.input.focus();
    });
    this.drafts.keep(this.unsaved);
    this.state("conflict");
  }

  refusals() {
    findings(this.list, this.cells, this.others, this.words);
  }

  tell({ unread, outside, kept, isNamed, isTurned }) {
    for (const { cell, text } of unread) cell.refuse(this.words.unread.replace("{text}", text));
    this.refusals();
    const counts = { outside, unread_count: unread.length, kept };
    const said = Object.entries(counts).filter(([, count]) => count);
    const told = said.map(([name, count]) => this.words[name].replace("{count}", shown(String(count))));
    const first = isNamed ? [this.words.named] : isTurned ? [this.words.turned] : [];
    this.told.textContent = [...first, ...told].join(" ");
    if (unread.length && this.saver.waiting.size === 0) this.state("unread");
  }

  // The grid as it is now, for a page that has been open for a while.
  async refresh() {
    if (this.saver.waiting.size || !this.root.dataset.now) return;
    try {
      const answer = await fetch(this.root.dataset.now, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.ok) this.take(await answer.json(), new Set(this.saver.waiting.keys()));
      else if (answer.status === 401) this.state("expired", 0);
    } catch {
      this.state("offline", 0);
    }
  }
}

for (const root of document.querySelectorAll("[data-grid]")) {
  const grid = new Grid(root);
  if (root.dataset.save) {
    keys(grid);
    pasting(grid);
    tools(grid);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && grid.refresh());
  }
}
