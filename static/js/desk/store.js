/* What the server has not got yet, kept in the browser: after a crash, a closed lid or a reload it
   is put back (bringing_back.js). Gone once it is saved, or when one signs out (forgetting.js).

   IndexedDB with strict durability: localStorage reaches the disk seconds later, this at once.
   Encrypted with a key that the server gives only to the one who wrote the words, with the page:
   another who signs in on the same computer can read nothing. No clock is asked about anything. */
import { openKept, finished } from "../kept.js";

const { person, secret } = JSON.parse(document.getElementById("desk-data").textContent).keeping;
const desk = document.getElementById("desk").dataset.base;
const WRITTEN_AFTER = 300;
const LONGEST_WAIT = 400;
const CLOSES_WITHIN = 2000;
const PAGE = [...crypto.getRandomValues(new Uint32Array(4))].join("-");

const opened = open();
const written = new WeakMap(); // keeper → what is on its way to the disk, a promise
const timers = new WeakMap();
const listeners = new Set();
let keeping = true;
let stopped = false;

async function open() {
  const bytes = Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { key, database: await openKept() };
}

/** False when the browser's store is full, or may not be used. */
export const isKeeping = () => keeping;

/** Called when it begins or ends that words can be kept. */
export function onKeeping(listener) {
  listeners.add(listener);
}

function tell(now) {
  if (now === keeping) return;
  keeping = now;
  for (const listener of listeners) listener();
}

const idOf = (keeper) => `${PAGE} ${keeper.key}`;

/** Something was changed: write it down soon, and while one goes on typing. */
export function keep(keeper) {
  if (!keeper.kept || timers.has(keeper)) return;
  timers.set(keeper, setTimeout(() => keepNow(keeper), WRITTEN_AFTER));
}

/** Write down what stands in the page now; resolves when it is on the disk, or could not be. */
export function keepNow(keeper) {
  clearTimeout(timers.get(keeper));
  timers.delete(keeper);
  if (!keeper.kept || stopped) return Promise.resolve();
  return inTurn(keeper, async () => {
    if (!keeper.unsaved) return;
    const { key, database } = await opened;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const words = new TextEncoder().encode(JSON.stringify({ key: keeper.key, ...keeper.kept.read() }));
    const kept = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, words);
    await finished(database, (all) => all.put({ id: idOf(keeper), person, desk, page: PAGE, iv, kept }));
    tell(true);
  });
}

/** The same, but nothing waits long for a slow disk. */
export function keepBefore(keeper) {
  return Promise.race([keepNow(keeper), new Promise((resolve) => { setTimeout(resolve, LONGEST_WAIT); })]);
}

/** The server has it. */
export function drop(keeper) {
  clearTimeout(timers.get(keeper));
  timers.delete(keeper);
  if (written.has(keeper)) inTurn(keeper, () => forget(idOf(keeper)));
}

/** One after another: a word dropped must not be written again by what was on its way. */
function inTurn(keeper, act) {
  const turn = (written.get(keeper) ?? Promise.resolve()).then(act).catch(() => tell(false));
  written.set(keeper, turn);
  return turn;
}

export async function forget(id) {
  const { database } = await opened;
  await finished(database, (all) => all.delete(id));
}

/** What pages that are no longer open left behind here, and was written by the one who is here. */
async function left() {
  const { key, database } = await opened;
  const rows = await finished(database, (all) => all.getAll());
  const own = rows.filter((row) => row.person === person && row.desk === desk && row.page !== PAGE);
  const closed = new Map();
  for (const { page } of own) if (!closed.has(page)) closed.set(page, isClosed(page));
  const found = [];
  for (const row of own) {
    if (!(await closed.get(row.page))) continue;
    const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.kept).catch(() => null);
    if (words) found.push({ id: row.id, ...JSON.parse(new TextDecoder().decode(words)) });
  }
  return found;
}

const lockOf = (page) => `desk ${page}`;

/** A page that is open holds its lock; one that was closed a moment ago soon lets go of it. */
async function isClosed(page) {
  try {
    await navigator.locks?.request(lockOf(page), { signal: AbortSignal.timeout(CLOSES_WITHIN) }, () => {});
    return true;
  } catch {
    return false;
  }
}

/** Give everything that was left behind to putBack(), once, though two windows open at a time. */
export async function takeLeft(putBack) {
  const take = async () => putBack(await left());
  try {
    await (navigator.locks ? navigator.locks.request("desk, bringing back", take) : take());
  } catch {
    tell(false);
  }
}

export function startStore() {
  // Held as long as this page lives: what it keeps is not another window's to put back.
  navigator.locks?.request(lockOf(PAGE), () => new Promise(() => {}));
  opened.catch(() => tell(false));
  // Signed out in another window: nothing more is written down here.
  const heard = new BroadcastChannel("bra");
  heard.onmessage = ({ data }) => { if (data === `signed out ${person}`) stopped = true; };
}
