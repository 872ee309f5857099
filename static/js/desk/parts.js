/* Putting HTML from the server in place without losing the focus, and a fault at its field. */
import { announce } from "../announce.js";

/** Replace the inside of elements by id; what had focus there gets it back by its own id. */
export function putParts(parts = {}) {
  for (const [id, html] of Object.entries(parts)) {
    const place = document.getElementById(id);
    if (!place) continue;
    const held = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.innerHTML = html;
    if (held) document.getElementById(held)?.focus({ preventScroll: true });
  }
}

/** The first element of a piece of HTML from our own server. */
export function element(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

/** A copy of what stands in a <template>. */
export function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

let acts = 0;
for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => { acts += 1; }, { capture: true });

/** Called before one asks the server. What it gives tells, when the answer is here, whether one is
    where one was: who has gone on to write elsewhere is not fetched away from there. */
export function fromHere() {
  const [from, before] = [document.activeElement, acts];
  return () => acts === before || [from, document.body].includes(document.activeElement);
}

/** A fault where it arose, read aloud too; "" when it is over. */
export function tell(fault, sentence) {
  fault.textContent = sentence;
  fault.hidden = !sentence;
  if (sentence) announce(sentence);
}

/** The same, of a fault that has its place after an element once there is one. */
export function tellAfter(element, sentence) {
  const after = element.nextElementSibling;
  if (after?.matches(".field-error")) return tell(after, sentence);
  if (!sentence) return undefined;
  const fault = document.createElement("p");
  fault.className = "field-error";
  element.after(fault);
  return tell(fault, sentence);
}
