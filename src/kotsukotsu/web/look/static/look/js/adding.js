// 「この数値を検算する」: adds the lines of a table up before the reader, exactly.
//
// The lines are three times the tonnes (44/12 is no finite decimal); their sum is divided once, at the end.
const SHOWN = 6; // decimals

export function adding(page) {
  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-up]");
    if (button) addUp(button);
    const copy = event.target.closest("[data-copy]");
    if (copy) copyLink(copy);
  });
}

function addUp(button) {
  const box = button.closest("[data-sum]");
  const values = [...box.querySelectorAll("[data-value]")].map((cell) => cell.dataset.value);
  const digits = Math.max(...values.concat(box.dataset.sum).map(decimals));
  let total = 0n;
  for (const value of values) total += scaled(value, digits);
  const same = total === scaled(box.dataset.sum, digits);
  const said = box.querySelector("[data-said]");
  said.hidden = false;
  said.textContent = box.dataset[same ? "same" : "differs"]
    .replace("{count}", String(values.length))
    .replace("{sum}", shown(third(total, digits)));
  said.className = same ? "less" : "more";
}

function decimals(value) {
  return (value.split(".")[1] || "").length;
}

// A decimal as a whole number of its last digit.
function scaled(value, digits) {
  const [whole, rest = ""] = value.replace("-", "").split(".");
  const number = BigInt(whole + rest.padEnd(digits, "0"));
  return value.startsWith("-") ? -number : number;
}

// A third, rounded half up to the decimals that are shown.
function third(total, digits) {
  const size = total < 0n ? -total : total;
  const divisor = 3n * 10n ** BigInt(digits);
  const rounded = (2n * size * 10n ** BigInt(SHOWN) + divisor) / (2n * divisor);
  return total < 0n ? -rounded : rounded;
}

function minus() {
  return document.documentElement.lang === "en" ? "−" : "△";
}

function shown(value) {
  const text = (value < 0n ? -value : value).toString().padStart(SHOWN + 1, "0");
  const whole = text.slice(0, -SHOWN).replace(/\B(?=(\d{3})+$)/g, ",");
  return (value < 0n ? minus() : "") + whole + "." + text.slice(-SHOWN);
}

async function copyLink(button) {
  await navigator.clipboard.writeText(new URL(button.dataset.copy, document.baseURI).href);
  button.textContent = button.dataset.copied;
}
