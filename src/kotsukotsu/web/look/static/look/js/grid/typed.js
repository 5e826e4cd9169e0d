// What a person typed, as the page understands it; the server reads it again and decides.
//
// A typed value is {text, state, estimated}: text in plain digits ("" missing, "－" 使用なし), as the server sends it.
// The patterns are those of importers/values.py, so that nothing stands here that the server would refuse: 1,23 and 12 34
// are no numbers. Words for 使用なし and 欠測 come with the page.
const ESTIMATED = /^(?:約|推計?|概算|est\.)\s*|\s*\(?(?:推計?|推定|概算|見込み?)\)?$/g;
const NUMBER = /^([△▲−+-]?)\s*(\(?)\s*([△▲−-]?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(\)?)\s*([^\d.,]{0,8})$/;
const PLAIN = /^-?\d+(\.\d+)?$/;
export const NOT_OCCURRING = "－";
const MINUS = document.documentElement.lang === "en" ? "−" : "△";

export function typed(raw, signs) {
  const plain = raw.normalize("NFKC").replace(/−/g, "-").replace(/\u200b/g, "").trim();
  if (plain === "" || signs.missing.includes(plain)) return { text: "", state: "missing", estimated: false };
  if (signs.not_occurring.includes(plain)) return { text: NOT_OCCURRING, state: "not_occurring", estimated: false };
  const bare = plain.replace(ESTIMATED, "").trim();
  const found = NUMBER.exec(bare);
  if (!found || Boolean(found[2]) !== Boolean(found[6])) return null;
  const estimated = bare !== plain;
  // With a unit ("12 MWh"): the server converts it.
  const text = found[7] ? bare : number(found);
  return { text, state: stateOf(text, estimated), estimated };
}

// A measured 0 is no missing value, and an estimated 0 is an estimate.
export function stateOf(text, estimated) {
  if (estimated) return "estimated";
  return text === "0" ? "zero" : "measured";
}

// As the server writes it: no commas, no zeros before it or behind its digits. △12, ▲12 and (12) are minus in an office.
function number([, minus, open, inner, whole, part = ""]) {
  const digits = whole.replace(/,/g, "").replace(/^0+(?=\d)/, "") + part.replace(/\.?0+$/, "");
  const negative = /[△▲−-]/.test(minus + inner) || (open && minus !== "+");
  return negative && digits !== "0" ? `-${digits}` : digits;
}

// With commas and the sign for minus of the language; what is no number stays.
export function shown(text) {
  if (!PLAIN.test(text)) return text;
  const [whole, rest] = text.replace("-", "").split(".");
  return (text.startsWith("-") ? MINUS : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
}
