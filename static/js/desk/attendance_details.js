/* What opens under a name in the attendance: the § at hand, every time one was there, who steps in
   for whom, and how the row is printed. */
import { atHand, come, hasConflict, isGone, isHere, leave, put, removeFromList, rowOf, rows, serve, tap, toggleConflict } from "./attendance.js";
import { keptValue } from "./kept_value.js";
import { Keeper } from "./keeper.js";
import { copyOf, tell } from "./parts.js";

const list = document.getElementById("attendance-list");
const data = JSON.parse(document.getElementById("desk-data").textContent);
let open = null; // { pk, row: the details, keeper }

const stateOf = (row) => {
  const [, stays, serves] = row.dataset.state.split("|");
  return { stays: stays.split(";").filter(Boolean).map((one) => one.split("-")), serves: serves.split(",").filter(Boolean) };
};

/** Every § twice: from it, and in the middle of it. */
function fillItems(select, during) {
  const middle = document.createElement("optgroup");
  middle.label = during;
  for (const row of document.querySelectorAll("#outline .outline-row")) {
    const name = `${row.querySelector(".outline-number").textContent} ${row.querySelector(".outline-heading").textContent}`.trim();
    select.append(new Option(name, row.dataset.item));
    middle.append(new Option(name, `${row.dataset.item}p`));
  }
  select.append(middle);
}

function addStay(form, [first, last] = ["", ""]) {
  const line = copyOf("attendee-stay");
  const selects = line.querySelectorAll("select");
  fillItems(selects[0], "Kom under");
  fillItems(selects[1], "Gick under");
  selects[0].value = first;
  selects[1].value = last;
  form.querySelector(".stays ol").append(line);
  const lines = form.querySelectorAll(".stay");
  for (const one of lines) one.querySelector(".stay-drop").hidden = lines.length < 2;
  return selects[0];
}

const stays = (form) => [...form.querySelectorAll(".stay")]
  .map((line) => [...line.querySelectorAll("select")].map((select) => select.value).join("-"))
  .filter((one, _, all) => one !== "-" || all.length > 1)
  .join(";");

function chipOf(name, person, pressed) {
  const line = document.createElement("li");
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.dataset.person = person;
  chip.textContent = name;
  chip.setAttribute("aria-pressed", String(pressed));
  line.append(chip);
  return line;
}

/** For a member: who may step in. For a substitute: for whom they do. */
function fillStandIns(row, group) {
  const chips = group.querySelector(".chips");
  const serving = new Map(rows().map((one) => [one.dataset.person, stateOf(one).serves]));
  const { serves } = stateOf(row);
  const held = chips.contains(document.activeElement) ? document.activeElement.dataset.person : null;
  let lines = [];
  if (row.dataset.seat) {
    group.querySelector(".form-label").textContent = "Ersätts av";
    lines = data.substitutes.map(([person, name]) => chipOf(name, String(person), serving.get(String(person))?.includes(row.dataset.person)));
  } else {
    group.querySelector(".form-label").textContent = "Tjänstgör för";
    lines = rows().filter((one) => serves.includes(one.dataset.person)).map((one) => chipOf(one.dataset.name, one.dataset.person, true));
  }
  group.setAttribute("aria-label", group.querySelector(".form-label").textContent);
  group.hidden = !lines.length;
  chips.replaceChildren(...lines);
  if (held) chips.querySelector(`[data-person="${held}"]`)?.focus();
}

/** What belongs to the § at hand and to the row as it is now. */
function refresh() {
  if (!open) return;
  const row = rowOf(open.pk);
  const form = open.row.querySelector("form");
  const group = form.querySelector(".at-hand");
  const at = atHand();
  group.hidden = !at;
  if (at) {
    group.setAttribute("aria-label", at.label);
    const there = isHere(row) && !isGone(row);
    for (const line of group.querySelectorAll("li")) {
      const button = line.querySelector("button");
      const during = button.dataset.partly ? "under" : null;
      line.hidden = line.dataset.when === "here" ? !there : line.dataset.when === "all" && !isHere(row);
      if (button.dataset.act === "come") button.textContent = `Kom ${during ?? "till"} ${at.label}`;
      else if (button.dataset.act === "leave") button.textContent = `Gick ${during ?? "efter"} ${at.label}`;
      else {
        button.textContent = `Jäv i ${at.label}`;
        button.setAttribute("aria-pressed", String(hasConflict(row)));
      }
    }
  }
  form.querySelector(".stays").hidden = !isHere(row);
  fillStandIns(row, form.querySelector(".stand-ins"));
  if (open.keeper.unsaved || form.querySelector(".stays").contains(document.activeElement)) return;
  form.querySelector(".stays ol").replaceChildren();
  const known = stateOf(row).stays;
  for (const stay of known.length ? known : [["", ""]]) addStay(form, stay);
}

