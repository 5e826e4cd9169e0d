// A day is typed as an office writes it, or chosen in the browser's calendar.
const OFFICE = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { dateStyle: "long" });

export function days(page) {
  for (const text of page.querySelectorAll("input[data-day]")) {
    const calendar = Object.assign(document.createElement("input"), { type: "date", tabIndex: -1 });
    calendar.setAttribute("aria-hidden", "true");
    calendar.addEventListener("change", () => take(text, calendar));
    const button = Object.assign(document.createElement("button"), { type: "button", className: "second small" });
    button.textContent = text.dataset.day;
    button.setAttribute("aria-label", `${text.dataset.day} ${named(text)}`);
    button.addEventListener("click", () => calendar.showPicker());
    const box = Object.assign(document.createElement("span"), { className: "day" });
    text.replaceWith(box);
    box.append(text, button, calendar);
  }
}

function named(text) {
  return text.getAttribute("aria-label") ?? text.labels[0]?.firstChild.textContent.trim() ?? "";
}

function take(text, calendar) {
  if (!calendar.value) return;
  const [year, month, date] = calendar.value.split("-").map(Number);
  const isJapanese = document.documentElement.lang === "ja";
  text.value = isJapanese ? OFFICE.format(new Date(year, month - 1, date)) : calendar.value;
  text.focus();
}
