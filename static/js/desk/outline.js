/* The outline: add, move by dragging, buttons and keys, remove with undo. */
import Sortable from "../../vendor/sortablejs/sortable.esm.js";
import { announce } from "../announce.js";
import { command, oneAtATime, say } from "./commands.js";
import { keepForm, onDraft } from "./draft.js";
import { rename } from "./facts.js";
import { element, fromHere, tell } from "./parts.js";
import { choose, currentSection, holding, itemWord, labelOf, markOutline, sectionOf, writeIn } from "./sections.js";
import { base } from "./sending.js";
import { saveTexts } from "./texts.js";
import { offerUndo } from "./undo.js";

const list = document.getElementById("outline");
const place = document.getElementById("sections");
const menu = document.getElementById("outline-menu");
const add = document.getElementById("add-section");
const taken = new Map(); // pk → § taken away, as it was
let menuOf = null;
let newAfter = null; // the § that a new one, whose heading is being written, comes after
const draft = keepForm(add, { kind: "paragraf", where: () => `Ny ${itemWord}`, more: () => ({ after: newAfter?.dataset.item }) });

const rows = () => [...list.children];
const indexOf = (pk) => rows().findIndex((row) => row.dataset.item === String(pk));

/** Numbers and order of the document after the outline. The § with the focus is never moved. */
export function follow() {
  const wanted = rows().map((row) => sectionOf(row.dataset.item)).filter(Boolean);
  for (const row of rows()) {
    const number = document.getElementById(`number-${row.dataset.item}`);
    if (number) number.textContent = row.querySelector(".outline-number").textContent;
  }
  const still = wanted.find((section) => section.contains(document.activeElement)) ?? currentSection();
  const at = wanted.indexOf(still);
  const arrange = () => {
    wanted.slice(0, Math.max(0, at)).forEach((section) => still.before(section));
    wanted.slice(at + 1).forEach((section) => place.append(section));
  };
  if (at >= 0) holding(still, arrange);
  else arrange();
  markOutline();
  document.dispatchEvent(new Event("renumbered"));
}

export async function move(section, to) {
  const from = indexOf(section.dataset.item);
  if (to < 0 || to >= rows().length || to === from) return;
  if (!(await command(`punkter/${section.dataset.item}/flytta/`, { to }))) return;
  follow();
  announce(`${section.querySelector(".heading").textContent} är nu ${labelOf(section)}, plats ${to + 1} av ${rows().length}.`);
}

export const moveBy = (section, step) => move(section, indexOf(section.dataset.item) + step);

async function remove(section) {
  const label = labelOf(section);
  const pk = section.dataset.item;
  await saveTexts(section);
  const next = section.nextElementSibling ?? section.previousElementSibling;
  const fromList = list.contains(document.activeElement);
  if (!(await command(`punkter/${pk}/ta-bort/`))) return;
  taken.set(pk, section);
  const moves = fromList || section.contains(document.activeElement);
  section.remove();
  choose(next?.closest(".item") ?? null);
  follow();
  if (moves) list.querySelector(".is-current a")?.focus();
  offerUndo(`${label} är borttagen.`, () => restoreSection(pk));
}

/** At once by undo, or later from the list of what was taken away. */
export async function restoreSection(pk, complain) {
  const data = await command(`punkter/${pk}/ta-tillbaka/`, {}, complain);
  if (data) show(data, sectionOf(pk) ?? taken.get(pk));
  return data;
}

/** A § that was taken away stands again; known is how it stood here, with what was written. */
export function showRestored(data, known) {
  return show(data, known ?? taken.get(String(data.pk)));
}

function put(section) {
  place.append(section);
  follow();
  return section;
}

function show(data, known) {
  const section = put(known ?? element(data.section));
  choose(section, { show: true });
  return section;
}

/** A § of a heading, or of one of the council's standing items, { standing }. */
const create = oneAtATime(async (of, after, tell = complain) => {
  const fields = after ? { ...of, after: after.dataset.item } : of;
  const still = fromHere();
  const data = await command("punkter/ny/", fields, tell);
  if (!data) return false;
  if (still()) writeIn(show(data));
  else put(element(data.section));
  return true;
});

export const createStanding = (standing, after) => create({ standing }, after, say);