function close() {
  if (!open) return;
  open.row.remove();
  rowOf(open.pk)?.querySelector(".attendee-name").setAttribute("aria-expanded", "false");
  open = null;
}

function show(row) {
  const details = copyOf("attendee-details");
  const form = details.querySelector("form");
  const pk = row.dataset.row;
  details.dataset.of = pk;
  form.setAttribute("aria-label", row.dataset.name);
  form.elements.organisation_name.value = row.dataset.organisation;
  form.elements.title.value = row.dataset.title;
  form.querySelector("[data-act=remove]").hidden = !row.dataset.removable;
  const fault = form.querySelector(".field-error");
  const keeper = new Keeper({
    path: `narvaro/${pk}/detaljer/`,
    fields: () => ({
      stays: isHere(rowOf(pk)) ? stays(form) : "",
      organisation_name: form.elements.organisation_name.value,
      title: form.elements.title.value,
    }),
    kept: keptValue({
      read: () => [form.elements.organisation_name.value, form.elements.title.value, stays(form)],
      write: ([organisation, title, all]) => {
        form.elements.organisation_name.value = organisation;
        form.elements.title.value = title;
        form.querySelector(".stays ol").replaceChildren();
        for (const stay of all ? all.split(";") : ["-"]) addStay(form, stay.split("-"));
      },
      name: `uppgifterna om ${row.dataset.name}`,
      words: ([organisation, title]) => [organisation, title].filter(Boolean).join(", "),
    }),
    accept: (answer, unchanged) => { if (unchanged) put(answer.parts); },
    refused: (message) => tell(fault, message),
  });
  open = { pk, row: details, keeper };
  stand();
  refresh();
  form.querySelector(".at-hand").scrollIntoView({ block: "nearest" });
  form.addEventListener("input", () => keeper.touch());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) press(pk, form, button);
  });
}

function press(pk, form, button) {
  const partly = Boolean(button.dataset.partly);
  const { act, mode, person } = button.dataset;
  if (mode) {
    close();
    tap(pk, mode);
    rowOf(pk).querySelector(".attendee-name").focus();
  } else if (act === "come") come(pk, { partly });
  else if (act === "leave") leave(pk, { partly });
  else if (act === "conflict") toggleConflict(pk);
  else if (act === "remove") {
    close();
    removeFromList(pk);
  } else if (act === "again") addStay(form).focus();
  else if (act === "drop") {
    button.closest(".stay").remove();
    form.querySelector(".stay select").focus();
    open.keeper.touch({ now: true });
  } else if (person) standIn(pk, person, button.getAttribute("aria-pressed") === "true");
}

function standIn(pk, person, ends) {
  const row = rowOf(pk);
  if (row.dataset.seat) serve(pk, person, { ends });
  else serve(rows().find((one) => one.dataset.person === person).dataset.row, row.dataset.person, { ends });
}

/** The details stand under their row. */
function stand() {
  const row = rowOf(open.pk);
  if (!row) {
    open = null;
    return;
  }
  row.after(open.row);
  row.querySelector(".attendee-name").setAttribute("aria-expanded", "true");
}

/** The keeper of what is written under a name, opened if need be; undefined elsewhere. */
export function keeperOfDetails(key) {
  const [, pk] = key.match(/^narvaro\/(\d+)\/detaljer\/$/) ?? [];
  const row = pk && rowOf(pk);
  if (!row) return undefined;
  if (open?.pk !== pk) {
    close();
    show(row);
  }
  return open.keeper;
}

export function startDetails() {
  list.addEventListener("click", (event) => {
    const name = event.target.closest(".attendee-name");
    if (!name) return;
    const row = name.closest("tr");
    const again = open?.pk === row.dataset.row;
    close();
    if (!again) show(row);
  });
  document.addEventListener("attendance-leaves", () => open?.row.remove());
  document.addEventListener("attendance", () => {
    if (!open) return;
    stand();
    refresh();
  });
  document.addEventListener("chosen", refresh);
}
