// The keyboard: arrows move, Enter goes down, Tab right (the browser's own), F2 edits, Ctrl+Z undoes, Ctrl+Enter opens the file.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function keys(grid) {
  grid.root.addEventListener("keydown", (event) => {
    const cell = grid.cellOf(event.target);
    if (cell && !event.isComposing && pressed(grid, cell, event)) event.preventDefault();
  });
  grid.root.addEventListener("focusin", (event) => {
    const cell = grid.cellOf(event.target);
    if (cell) enter(grid, cell);
  });
  grid.root.addEventListener("focusout", (event) => {
    const cell = grid.cellOf(event.target);
    if (cell) grid.commit(cell);
    grid.editing = false;
  });
  // The click that comes into a cell selects it whole; the next one places the caret.
  grid.root.addEventListener("mousedown", (event) => {
    const cell = grid.cellOf(event.target);
    if (!cell) return;
    if (cell.input !== document.activeElement) {
      event.preventDefault();
      cell.input.focus();
    } else grid.editing = true;
  });
}

function enter(grid, cell) {
  grid.editing = false;
  cell.input.select();
  grid.at(cell);
}

function pressed(grid, cell, event) {
  const { key, ctrlKey, metaKey, shiftKey } = event;
  if (ctrlKey || metaKey) return command(grid, cell, key.toLowerCase(), shiftKey);
  if (event.altKey) return false;
  if (STEPS[key]) {
    if (grid.editing && (key === "ArrowLeft" || key === "ArrowRight")) return false;
    return grid.move(cell, ...STEPS[key]);
  }
  if (key === "Enter") return grid.move(cell, shiftKey ? -1 : 1, 0) || settle(grid, cell);
  if (key === "F2") return edit(grid, cell);
  if (key === "Escape") return back(grid, cell);
  if (key === "Delete" && !grid.editing && !cell.isTouched) return clear(grid, cell);
  if (key === "Home" && !grid.editing) return grid.go(cell.line, 0);
  if (key === "End" && !grid.editing) return grid.go(cell.line, cell.line.cells.length - 1);
  return false;
}

function command(grid, cell, key, shift) {
  if (key === "z" && !shift) return cell.isTouched ? back(grid, cell) : grid.undo();
  if (key === "enter") return open(cell);
  if (key === "y" || (key === "z" && shift)) return grid.redo();
  return false;
}

// The file that proves the cell; of several, their list.
function open(cell) {
  cell.file?.click();
  return true;
}

// On the last line Enter stays where it is, and what was typed is taken in.
function settle(grid, cell) {
  grid.commit(cell);
  cell.input.select();
  return true;
}

function edit(grid, cell) {
  grid.editing = true;
  const end = cell.input.value.length;
  cell.input.setSelectionRange(end, end);
  return true;
}

// Gives up what was typed; where the server refused it, what stands there again.
function back(grid, cell) {
  grid.editing = false;
  const isRefused = cell.refusal && !cell.isTouched;
  if (isRefused && cell.canEdit) grid.change([{ cell, value: cell.server }]);
  else cell.show(cell.value);
  grid.refusals();
  cell.input.select();
  return true;
}

function clear(grid, cell) {
  if (cell.canEdit) grid.change([{ cell, value: { text: "", state: "missing", estimated: false } }]);
  return true;
}
