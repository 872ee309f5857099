/* The decisions of a §: points in order, set phrases as chips, saved while one writes. */
import { announce } from "../announce.js";
import { mergedPoints, settlePoints } from "./conflict.js";
import { Keeper } from "./keeper.js";
import { copyOf, tellAfter } from "./parts.js";
import { choose, currentSection, dot, labelOf } from "./sections.js";
import { offerUndo } from "./undo.js";

const decisions = new Map(); // section → Decisions

const { phrases } = JSON.parse(document.getElementById("desk-data").textContent);
const bare = (text) => text.trim().replace(/\.$/, "");

class Decisions {
  constructor(section) {
    this.section = section;
    this.block = section.querySelector(".decision");
    this.tools = copyOf("tools-decision");
    this.fields = this.tools.querySelector(".point-fields");
    this.tools.querySelector(".chips").prepend(...phrases.map(chipOf));
    this.block.append(this.tools);
    this.seen = this.written();
    this.keeper = new Keeper({
      path: `punkter/${section.dataset.item}/beslut/`,
      place: this.block,
      fields: () => ({ points: JSON.stringify(this.points), seen: JSON.stringify(this.seen) }),
      accept: (data) => { this.seen = data.points; },
      conflict: (data) => this.merge(data.points),
      refused: (message) => tellAfter(this.fields, message),
      kept: {
        read: () => ({ points: this.points, seen: this.seen, where: `${labelOf(section)} (beslutet)` }),
        putBack: (kept) => this.putBack(kept),
      },
    });
    this.fill(this.seen);
    this.listen();
  }

  /** The points as they stand in the page when nobody changes them. */
  written() {
    return [...this.block.querySelectorAll(".points > li")].map((one) => one.textContent);
  }

  get areas() {
    return [...this.fields.querySelectorAll("textarea")];
  }

  get points() {
    return this.areas.map((area) => area.value.trim()).filter(Boolean);
  }

  fill(points) {
    this.fields.replaceChildren();
    for (const point of points.length ? points : [""]) this.add(point);
    this.mark();
  }

  add(text = "", after = null) {
    const field = copyOf("tools-point");
    field.querySelector("textarea").value = text;
    if (after) after.after(field);
    else this.fields.append(field);
    this.name();
    return field.querySelector("textarea");
  }

  name() {
    this.areas.forEach((area, i) => {
      const which = this.areas.length > 1 ? `, punkt ${i + 1}` : "";
      area.setAttribute("aria-label", `Beslut${which}, ${labelOf(this.section)}`);
    });
  }

  mark() {
    const points = this.points;
    const said = new Set(points.map(bare));
    for (const chip of this.tools.querySelectorAll(".chip[aria-pressed]")) {
      chip.setAttribute("aria-pressed", String(said.has(bare(chip.textContent))));
    }
    this.tools.querySelector("[data-act=add-point]").hidden = !points.length;
    dot(this.section, "decision", points.length > 0);
    this.compare(new Set(points));
  }

  /** An uppdrag and the decision that gives it are one while the words are as they were written. */
  compare(points) {
    for (const action of this.section.querySelectorAll(".action[data-sentence]")) {
      const follows = points.has(action.dataset.sentence.trim());
      const [yes, no] = ["yes", "no"].map((one) => action.querySelector(`[data-follows=${one}]`));
      if (no.hidden && !follows) announce("Beslutet är ändrat för hand och följer inte längre uppdraget.");
      yes.hidden = !follows;
      no.hidden = follows;
    }
  }

  changed(options) {
    this.mark();
    this.choice?.written();
    this.keeper.touch(options);
  }

  toggle(chip) {
    const phrase = bare(chip.textContent);
    const there = this.areas.find((area) => bare(area.value) === phrase);
    if (there) {
      if (this.areas.length > 1) there.closest("li").remove();
      else there.value = "";
    } else {
      const empty = this.areas.find((area) => !area.value.trim()) ?? this.add();
      empty.value = `${phrase}.`;
    }
    this.name();
    this.changed({ now: true });
  }

  move(field, step) {
    const other = step < 0 ? field.previousElementSibling : field.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(field);
    else other.after(field);
    this.name();
    field.querySelector("textarea").focus();
    this.changed({ now: true });
  }

  drop(field) {
    const [text, at] = [field.querySelector("textarea").value, [...this.fields.children].indexOf(field)];
    const next = field.nextElementSibling ?? field.previousElementSibling;
    field.remove();
    if (!this.areas.length) this.add();
    (next?.querySelector("textarea") ?? this.areas[0]).focus();
    this.name();
    this.changed({ now: true });
    if (text.trim()) offerUndo("Beslutspunkten är borttagen.", () => this.bringBack(text, at));
  }

