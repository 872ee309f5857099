/* Electing adjusters: those present as chips; pressing one writes the sentence and who signs. Who
   signs should have been there at every §: if not, it is said, with who was. It hinders nothing. */
import { announce } from "../announce.js";
import { put } from "./attendance.js";
import { decisionsOf, showDecisions } from "./decisions.js";
import { inOrder, onLate } from "./in_order.js";
import { copyOf, fromHere } from "./parts.js";
import { sectionOf } from "./sections.js";

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
  tellGaps(tools);
  tools.querySelector(".form-text").textContent = list.children.length
    ? "Välj bland dem som är här. Meningen skrivs som beslut."
    : "Pricka först av vilka som är här, i panelen Närvaro.";
}

/** A line for each signer who missed something, with buttons for those who did not. */
function tellGaps(tools) {
  const place = tools.querySelector(".election-gaps");
  const rows = [...document.querySelectorAll("#attendance-list .attendee")];
  const missed = (person) => rows.find((row) => row.dataset.person === person)?.dataset.missed;
  const gaps = chosen.filter(missed);
  const chair = rows.find((row) => row.dataset.chair && row.dataset.missed);
  const others = present().filter((row) => !row.dataset.missed && !chosen.includes(row.dataset.person));
  const lines = gaps.map((person) => {
    const { name } = rows.find((row) => row.dataset.person === person).dataset;
    return gap(`${name} var inte med vid ${missed(person)}. ${others.length ? "Var med hela mötet:" : "Ingen annan som är här var med hela mötet."}`, others, person);
  });
  if (chair) lines.push(gap(`Ordförande ${chair.dataset.name} var inte med vid ${chair.dataset.missed}.`, [], ""));
  place.replaceChildren(...lines);
  place.hidden = !lines.length;
}

function gap(sentence, others, person) {
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", sentence);
  const said = document.createElement("p");
  said.textContent = sentence;
  const list = document.createElement("ul");
  list.className = "chips";
  list.append(...others.map((row) => {
    const line = document.createElement("li");
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.dataset.instead = person;
    chip.dataset.person = row.dataset.person;
    chip.textContent = row.dataset.name;
    line.append(chip);
    return line;
  }));
  group.append(said, ...(others.length ? [list] : []));
  return group;
}

/** Pressed at once in the page; sent after what was pressed before it, as who is here. */
async function elect(section, tools, { person, instead }) {
  const decisions = decisionsOf(section);
  let wanted = chosen.includes(person) ? chosen.filter((one) => one !== person) : [...chosen, person];
  if (instead) wanted = chosen.map((one) => (one === instead ? person : one));
  chosen.splice(0, chosen.length, ...wanted);
  fill(tools);
  const names = wanted.map((one) => rowsHere().find((row) => row.dataset.person === one)?.dataset.name);
  const said = names.length ? `Justerare: ${names.join(" och ")}` : "Ingen justerare är vald";
  if (!decisions.keeper.waits) await decisions.keeper.save();
  const path = `punkter/${section.dataset.item}/justerare/`;
  const still = fromHere();
  const answer = await inOrder(path, { persons: wanted }, said, { instead: true });
  if (!answer) return;
  put(answer.parts);
  decisions.take(answer.points);
  fill(tools);
  const gaps = [...tools.querySelectorAll(".election-gaps p")].map((one) => one.textContent);
  announce(`${said}. ${gaps.join(" ")}`);
  if (instead && still()) tools.querySelector(`.chips [data-person="${person}"]`)?.focus();
}

const rowsHere = () => [...document.querySelectorAll("#attendance-list .attendee")];

/** Who signs as the server has it: [person] in their order. */
function readChosen() {
  const rows = rowsHere().filter((row) => row.dataset.adjuster);
  rows.sort((a, b) => Number(a.dataset.adjuster) - Number(b.dataset.adjuster));
  chosen.splice(0, chosen.length, ...rows.map((row) => row.dataset.person));
}

onLate(({ points }, path) => {
  const [, pk] = path.match(/^punkter\/(\d+)\/justerare\/$/) ?? [];
  if (pk && sectionOf(pk)) showDecisions(sectionOf(pk), points);
});

export function dress(section) {
  if (section.dataset.kind !== "adjuster") return;
  readChosen();
  const tools = copyOf("tools-election");
  section.querySelector(".decision").before(tools);
  fill(tools);
  tools.addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (chip) elect(section, tools, chip.dataset);
  });
  document.addEventListener("attendance", () => {
    readChosen();
    fill(tools);
  });
}
