/* Two have written in the same text, or in the same decisions: both beside each other, and one
   chooses paragraph by paragraph, with what it becomes shown below. */
import { announce } from "../announce.js";
import { blocks, left, markWords, rowsOf } from "./comparing.js";
import { copyOf } from "./parts.js";
import { post } from "./sending.js";

const NAMES = { mine: "Min", theirs: "Den andra", both: "Båda" };
const OTHER = "Någon annan";
const OWN = "Du själv i en annan flik"; // or on another computer that one forgot
const SAVED_BY = { [OTHER]: "någon annan", [OWN]: "dig i en annan flik" };
const AFTER_LAST_KEY = 400;
let panels = 0;

class Choice {
  /** mine(): my blocks as they stand now; theirs, base: blocks; save(blocks, {isTheirs}). */
  constructor({ after, who, at, what, mine, theirs, base, save }) {
    Object.assign(this, { mine, theirs, base, save, who });
    this.name = `conflict-${(panels += 1)}`;
    this.panel = copyOf("tools-conflict");
    this.panel.querySelector(".conflict-title span").textContent = `${who} sparade ${what} kl. ${at} medan du skrev.`;
    this.list = this.panel.querySelector(".conflict-rows");
    this.preview = this.panel.querySelector(".conflict-preview");
    this.rows = [];
    this.compare();
    after.parentElement.querySelector(":scope > .conflict")?.remove();
    after.after(this.panel);
    announce(`${who} har sparat ${what}. Välj vad som ska stå, under din text.`);
    this.panel.addEventListener("change", (event) => this.pick(event.target));
    this.panel.addEventListener("click", (event) => {
      const all = event.target.closest("[data-all]")?.dataset.all;
      if (all) this.pickAll(all);
    });
    this.panel.addEventListener("submit", (event) => {
      event.preventDefault();
      this.done();
    });
  }

  /** What one has chosen stands also when one has written on meanwhile. */
  compare() {
    const key = ({ mine, theirs }) => `${mine?.textContent}\0${theirs?.textContent}`;
    const chosen = new Map(this.rows.filter((row) => row.touched).map((row) => [key(row), row.pick]));
    this.rows = rowsOf(this.mine(), this.theirs, this.base);
    for (const row of this.rows) {
      if (!chosen.has(key(row))) continue;
      row.pick = chosen.get(key(row));
      row.touched = true;
    }
    this.list.replaceChildren(...this.rows.map((row, i) => this.show(row, i)));
    this.showPreview();
  }

  /** One has written on: compare anew, but never while one is choosing. */
  written() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.panel.contains(document.activeElement)) this.compare();
    }, AFTER_LAST_KEY);
  }

  show(row, i) {
    const place = document.createElement(row.equal ? "div" : "fieldset");
    place.className = row.equal ? "conflict-equal" : "conflict-row";
    if (row.equal) {
      place.append(row.theirs.cloneNode(true));
      return place;
    }
    const legend = document.createElement("legend");
    legend.className = "visually-hidden";
    legend.textContent = `Stycke ${i + 1}`;
    const [mine, theirs] = [row.mine, row.theirs].map((block) => block?.cloneNode(true));
    if (mine && theirs) markWords(mine, theirs);
    place.append(legend, cell("Din text", mine), cell(`Sparat av ${SAVED_BY[this.who] ?? this.who}`, theirs), this.picks(row, i));
    place.dataset.pick = row.pick;
    return place;
  }

  picks(row, i) {
    const line = document.createElement("div");
    line.className = "conflict-picks";
    const alone = row.mine ? { mine: "Ta med", theirs: "Ta inte med" } : { theirs: "Ta med", mine: "Ta inte med" };
    const names = row.mine && row.theirs ? NAMES : alone;
    for (const [value, words] of Object.entries(names)) {
      const label = document.createElement("label");
      label.className = "form-check";
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", className: "form-check-input", name: `${this.name}-${i}`, value, checked: row.pick === value });
      label.append(input, words);
      line.append(label);
    }
    return line;
  }

  pick(input) {
    const row = this.rows[Number(input.name.split("-").at(-1))];
    row.pick = input.value;
    row.touched = true;
    input.closest(".conflict-row").dataset.pick = row.pick;
    this.showPreview();
  }

  pickAll(which) {
    for (const input of this.list.querySelectorAll(`input[value="${which}"]`)) {
      input.checked = true;
      this.pick(input);
    }
    announce(which === "mine" ? "Allt är valt ur din text." : "Allt är valt ur den andra texten.");
  }

  get chosen() {
    return this.rows.flatMap(left);
  }

  showPreview() {
    const whole = this.chosen.map((one) => one.cloneNode(true));
    this.preview.replaceChildren(...(whole.length ? whole : ["Ingen text."]));
  }

  async done() {
    // Written on after one chose: what is new stands in the rows before it is saved.
    if (this.mine().map((one) => one.outerHTML).join("") !== this.rows.map((row) => row.mine?.outerHTML ?? "").join("")) {
      this.compare();
    }
    const isTheirs = this.rows.every((row) => row.equal || left(row).every((one) => one === row.theirs) && (row.theirs === null || left(row).length === 1));
    if (await this.save(this.chosen, { isTheirs })) this.panel.remove();
  }

  close() {
    clearTimeout(this.timer);
    this.panel.remove();
  }
}

