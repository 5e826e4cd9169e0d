// What is typed and not yet saved is kept in this tab, so that an ended session or a closed page loses nothing.
export class Drafts {
  constructor(owner, address) {
    this.name = `kotsukotsu ${owner} ${address}`;
  }

  keep(cells) {
    const kept = {};
    // What two people disagree about is asked again; it never goes over the other's value by itself.
    for (const cell of cells) kept[cell.key] = { ...cell.value, seen: cell.isClashing ? "?" : cell.seen };
    if (Object.keys(kept).length) sessionStorage.setItem(this.name, JSON.stringify(kept));
    else sessionStorage.removeItem(this.name);
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "{}");
    } catch {
      return {};
    }
  }
}
