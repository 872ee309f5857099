/* The pages as they will print, beside the text: made by the server of what is saved. Fetched
   when first asked for (on_demand.js). */
import { announce } from "../announce.js";
import { keepers, onChange, saveAll } from "./keeper.js";
import { element } from "./parts.js";
import { get, Unreached } from "./sending.js";
import { currentSection, reveal } from "./sections.js";
import { openSignIn } from "./signing_in.js";

const desk = document.getElementById("desk");
const zone = document.getElementById("preview");
const place = document.getElementById("preview-pages");
const state = document.getElementById("preview-state");
const again = document.getElementById("preview-again");
const opener = document.getElementById("show-preview");
const phoneButton = desk.querySelector(".zone-switch [data-zone=preview]");
let text = ""; // which text the pages show
let asking = false;
let changes = 0;
let shownAt = 0; // changes when the pages were asked for
let cameFrom = null;

const isOpen = () => "preview" in desk.dataset;
const isShown = () => zone.checkVisibility();

function say(sentence, { stale = false } = {}) {
  state.textContent = sentence;
  again.hidden = !stale;
}

/** Something is written or done since: said once, and the pages stay until one asks. */
function changed() {
  changes += 1;
  if (text && !asking && again.hidden) {
    say("Texten har ändrats sedan sidorna gjordes.", { stale: true });
    if (isShown()) announce(state.textContent);
  }
}

/** Of the pages only: scrollIntoView would move the whole window beside a wide desk's zones. */
function show(page) {
  if (onPhone()) page.scrollIntoView({ block: "start" });
  else zone.scrollTop = page.offsetTop - place.offsetTop;
}

/** The pages in place of the old ones. What one looked at stays where it was. */
function put(data) {
  const kept = text ? zone.scrollTop - place.offsetTop : null;
  place.replaceChildren(...data.pages.map((page, i) => {
    const item = element('<li><img width="1191" height="1684" loading="lazy"></li>');
    const image = item.firstElementChild;
    image.alt = page.alt;
    image.dataset.page = i + 1;
    image.addEventListener("error", changed, { once: true });
    image.src = page.src;
    return item;
  }));
  text = data.text;
  say(`Sparat ${data.made}, ${data.pages.length === 1 ? "en sida" : `${data.pages.length} sidor`}.`);
  if (kept === null) show(place.children[data.first - 1]);
  else zone.scrollTop = kept + place.offsetTop;
  announce(`Sidorna visas. ${state.textContent}`);
}

async function fetchPages() {
  const item = currentSection()?.dataset.item ?? "";
  try {
    const { status, data } = await get(`sidor/?punkt=${item}&text=${text}`);
    if (status === 200 && data.pages) return put(data);
    if (status === 200) return say("Sidorna stämmer med det som är sparat.");
    if (status === 401) {
      openSignIn();
      return say("Du har blivit utloggad. Logga in och försök igen.", { stale: true });
    }
    return say(data.message || "Sidorna kunde inte göras. Försök igen om en stund.", { stale: true });
  } catch (error) {
    if (!(error instanceof Unreached)) throw error;
    return say("Servern svarar inte. Det du skriver finns kvar här; försök igen om en stund.", { stale: true });
  }
}

/** Save, then ask for the pages. */
export async function update() {
  if (asking) return;
  asking = true;
  say("Sidorna görs …");
  zone.setAttribute("aria-busy", "true");
  await saveAll();
  shownAt = changes;
  await fetchPages();
  asking = false;
  zone.removeAttribute("aria-busy");
  if (changes !== shownAt || [...keepers].some((keeper) => keeper.unsaved)) changed();
}

function open() {
  cameFrom = document.activeElement;
  desk.dataset.preview = "";
  opener.setAttribute("aria-expanded", "true");
  update();
}

function close() {
  delete desk.dataset.preview;
  opener.setAttribute("aria-expanded", "false");
  const back = cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : opener;
  if (zone.contains(document.activeElement) || document.activeElement === document.body) back.focus();
  const section = currentSection();
  if (section) reveal(section);
}

const onPhone = () => phoneButton.checkVisibility();

/** The key: open, made anew when the text has changed, and closed when nothing has. */
export function showPages() {
  if (onPhone()) phoneButton.click();
  else if (!isOpen()) open();
  else if (!again.hidden) update();
  else close();
}

/** The button. */
export function openOrClose() {
  if (isOpen()) close();
  else open();
}

document.getElementById("preview-close").addEventListener("click", close);
again.addEventListener("click", update);
onChange((keeper) => { if (keeper.state === "dirty") changed(); });
document.addEventListener("minuteschanged", changed);
