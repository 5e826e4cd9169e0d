// Boxes of a group ticked together; how many are ticked is said beside the buttons.
export function ticks(page) {
  for (const group of page.querySelectorAll("[data-ticks]")) new Ticks(group);
}

class Ticks {
  constructor(group) {
    this.boxes = [...group.querySelectorAll("input[type=checkbox]")];
    this.said = group.querySelector("[data-ticked]");
    for (const button of group.querySelectorAll("[data-tick]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.tick(button.dataset.tick === "all"));
    }
    group.addEventListener("change", () => this.tell());
    this.tell();
  }

  tick(wanted) {
    for (const box of this.boxes) box.checked = wanted;
    this.tell();
  }

  tell() {
    const count = this.boxes.filter((box) => box.checked).length;
    this.said.textContent = this.said.dataset.words.replace("{count}", count).replace("{whole}", this.boxes.length);
  }
}
