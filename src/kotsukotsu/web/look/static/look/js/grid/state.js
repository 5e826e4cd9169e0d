// The state of saving, at the top right: in words, with the way out where there is one.
import { element } from "./told.js";

export function state(root, words) {
  const place = root.querySelector("[data-save-state]");
  return (name, detail = "") => {
    if (!place) return;
    place.dataset.state = name;
    place.replaceChildren(words[`state_${name}`].replace("{at}", detail).replace("{count}", detail));
    if (name !== "expired") return;
    const link = element("a", words.login);
    link.href = `${root.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
    place.append(" ", link);
  };
}
