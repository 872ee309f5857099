/* Uppdrag of a §: given (F8) of selected words or as a decision, changed, removed, taken back. */
import { announce } from "../announce.js";
import { actionForm, putAway } from "./action_form.js";
import { command, oneAtATime } from "./commands.js";
import { decisionsOf } from "./decisions.js";
import { onDraft } from "./draft.js";
import { copyOf, fromHere } from "./parts.js";
import { dot, labelOf, sectionOf, wake } from "./sections.js";
import { offerUndo } from "./undo.js";

const addButton = (section) => section.querySelector(".action-adding button");

/** A decision may be the uppdrag's own sentence: what is typed there is saved before, and what
    stands there afterwards comes with the answer. */
async function act(section, path, fields, complain) {
  const decisions = decisionsOf(section);
  await decisions.keeper.save();
  const answer = await command(path, fields, complain);
  if (!answer) return null;
  decisions.take(answer.points);
  mark(section);
  return answer;
}

function openForm(section, { path, values = {}, instead = null, before = addButton(section).parentElement, back = null, field = "text", quiet = false }) {
  const open = section.querySelector(".action-form");
  if (open) {
    if (!quiet) open.elements.text.focus();
    return open;
  }
  const save = oneAtATime(async (fields, complain) => {
    const still = fromHere();
    const answer = await act(section, path, fields, complain);
    if (!answer) return;
    putAway(form);
    shown(section, instead);
    announce(values.decision ? "Beslutet och uppdraget är sparade." : "Uppdraget är sparat.");
    const action = document.getElementById(`action-${answer.action}`);
    if (still()) action?.querySelector(`[data-field=${field}], .action-tools [data-act=change]`).focus({ preventScroll: true });
  });
  const close = () => {
    shown(section, instead);
    (back?.isConnected ? back : addButton(section)).focus();
  };
  const guess = `punkter/${section.dataset.item}/uppdrag/forslag/`;
  const draft = { of: section.dataset.item, where: () => `${labelOf(section)} (uppdraget)`, more: { path, action: instead?.dataset.action } };
  const form = actionForm({ values, guess, isNew: !instead, save, close, draft });
  if (instead) {
    instead.hidden = true;
    instead.after(form);
  } else {
    before.before(form);
  }
  addButton(section).parentElement.hidden = true;
  if (quiet) return form;
  const place = { who: form.querySelector(".who-field input"), due: form.elements.due }[field] ?? form.elements.text;
  place.focus();
  form.scrollIntoView({ block: "nearest" });
  return form;
}

function shown(section, instead) {
  if (instead) instead.hidden = false;
  addButton(section).parentElement.hidden = false;
}

function mark(section) {
  dot(section, "action", section.querySelector(".action") !== null);
}

async function removeAction(section, action) {
  const path = `uppdrag/${action.dataset.action}/`;
  const decided = !action.querySelector("[data-follows=yes]").hidden;
  if (!(await act(section, `${path}ta-bort/`))) return;
  addButton(section).focus();
  offerUndo(decided ? "Uppdraget och dess beslut är borttagna." : "Uppdraget är borttaget.", async () => {
    await act(section, `${path}ta-tillbaka/`);
  });
}

/** F8: of the words that are selected in the text, or in a decision the decision that gives it. */
export function giveAction(section) {
  const area = document.activeElement.closest?.(".point-field textarea");
  if (area && section.contains(area)) return decide(section, area);
  const selected = String(window.getSelection()).trim();
  const inside = section.contains(window.getSelection().anchorNode);
  return openForm(section, {
    path: `punkter/${section.dataset.item}/uppdrag/`,
    values: inside && selected ? { text: selected, in_text: true } : {},
    back: document.activeElement,
  });
}

/** "Rådet ger … i uppdrag att …": the form writes decision and uppdrag as one. */
function decide(section, area = null) {
  const chosen = area ? area.value.slice(area.selectionStart, area.selectionEnd).trim() : "";
  const point = area?.value.trim() ?? "";
  openForm(section, {
    path: `punkter/${section.dataset.item}/uppdrag/`,
    values: { text: chosen || point, decision: point || " ", instead_of: point },
    before: section.querySelector(".decision-tools .chips"),
    back: area,
    field: point ? "text" : "who",
  });
}

/** One that was filled in and not sent when the page was closed. */
onDraft("uppdrag", ({ of, path, action, who, asked }) => {
  const section = sectionOf(of);
  if (!section) return null;
  wake(section);
  const instead = action ? section.querySelector(`.action[data-action="${action}"]`) : null;
  if (action && !instead) return null;
  const before = asked.decision ? section.querySelector(".decision-tools .chips") : undefined;
  return openForm(section, { path, values: { who, ...asked }, instead, before, quiet: true });
});

export function dress(section) {
  const adding = copyOf("tools-action");
  const list = section.querySelector(".given");
  list.after(adding);
  adding.querySelector("button").addEventListener("click", () => giveAction(section));
  section.querySelector("[data-act=decide]").addEventListener("click", () => decide(section));
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button || button.closest("form")) return;
    const action = button.closest(".action");
    if (button.dataset.act === "remove") removeAction(section, action);
    else if (button.dataset.act === "change") {
      openForm(section, {
        path: `uppdrag/${action.dataset.action}/`, values: JSON.parse(action.dataset.fields), instead: action,
        back: button, field: button.dataset.field,
      });
    }
  });
}
