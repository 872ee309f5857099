/* What others have changed, put in place without anything jumping. A § one writes in oneself is
   left alone: there a button shows the newer text, and if one writes on, the two are compared. */
import { announce } from "../announce.js";
import { say } from "./commands.js";
import { decisionsOf } from "./decisions.js";
import { isBack } from "./gone.js";
import { keepers } from "./keeper.js";
import { follow } from "./outline.js";
import { element, putParts } from "./parts.js";
import { arrange } from "./reports.js";
import { allSections, currentSection, dot, holding, labelOf, sectionOf } from "./sections.js";
import { get } from "./sending.js";
import { forgetTexts, textOf, versionOf } from "./texts.js";

const outline = document.getElementById("outline");
const place = document.getElementById("sections");
const LISTS = { attachments: "bilagor", actions: "protokollets-uppdrag" };
const fresh = new Map(); // pk → who changed it since one was there
const told = new Set();

/** The answer to "what is new?": versions of the texts, §§ and lists that others have changed. */
export async function hear({ versions, sections, lists }) {
  try {
    if (lists.includes("outline") || isOutOfStep(versions.items)) await readOutline(versions.items);
    const changed = new Set(sections.map(String));
    for (const pk of newer(versions.items, "text")) changed.add(pk);
    for (const pk of newer(versions.reports, "report-text")) {
      changed.add(document.getElementById(`report-text-${pk}`).closest(".item").dataset.item);
    }
    for (const pk of changed) await readSection(pk);
    // The attendance puts its own in place, for a row may be open or a tap on its way.
    if (lists.includes("attendance")) document.dispatchEvent(new Event("attendance-news"));
    for (const list of lists) if (LISTS[list]) putParts((await get(`?del=${LISTS[list]}`)).data.parts);
  } catch {
    // The network is gone or the page is signed out: the next answer tells the versions again.
  }
}

const newer = (versions, id) => Object.keys(versions).filter((pk) => {
  const text = document.getElementById(`${id}-${pk}`);
  return text?.dataset.version !== undefined && versions[pk] > versionOf(text) && !textOf(text)?.keeper.unsaved;
});

const isOutOfStep = (items) => Object.keys(items).some((pk) => !sectionOf(pk))
  || allSections().some((section) => !(section.dataset.item in items) && !section.dataset.gone);

/** Everything of a § that saves itself. */
function keepersOf(section) {
  const reports = [...section.querySelectorAll("[data-report]")].map((one) => `rapporter/${one.dataset.report}/`);
  const paths = [`punkter/${section.dataset.item}/`, ...reports];
  if (section.dataset.kind === "next_meeting") paths.push("nasta-mote/");
  return [...keepers].filter((keeper) => paths.some((path) => keeper.path.startsWith(path)));
}

const isBusy = (section) => section.contains(document.activeElement) || section.querySelector(".action-form, .conflict") !== null
  || keepersOf(section).some((keeper) => keeper.unsaved);

async function readOutline(items) {
  const focused = outline.contains(document.activeElement) ? document.activeElement : null;
  const row = focused?.closest("[data-item]").dataset.item;
  const { data } = await get("?del=paragrafer");
  for (const pk of Object.keys(items)) {
    if (sectionOf(pk)) continue;
    const { status, data: one } = await get(`?del=paragraf&punkt=${pk}`);
    if (status === 200) place.append(element(one.section));
  }
  putParts(data.parts);
  for (const section of allSections()) {
    const stands = outline.querySelector(`[data-item="${section.dataset.item}"]`);
    if (!stands) takeAway(section);
    else {
      delete section.dataset.gone;
      isBack(section);
    }
  }
  follow();
  if (row) outline.querySelector(`[data-item="${row}"] ${focused.matches("a") ? "a" : ".outline-more"}`)?.focus({ preventScroll: true });
}

function takeAway(section) {
  if (section !== currentSection() && !isBusy(section)) {
    replace(section, null);
  } else if (!section.dataset.gone) {
    section.dataset.gone = "1";
    say(`${labelOf(section)}, som du skriver i, är borttagen. Det du har skrivit står kvar här. Den kan tas tillbaka under Borttaget.`);
  }
}

/** Another element for the §, or none; what belonged to the old one is let go. */
function replace(section, instead) {
  for (const keeper of keepersOf(section)) keeper.forget();
  forgetTexts(section);
  if (instead) section.replaceWith(instead);
  else section.remove();
}

