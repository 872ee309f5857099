/* "Borttaget": what was taken away from the minutes, by whom and when, and the way back. Fetched when
   first asked for (on_demand.js). */
import { announce } from "../announce.js";
import { command } from "./commands.js";
import { showDecisions } from "./decisions.js";
import { restoreSection } from "./outline.js";
import { putParts, tell } from "./parts.js";
import { arrange } from "./reports.js";
import { dot, sectionOf } from "./sections.js";
import { get } from "./sending.js";

const dialog = document.getElementById("removed");
const list = document.getElementById("removed-list");
const fault = dialog.querySelector(".field-error");

const complain = (sentence) => tell(fault, sentence);

async function read() {
  try {
    const { status, data } = await get("?del=borttaget");
    if (status === 200) return putParts(data.parts);
    return complain("Listan kunde inte hämtas. Ladda om sidan och försök igen.");
  } catch {
    return complain("Servern svarar inte. Försök igen om en stund.");
  }
}

export async function showRemoved() {
  complain("");
  if (!dialog.open) dialog.showModal();
  await read();
}

/** What the answer has to say to the page, by what came back. */
const SHOWN = {
  report: (section, answer) => arrange(section.querySelector(".reports"), answer.reports),
  action: (section) => dot(section, "action", true),
  decision: (section, answer) => showDecisions(section, answer.points),
  attachment: async () => putParts((await get("?del=bilagor")).data.parts),
};

async function takeBack(button) {
  const row = button.closest("li");
  const { kind, item, pk } = row.dataset;
  const { restore, place } = button.dataset;
  complain("");
  const answer = kind === "item"
    ? await restoreSection(pk, complain)
    : await command(restore, place ? { place } : {}, complain);
  if (!answer) return;
  const section = sectionOf(item);
  if (section || kind === "attachment") await SHOWN[kind]?.(section, answer);
  announce("Det är tillbaka på sin plats.");
  await read();
  (list.querySelector("button") ?? dialog.querySelector("form button")).focus();
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-restore]");
  if (button) takeBack(button);
});
