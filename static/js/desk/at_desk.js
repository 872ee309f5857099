/* Who else has the desk open, and where: beside the § in the outline and in a quiet line. The same
   question brings what others have changed, which news.js puts in place. */
import { announce } from "../announce.js";
import { say } from "./commands.js";
import { hear } from "./news.js";
import { currentSection, labelOf, sectionOf } from "./sections.js";
import { hasActed, post, Unreached } from "./sending.js";

const EVERY = 10_000;
const STILL_WRITING = 20_000;
const AFTER_A_MOVE = 400;
const outline = document.getElementById("outline");
const line = document.getElementById("here-line");
const told = new Set(); // what has been announced: each thing once
let { cursor } = JSON.parse(document.getElementById("desk-data").textContent);
let others = [];
let typedAt = 0;
let timer = 0;
let asking = null;
let over = false;

const writes = () => Date.now() - typedAt < STILL_WRITING;
const named = (pk) => (sectionOf(pk) ? labelOf(sectionOf(pk)) : "");

function once(sentence) {
  if (told.has(sentence)) return;
  told.add(sentence);
  announce(sentence);
}

function saying({ name, item, writing }) {
  const where = item && named(item);
  if (!where) return `${name} har skrivbordet öppet`;
  return writing ? `${name} skriver i ${where}` : `${name} är vid ${where}`;
}

function show(now) {
  for (const one of now) {
    if (!others.some((other) => other.name === one.name)) once(`${one.name} har skrivbordet öppet.`);
    const same = one.writing && one.item && String(one.item) === currentSection()?.dataset.item;
    if (same) once(`${one.name} skriver också i ${named(one.item)}.`);
  }
  others = now;
  const [first, ...rest] = others;
  const more = rest.length > 1 ? `, och ${rest.length} till` : rest.length ? `, ${saying(rest[0])}` : "";
  line.querySelector("span").textContent = first ? saying(first) + more : "";
  line.hidden = !first;
  mark();
}

/** Beside the § in the outline; the list is rendered anew when §§ move. */
function mark() {
  for (const row of outline.children) {
    const here = others.filter((one) => String(one.item) === row.dataset.item);
    const link = row.querySelector(".outline-link");
    let note = link.querySelector(".outline-here");
    if (!here.length) {
      note?.remove();
      continue;
    }
    if (!note) {
      note = document.createElement("span");
      note.className = "outline-here";
      link.append(note);
    }
    const [writing, reading] = [here.filter((one) => one.writing), here.filter((one) => !one.writing)];
    const names = (those) => those.map((one) => one.name).join(", ");
    const words = [writing.length && `${names(writing)} skriver`, reading.length && `${names(reading)} är här`];
    const said = words.filter(Boolean).join(", ");
    if (note.textContent !== said) note.textContent = said;
  }
}

async function run() {
  const fields = { item: currentSection()?.dataset.item ?? "", cursor };
  if (!hasActed()) fields.quiet = "1"; // what oneself did in another tab is news here
  let answer;
  try {
    answer = await post("har/", writes() ? { ...fields, writing: "1" } : fields);
  } catch (error) {
    if (error instanceof Unreached) return; // the strip for saving tells, when there is anything to
    throw error;
  }
  const { status, data } = answer;
  if (status === 409 && data.error === "closed") {
    over = true;
    show([]);
    say(data.message);
  }
  if (status !== 200) return;
  cursor = data.cursor;
  show(data.others);
  await hear(data);
}

/** Ask now; a question on its way is let through first. */
export function ask() {
  clearTimeout(timer);
  if (over) return Promise.resolve();
  asking = (asking ?? Promise.resolve()).then(run).finally(() => {
    clearTimeout(timer);
    timer = setTimeout(ask, EVERY);
  });
  return asking;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(ask, AFTER_A_MOVE);
}

export function enter() {
  soon();
  mark();
}

export function startAtDesk() {
  document.getElementById("sections").addEventListener("input", () => {
    if (!writes()) soon();
    typedAt = Date.now();
  });
  new MutationObserver(mark).observe(outline, { childList: true });
  window.addEventListener("focus", ask);
  window.addEventListener("online", ask);
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    post("har/", { leaving: "1" }).catch(() => {});
  });
  ask();
}
