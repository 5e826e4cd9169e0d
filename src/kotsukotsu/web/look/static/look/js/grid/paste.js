// A block copied in Excel goes into the cells from here to the right and down; one step to undo.
import { typed } from "./typed.js";

const FIELD = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/gy;
const MONTH = /^\d{1,2}月分?$/;

export function pasting(grid) {
  grid.root.addEventListener("paste", (event) => {
    const cell = grid.cellOf(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!cell || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    const block = blockOf(text, grid.words.signs);
    const isTurned = isOfMonths(grid, cell, block);
    const result = placed(grid, cell, isTurned ? [block.flat()] : block);
    grid.change(result.changes);
    grid.tell({ ...result, isTurned });
    cell.input.select();
  });
}

function blockOf(text, signs) {
  const rows = [[]];
  for (const [, raw, end] of text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").matchAll(FIELD)) {
    const bare = raw.replace(/^"(.*)"$/s, "$1").replace(/""/g, '"').trim();
    rows.at(-1).push({ text: bare, value: MONTH.test(bare) ? null : typed(bare, signs) });
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}

// Months one below the other, as many a bill lists them: a column that reaches beyond the last line goes to the right.
function isOfMonths(grid, from, block) {
  const below = grid.lines.length - grid.lines.indexOf(from.line);
  return block.length > below && block.every((row) => row.length === 1);
}

// A name before the values would move each of them into the next month or line.
function hasNames(block) {
  const isName = (cells) => cells.some((one) => one.value === null) && cells.every((one) => !one.value?.text);
  const isNumber = block.flat().some((one) => one.value?.text);
  return isNumber && (isName(block[0]) || isName(block.map((row) => row[0])));
}

function placed(grid, from, block) {
  const result = { changes: [], unread: [], outside: 0, kept: 0, isNamed: hasNames(block) };
  if (result.isNamed) return result;
  const first = grid.lines.indexOf(from.line);
  block.forEach((row, down) => {
    row.forEach(({ text, value }, right) => {
      const cell = grid.lines[first + down]?.cells[from.column + right];
      if (text === "") result.kept += cell?.value.text ? 1 : 0;
      else if (!cell || !cell.canEdit) result.outside += 1;
      else if (value === null) result.unread.push({ cell, text });
      else result.changes.push({ cell, value });
    });
  });
  return result;
}
