// Ask how far the documents are, and show the page anew when they are done. Without a script the page can be reloaded.
const EVERY = 2000; // [ms]
const place = document.querySelector("[data-progress]");

async function ask() {
  const response = await fetch(place.dataset.progress, { headers: { "HX-Request": "true" } });
  if (!response.ok) return;
  place.innerHTML = await response.text();
  if (isRunning()) setTimeout(ask, EVERY);
  else location.reload();
}

function isRunning() {
  return place.querySelector("[data-state=running]") !== null;
}

if (place && isRunning()) setTimeout(ask, EVERY);
