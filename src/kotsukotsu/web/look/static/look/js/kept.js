// What was typed into a form while its session ended is there again once the same person has signed in.
const NAME = "kotsukotsu form";

export function kept(page) {
  const owner = page.body.dataset.owner;
  const found = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
  if (found && !owner) sessionStorage.setItem(NAME, JSON.stringify({ ...found, ended: true }));
  if (found && owner && (!found.ended || found.owner !== owner)) sessionStorage.removeItem(NAME);
  else if (found && owner && found.page === here()) restore(page, found);
  if (owner) page.addEventListener("submit", (event) => keep(page, event.target, owner));
}

function here() {
  return location.pathname + location.search;
}

function keep(page, form, owner) {
  if (form.method !== "post" || form.querySelector("[type=password]")) return;
  const values = fields(form).map((one) => [one.name, one.value, one.checked ?? false]);
  const said = { owner, page: here(), form: [...page.forms].indexOf(form), values };
  sessionStorage.setItem(NAME, JSON.stringify(said));
}

function fields(form) {
  const told = (one) => one.name && one.name !== "csrfmiddlewaretoken" && !["file", "submit"].includes(one.type);
  return [...form.elements].filter(told);
}

function restore(page, { form: at, values }) {
  sessionStorage.removeItem(NAME);
  const form = page.forms[at];
  const now = form ? fields(form) : [];
  if (now.length !== values.length || now.some((one, place) => one.name !== values[place][0])) return;
  now.forEach((one, place) => {
    const [, value, checked] = values[place];
    if (["checkbox", "radio"].includes(one.type)) one.checked = checked;
    else one.value = value;
  });
  for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  const told = Object.assign(page.createElement("p"), { className: "banner banner-warning", tabIndex: -1 });
  told.textContent = page.body.dataset.kept;
  told.setAttribute("role", "status");
  form.before(told);
  told.focus();
}