/** Headings of the §§ that stand. */
export const headings = () => rows().map((row) => row.querySelector(".outline-heading").textContent);

function complain(sentence) {
  const fault = add.querySelector(".field-error");
  if (fault) tell(fault, sentence);
}

/** The button becomes a field for the heading; Enter makes the §, Escape leaves it. */
function askHeading(after = null, { quiet = false } = {}) {
  const button = add.querySelector("button");
  const there = add.querySelector("input");
  if (there) return quiet ? undefined : there.focus();
  const label = document.createElement("label");
  label.className = "form-label";
  label.textContent = `Ny ${itemWord}${after ? ` efter ${labelOf(after)}` : ""}`;
  const input = document.createElement("input");
  input.className = "form-control";
  input.maxLength = 250;
  input.placeholder = "Rubrik";
  label.append(input);
  const fault = element('<p class="field-error" hidden></p>');
  button.hidden = true;
  add.append(label, fault);
  if (!quiet) input.focus();
  newAfter = after;
  const close = () => {
    if (button.hidden === false) return; // taken away, the field loses the focus and asks for it again
    button.hidden = false;
    draft.done();
    label.remove();
    fault.remove();
  };
  add.onsubmit = async (event) => {
    event.preventDefault();
    if (await create({ heading: input.value }, after)) close();
    else input.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    button.focus();
  });
  input.addEventListener("blur", () => { if (!input.value.trim()) close(); });
}

onDraft("paragraf", ({ after }) => {
  askHeading(after ? sectionOf(after) : null, { quiet: true });
  return add;
});

function openMenu(button) {
  menuOf = sectionOf(button.closest("[data-item]").dataset.item);
  menu.querySelector("a").href = `${base}punkter/${menuOf.dataset.item}/versioner/`;
  const box = button.getBoundingClientRect();
  menu.showPopover();
  const room = window.innerHeight - box.bottom;
  menu.style.top = `${room > menu.offsetHeight + 8 ? box.bottom + 4 : box.top - menu.offsetHeight - 4}px`;
  menu.style.left = `${Math.max(8, Math.min(box.right - menu.offsetWidth, window.innerWidth - menu.offsetWidth - 8))}px`;
  menu.querySelector("button").focus();
}

async function fromMenu(act) {
  const section = menuOf;
  menu.hidePopover();
  if (act === "rename") {
    document.getElementById("desk").dispatchEvent(new CustomEvent("zone", { detail: "text" }));
    choose(section, { show: true });
    rename(section);
  } else if (act === "add") askHeading(section);
  else if (act === "remove") await remove(section);
  else {
    await moveBy(section, act === "up" ? -1 : 1);
    list.querySelector(`[data-item="${section.dataset.item}"] .outline-more`)?.focus();
  }
}

function startMenu() {
  list.addEventListener("click", (event) => {
    const button = event.target.closest(".outline-more");
    if (button) openMenu(button);
  });
  menu.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) fromMenu(button.dataset.act);
  });
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll("button, a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length].focus();
  });
}

export function startOutline() {
  startMenu();
  add.querySelector("button").addEventListener("click", () => askHeading());
  add.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("keydown", (event) => {
    const all = rows();
    const at = all.findIndex((row) => row.contains(event.target));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || event.altKey || !all[to]) return;
    event.preventDefault();
    for (const one of list.querySelectorAll("a, button")) one.tabIndex = all[to].contains(one) ? 0 : -1;
    all[to].querySelector(event.target.matches("a") ? "a" : ".outline-more").focus();
  });
  Sortable.create(list, {
    animation: 0,
    delay: 200,
    delayOnTouchOnly: true,
    filter: ".outline-more",
    preventOnFilter: false,
    onEnd: async ({ item, oldIndex, newIndex }) => {
      if (oldIndex === newIndex) return;
      const section = sectionOf(item.dataset.item);
      const data = await command(`punkter/${item.dataset.item}/flytta/`, { to: newIndex });
      if (data) follow();
      else list.insertBefore(item, list.children[oldIndex + (oldIndex > newIndex ? 1 : 0)] ?? null);
      if (data) announce(`${section.querySelector(".heading").textContent} är nu ${labelOf(section)}.`);
    },
  });
}

