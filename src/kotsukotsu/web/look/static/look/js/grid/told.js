// What the page says under and above the grid: findings, unread values, conflicts; each leads to its cell.
import { shown } from "./typed.js";

export function findings(list, cells, others, words) {
  const items = [];
  const told = new Set();
  for (const cell of cells) {
    if (cell.refusal) items.push(item("error", words, link(cell), cell.refusal, ""));
    for (const one of cell.findings) {
      const said = JSON.stringify([cell.line.ident, one.code, one.where, one.message]);
      if (!told.has(said)) items.push(item(one.severity, words, link(cell), one.message, one.advice, one.code));
      told.add(said); // of several months it is said once
    }
  }
  for (const line of new Set(cells.map((cell) => cell.line))) line.doubt(words);
  for (const one of others) items.push(item(one.severity, words, element("strong", one.where), one.message, one.advice, one.code));
  list.replaceChildren(...items);
  list.hidden = items.length === 0;
}

function link(cell) {
  const made = element("a", cell.name);
  made.href = `#${cell.input.id}`;
  return made;
}

function item(kind, words, place, message, advice, code = "") {
  const mark = element("span", words.severity[kind], `chip chip-${kind}`);
  const line = element("p", "");
  line.append(place, ` ${message} `, element("small", code));
  const text = element("div", "");
  text.append(line);
  if (advice) text.append(element("p", advice, "quiet"));
  const made = element("li", "");
  made.append(mark, text);
  return made;
}

// Somebody else changed the cell: both values, and the choice.
export function conflict(box, cell, told, words, choose) {
  const own = document.getElementById(`conflict-${cell.input.id}`);
  const made = element("li", "");
  made.id = `conflict-${cell.input.id}`;
  const who = told.who ? words.conflict_by.replace("{who}", told.who).replace("{at}", told.at) : words.conflict_other;
  const values = words.conflict.replace("{cell}", cell.name).replace("{mine}", cell.display || words.missing);
  made.append(element("p", `${values}${who.replace("{now}", shown(told.now) || words.missing)}`));
  const buttons = element("div", "", "grid-choices");
  for (const which of ["theirs", "mine"]) {
    const button = element("button", words[which], "second small");
    button.type = "button";
    button.addEventListener("click", () => {
      made.remove();
      box.hidden = box.querySelectorAll("li").length === 0;
      choose(which);
    });
    buttons.append(button);
  }
  made.append(buttons);
  own?.remove();
  box.querySelector("ul").append(made);
  box.hidden = false;
}

export function element(tag, text, name = "") {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (name) made.className = name;
  return made;
}
