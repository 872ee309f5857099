/* Who is there: one tap a person. Coming and going are told of the § at hand; every tap is sent in
   its order, and can be taken back. What is under a name is attendance_details.js's. */
import { announce } from "../announce.js";
import { keepForm, onDraft } from "./draft.js";
import { inOrder, isWaiting, onLate } from "./in_order.js";
import { fromHere, putParts } from "./parts.js";
import { allSections, currentSection, labelOf } from "./sections.js";
import { get } from "./sending.js";
import { offerUndo } from "./undo.js";

const data = JSON.parse(document.getElementById("desk-data").textContent);
const list = document.getElementById("attendance-list");
const adding = document.getElementById("add-attendee");
const arrivals = new Map(); // row pk → { item, label }: offered, never taken for granted
const MODES = { present: "här", remote: "på distans", apology: "förhinder", absent: "frånvarande", expected: "inte avprickad" };
const HERE = ["present", "remote"];

export const rows = () => [...list.querySelectorAll(".attendee")];
export const rowOf = (pk) => list.querySelector(`[data-row="${pk}"]`);
export const isHere = (row) => HERE.includes(row.dataset.mode);
export const isGone = (row) => row.classList.contains("is-gone");

/** The § at hand, { item, label, first }, or null. */
export function atHand() {
  const section = currentSection();
  if (!section) return null;
  return { item: section.dataset.item, label: labelOf(section), first: allSections()[0] === section };
}

const counts = () => document.getElementById("attendance-counts").textContent;

/** The list as the server has it, unless a tap is still on its way. What is added by scripts
    listens to "attendance". */
export function put(parts) {
  if (isWaiting()) return;
  const held = document.activeElement;
  const inside = list.contains(held);
  const row = held.closest("tr[data-row]")?.dataset.row;
  document.dispatchEvent(new Event("attendance-leaves"));
  putParts(parts);
  document.dispatchEvent(new Event("attendance"));
  if (!inside || document.activeElement === held) return;
  const again = held.isConnected ? held : document.getElementById(held.id) ?? rowOf(row)?.querySelector(".attendee-name");
  again?.focus({ preventScroll: true });
}

/** Say what was done, with how many are here now, and offer to take it back. */
function tell(sentence, undo) {
  const lost = document.getElementById("quorum")?.dataset.said ?? "";
  offerUndo(`${sentence}.`, undo, `${sentence}. ${counts()}. ${lost}`.trim());
}

const takeBack = (pk, before, after) => async () => {
  const name = rowOf(pk)?.dataset.name;
  const answer = await post(pk, "angra/", { state: before, after }, `${name} som förut`);
  if (answer) announce(`${name} är som förut. ${counts()}.`);
};

/** About one row; the answer's list is put in place with the focus where it was. */
async function post(pk, path, fields, said, options) {
  const answer = await inOrder(`narvaro/${pk}/${path}`, fields, said, options);
  if (answer) put(answer.parts);
  return answer;
}

/** Mark with a mode. */
export async function tap(pk, mode) {
  const row = rowOf(pk);
  const said = `${row.dataset.name}: ${MODES[mode]}`;
  offerArrival(pk, row.dataset.mode, mode);
  row.dataset.mode = mode;
  const answer = await post(pk, "", { mode }, said, { before: row.dataset.state, instead: true });
  if (!answer) return;
  const now = rowOf(pk);
  if (now) now.dataset.state = answer.state;
  tell(said, takeBack(pk, answer.before, answer.state));
}

/** Somebody who comes when the roll has been called has come late, perhaps. */
function offerArrival(pk, was, mode) {
  arrivals.delete(pk);
  const here = atHand();
  if (!HERE.includes(mode) || HERE.includes(was) || !here || here.first) return;
  const all = rows();
  const marked = all.filter((row) => row.dataset.mode !== "expected").length;
  if (was === "expected" && marked * 2 < all.length) return;
  arrivals.set(pk, here);
}

