/* What the bar says about saving, the strip when something could not be saved, and leaving the page. */
import { announce } from "../announce.js";
import { drafts } from "./draft.js";
import { keepers, onChange, retryAll, saveAll } from "./keeper.js";
import { openSignIn } from "./signing_in.js";
import { isKeeping, keepNow, onKeeping } from "./store.js";

const place = document.getElementById("save-state");
const words = document.getElementById("save-words");
const strip = document.getElementById("desk-alert");
const icon = place.querySelector("use");
const sprite = document.documentElement.dataset.icons;
const openForms = new Set();
let last = "";
let shown = "";

const STRIPS = {
  failed: ["Inte sparat på servern än", "Nätet är borta eller servern svarar inte. Allt du skriver finns kvar här och sparas när den svarar igen."],
  signed_out: ["Inte sparat: du har blivit utloggad", "Det du har skrivit finns kvar här. Logga in igen, så sparas det."],
  other: ["Inte sparat: en annan person är inloggad", ""],
  conflict: ["Inte sparat: två har skrivit i samma text", "Välj vad som ska stå i den."],
  closed: ["Inte sparat", ""],
  refused: ["Inte sparat", "Något kan inte sparas som det står. Läs vad som står vid fältet."],
};
// The browser's store is full or forbidden, and these words would be gone with the window.
const UNKEPT = Object.fromEntries(
  ["failed", "signed_out", "other"].map((one) => [one, "Webbläsaren kan inte lägga undan det på datorn, så stäng inte fönstret."]),
);
const WORST = ["closed", "other", "signed_out", "failed", "conflict", "refused", "saving", "dirty"];

/** A form that is filled in but not sent counts when one leaves the page. */
export function keepOpen(form, open) {
  if (open) openForms.add(form);
  else openForms.delete(form);
}

function state() {
  const states = new Set([...keepers].map((keeper) => keeper.state));
  return WORST.find((one) => states.has(one)) ?? "saved";
}

function show(keeper, at) {
  if (at) last = at;
  const now = state();
  place.dataset.state = now;
  const bad = now in STRIPS;
  icon.setAttribute("href", `${sprite}#${bad ? "mark-late" : "check-lg"}`);
  if (now === "saved") words.textContent = last ? `Sparat ${last}` : "Allt är sparat";
  else words.textContent = bad ? "Inte sparat än" : "Sparar …";
  place.classList.toggle("is-waiting", now === "saving" || now === "dirty");
  if (now !== shown && !(shown in STRIPS && (now === "saving" || now === "dirty"))) {
    showStrip(now);
    shown = now;
  }
}

function showStrip(now) {
  const [title, text] = STRIPS[now] ?? [];
  strip.hidden = !title;
  if (!title) {
    if (shown in STRIPS) announce("Nu är allt sparat.");
    return;
  }
  const said = [sentence(now) ?? text, now in UNKEPT && !isKeeping() ? UNKEPT[now] : ""].join(" ").trim();
  strip.querySelector("strong").textContent = `${title}.`;
  strip.querySelector("span").textContent = said;
  strip.querySelector("button").hidden = now !== "signed_out" && now !== "other";
  announce(`${title}. ${said}`);
}

/** What the server said, where it knows more than we. */
function sentence(now) {
  const { message = "" } = [...keepers].find((keeper) => keeper.state === now) ?? {};
  if (now === "closed") return `${message} Det du skrev finns kvar här; kopiera det om du behöver det.`;
  if (now === "other") return `${message} Det du har skrivit sparas inte i det namnet. Det finns kvar här, och sparas när du har loggat in igen.`;
  return undefined;
}

export function startSaving() {
  onChange(show);
  onKeeping(() => { if (shown in UNKEPT) showStrip(shown); });
  window.addEventListener("online", retryAll);
  window.addEventListener("focus", retryAll);
  strip.querySelector("button").addEventListener("click", openSignIn);
  window.addEventListener("beforeunload", (event) => {
    const unsaved = [...keepers].some((keeper) => keeper.unsaved);
    if (!unsaved && !openForms.size) return;
    saveAll({ urgent: true });
    event.preventDefault();
    event.returnValue = true;
  });
  document.addEventListener("click", saveBeforeLeaving);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") lastSave();
  });
  window.addEventListener("pagehide", lastSave);
}

/** The page may be gone the next moment, and on a phone without another word. */
function lastSave() {
  for (const one of [...keepers, ...drafts]) if (one.unsaved) keepNow(one);
  saveAll({ urgent: true });
}

/** A link away is followed once everything is saved; only what cannot be saved asks first. */
async function saveBeforeLeaving(event) {
  const link = event.target.closest("a[href]:not([target])");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!link || !plain || event.defaultPrevented || link.pathname === location.pathname) return;
  if (![...keepers].some((keeper) => keeper.unsaved)) return;
  event.preventDefault();
  await saveAll();
  location.assign(link.href);
}

/** Ctrl+S: save now and say so; mostly there is nothing left to save. */
export async function saveNow() {
  if (state() === "saved") {
    words.textContent = last ? `Redan sparat ${last}` : "Allt är redan sparat";
    announce("Allt är redan sparat.");
    return;
  }
  await saveAll();
  announce(state() === "saved" ? "Allt är sparat." : "Inte sparat än. Det du skrev finns kvar.");
}
