/* Electing adjusters: those present as chips; pressing one writes the sentence and who signs. */
import { command } from "./commands.js";
import { decisionsOf } from "./decisions.js";
import { copyOf } from "./parts.js";

const chosen = []; // person keys in the order chosen

function present() {
  return [...document.querySelectorAll("#attendance-list .attendee")].filter(
    (row) => ["present", "remote"].includes(row.dataset.mode) && row.dataset.person && !row.dataset.chair && !row.dataset.coOpted,
  );
}

function fill(tools) {
  const list = tools.querySelector(".chips");
  const held = document.activeElement?.dataset?.person;
  list.replaceChildren(...present().map((row) => {
    const line = document.createElement("li");
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.dataset.person = row.dataset.person;
    chip.textContent = row.dataset.name;
    chip.setAttribute("aria-pressed", String(chosen.includes(row.dataset.person)));
    line.append(chip);
    return line;
  }));
  if (held) list.querySelector(`[data-person="${held}"]`)?.focus();
  tools.querySelector(".form-text").textContent = list.children.length
    ? "Välj bland dem som är här. Meningen skrivs som beslut."
    : "Pricka först av vilka som är här, i panelen Närvaro.";
}

async function press(section, tools, person) {
  const decisions = decisionsOf(section);
  await decisions.keeper.save();
  const wanted = chosen.includes(person) ? chosen.filter((one) => one !== person) : [...chosen, person];
  const data = await command(`punkter/${section.dataset.item}/justerare/`, { persons: wanted });
  if (!data) return;
  chosen.splice(0, chosen.length, ...wanted);
  decisions.take(data.points);
  fill(tools);
}

export function dress(section) {
  if (section.dataset.kind !== "adjuster") return;
  const rows = [...document.querySelectorAll("#attendance-list .attendee[data-adjuster]")];
  rows.sort((a, b) => Number(a.dataset.adjuster) - Number(b.dataset.adjuster));
  chosen.splice(0, chosen.length, ...rows.filter((row) => row.dataset.adjuster).map((row) => row.dataset.person));
  const tools = copyOf("tools-election");
  section.querySelector(".decision").before(tools);
  fill(tools);
  tools.addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (chip) press(section, tools, chip.dataset.person);
  });
  document.addEventListener("attendance", () => fill(tools));
}
