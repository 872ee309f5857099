/* The buttons at the end of a §: on to the next one, and on a phone also back. */
import { copyOf } from "./parts.js";
import { neighbour, writeIn } from "./sections.js";

export function dress(section) {
  const tools = copyOf("tools-onward");
  section.append(tools);
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const to = button && neighbour(button.dataset.act === "next" ? 1 : -1);
    if (to) writeIn(to);
  });
}

/** Named anew each time: §§ are moved and added. */
export function enter(section) {
  const tools = section.querySelector(".onward");
  const [next, back] = [neighbour(1), neighbour(-1)];
  tools.querySelector("[data-act=next]").hidden = !next;
  tools.querySelector("[data-act=previous]").hidden = !back;
  // Where the style has no numbers the headings would be too long for the buttons.
  const number = (one) => one?.querySelector(".section-number").textContent ?? "";
  tools.querySelector("[data-act=previous] span").textContent = number(back) || "Förra";
  tools.querySelector(".onward-label").textContent = number(next) ? `, ${number(next)}` : "";
}
