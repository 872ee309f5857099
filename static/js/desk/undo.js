/* "… är borttagen. Ångra": stands for half a minute, longer while one points at it or is in it. */
import { announce } from "../announce.js";

const STANDS = 30_000;
const place = document.getElementById("undo-place");
const button = place.querySelector("button");
let timer = 0;
let takeBack = null;

/** `said` is read aloud instead, where something more is to be told at the same time. */
export function offerUndo(sentence, undo, said = `${sentence} Ångra med Ctrl Z eller längst ned på sidan.`) {
  place.querySelector("p").textContent = sentence;
  takeBack = undo;
  place.hidden = false;
  announce(said);
  wait();
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => { place.hidden = true; }, STANDS);
}

/** By the key; false when nothing is offered. */
export function undoNow() {
  if (place.hidden) return false;
  button.click();
  return true;
}

button.addEventListener("click", () => {
  place.hidden = true;
  const undo = takeBack;
  takeBack = null;
  undo?.();
});
for (const kind of ["pointerenter", "focusin"]) place.addEventListener(kind, () => clearTimeout(timer));
for (const kind of ["pointerleave", "focusout"]) place.addEventListener(kind, wait);
