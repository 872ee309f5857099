/* Acts that are done at once, one after another: move a §, add a report, remove something. */
import { announce } from "../announce.js";
import { putParts } from "./parts.js";
import { post, Unreached } from "./sending.js";
import { openSignIn } from "./signing_in.js";

let queue = Promise.resolve();

/** Post when those before are answered. The answer's data, or null when it was not done;
    why is given to complain(sentence), or shown in the strip for messages. With parts: false the
    caller puts the answer's parts in place itself. */
export function command(path, fields = {}, complain = say, { parts = true } = {}) {
  const turn = queue.then(() => run(path, fields, complain, parts));
  queue = turn.catch(() => {});
  return turn;
}

async function run(path, fields, complain, parts) {
  let answer;
  try {
    answer = await post(path, fields);
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    complain("Servern svarar inte. Inget ändrades; försök igen om en stund.");
    return null;
  }
  const { status, data } = answer;
  if (status < 400) {
    complain("");
    if (parts) putParts(data.parts);
    document.dispatchEvent(new Event("minuteschanged"));
    return data;
  }
  if (status === 401 || status === 403) {
    complain("Du har blivit utloggad. Logga in och försök igen.");
    openSignIn();
  } else {
    complain(data.message || "Det gick inte. Det kan redan vara ändrat; ladda om sidan och försök igen.");
  }
  return null;
}

/** A second press while the first is on its way does nothing. */
export function oneAtATime(act) {
  let busy = false;
  return async (...args) => {
    if (busy) return undefined;
    busy = true;
    try {
      return await act(...args);
    } finally {
      busy = false;
    }
  };
}

const strip = document.getElementById("desk-said");

/** A sentence over the zones, until the next act goes well. */
export function say(sentence) {
  strip.hidden = !sentence;
  strip.querySelector("span").textContent = sentence;
  if (sentence) announce(sentence);
}

/** A sentence that is no longer true goes; another stays. */
export function unsay(sentence) {
  if (strip.querySelector("span").textContent === sentence) say("");
}
