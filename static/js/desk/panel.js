/* The panel's tabs (ARIA tabs pattern), and below 64rem the zones, one at a time. */
import { keepForm, onDraft } from "./draft.js";
import { get } from "./sending.js";
import { putParts } from "./parts.js";
import { command, oneAtATime } from "./commands.js";
import { choose, currentSection, sectionOf } from "./sections.js";

const desk = document.getElementById("desk");
const tabs = [...desk.querySelectorAll("[role=tab]")];
const zones = [...desk.querySelectorAll(".zone-switch button")];

const told = [];

/** act(name) whenever a tab is shown. */
export const onTab = (act) => told.push(act);

export function showTab(name) {
  if (name === "actions") fetchOpenActions();
  for (const tab of tabs) {
    const chosen = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !chosen;
  }
  for (const act of told) act(name);
}

let asked = false;

/** What is open since before is fetched the first time somebody looks. */
async function fetchOpenActions() {
  if (asked) return;
  asked = true;
  try {
    putParts((await get("?del=uppdrag")).data.parts);
  } catch {
    asked = false;
  }
}

export function showZone(name) {
  desk.dataset.zone = name;
  if (document.getElementById(`tab-${name}`)) showTab(name);
  for (const button of zones) {
    if (button.dataset.zone === name) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  window.scrollTo({ top: 0 });
}

/** "Bilaga" in the toolbar: the panel's form, with the § at hand chosen, and files if one has any. */
export function attachToCurrent(files = []) {
  showZone("attachments");
  fillItems();
  document.getElementById("attachment-item").value = currentSection()?.dataset.item ?? "";
  const field = document.getElementById("attachment-file");
  if (files.length) {
    const chosen = new DataTransfer();
    chosen.items.add(files[0]);
    field.files = chosen.files;
  }
  document.getElementById(files.length ? "attachment-title" : "attachment-file").focus();
}

function fillItems() {
  const select = document.getElementById("attachment-item");
  const chosen = select.value;
  select.replaceChildren(new Option("hela mötet", ""), ...[...document.querySelectorAll("#outline .outline-row")].map(
    (row) => new Option(`${row.querySelector(".outline-number").textContent} ${row.querySelector(".outline-heading").textContent}`.trim(), row.dataset.item),
  ));
  select.value = chosen;
}

function startAttachments() {
  const form = document.getElementById("add-attachment");
  form.addEventListener("focusin", fillItems);
  const draft = keepForm(form, { kind: "bilaga", where: () => "Bilagans titel (filen får du välja igen)" });
  onDraft("bilaga", () => {
    fillItems();
    return form;
  });
  const attach = oneAtATime(async () => {
    if (!form.elements.file.files.length) return form.elements.file.focus();
    if (!(await command(new URL(form.action).pathname, new FormData(form)))) return undefined;
    form.reset();
    draft.done();
    return putParts((await get("?del=bilagor")).data.parts);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attach();
  });
}

export function startPanel() {
  for (const tab of tabs) {
    tab.addEventListener("click", () => showTab(tab.id.replace("tab-", "")));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      showTab(next.id.replace("tab-", ""));
      next.focus();
    });
  }
  for (const button of zones) button.addEventListener("click", () => showZone(button.dataset.zone));
  desk.addEventListener("zone", (event) => showZone(event.detail));
  document.getElementById("panel-actions").addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link) return;
    event.preventDefault();
    showZone("text");
    choose(sectionOf(link.dataset.go));
    const action = document.getElementById(link.hash.slice(1));
    action?.scrollIntoView({ block: "center" });
    action?.querySelector("button")?.focus({ preventScroll: true });
  });
  startAttachments();
}
