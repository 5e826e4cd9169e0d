// A row of the grid: its cells, its total, last year's total and the difference.
import { Cell } from "./cell.js";
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
  }

  // A total of values that are not saved would look right and be wrong: it waits.
  wait() {
    this.total.textContent = "…";
    this.change.textContent = "…";
  }

  take(told, kept) {
    told.cells.forEach((one, at) => this.cells[at].take(one, kept.has(this.cells[at].key)));
    if (this.cells.some((cell) => kept.has(cell.key))) return;
    this.total.replaceChildren(shown(told.total) || this.words.none);
    if (told.filled > 0 && told.filled < told.wanted) this.total.append(count(`${told.filled}/${told.wanted}`));
    this.change.textContent = told.change === "" ? this.words.none : signed(told.change);
  }
}

function count(text) {
  const small = document.createElement("small");
  small.textContent = text;
  return small;
}

function signed(change) {
  const number = shown(change);
  return `${Number(change) > 0 ? "+" : ""}${Number(change) === 0 ? number.replace(/^[△−]/, "") : number}%`;
}
