// A menu closes with Escape, and when the reader turns to something else.
export function menus(page) {
  for (const menu of page.querySelectorAll(".year details")) {
    const summary = menu.querySelector("summary");
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        summary.focus();
      }
    });
    page.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }
}

// On a phone the links of the head lie in one row: the one that has the focus comes wholly into view.
export function row(page) {
  page.querySelector(".frame-nav")?.addEventListener("focusin", (event) => {
    event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