  bringBack(text, at) {
    const empty = this.areas.length === 1 && !this.areas[0].value.trim();
    const area = empty ? this.areas[0] : this.add(text);
    area.value = text;
    const [field, before] = [area.closest("li"), this.fields.children[at]];
    if (before && before !== field) before.before(field);
    this.name();
    this.changed({ now: true });
    area.focus();
  }

  /** Somebody else changed them meanwhile. What does not meet is put together; else one chooses. */
  merge(theirs) {
    const merged = mergedPoints(this.points, theirs, this.seen);
    if (merged) {
      this.settle(theirs, merged);
      announce("Någon annan ändrade besluten samtidigt. Allas ändringar står nu här.");
      return;
    }
    this.choice = settlePoints({
      after: this.fields,
      mine: () => this.points,
      theirs,
      base: this.seen,
      save: (points) => {
        this.settle(theirs, points);
        this.focus();
      },
    });
  }

  settle(theirs, points) {
    this.choice = null;
    this.seen = theirs;
    this.fill(points);
    this.keeper.resume();
  }

  putBack({ points, seen }) {
    if (JSON.stringify(points) === JSON.stringify(this.points)) return false;
    this.seen = seen;
    this.fill(points);
    this.leave();
    this.block.hidden = false;
    return true;
  }

  /** Written by the server, as when adjusters are elected. What is typed meanwhile stays. */
  take(points) {
    if (this.keeper.unsaved && this.keeper.state !== "refused") {
      this.merge(points);
      return;
    }
    this.seen = points;
    this.fill(points);
    this.leave();
  }

  leave() {
    const list = this.block.querySelector(".points");
    list.replaceChildren(...this.points.map(lineOf));
  }

  listen() {
    this.fields.addEventListener("input", () => this.changed());
    this.fields.addEventListener("keydown", (event) => this.key(event));
    this.tools.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const field = button.closest(".point-field");
      if (button.closest("form") || button.dataset.act === "decide") return; // the uppdrag's own
      if (button.classList.contains("chip")) this.toggle(button);
      else if (button.dataset.act === "add-point") this.add().focus();
      else if (button.dataset.act === "drop") this.drop(field);
      else this.move(field, button.dataset.act === "up" ? -1 : 1);
    });
  }

  key(event) {
    const area = event.target;
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (area.value.trim()) this.add("", area.closest("li")).focus();
    } else if (event.key === "Backspace" && !area.value && this.areas.length > 1) {
      event.preventDefault();
      this.drop(area.closest("li"));
    }
  }

  focus() {
    (this.areas.find((area) => !area.value.trim()) ?? this.areas.at(-1)).focus();
  }
}

function chipOf(phrase) {
  const line = document.createElement("li");
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.setAttribute("aria-pressed", "false");
  chip.textContent = bare(phrase);
  line.append(chip);
  return line;
}

/** A press on a decision as it stands puts the cursor in its field. */
export function startDecisions() {
  const place = document.getElementById("sections");
  let pressed = null; // the point is hidden before the press is a click
  place.addEventListener("pointerdown", (event) => {
    const point = event.target.closest(".points > li");
    pressed = point && { section: point.closest(".item"), at: [...point.parentElement.children].indexOf(point) };
  }, { capture: true });
  place.addEventListener("click", () => {
    if (!pressed) return;
    choose(pressed.section);
    decisions.get(pressed.section)?.areas[pressed.at]?.focus({ preventScroll: true });
    pressed = null;
  });
}

export const decisionsOf = (section) => decisions.get(section);

/** Points that the server wrote, also in a § nobody has been in. */
export function showDecisions(section, points) {
  const own = decisions.get(section);
  if (own) own.take(points);
  else section.querySelector(".points").replaceChildren(...points.map(lineOf));
  if (section !== currentSection()) section.querySelector(".decision").hidden = !points.length;
  dot(section, "decision", points.length > 0);
}

function lineOf(point) {
  const line = document.createElement("li");
  line.textContent = point;
  return line;
}

export function dress(section) {
  section.querySelector(".decision").hidden = false;
  decisions.set(section, new Decisions(section));
}

/** Shown as the minutes show them when one goes on; nothing decided leaves no trace. */
export function leave(section) {
  const own = decisions.get(section);
  if (!own) return;
  own.leave();
  own.block.hidden = !own.points.length;
}

export function enter(section) {
  section.querySelector(".decision").hidden = false;
}
