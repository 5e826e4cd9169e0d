// 「この数値を検算する」: adds the column of a table up before the reader, in whole numbers of the smallest digit.
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
  const cells = [...box.querySelectorAll("[data-value]")];
  const values = cells.map((cell) => cell.dataset.value);
  const digits = Math.max(...values.concat(box.dataset.sum).map(decimals));
  let total = 0n;
  for (const value of values) total += scaled(value, digits);
  const same = total === scaled(box.dataset.sum, digits);
  const said = box.querySelector("[data-said]");
  said.hidden = false;
  said.textContent = box.dataset[same ? "same" : "differs"].replace("{count}", String(cells.length)).replace("{sum}", shown(total, digits));
  said.className = same ? "less" : "more";
}

function decimals(value) {
  return (value.split(".")[1] || "").length;
}

function scaled(value, digits) {
  const [whole, rest = ""] = value.replace("-", "").split(".");
  const number = BigInt(whole + rest.padEnd(digits, "0"));
  return value.startsWith("-") ? -number : number;
}

function shown(total, digits) {
  const text = (total < 0n ? -total : total).toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = digits ? text.slice(-digits).replace(/0+$/, "") : "";
  return (total < 0n ? "△" : "") + whole + (rest ? "." + rest : "");
}

async function copyLink(button) {
  await navigator.clipboard.writeText(new URL(button.dataset.copy, document.baseURI).href);
  button.textContent = button.dataset.copied;
}