function isOlder(text) {
  const mine = document.getElementById(text.id);
  return mine && Number(text.dataset.version) < versionOf(mine);
}

async function readSection(pk) {
  const section = sectionOf(pk);
  if (!section) return undefined;
  const { status, data } = await get(`?del=paragraf&punkt=${pk}`);
  if (status !== 200) return undefined;
  const now = element(data.section);
  // Asked for before what has been saved here since.
  if ([...now.querySelectorAll(".text[data-version]")].some(isOlder)) return readSection(pk);
  const still = currentSection() ?? section;
  holding(still, () => {
    if (section === currentSection() || isBusy(section)) mend(section, now, data.by);
    else replace(section, now);
  });
  for (const [kind, found] of Object.entries({ text: ".text", decision: ".points > li", action: ".action" })) {
    dot(now, kind, [...now.querySelectorAll(found)].some((one) => one.textContent.trim()));
  }
  tell(pk, data.by);
}

/** The § at hand: every part of it that one does not write in just now. */
function mend(section, now, by) {
  const held = (part) => part.contains(document.activeElement);
  const list = section.querySelector(".reports");
  if (list) arrange(list, [...now.querySelectorAll(".report")].map((one) => ({ pk: one.dataset.report, html: one.outerHTML })));
  for (const text of now.querySelectorAll(".text[data-version]")) mendText(document.getElementById(text.id), text, by);
  const decisions = decisionsOf(section);
  const points = [...now.querySelectorAll(".points > li")].map((one) => one.textContent);
  if (decisions && !decisions.keeper.unsaved && !held(decisions.tools)) decisions.take(points);
  const heading = section.querySelector(".heading");
  if (!held(heading)) heading.textContent = now.querySelector(".heading").textContent;
  const given = section.querySelector(".given");
  if (!given.querySelector(".action-form") && !held(given)) given.innerHTML = now.querySelector(".given").innerHTML;
}

function mendText(mine, theirs, by) {
  const version = Number(theirs.dataset.version);
  if (!mine || version <= versionOf(mine)) return;
  const text = textOf(mine);
  if (!text) {
    mine.innerHTML = theirs.innerHTML;
    mine.dataset.version = version;
  } else if (!text.keeper.unsaved && document.activeElement !== mine) {
    text.take(theirs.innerHTML, version);
  } else if (!text.keeper.unsaved) {
    offer(mine, by);
  }
}

/** One has the cursor in the text: it is shown when one asks for it. */
function offer(mine, by) {
  if (mine.nextElementSibling?.classList.contains("newer-text")) return;
  const note = document.createElement("p");
  note.className = "newer-text";
  const words = document.createElement("span");
  words.textContent = `${by || "Någon annan"} har sparat en nyare text här. Skriver du vidare jämförs de två.`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-outline btn-sm";
  button.textContent = "Visa den nya";
  note.append(words, button);
  mine.after(note);
  button.addEventListener("click", async () => {
    const section = mine.closest(".item");
    note.remove();
    const { status, data } = await get(`?del=paragraf&punkt=${section.dataset.item}`);
    const theirs = status === 200 && element(data.section).querySelector(`#${mine.id}`);
    const text = textOf(mine);
    if (!theirs || text.keeper.unsaved) return; // written on meanwhile: the two are compared
    text.take(theirs.innerHTML, Number(theirs.dataset.version));
    mine.focus({ preventScroll: true });
    announce("Den nya texten visas.");
  });
  mine.addEventListener("input", () => note.remove(), { once: true });
}

/** Discreetly: a word in the outline until one has been there, spoken once. */
function tell(pk, by) {
  if (pk === currentSection()?.dataset.item) return;
  fresh.set(pk, by);
  mark();
  const sentence = `${by || "Någon annan"} har ändrat ${labelOf(sectionOf(pk))}.`;
  if (told.has(sentence)) return;
  told.add(sentence);
  announce(sentence);
}

function mark() {
  for (const row of outline.children) {
    const by = fresh.get(row.dataset.item);
    const link = row.querySelector(".outline-link");
    const note = link.querySelector(".outline-news");
    if (by === undefined) note?.remove();
    else if (!note) {
      const words = document.createElement("span");
      words.className = "outline-news";
      words.textContent = by ? `ändrad av ${by.replace("Du själv", "dig själv")}` : "ändrad";
      link.append(words);
    }
  }
}

export function enter(section) {
  if (fresh.delete(section.dataset.item)) mark();
}

export function startNews() {
  new MutationObserver(mark).observe(outline, { childList: true });
}
