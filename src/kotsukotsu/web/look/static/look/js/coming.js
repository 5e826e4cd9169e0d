// A page whose figures are being computed (answer 202) is asked for again until they are there.
export const COMING = 202;
const EVERY = 1000; // [ms]

export function coming(page) {
  if (page.querySelector("main [data-coming]")) setTimeout(() => again(page), EVERY);
}

async function again(page) {
  try {
    const answer = await fetch(page.location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (answer.status !== COMING) {
      page.location.reload();
      return;
    }
  } catch {
    // the server is away for a moment
  }
  setTimeout(() => again(page), EVERY);
}

export function pause() {
  return new Promise((done) => setTimeout(done, EVERY));
}