export async function come(pk, { partly = false, at = atHand() } = {}) {
  if (!at) return;
  arrivals.delete(pk);
  const row = rowOf(pk);
  const before = row.dataset.state;
  const back = isGone(row) ? "kom tillbaka" : "kom";
  const said = `${row.dataset.name} ${back} ${partly ? "under" : "till"} ${at.label}`;
  const answer = await post(pk, "kom/", partly ? { item: at.item, partly: "1" } : { item: at.item }, said);
  if (answer) tell(said, takeBack(pk, before, answer.state));
}

export async function leave(pk, { partly = false } = {}) {
  const at = atHand();
  if (!at) return;
  const row = rowOf(pk);
  const before = row.dataset.state;
  const said = `${row.dataset.name} gick ${partly ? "under" : "efter"} ${at.label}`;
  const answer = await post(pk, "gick/", partly ? { item: at.item, partly: "1" } : { item: at.item }, said);
  if (answer) tell(said, takeBack(pk, before, answer.state));
}

export const hasConflict = (row) => row.dataset.state.split("|")[3].split(",").includes(atHand()?.item);

export async function toggleConflict(pk) {
  const at = atHand();
  if (!at) return;
  const row = rowOf(pk);
  const before = row.dataset.state;
  const has = !hasConflict(row);
  const said = has ? `${row.dataset.name}: jäv i ${at.label}` : `${row.dataset.name}: inte jäv i ${at.label}`;
  const answer = await post(pk, "jav/", has ? { item: at.item, has: "1" } : { item: at.item }, said);
  if (answer) tell(said, takeBack(pk, before, answer.state));
}

/** A substitute steps in for the row's person, or does so no more. */
export async function serve(pk, person, { ends = false } = {}) {
  const member = rowOf(pk).dataset.name;
  const name = data.people.find(([key]) => key === `p${person}`)?.[1] ?? "Ersättaren";
  const said = ends ? `${name} ersätter inte ${member}` : `${name} ersätter ${member}`;
  if (await post(pk, "ersattare/", ends ? { person, ends: "1" } : { person }, said)) tell(said, () => serve(pk, person, { ends: !ends }));
}

export async function removeFromList(pk) {
  const { name } = rowOf(pk).dataset;
  const still = fromHere();
  if (!(await post(pk, "ta-bort/", {}, `${name} tas bort från listan`))) return;
  announce(`${name} är borttagen från listan.`);
  if (still()) document.getElementById("attendee-name").focus();
}

/** "Kom till § 3?" under the name of somebody who was just marked as here. */
function showArrivals() {
  for (const [pk, at] of arrivals) {
    const row = rowOf(pk);
    if (!row || !isHere(row)) continue;
    const offer = document.createElement("button");
    offer.type = "button";
    offer.className = "attendee-offer";
    offer.id = `arrival-${pk}`;
    offer.dataset.act = "arrival";
    offer.textContent = `Kom till ${at.label}?`;
    row.querySelector("th").append(offer);
  }
}

/** What the buttons do is told with the § at hand. */
function nameGoing() {
  const at = atHand();
  for (const row of rows()) {
    const button = row.querySelector(".attendee-go");
    if (!button) continue;
    button.hidden = !at;
    const what = isGone(row) ? `kom tillbaka till ${at?.label}` : `gick efter ${at?.label}`;
    button.setAttribute("aria-label", `${row.dataset.name} ${what}`);
    button.title = what[0].toUpperCase() + what.slice(1);
  }
}

/** How many members take part in the § at hand. Only a nämnd must be quorate by law. */
function showQuorum() {
  const line = document.getElementById("quorum");
  const at = atHand();
  if (!line || !at) return;
  const { members, needed, binding } = line.dataset;
  const count = JSON.parse(line.dataset.counts)[at.item] ?? 0;
  const few = Boolean(binding) && count < Number(needed);
  const after = !binding ? "" : few ? `, minst ${needed} krävs` : ", beslutsfört";
  line.textContent = `${at.label}: ${count} av ${members} ledamöter${after}`;
  line.dataset.said = few ? `Inte beslutsfört vid ${at.label}.` : "";
  line.classList.toggle("is-few", few);
  line.hidden = false;
}

