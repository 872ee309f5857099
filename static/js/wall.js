/* The wall screen: asks every other second what the secretary has at hand, and shows it. Goes on by
   itself when the server or the network has been away. */
const screen = document.getElementById("screen");
const state = document.getElementById("wall-state");
const root = document.documentElement;
const EVERY = 1500;
const AFTER_A_FAULT = 4000;
const CALM_AFTER = 4000;
const LOST = "Ingen kontakt med servern. Visningen fortsätter av sig själv.";
const SIGNED_OUT = "Skärmen är utloggad. Logga in i en annan flik, så fortsätter visningen.";
const SIZES = [0.6, 0.75, 0.9, 1, 1.15, 1.3, 1.5, 1.8];
let version = "";
let shown = null;
let faults = 0;
let size = SIZES.indexOf(1);

const say = (sentence) => { if (state.textContent !== sentence) state.textContent = sentence; };

/** Put the § in place: a new one from its top, the same one with what is new in view. */
function show({ item, html }) {
  const before = [...screen.querySelectorAll(BLOCKS)].map((one) => one.textContent);
  const same = item !== null && item === shown;
  screen.innerHTML = html;
  shown = item;
  if (!same) {
    screen.scrollTop = 0;
    return;
  }
  const changed = [...screen.querySelectorAll(BLOCKS)].filter((one) => !before.includes(one.textContent)).at(-1);
  changed?.scrollIntoView({ block: "nearest" });
}

const BLOCKS = ".wall-text > *, .wall-text li, .wall-decision, .wall-action, h2";

async function ask() {
  try {
    const answer = await fetch(screen.dataset.url, {
      headers: { "X-Requested-With": "fetch", ...(version && { "If-None-Match": version }) },
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status === 200) {
      show(await answer.json());
      version = answer.headers.get("ETag");
    }
    const fine = answer.status === 200 || answer.status === 304;
    faults = fine ? 0 : faults + 1;
    if (fine) say("");
    else if (answer.status === 401 || answer.status === 404) leave();
    else if (faults > 2) say(LOST);
  } catch {
    faults += 1;
    if (faults > 1) say(LOST);
  }
  setTimeout(ask, faults ? AFTER_A_FAULT : EVERY);
}

/** Signed out: what was shown is not left on the wall. */
function leave() {
  say(SIGNED_OUT);
  version = "";
  shown = null;
  screen.replaceChildren();
}

function resize(step) {
  size = Math.max(0, Math.min(SIZES.length - 1, size + step));
  root.style.setProperty("--wall-size", SIZES[size]);
}

const ACTS = {
  smaller: () => resize(-1),
  larger: () => resize(1),
  // On this screen only: what one has chosen for one's own work is left alone.
  theme: () => { root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark"; },
  full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
};
const KEYS = { "-": "smaller", "−": "smaller", "+": "larger", m: "theme", f: "full" };

let calm = 0;

/** The pointer and the buttons go away when nobody has touched anything for a while. */
function wake() {
  document.body.classList.remove("is-calm");
  clearTimeout(calm);
  calm = setTimeout(() => document.body.classList.add("is-calm"), CALM_AFTER);
}

document.addEventListener("keydown", (event) => {
  wake();
  const act = KEYS[event.key.toLowerCase()];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  ACTS[act]();
});
document.querySelector(".wall-tools").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) ACTS[button.dataset.act]();
});
document.addEventListener("pointermove", wake);
wake();
ask();
