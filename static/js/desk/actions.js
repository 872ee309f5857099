/* Uppdrag: a form in the §, filled with the selected words; who, when, and undo. */
import { announce } from "../announce.js";
import { command, oneAtATime } from "./commands.js";
import { copyOf, putParts } from "./parts.js";
import { keepOpen } from "./saving.js";
import { dot } from "./sections.js";
import { offerUndo } from "./undo.js";

const data = JSON.parse(document.getElementById("desk-data").textContent);
const known = new Map([
  ...data.people.map(([key, name]) => [name.toLowerCase(), [key, name]]),
  ...data.organisations.map(([key, name]) => [name.toLowerCase(), [key, name]]),
]);

/** Who has been chosen in a form: [[key or "", name]]; without a key it is a role in words. */
function whoOf(form) {
  return [...form.querySelectorAll(".who-chosen .chip")].map((chip) => [chip.dataset.key, chip.textContent]);
}

function addWho(form, key, name) {
  if (whoOf(form).some(([, there]) => there === name)) return;
  const line = document.createElement("li");
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.dataset.key = key;
  chip.textContent = name;
  chip.setAttribute("aria-pressed", "true");
  chip.title = "Ta bort";
  line.append(chip);
  form.querySelector(".who-chosen").append(line);
}

/** What was typed becomes a chip: somebody of the register, or a role in words. */
function takeTyped(form) {
  const input = form.querySelector(".who-field input");
  const said = input.value.trim();
  if (!said) return;
  const [key, name] = known.get(said.toLowerCase()) ?? ["", said];
  addWho(form, key, name);
  input.value = "";
}

function fieldsOf(form) {
  takeTyped(form);
  const who = whoOf(form);
  const roles = who.filter(([key]) => !key).map(([, name]) => name);
  const last = roles.pop();
  const fields = {
    text: form.elements.text.value,
    who: who.filter(([key]) => key).map(([key]) => key),
    role_in_words: roles.length ? `${roles.join(", ")} och ${last}` : last ?? "",
    due: form.elements.due.value,
    due_on: form.elements.due_on.value,
  };
  return form.elements.in_text.checked ? { ...fields, in_text: "1" } : fields;
}

function complain(form, sentence) {
  const place = form.querySelector(".field-error");
  place.textContent = sentence;
  place.hidden = !sentence;
  if (sentence) announce(sentence);
}

function openForm(section, { path, values = {}, instead = null }) {
  const open = section.querySelector(".action-form");
  if (open) {
    open.elements.text.focus();
    return;
  }
  const form = copyOf("tools-action-form");
  form.elements.text.value = values.text ?? "";
  form.elements.due.value = values.due ?? "";
  form.elements.due_on.value = values.due_on ?? "";
  form.elements.in_text.checked = Boolean(values.in_text);
  for (const [key, name] of values.who ?? []) addWho(form, key, name);
  if (values.role_in_words) addWho(form, "", values.role_in_words);
  showDue(form);
  const place = section.querySelector(".action-adding");
  if (instead) {
    instead.hidden = true;
    instead.after(form);
  } else {
    place.before(form);
  }
  place.hidden = true;
  listen(form, section, path, instead);
  form.elements.text.focus();
  form.scrollIntoView({ block: "nearest" });
}

function showDue(form) {
  form.querySelector(".due-on").hidden = form.elements.due.value !== "on";
}

function listen(form, section, path, instead) {
  const close = () => {
    keepOpen(form, false);
    form.remove();
    if (instead) instead.hidden = false;
    section.querySelector(".action-adding").hidden = false;
  };
  form.addEventListener("input", () => keepOpen(form, true));
  form.elements.due.addEventListener("change", () => showDue(form));
  form.querySelector(".who-field input").addEventListener("change", () => takeTyped(form));
  form.querySelector(".who-chosen").addEventListener("click", (event) => {
    event.target.closest("li")?.remove();
    form.querySelector(".who-field input").focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".who-field input")) {
      event.preventDefault();
      takeTyped(form);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
      section.querySelector(".action-adding button").focus();
    }
  });
  form.querySelector("[data-act=cancel]").addEventListener("click", () => {
    close();
    section.querySelector(".action-adding button").focus();
  });
  const save = oneAtATime(async () => {
    const answer = await command(path, fieldsOf(form), (sentence) => complain(form, sentence));
    if (!answer) return;
    close();
    putParts(answer.parts);
    mark(section);
    announce("Uppdraget är sparat.");
    document.getElementById(`action-${answer.action}`)?.querySelector("[data-act=change]").focus({ preventScroll: true });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
}

function mark(section) {
  dot(section, "action", section.querySelector(".action") !== null);
}

async function removeAction(section, action) {
  const path = `uppdrag/${action.dataset.action}/`;
  if (!(await command(`${path}ta-bort/`))) return;
  mark(section);
  section.querySelector(".action-adding button").focus();
  offerUndo("Uppdraget är borttaget.", async () => {
    await command(`${path}ta-tillbaka/`);
    mark(section);
  });
}

/** F8: a new one, of the words that are selected in the text. */
export function giveAction(section) {
  const selected = String(window.getSelection()).trim();
  const inside = section.contains(window.getSelection().anchorNode);
  openForm(section, {
    path: `punkter/${section.dataset.item}/uppdrag/`,
    values: inside && selected ? { text: selected, in_text: true } : {},
  });
}

export function dress(section) {
  const adding = copyOf("tools-action");
  const list = section.querySelector(".given");
  list.after(adding);
  adding.querySelector("button").addEventListener("click", () => giveAction(section));
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (!button || button.closest("form")) return;
    const action = button.closest(".action");
    if (button.dataset.act === "remove") removeAction(section, action);
    else if (button.dataset.act === "change") {
      openForm(section, { path: `uppdrag/${action.dataset.action}/`, values: JSON.parse(action.dataset.fields), instead: action });
    }
  });
}

export function startActions() {
  document.getElementById("who-options").replaceChildren(
    ...[...known.values()].map(([, name]) => new Option(name, name)),
  );
}
