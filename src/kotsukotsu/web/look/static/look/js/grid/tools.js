// Buttons above the grid for the cell that has the focus: 使用なし, 推計, undo, redo.
import { NOT_OCCURRING, stateOf } from "./typed.js";

export function tools(grid) {
  const button = (name) => grid.root.querySelector(`[data-tool=${name}]`);
  const [nothing, estimate, undo, redo] = ["nothing", "estimate", "undo", "redo"].map(button);
  const act = (one, does) => {
    one.addEventListener("mousedown", (event) => event.preventDefault());
    one.addEventListener("click", () => {
      const cell = grid.current;
      if (cell) grid.commit(cell);
      does(cell);
      cell?.input.focus();
    });
  };
  act(nothing, (cell) => cell?.canEdit && grid.change([{ cell, value: nothingIn(cell) }]));
  act(estimate, (cell) => cell?.canEdit && grid.change([{ cell, value: estimated(cell.value) }]));
  act(undo, () => grid.undo());
  act(redo, () => grid.redo());
  grid.tools = (cell) => {
    const has = cell.canEdit && isNumber(cell.value);
    nothing.disabled = !cell.canEdit;
    nothing.setAttribute("aria-pressed", String(cell.value.state === "not_occurring"));
    estimate.disabled = !has && !cell.isTouched;
    estimate.setAttribute("aria-pressed", String(cell.value.estimated));
  };
}

function nothingIn(cell) {
  const is = cell.value.state === "not_occurring";
  return { text: is ? "" : NOT_OCCURRING, state: is ? "missing" : "not_occurring", estimated: false };
}

function isNumber(value) {
  return value.state !== "missing" && value.state !== "not_occurring";
}

function estimated(value) {
  if (!isNumber(value)) return value;
  return { text: value.text, state: stateOf(value.text, !value.estimated), estimated: !value.estimated };
}
