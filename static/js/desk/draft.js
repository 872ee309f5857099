/* A form that is filled in but not sent: kept in the browser as it stands, and put back where it
   stood when the page is read anew. It is never sent by itself. */
import { drop, keep } from "./store.js";

export const drafts = new Set(); // those that hold something now
const openers = new Map();

/** open(kept) answers the form of that kind, opened where it was, or null where it can't be. */
export function onDraft(kind, open) {
  openers.set(kind, open);
}

const fieldsOf = (form) => [...form.querySelectorAll("input, select, textarea")].filter((field) => field.type !== "file" && field.type !== "hidden");
const isTicked = (field) => field.type === "checkbox";
const words = (form) => fieldsOf(form).filter((field) => !isTicked(field) && field.tagName !== "SELECT").map((field) => field.value.trim()).filter(Boolean);

class Draft {
  constructor(form, { kind, of = "", where, more = () => ({}) }) {
    this.form = form;
    this.key = `${kind} ${of}`;
    this.kept = {
      read: () => ({
        draft: kind, of, where: where(), value: words(form), ...more(),
        fields: fieldsOf(form).map((field) => (isTicked(field) ? field.checked : field.value)),
      }),
    };
  }

  get unsaved() {
    return drafts.has(this);
  }

  touch() {
    if (!words(this.form).length) {
      this.done();
      return;
    }
    drafts.add(this);
    keep(this);
  }

  /** Sent, or thrown away. */
  done() {
    drafts.delete(this);
    drop(this);
  }
}

/** Keep a form from its first letter until done() is called on what this answers. of: which of its
    kind; where(): what one calls the place; more(): what its opener has to know. */
export function keepForm(form, options) {
  const draft = new Draft(form, options);
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => draft.touch());
  return draft;
}

/** As a keeper's putBack: true when it stands there again, a sentence, or null without its place. */
export function putBackDraft(kept) {
  const form = openers.get(kept.draft)?.(kept);
  if (!form) return null;
  if ([...drafts].some((draft) => draft.form === form)) {
    return `${kept.where}: du har redan börjat skriva nytt där. Förut stod det: ${kept.value.join(", ")}.`;
  }
  fieldsOf(form).forEach((field, i) => {
    if (isTicked(field)) field.checked = kept.fields[i];
    else field.value = kept.fields[i] ?? "";
  });
  for (const kind of ["input", "change"]) {
    for (const field of fieldsOf(form)) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  return true;
}
