// A row of the grid: its cells, its total, last year's total and the difference.
import { Cell } from "./cell.js";
import { element } from "./told.js";
import { shown } from "./typed.js";

export class Line {
  constructor(row, words) {
    this.ident = row.dataset.line;
    this.item = this.ident.split("|")[0];
    this.name = row.dataset.name;
    this.words = words;
    this.cells = [...row.querySelectorAll("td[data-month]")].map((td, at) => new Cell(td, this, at, words));
    this.total = row.querySelector("[data-total]");
    this.change = row.querySelector("[data-change]");
    this.doubts = row.querySelector("[data-doubts]");
  }

  // A total of values that are not saved would look right and be wrong: it waits.
  wait() {
    this.total.textContent = "…";
    this.change.textContent = "…";
  }

  // What is doubtful in its cells, below them on a phone, where the list of all is far away.
  doubt({ colon, comma }) {
    const said = new Map();
    for (const cell of this.cells) for (const one of cell.told) said.set(one, [...(said.get(one) ?? []), cell.short]);
    const lines = [...said].map(([one, months]) => element("p", `${months.join(comma)}${colon}${one}`));
    this.doubts.replaceChildren(...lines);
  }

  take(told, kept) {
    told.cells.forEach((one, at) => this.cells[at].take(one, kept.has(this.cells[at].key)));
    if (this.cells.some((cell) => kept.has(cell.key))) return;
    this.total.replaceChildren(shown(told.total) || this.words.none);
    if (told.filled > 0 && told.filled < told.wanted) this.total.append(element("small", `${told.filled}/${told.wanted}`));
    this.change.textContent = told.change === "" ? this.words.none : signed(told.change);
  }
}

function signed(change) {
  const number = shown(change);
  return `${Number(change) > 0 ? "+" : ""}${Number(change) === 0 ? number.replace(/^[△−]/, "") : number}%`;
}
