/* Find and replace in the whole meeting (Ctrl+H): a strip over the minutes, with the focus in it.
   Fetched the first time somebody looks for something (on_demand.js). */
import { canChange, places } from "./find_places.js";
import { choose, currentSection, isWide, itemWord, labelOf } from "./sections.js";
import { offerUndo } from "./undo.js";

const strip = document.getElementById("find");
const form = strip.querySelector("form");
const { words, instead, exact, whole } = form.elements;
const count = document.getElementById("find-count");
let hits = [];
let at = -1;
let replacing = false;

const plural = (n, one, many) => (n === 1 ? one : `${n} ${many}`);

/** What is looked for, as a pattern; null when nothing is. A space finds no-break spaces too. */
function pattern() {
  if (!words.value) return null;
  const said = words.value.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/[ \u00a0]/g, "[ \\u00a0]");
  const own = whole.checked ? `(?<![\\p{L}\\p{N}_])${said}(?![\\p{L}\\p{N}_])` : said;
  return new RegExp(own, exact.checked ? "gu" : "giu");
}

function look() {
  const wanted = pattern();
  hits = wanted ? places().flatMap((place) => place.find(wanted)) : [];
  if (at >= hits.length) at = hits.length - 1;
  paint();
}

/** Marked without touching the text: the browser paints ranges. */
function paint() {
  if (!globalThis.CSS?.highlights) return;
  const ranges = hits.filter((hit) => hit.range).map((hit) => hit.range);
  CSS.highlights.set("find", new Highlight(...ranges));
  CSS.highlights.set("find-now", new Highlight(...[hits[at]?.range].filter(Boolean)));
}

function tell(sentence = "") {
  count.textContent = sentence || (!words.value ? "" : !hits.length ? "Finns inte" : at < 0 ? plural(hits.length, "1 ställe", "ställen") : `${at + 1} av ${hits.length}${canChange(hits[at]) ? "" : `, i ${labelOf(hits[at].place.section)} som inte går att ändra`}`);
}

/** Show the hit with that number; the focus stays in the strip. */
function show(number) {
  if (!hits.length) return tell();
  at = (number + hits.length) % hits.length;
  choose(hits[at].place.section, { show: true });
  look(); // the § may have got its fields now
  const { range, area, start, end } = hits[at];
  if (area) area.setSelectionRange(start, end);
  bringUnder(area ?? range);
  return tell();
}

/** Below the strip, and above what lies at the bottom of a phone. Only what scrolls is scrolled. */
function bringUnder(what) {
  const { top, bottom } = what.getBoundingClientRect();
  const high = strip.getBoundingClientRect().bottom;
  const low = window.innerHeight - (isWide() ? 0 : 120);
  const scroller = isWide() ? strip.parentElement : document.scrollingElement;
  if (top < high || bottom > low) scroller.scrollBy({ top: top - high - (low - high) / 3 });
}

const next = () => show(at + 1);
const previous = () => show(at < 0 ? hits.length - 1 : at - 1);

/** How many hits come before this one in its own place. */
const numberIn = (hit) => hits.filter((one) => one.place === hit.place).indexOf(hit);

async function replaceOne() {
  if (at < 0) return next();
  const hit = hits[at];
  if (!canChange(hit)) return next();
  await quietly(() => hit.place.replace(pattern(), instead.value, numberIn(hit)));
  const again = [...instead.value.matchAll(pattern())].length;
  look();
  return hits.length ? show(at + again) : tell("Ersatt. Det finns inga fler.");
}

async function replaceAll() {
  const wanted = pattern();
  const open = hits.filter(canChange);
  const closed = new Set(hits.filter((hit) => !canChange(hit)).map((hit) => labelOf(hit.place.section)));
  const undos = [];
  await quietly(async () => {
    for (const place of new Set(open.map((hit) => hit.place))) undos.push([place, await place.replace(wanted, instead.value, null)]);
  });
  at = -1;
  look();
  const left = closed.size ? ` ${[...closed].join(", ")} går inte att ändra och är som förut.` : "";
  if (!undos.length) return tell(left.trim() || "Finns inte");
  const sections = new Set(undos.map(([place]) => place.section)).size;
  const sentence = `${plural(open.length, "1 ställe är ersatt", "ställen är ersatta")}${sections > 1 ? ` i ${sections} ${itemWord}er` : ""}.${left}`;
  tell(sentence);
  return offerUndo(sentence, () => undoAll(undos));
}

/** Our own changes are not told as if somebody wrote. */
async function quietly(act) {
  replacing = true;
  await act();
  replacing = false;
}

/** Takes back what has not been changed since; the rest is told. */
function undoAll(undos) {
  let kept = [];
  quietly(() => { kept = undos.filter(([, undo]) => !undo()).map(([place]) => labelOf(place.section)); });
  look();
  tell(kept.length ? `Tillbaka, utom i ${[...new Set(kept)].join(", ")}, som har ändrats sedan dess.` : "Allt är tillbaka.");
}

export function openFind() {
  document.getElementById("desk").dispatchEvent(new CustomEvent("zone", { detail: "text" }));
  const selected = String(window.getSelection());
  if (strip.hidden && selected && !selected.includes("\n") && selected.length < 100) words.value = selected;
  strip.hidden = false;
  at = -1;
  look();
  tell();
  words.focus();
  words.select();
}

function close() {
  const hit = hits[at];
  strip.hidden = true;
  hits = [];
  at = -1;
  paint();
  const back = hit?.area ?? hit?.range?.startContainer.parentElement.closest("[contenteditable], [tabindex]");
  (back ?? currentSection()?.querySelector(".text"))?.focus({ preventScroll: true });
}

const ACTS = { next, previous, one: replaceOne, all: replaceAll, close };

form.addEventListener("submit", (event) => event.preventDefault());
strip.addEventListener("click", (event) => ACTS[event.target.closest("button")?.dataset.act]?.());
form.addEventListener("input", (event) => {
  if (event.target === instead) return;
  at = -1;
  look();
  tell();
});
strip.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  else if (event.key === "Enter" && event.target === words) (event.shiftKey ? previous : next)();
  else if (event.key === "Enter" && event.target === instead) replaceOne();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
// Written on meanwhile: what is marked follows.
let waiting = false;
document.getElementById("sections").addEventListener("input", () => {
  if (strip.hidden || waiting || replacing) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    look();
    tell();
  });
});
