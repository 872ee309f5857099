/* The form of an uppdrag: who, what, when, and the decision that gives it, written as one goes. */
import { announce } from "../announce.js";
import { keepForm } from "./draft.js";
import { copyOf } from "./parts.js";
import { keepOpen } from "./saving.js";
import { post } from "./sending.js";

const data = JSON.parse(document.getElementById("desk-data").textContent);
const known = new Map([
  ...data.people.map(([key, name]) => [name.toLowerCase(), [key, name]]),
  ...data.organisations.map(([key, name]) => [name.toLowerCase(), [key, name]]),
]);
const PAUSE = 350;
const drafts = new WeakMap();

/** Who has been chosen: [[key or "", name]]; without a key it is a role in words. */
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
  const who = whoOf(form);
  const roles = who.filter(([key]) => !key).map(([, name]) => name);
  const last = roles.pop();
  const fields = {
    text: form.elements.text.value,
    who: who.filter(([key]) => key).map(([key]) => key),
    role_in_words: roles.length ? `${roles.join(", ")} och ${last}` : last ?? "",
    due: form.elements.due.value,
    due_on: form.elements.due_on.value,
    as_decision: form.elements.as_decision.checked ? "1" : "0",
    instead_of: form.dataset.insteadOf,
    asked_as: form.dataset.askedAs,
  };
  return form.elements.in_text.checked ? { ...fields, in_text: "1" } : fields;
}

/** What does not stand in a field: the key it is asked by, and the decision it is in place of. */
function askedOf({ dataset, elements }) {
  return {
    asked_as: dataset.askedAs, decision: elements.as_decision.checked ? dataset.insteadOf || " " : "",
    instead_of: dataset.rewords ? dataset.insteadOf : undefined,
  };
}

/** A key for this form: sent again after a lost answer, it gives nothing a second time. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function show(place, sentence) {
  place.textContent = sentence;
  place.hidden = !sentence;
}

function showDue(form) {
  form.querySelector(".due-on").hidden = form.elements.due.value !== "on";
}

/** Who and when out of the words, as far as nobody has said anything of it. */
function fill(form, guess, touched) {
  const before = JSON.stringify([whoOf(form), form.elements.due.value]);
  if (!touched.has("who") && !whoOf(form).length) {
    for (const [key, name] of guess.who) addWho(form, key, name);
    if (guess.role_in_words) addWho(form, "", guess.role_in_words);
  }
  if (!touched.has("due") && !form.elements.due.value) {
    form.elements.due.value = guess.due;
    form.elements.due_on.value = guess.due_on;
    showDue(form);
    show(form.querySelector(".due-told"), guess.told);
  }
  if (form.dataset.rewords && !touched.has("text") && guess.body) form.elements.text.value = guess.body;
  if (before === JSON.stringify([whoOf(form), form.elements.due.value])) return;
  form.querySelector(".guessed").hidden = false;
  const who = whoOf(form).map(([, name]) => name).join(", ");
  const due = form.elements.due.selectedOptions[0].textContent;
  announce(`Gissat ur orden: ansvarig ${who || "ingen"}, klart senast ${form.elements.due_on.value || due}.`);
}

/** Asks for the guess and the sentence, when nothing has been typed for a moment. */
function listenForWords(form, path, touched) {
  const sentence = form.querySelector(".sentence");
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const mine = (asked += 1);
    let answer;
    try {
      answer = await post(path, fieldsOf(form));
    } catch {
      return; // a guess is a help; without it the form is filled in by hand
    }
    if (mine !== asked || !form.isConnected || answer.status !== 200) return;
    const before = JSON.stringify(fieldsOf(form));
    fill(form, answer.data, touched);
    const wanted = form.elements.as_decision.checked;
    show(sentence, wanted ? answer.data.sentence || "Välj vem som får uppdraget, så skrivs beslutet här." : "");
    if (before !== JSON.stringify(fieldsOf(form)) && wanted) await ask();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  form.addEventListener("input", (event) => {
    const name = event.target.closest(".who-field") ? "who" : event.target.name;
    touched.add(name === "due_on" ? "due" : name);
    if (name === "due" || name === "due_on") show(form.querySelector(".due-told"), "");
    soon();
  });
  form.addEventListener("chosen", () => {
    touched.add("who");
    soon();
  });
  ask();
}

function listenForWho(form) {
  const input = form.querySelector(".who-field input");
  const chosen = () => form.dispatchEvent(new Event("chosen"));
  input.addEventListener("change", () => {
    takeTyped(form);
    chosen();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    takeTyped(form);
    chosen();
  });
  form.querySelector(".who-chosen").addEventListener("click", (event) => {
    event.target.closest("li")?.remove();
    chosen();
    input.focus();
  });
}

/** values: what it is filled in with, `decision` when it is one; guess: where to ask.
    save(fields, complain) and close() are the caller's; draft: how it is kept until it is sent. */
export function actionForm({ values, guess, isNew, save, close, draft }) {
  const form = copyOf("tools-action-form");
  const { text, due, due_on: dueOn, in_text: inText, as_decision: asDecision } = form.elements;
  text.value = values.text ?? "";
  due.value = values.due ?? "";
  dueOn.value = values.due_on ?? "";
  inText.checked = Boolean(values.in_text);
  asDecision.checked = Boolean(values.decision);
  form.dataset.insteadOf = values.instead_of ?? values.decision ?? "";
  if (values.instead_of) form.dataset.rewords = "1";
  form.dataset.askedAs = values.asked_as ?? newKey();
  for (const [key, name] of values.who ?? []) addWho(form, key, name);
  if (values.role_in_words) addWho(form, "", values.role_in_words);
  const shape = () => {
    showDue(form);
    inText.closest(".form-check").hidden = asDecision.checked;
  };
  shape();
  const { more, ...of } = draft;
  const kept = keepForm(form, { kind: "uppdrag", ...of, more: () => ({ ...more, who: whoOf(form), asked: askedOf(form) }) });
  drafts.set(form, kept);
  form.addEventListener("input", () => keepOpen(form, true));
  form.addEventListener("chosen", () => kept.touch());
  form.addEventListener("change", shape);
  listenForWho(form);
  // Of one that was given before, nothing is guessed anew.
  listenForWords(form, guess, new Set(isNew ? [] : ["who", "due", "text"]));
  const done = () => {
    putAway(form);
    close();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      done();
    }
  });
  form.querySelector("[data-act=cancel]").addEventListener("click", done);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    takeTyped(form);
    save(fieldsOf(form), (sentence) => {
      show(form.querySelector(".action-fault"), sentence);
      if (sentence) announce(sentence);
    });
  });
  return form;
}

/** Saved: the form goes away without the caller's close(). */
export function putAway(form) {
  drafts.get(form).done();
  keepOpen(form, false);
  form.remove();
}

export function startActionForm() {
  document.getElementById("who-options").replaceChildren(
    ...[...known.values()].map(([, name]) => new Option(name, name)),
  );
}
