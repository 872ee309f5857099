/* Posting to the desk's addresses. Everything that leaves the desk goes through post(). */
const desk = document.getElementById("desk");
const LONGEST_WAIT = 20_000;
const MOST_AFTER_CLOSING = 60_000;

// Whose page this is: another who has signed in meanwhile does nothing in this one's stead.
const OURS = { "X-Requested-With": "fetch", "X-Person": desk.dataset.person };

export const base = desk.dataset.base;

/** The server could not be reached, or did not answer in time. */
export class Unreached extends Error {}

/** Read anew each time: signing in again gives a new one. */
function csrfToken() {
  const name = `${desk.dataset.csrf}=`;
  const cookie = document.cookie.split("; ").find((one) => one.startsWith(name));
  return cookie ? cookie.slice(name.length) : "";
}

function body(fields) {
  if (fields instanceof FormData) return fields;
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) parts.append(name, one);
  }
  return parts;
}

let acted = false;

/** Has this page changed anything since it was last asked? A text does not count: it has a version. */
export function hasActed() {
  const before = acted;
  acted = false;
  return before;
}

/** Post to an address below the desk (or a whole one); answers {status, data}. Throws Unreached. */
export async function post(path, fields = {}) {
  const sent = body(fields);
  const act = !/(har|text)\/$/.test(path);
  acted ||= act;
  const answer = await ask(path.startsWith("/") ? path : base + path, {
    method: "POST",
    headers: { ...OURS, "X-CSRFToken": csrfToken() },
    body: sent,
    // What was typed the second before the window closed still arrives (browsers allow 64 kB).
    keepalive: sent instanceof URLSearchParams && sent.toString().length < MOST_AFTER_CLOSING,
  });
  acted ||= act; // it may have been asked meanwhile
  return answer;
}

export async function get(path) {
  return ask(base + path, { headers: OURS });
}

async function ask(address, options) {
  let answer;
  try {
    answer = await fetch(address, {
      ...options,
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.type === "opaqueredirect" ? 302 : answer.status, data: json ? await answer.json() : {} };
  } catch {
    throw new Unreached("no answer");
  }
}
