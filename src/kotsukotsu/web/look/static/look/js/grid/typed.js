// What a person typed, as the page understands it; the server reads it again and decides.
//
// A typed value is {text, state, estimated}: text in plain digits ("" missing, "－" 使用なし), as the server sends it.
const NOTHING = new Set(["-", "－", "―", "ー", "なし", "使用なし", "不使用"]);
const ESTIMATED = /^[(（]?推計?[)）]?|[(（]?推計?[)）]?$/g;
const NUMBER = /^-?\d+(\.\d+)?$/;
export const NOT_OCCURRING = "－";

export function typed(raw) {
  const plain = raw.normalize("NFKC").trim();
  if (plain === "") return { text: "", state: "missing", estimated: false };
  if (NOTHING.has(plain)) return { text: NOT_OCCURRING, state: "not_occurring", estimated: false };
  const bare = plain.replace(ESTIMATED, "").trim();
  const estimated = bare !== plain;
  const number = negative(bare).replace(/[,\s]/g, "");
  if (NUMBER.test(number)) return { text: trimmed(number), state: stateOf(trimmed(number), estimated), estimated };
  // With a unit ("12 MWh"): the server converts it.
  if (/^\d[\d,.]*\s*[^\d\s]{1,8}$/.test(bare)) return { text: bare, state: estimated ? "estimated" : "measured", estimated };
  return null;
}

// A measured 0 is no missing value, and an estimated 0 is an estimate.
export function stateOf(text, estimated) {
  if (estimated) return "estimated";
  return text === "0" ? "zero" : "measured";
}

// As the server writes it: no zeros before it or behind its digits.
function trimmed(number) {
  const [whole, rest = ""] = number.split(".");
  const bare = whole.replace(/^(-?)0+(?=\d)/, "$1");
  const digits = rest.replace(/0+$/, "");
  return digits ? `${bare}.${digits}` : bare;
}

// △12, ▲12 and (12) are minus in an office.
function negative(text) {
  const bracketed = /^\((.+)\)$/.exec(text);
  return bracketed ? `-${bracketed[1]}` : text.replace(/^[△▲−]/, "-");
}

// With commas, △ for minus; what is no number stays.
export function shown(text) {
  if (!NUMBER.test(text)) return text;
  const [whole, rest] = text.replace("-", "").split(".");
  return (text.startsWith("-") ? "△" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
}
