/* Förra gången: what earlier meetings said of the § at hand. Fetched when one looks
   (on_demand.js). */
import { announce } from "../announce.js";
import { putParts } from "./parts.js";
import { currentSection, onChoose } from "./sections.js";
import { get } from "./sending.js";

const panel = document.getElementById("panel-last");
const place = document.getElementById("last-time");
let shown = "";
let asked = 0;

/** For the § at hand, when the panel is open and shows another. */
export async function showLastTime() {
  const item = currentSection()?.dataset.item ?? "";
  if (panel.hidden || !item || item === shown) return;
  const mine = (asked += 1);
  shown = item;
  place.setAttribute("aria-busy", "true");
  try {
    const { status, data } = await get(`punkter/${item}/forra-gangen/`);
    if (mine !== asked) return;
    if (status === 200) putParts(data.parts);
    else fault("Det gick inte att hämta. Ladda om sidan och försök igen.");
  } catch {
    if (mine === asked) fault("Servern svarar inte. Välj fliken igen om en stund.");
  }
  place.removeAttribute("aria-busy");
}

function fault(sentence) {
  shown = "";
  const line = document.createElement("p");
  line.className = "note";
  line.textContent = sentence;
  place.replaceChildren(line);
}

/** To the clipboard; where the browser forbids it the words are selected. */
async function copy(said) {
  try {
    await navigator.clipboard.writeText(said.innerText.trim());
    announce("Orden är kopierade.");
  } catch {
    window.getSelection().selectAllChildren(said);
    announce("Orden är markerade. Kopiera med Ctrl C.");
  }
}

onChoose(() => showLastTime());
place.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act=copy]");
  if (!button) return;
  copy(button.closest("details").querySelector(".last-said"));
  button.querySelector("span:first-child").textContent = "Kopierat";
});
