// The main part of another page: in the panel, or in a place of this page that waits for it.
import { COMING, pause } from "./coming.js";

const PART = { "X-Part": "main", Accept: "text/html" };

export async function part(address) {
  try {
    const answer = await fetch(address, { headers: PART, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return [null, false];
    const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    return [main, answer.status === COMING];
  } catch {
    return [null, false];
  }
}

// What takes a moment to compute comes after the page; until then, and without a script, a link stands in its place.
export function parts(page) {
  for (const place of page.querySelectorAll("[data-part]")) fill(place);
}

async function fill(place) {
  const [main, isComing] = await part(place.dataset.part);
  if (isComing) {
    await pause();
    await fill(place);
    return;
  }
  if (main) place.replaceChildren(...main.childNodes);
  place.removeAttribute("aria-busy");
}