function cell(name, block) {
  const place = document.createElement("div");
  place.className = "conflict-cell";
  const head = document.createElement("p");
  head.className = "conflict-name";
  head.textContent = name;
  place.append(head, block ?? Object.assign(document.createElement("p"), { className: "conflict-none", textContent: "Stycket finns inte här" }));
  return place;
}

const SETTLED = "Valt och sparat. Det du valde bort finns bland versionerna.";

/** Of a text of the desk. Answers the choice, so that it can follow what is written meanwhile. */
export function settleConflict(text, data) {
  return new Choice({
    after: text.element,
    who: data.own ? OWN : data.by || OTHER,
    at: data.saved_at,
    what: "en annan text",
    mine: () => blocks(text.html),
    theirs: blocks(data.text),
    base: text.base === undefined ? null : blocks(text.base),
    save: async (chosen, { isTheirs }) => {
      // The server keeps what loses as a version; it must have the last of mine before any of it goes.
      const mine = text.html;
      if (text.sentBefore.at(-1) !== mine) {
        const answer = await post(text.keeper.path, { text: mine, version: text.version }).catch(() => null);
        if (answer?.data.error !== "conflict") {
          announce(answer?.data.message || "Servern svarar inte. Försök igen om en stund.");
          return false;
        }
        if (answer.data.version !== data.version) {
          text.conflict(answer.data); // saved once more meanwhile: choose anew
          return true;
        }
      }
      const html = chosen.map((one) => one.outerHTML).join("");
      text.settle(isTheirs ? data.text : html, data.version, { isTheirs, base: data.text });
      announce(SETTLED);
      return true;
    },
  });
}

const asBlocks = (points) => points.map((point) => Object.assign(document.createElement("p"), { textContent: point }));

/** Of the decisions of a §. */
export function settlePoints({ after, mine, theirs, base, save }) {
  return new Choice({
    after,
    who: OTHER,
    at: new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit" }).format(new Date()).replace(":", "."),
    what: "andra beslut",
    mine: () => asBlocks(mine()),
    theirs: asBlocks(theirs),
    base: asBlocks(base),
    save: async (chosen) => {
      save(chosen.map((one) => one.textContent));
      announce(SETTLED);
      return true;
    },
  });
}

/** What both become when nobody has to choose: no point was changed by both. Else null. */
export function mergedPoints(mine, theirs, base) {
  const rows = rowsOf(asBlocks(mine), asBlocks(theirs), asBlocks(base));
  if (rows.some((row) => !row.equal && row.pick === "both")) return null;
  return rows.flatMap(left).map((one) => one.textContent);
}
