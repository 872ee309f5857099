/* Uppdrag of earlier meetings in the § that follows up: how it goes is reported on the spot. */
import { command, oneAtATime } from "./commands.js";
import { keepForm, onDraft } from "./draft.js";
import { copyOf, fromHere, tell } from "./parts.js";
import { keepOpen } from "./saving.js";
import { allSections, labelOf, wake } from "./sections.js";
import { offerUndo } from "./undo.js";

const drafts = new WeakMap();

function close(form) {
  const row = form.closest("tr");
  putAway(form);
  const button = document.getElementById(`report-${row.dataset.of}`);
  button?.setAttribute("aria-expanded", "false");
  row.remove();
  return button;
}

function putAway(form) {
  keepOpen(form, false);
  drafts.get(form).done();
}

function open(button, place, { quiet = false } = {}) {
  const before = place.querySelector(".report-form");
  if (before) close(before);
  if (before?.dataset.of === button.id) return null;
  const row = copyOf("tools-report-on");
  const form = row.querySelector("form");
  row.dataset.of = button.closest("tr").dataset.earlier;
  form.dataset.of = button.id;
  button.setAttribute("aria-expanded", "true");
  button.closest("tr").after(row);
  listen(form, row.dataset.of);
  const where = () => `${labelOf(place.closest(".item"))} (rapporten om uppdraget)`;
  drafts.set(form, keepForm(form, { kind: "uppföljning", of: row.dataset.of, where }));
  if (!quiet) form.elements.note.focus();
  return form;
}

function listen(form, pk) {
  const { due, note } = form.elements;
  form.addEventListener("input", () => keepOpen(form, true));
  due.addEventListener("change", () => { form.querySelector(".due-on").hidden = due.value !== "on"; });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close(form)?.focus();
  });
  const save = oneAtATime(async (button) => {
    const fields = { status: button.value, note: note.value, due: due.value, due_on: form.elements.due_on.value };
    const complain = (sentence) => tell(form.querySelector(".field-error"), sentence);
    const still = fromHere();
    if (!(await command(`uppfoljning/${pk}/`, fields, complain))) return;
    putAway(form);
    if (still()) document.getElementById(`report-${pk}`)?.focus({ preventScroll: true });
    offerUndo(`Läget är sparat: ${button.textContent.toLowerCase()}.`, async () => {
      await command(`uppfoljning/${pk}/angra/`);
      document.getElementById(`report-${pk}`)?.focus({ preventScroll: true });
    });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.submitter ?? form.querySelector("[value=open]"));
  });
  form.querySelector("[data-act=cancel]").addEventListener("click", () => close(form)?.focus());
}

onDraft("uppföljning", ({ of }) => {
  const section = allSections().find((one) => one.querySelector(`[data-earlier="${of}"]`));
  if (!section) return null;
  wake(section);
  return open(document.getElementById(`report-${of}`), section.querySelector(".earlier"), { quiet: true });
});

export function dress(section) {
  const place = section.querySelector(".earlier");
  place?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act=report]");
    if (button) open(button, place);
  });
}
