/* The keys of the desk. None of them is taken by a browser or a screen reader while one writes. */
import { giveAction } from "./actions.js";
import { decisionsOf } from "./decisions.js";
import { openFind, showPages } from "./on_demand.js";
import { moveBy } from "./outline.js";
import { saveNow } from "./saving.js";
import { currentSection, isClosed, isWide, neighbour, showText, writeIn } from "./sections.js";
import { focusToolbar } from "./toolbar.js";
import { undoNow } from "./undo.js";

const page = document.getElementById("desk");
const panel = document.querySelector(".zone-panel");
const zones = document.querySelector(".zone-switch");
const sheet = document.getElementById("keys");
const paper = document.querySelector(".preview-acts a");

/** Where one writes in a §, in order: its text, the reports of a round table and the field for a
    new one. */
const stopsOf = (section) => [...section.querySelectorAll(".text, .report-adding input")];

/** To the next stop of the § at hand, and from its last to the next §. From elsewhere on the page
    to the § at hand. A form that one fills in is saved first, and one stays. */
function onward(step) {
  const section = currentSection();
  const focused = document.activeElement;
  if (focused === section || !section?.contains(focused)) return writeIn(section ?? neighbour(1));
  const form = focused.closest(".action-form, .report-form");
  if (form && step > 0) return form.requestSubmit();
  const stops = isClosed(section) ? [] : stopsOf(section);
  const here = stops.findIndex((stop) => stop.contains(focused));
  const stop = here < 0 ? null : stops[here + step];
  if (stop) return stop.focus();
  const next = neighbour(step);
  return next && writeIn(next);
}

function toDecision(section) {
  showText();
  const decisions = decisionsOf(section);
  if (decisions.tools.contains(document.activeElement)) section.querySelector(".text").focus();
  else decisions.focus();
}

/** To the panel's tabs, or where the zones are tabs to those, and from there back to the § at hand. */
function toPanel(section) {
  const tab = panel.querySelector("[role=tab][aria-selected=true]");
  if (section && [panel, zones].some((one) => one.contains(document.activeElement))) return writeIn(section);
  page.dispatchEvent(new CustomEvent("zone", { detail: tab.id.replace("tab-", "") }));
  return (isWide() ? tab : zones.querySelector("[aria-current]")).focus();
}

const writing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true], [role=textbox]") !== null;

function act(event) {
  const section = currentSection();
  const control = event.ctrlKey || event.metaKey;
  if (document.querySelector("dialog[open]")) return false;
  if (control && event.key === "Enter") onward(event.shiftKey ? -1 : 1);
  else if (control && !event.altKey && event.key.toLowerCase() === "s") saveNow();
  else if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "h") openFind();
  else if (control && !event.shiftKey && event.key.toLowerCase() === "p") saveNow().then(() => paper.click());
  // Word's own key for the same thing.
  else if (control && event.key === "F2") showPages();
  else if (event.key === "F2" && section) toDecision(section);
  else if (control && event.key === "F8") toPanel(section);
  else if (event.key === "F8" && section) {
    showText();
    giveAction(section);
  }
  else if (event.key === "F4" && section && !event.altKey) section.querySelector(".versions-link")?.click();
  else if (event.altKey && event.key === "F10") focusToolbar();
  else if (event.altKey && event.shiftKey) return false; // rows and columns, in a table
  else if (event.altKey && !control && section && event.key === "ArrowUp") moveBy(section, -1);
  else if (event.altKey && !control && section && event.key === "ArrowDown") moveBy(section, 1);
  // In a text it takes back what one typed.
  else if (control && !event.shiftKey && event.key.toLowerCase() === "z" && !writing(event.target)) return undoNow();
  else if (event.key === "?" && !writing(event.target)) sheet.showModal();
  else return false;
  return true;
}

export function startKeys() {
  // Before the editor has its say: Ctrl+Enter is a line break there.
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  document.getElementById("show-keys").addEventListener("click", () => sheet.showModal());
}
