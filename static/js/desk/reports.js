/* The round table: a block per organisation, added, ordered, removed with undo. */
import { command, oneAtATime } from "./commands.js";
import { keepForm, onDraft } from "./draft.js";
import { copyOf, element, fromHere } from "./parts.js";
import { holding, labelOf, sectionOf, wake } from "./sections.js";
import { editorOf, saveTexts, textOf } from "./texts.js";
import { offerUndo } from "./undo.js";

const NOTHING = "Inget särskilt att rapportera.";
const data = JSON.parse(document.getElementById("desk-data").textContent);
const removed = new Map();

/** Put the blocks in the order of the answer. Those that are here stay as they are. */
export function arrange(list, reports) {
  const wanted = new Set(reports.map((one) => String(one.pk)));
  for (const block of [...list.children]) {
    if (!wanted.has(block.dataset.report)) {
      removed.set(block.dataset.report, block);
      block.remove();
    }
  }
  const focused = [...list.children].find((one) => one.contains(document.activeElement));
  let before = true;
  for (const { pk, html } of reports) {
    const known = document.getElementById(`report-${pk}`) ?? removed.get(String(pk));
    const block = known ?? element(html);
    if (!known || !block.querySelector(".report-tools")) dressReport(block);
    if (block === focused) before = false;
    else if (focused && before) focused.before(block);
    else list.append(block);
  }
}

function dressReport(block) {
  const tools = copyOf("tools-report");
  const name = block.querySelector("h3").textContent;
  for (const button of tools.querySelectorAll("[aria-label]")) {
    button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${name}`);
  }
  block.querySelector(".report-head").append(tools);
  markNothing(block);
}

/** The button is there while it says something: of a report with words of its own it does not. */
function markNothing(block) {
  const text = block.querySelector(".text").textContent.trim();
  const button = block.querySelector("[data-act=nothing]");
  button.setAttribute("aria-pressed", String(text === NOTHING));
  button.hidden = text !== "" && text !== NOTHING;
}

async function toggleNothing(block) {
  const text = block.querySelector(".text");
  const editor = await editorOf(text);
  if (text.textContent.trim() === NOTHING) editor.commands.clearContent(true);
  else editor.commands.setContent(`<p>${NOTHING}</p>`, { emitUpdate: true });
  textOf(text).keeper.touch({ now: true });
  markNothing(block);
}

async function removeReport(list, block) {
  await saveTexts(block);
  const path = `rapporter/${block.dataset.report}/`;
  const answer = await command(`${path}ta-bort/`);
  if (!answer) return;
  const name = block.querySelector("h3").textContent;
  arrange(list, answer.reports);
  offerUndo(`Rapporten från ${name} är borttagen.`, async () => {
    const still = fromHere();
    const back = await command(`${path}ta-tillbaka/`);
    if (!back) return;
    arrange(list, back.reports);
    if (still()) document.getElementById(block.id)?.querySelector(".text").focus();
  });
}

async function moveReport(list, block, step) {
  const to = [...list.children].indexOf(block) + step;
  if (to < 0 || to >= list.children.length) return;
  const answer = await command(`rapporter/${block.dataset.report}/flytta/`, { to });
  if (answer) holding(block, () => arrange(list, answer.reports));
}

function organisationsHere() {
  const names = new Set([...document.querySelectorAll("#attendance-list .attendee--present, #attendance-list .attendee--remote")].map((row) => row.dataset.organisation));
  return data.organisations.filter(([, name]) => names.has(name)).map(([key]) => key.slice(1));
}

const addReports = oneAtATime(async (section, list, fields) => {
  const known = new Set([...list.children].map((one) => one.dataset.report));
  const still = fromHere();
  const answer = await command(`punkter/${section.dataset.item}/rapporter/`, fields);
  if (!answer) return false;
  arrange(list, answer.reports);
  const fresh = [...list.children].find((one) => !known.has(one.dataset.report));
  if (still()) fresh?.querySelector(".text").focus();
  return true;
});

function dressAdding(section, list) {
  const form = copyOf("tools-reports");
  const input = form.querySelector("input");
  const id = `new-report-${section.dataset.item}`;
  input.id = id;
  form.querySelector("label").htmlFor = id;
  list.after(form);
  const draft = keepForm(form, { kind: "rapport", of: section.dataset.item, where: () => `${labelOf(section)} (ny rapport)` });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = input.value.trim();
    if (!said) return input.focus();
    const known = data.organisations.find(([, name]) => name.toLowerCase() === said.toLowerCase());
    const fields = known ? { organisations: known[0].slice(1) } : { label: said };
    if (!(await addReports(section, list, fields))) return undefined;
    input.value = "";
    return draft.done();
  });
  form.querySelector("[data-act=everyone]").addEventListener("click", () => {
    const here = organisationsHere();
    if (here.length) addReports(section, list, { organisations: here });
  });
}

onDraft("rapport", ({ of }) => {
  const section = sectionOf(of);
  if (section) wake(section);
  return section?.querySelector(".report-adding");
});

export function dress(section) {
  const list = section.querySelector(".reports");
  if (!list) return;
  for (const block of list.children) dressReport(block);
  dressAdding(section, list);
  // Also as one leaves the text: what the editor itself puts in, as a paste, is no input.
  for (const kind of ["input", "focusout"]) {
    list.addEventListener(kind, (event) => {
      const block = event.target.closest(".text") && event.target.closest(".report");
      if (block) markNothing(block);
    });
  }
  list.addEventListener("click", (event) => {
    const button = event.target.closest(".report-tools button");
    if (!button) return;
    const block = button.closest(".report");
    const act = button.dataset.act;
    if (act === "nothing") toggleNothing(block);
    else if (act === "remove") removeReport(list, block);
    else moveReport(list, block, act === "up" ? -1 : 1);
  });
}

export function startReports() {
  document.getElementById("organisation-options").replaceChildren(
    ...data.organisations.map(([, name]) => new Option(name, name)),
  );
}
