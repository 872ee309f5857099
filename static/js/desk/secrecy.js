/* A § under secrecy: marked with its provision, opened again with a reason. What is `data-closed` on
   the desk is another thing: adjusted at once, and not to be written in. */
import { announce } from "../announce.js";
import { command, oneAtATime } from "./commands.js";
import { keepForm, onDraft } from "./draft.js";
import { copyOf, fromHere, tell } from "./parts.js";
import { dot, labelOf, sectionOf, wake } from "./sections.js";

const drafts = new WeakMap();

["sekretess/", "sekretess/ta-bort/"].forEach((act, which) => onDraft(act, ({ of }) => {
  const section = sectionOf(of);
  if (!section) return null;
  wake(section);
  const form = section.querySelectorAll(".secrecy-tools form")[which];
  if (!form || form.hidden) return null;
  form.closest("details").open = true;
  return form;
}));

export function dress(section) {
  if (!("secrecy" in section.dataset)) return; // who justerar, the agenda, the next meeting: open
  const tools = copyOf("tools-secrecy");
  const [marking, opening] = tools.querySelectorAll("form");
  section.append(tools);
  show(section, tools);
  for (const [form, act] of [[marking, "sekretess/"], [opening, "sekretess/ta-bort/"]]) {
    drafts.set(form, keepForm(form, { kind: act, of: section.dataset.item, where: () => `${labelOf(section)} (sekretessen)` }));
    const save = oneAtATime(() => send(section, tools, form, act));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save();
    });
  }
}

async function send(section, tools, form, act) {
  const complain = (sentence) => tell(form.querySelector(".field-error"), sentence);
  const still = fromHere();
  const done = await command(`punkter/${section.dataset.item}/${act}`, new FormData(form), complain);
  if (!done) return;
  drafts.get(form).done();
  section.dataset.secrecy = done.secrecy;
  show(section, tools);
  announce(done.secrecy ? `${labelOf(section)} omfattas nu av sekretess.` : `${labelOf(section)} är öppen igen.`);
  if (still()) tools.querySelector("summary").focus();
}

/* The sign beside the heading and in the outline, and what can be done now. */
function show(section, tools) {
  const provision = section.dataset.secrecy;
  const [marking, opening] = tools.querySelectorAll("form");
  marking.elements.secrecy.value ||= provision;
  marking.elements.public_heading.value ||= section.dataset.public;
  marking.querySelector("button").textContent = provision ? "Spara" : "Markera som sekretess";
  opening.hidden = !provision;
  opening.elements.reason.value = "";
  let note = section.querySelector("[data-closed-note]");
  if (provision && !note) {
    note = copyOf("closed-note");
    section.querySelector("h2").after(note);
  }
  if (note) {
    note.hidden = !provision;
    note.querySelector("span").textContent = `Sekretess, ${provision}`;
  }
  dot(section, "secrecy", Boolean(provision));
}
