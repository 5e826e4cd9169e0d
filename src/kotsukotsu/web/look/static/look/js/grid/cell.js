// One month of a line: what stands in it, what the server last said of it, how it looks.
import { NOT_OCCURRING, shown } from "./typed.js";

export class Cell {
  constructor(td, line, column, words) {
    this.td = td;
    this.input = td.querySelector("input");
    this.line = line;
    this.column = column;
    this.words = words;
    this.month = td.dataset.month;
    this.name = td.dataset.name;
    this.short = td.querySelector(".grid-month").textContent;
    this.seen = td.dataset.seen;
    this.file = td.querySelector(".grid-file");
    this.findings = [];
    this.refusal = "";
    this.value = { text: td.dataset.text, state: td.dataset.state, estimated: td.dataset.state === "estimated" };
    this.server = this.value;
  }

  get key() {
    return `${this.line.ident} ${this.month}`;
  }

  // Somebody else changed it meanwhile, and the reader has not yet chosen.
  get isClashing() {
    return this.td.dataset.conflict === "yes";
  }

  get canEdit() {
    return !this.input.readOnly;
  }

  get display() {
    return this.value.text === NOT_OCCURRING ? this.words.not_occurring : shown(this.value.text);
  }

  // Whether the reader has typed something that is not yet taken in.
  get isTouched() {
    return this.input.value !== this.display;
  }

  show(value) {
    this.value = value;
    this.refusal = "";
    this.td.dataset.state = value.state;
    this.input.value = this.display;
    this.input.removeAttribute("aria-invalid");
    this.say();
  }

  refuse(said) {
    this.refusal = said;
    this.input.setAttribute("aria-invalid", "true");
    this.say();
  }

  // Why what was typed is not taken, then what is doubtful.
  get told() {
    return [...(this.refusal ? [this.refusal] : []), ...this.findings.map((finding) => finding.message)];
  }

  // The name that is read out: month, last year's value, estimated, what is doubtful.
  say() {
    const parts = [this.name];
    if (this.value.state === "estimated") parts.push(this.words.estimated);
    if (this.file) parts.push(this.words.file);
    if (this.td.dataset.before) parts.push(`${this.words.before} ${shown(this.td.dataset.before)}`);
    this.input.setAttribute("aria-label", [...parts, ...this.told].join(this.words.comma));
    this.td.title = this.told.join("\n");
  }

  // What the server says: `isKept` where the reader has meanwhile typed something else.
  take(told, isKept) {
    this.seen = told.seen;
    this.server = { text: told.text, state: told.state, estimated: told.state === "estimated" };
    this.tell(told.findings);
    if (!isKept && !this.refusal && !this.isTouched) this.show(this.server);
  }

  // What is doubtful about it.
  tell(findings) {
    this.findings = findings;
    const worst = ["error", "warning", "info"].find((name) => findings.some((one) => one.severity === name));
    this.td.dataset.finding = worst || "";
    this.say();
  }

  change() {
    const { text, estimated } = this.value;
    return { line: this.line.ident, month: this.month, text, seen: this.seen, estimated };
  }
}

export function same(one, other) {
  return one.text === other.text && one.state === other.state;
}
