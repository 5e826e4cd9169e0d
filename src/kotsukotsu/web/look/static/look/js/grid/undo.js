// Steps that can be undone: a cell, or a whole pasted block.
export class Steps {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  add(step) {
    this.done.push(step);
    this.undone = [];
  }

  back() {
    return moved(this.done, this.undone);
  }

  again() {
    return moved(this.undone, this.done);
  }
}

// Turns the newest step of `from` round: what it changed goes back to what stood there before.
function moved(from, to) {
  const step = from.pop();
  if (!step) return null;
  to.push(step.map(({ cell, before, after }) => ({ cell, before: after, after: before })));
  return step.map(({ cell, before }) => ({ cell, value: before }));
}