function refresh() {
  nameGoing();
  showQuorum();
}

/** People of the register who are not on the list yet. */
function options() {
  const here = new Set(rows().map((row) => `p${row.dataset.person}`));
  document.getElementById("attendee-options").replaceChildren(
    ...data.people.filter(([key]) => !here.has(key)).map(([, name, organisation]) => {
      const option = new Option(organisation, name);
      option.value = name;
      return option;
    }),
  );
}

function startAdding() {
  const name = adding.elements.name;
  const guest = adding.querySelector(".guest-fields");
  const known = () => data.people.find(([, one]) => one.toLowerCase() === name.value.trim().toLowerCase());
  const draft = keepForm(adding, { kind: "gäst", where: () => "Fler på mötet" });
  onDraft("gäst", () => adding);
  name.addEventListener("input", () => { guest.hidden = !name.value.trim() || Boolean(known()); });
  const add = async () => {
    if (!name.value.trim()) return name.focus();
    const person = known();
    const fields = person ? { person: person[0].slice(1) } : {
      name: name.value,
      organisation_name: adding.elements.organisation_name.value,
      title: adding.elements.title.value,
    };
    const said = name.value;
    const typed = [...adding.elements].map((field) => field.value);
    const answered = inOrder("narvaro/ny/", fields, `${said} på listan`);
    draft.done();
    adding.reset();
    guest.hidden = true;
    name.focus();
    const answer = await answered;
    if (!answer) {
      if (!name.value) [...adding.elements].forEach((field, i) => { field.value = typed[i]; });
      guest.hidden = !name.value.trim() || Boolean(known());
      return undefined;
    }
    offerArrival(String(answer.row), "absent", "present");
    put(answer.parts);
    return announce(`${said} är tillagd som närvarande. ${counts()}.`);
  };
  adding.addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
}

/** "Gick efter § 6" names another § when one has been moved. */
function renumber() {
  if (rows().some((row) => row.dataset.state.split("|").slice(1).some(Boolean))) readAnew();
  else refresh();
}

async function readAnew() {
  try {
    const { data: answer } = await get("?del=narvaro");
    if (answer.parts) put(answer.parts);
  } catch {
    // The next tap brings the list anew.
  }
}

async function markRest() {
  const answer = await inOrder("narvaro/resten/", {}, "Alla övriga här");
  if (!answer) return;
  put(answer.parts);
  const { rows: marked } = answer;
  if (marked.length) tell(marked.length === 1 ? "En är avprickad som här" : `${marked.length} är avprickade som här`, () => unmarkRest(marked));
}

async function unmarkRest(marked) {
  const answer = await inOrder("narvaro/resten/angra/", { rows: marked.join(",") }, "Alla övriga som förut");
  if (!answer) return;
  put(answer.parts);
  announce(`${answer.touched ? `${answer.touched} har ändrats sedan dess och är som de är. ` : ""}${counts()}.`);
}

export function startAttendance() {
  document.addEventListener("renumbered", renumber);
  document.addEventListener("attendance-news", readAnew);
  document.addEventListener("chosen", refresh);
  document.addEventListener("attendance", () => {
    options();
    showArrivals();
    refresh();
  });
  list.addEventListener("change", (event) => {
    if (event.target.type === "radio") tap(event.target.closest("tr").dataset.row, event.target.value);
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const pk = button?.closest(".attendee")?.dataset.row;
    if (button?.id === "rest-present") markRest();
    else if (!pk) return;
    else if (button.dataset.act === "arrival") come(pk, { at: arrivals.get(pk) });
    else if (button.classList.contains("attendee-offer")) serve(pk, button.dataset.person);
    else if (button.classList.contains("attendee-go")) (isGone(rowOf(pk)) ? come : leave)(pk);
  });
  onLate((answer) => put(answer.parts));
  options();
  refresh();
  startAdding();
}
