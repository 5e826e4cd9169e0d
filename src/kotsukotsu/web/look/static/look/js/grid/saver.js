// Each change goes to the server at once; several that wait go together. Nothing waiting is ever dropped.
const PAUSE = 120; // [ms]
const AGAIN = 5000; // [ms]

export class Saver {
  constructor(grid, address) {
    this.grid = grid;
    this.address = address;
    this.waiting = new Map();
    this.isSending = false;
    this.timer = 0;
    addEventListener("online", () => this.flush());
  }

  add(cells) {
    for (const cell of cells) this.waiting.set(cell.key, cell);
    this.grid.drafts.keep(this.grid.unsaved);
    this.grid.state("saving");
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  async flush() {
    if (this.isSending || this.waiting.size === 0) return;
    this.isSending = true;
    const cells = [...this.waiting.values()];
    try {
      await this.send(cells);
    } finally {
      this.isSending = false;
      this.grid.drafts.keep(this.grid.unsaved);
    }
  }

  async send(cells) {
    const sent = new Map(cells.map((cell) => [cell, cell.value]));
    const answer = await this.post(cells);
    if (!answer) return this.offline();
    if (answer.status === 401) return this.grid.state("expired", this.waiting.size);
    if (answer.status === 422 && cells.length > 1) {
      for (const cell of cells) await this.send([cell]);
      return undefined;
    }
    const told = await body(answer);
    if (answer.ok || (answer.status === 409 && told?.conflicts)) return this.settle(sent, told);
    if (answer.status === 422) return this.refused(cells[0], told);
    if (answer.status === 403) return this.grid.state("refused", this.waiting.size);
    return this.offline();
  }

  // What was sent and still stands so is done; what was typed meanwhile waits on.
  settle(sent, told) {
    for (const [cell, value] of sent) if (cell.value === value) this.waiting.delete(cell.key);
    this.grid.take(told, new Set(this.waiting.keys()));
    if (this.waiting.size) this.later(0);
    else if (this.grid.cells.some((cell) => cell.refusal)) this.grid.state("unread");
    else if (!this.grid.cells.some((cell) => cell.isClashing)) this.grid.state("saved", told.saved_at);
  }

  refused(cell, told) {
    this.waiting.delete(cell.key);
    cell.refuse(told?.error?.message ?? "");
    this.grid.refusals();
    this.grid.state("unread");
    if (this.waiting.size) this.later(0); // typed while this one was on its way
  }

  offline() {
    this.grid.state("offline", this.waiting.size);
    this.later(AGAIN);
  }

  async post(cells) {
    try {
      return await fetch(this.address, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        keepalive: cells.length < 100,
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.grid.token },
        body: JSON.stringify({ cells: cells.map((cell) => cell.change()) }),
      });
    } catch {
      return null;
    }
  }
}

async function body(answer) {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}
