// A number opens the panel on the right with the page behind its address; without a script, that page opens itself.
import { adding } from "./adding.js";
import { pause } from "./coming.js";
import { part } from "./part.js";

export function drawers(page) {
  const drawer = page.getElementById("drawer");
  if (!drawer) return;
  const body = drawer.querySelector(".drawer-body");
  page.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    await show(link.href);
  });
  async function show(address) {
    const [main, isComing] = await part(address);
    if (!main) {
      page.location.assign(address);
      return;
    }
    body.replaceChildren(...main.childNodes);
    body.querySelector("h1, h2")?.setAttribute("id", "drawer-title");
    if (!drawer.open) drawer.showModal();
    body.scrollTop = 0;
    const shown = body.firstElementChild;
    if (isComing) await pause();
    if (isComing && drawer.open && body.firstElementChild === shown) await show(address);
  }
  drawer.querySelector("[data-close]").addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
  drawer.addEventListener("close", () => body.replaceChildren());
  adding(page);
}
