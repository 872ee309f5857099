/* Who uses keys never loses their place: when what has the focus is taken away or hidden, and nothing
   else is given it, it goes back to the latest place that still stands, or to the § at hand. */
import { currentSection, isClosed } from "./sections.js";

const MOST = 12;
const trail = []; // where the focus has been, the latest last
let byKeys = false;

const stands = (one) => one.isConnected && one.checkVisibility() && !one.disabled;

/** What was put in place anew has its old id. */
const now = (one) => (one.isConnected ? one : (one.id && document.getElementById(one.id)) || one);

function remember({ target }) {
  if (target === trail.at(-1)) return;
  trail.push(target);
  if (trail.length > MOST) trail.shift();
}

function stepBack() {
  const last = trail.at(-1);
  const focused = document.activeElement;
  // With the focus nowhere though its last place stands, one has gone out of the page oneself.
  if (!byKeys || !last || stands(focused === document.body ? last : focused)) return;
  while (trail.length && !stands(now(trail.at(-1)))) trail.pop();
  const section = currentSection();
  const back = trail.length ? now(trail.at(-1)) : section && !isClosed(section) ? section.querySelector(".text") : section;
  back?.focus({ preventScroll: true });
}

export function startFoothold() {
  document.addEventListener("focusin", remember);
  document.addEventListener("keydown", () => { byKeys = true; }, { capture: true });
  document.addEventListener("pointerdown", () => { byKeys = false; }, { capture: true });
  new MutationObserver(stepBack).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "disabled"],
  });
}
