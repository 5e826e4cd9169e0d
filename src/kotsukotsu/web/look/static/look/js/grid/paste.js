// A block copied in Excel goes into the cells from here to the right and down; one step to undo.
import { typed } from "./typed.js";

export function pasting(grid) {
  grid.root.addEventListener("paste", (event) => {
    const cell = grid.cellOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    const result = placed(grid, cell, blockOf(text));
    grid.change(result.changes);
    grid.tell(result);
    cell.input.select();
  });
}

function blockOf(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
}

function placed(grid, from, block) {
  const changes = [];
  const unread = [];
  let outside = 0;
  const first = grid.lines.indexOf(from.line);
  block.forEach((texts, down) => {
    texts.forEach((text, right) => {
      const cell = grid.lines[first + down]?.cells[from.column + right];
      const value = typed(text.replace(/^"(.*)"$/s, "$1"));
      if (!cell || !cell.canEdit) outside += text.trim() === "" ? 0 : 1;
      else if (value === null) unread.push({ cell, text });
      else changes.push({ cell, value });
    });
  });
  return { changes, unread, outside };
}
