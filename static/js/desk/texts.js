/* Every text of the page: opened when one comes to it, saved while one writes. */
import { settleConflict } from "./conflict.js";
import { htmlOf, isReady, openEditor, ready, setHtml } from "./editor.js";
import { Keeper } from "./keeper.js";
import { dot } from "./sections.js";
import { placeToolbar, refreshToolbar } from "./toolbar.js";

const texts = new Map(); // element → Text

class Text {
  constructor(element) {
    this.element = element;
    this.version = Number(element.dataset.version);
    this.sentBefore = []; // texts whose answer never came: if one of them won, it was ours
    this.keeper = new Keeper({
      path: element.dataset.text,
      fields: () => this.fields(),
      accept: (data, unchanged) => this.accept(data, unchanged),
      conflict: (data) => this.conflict(data),
      refused: (message) => this.complain(message),
    });
    this.editor = openEditor(element, {
      changed: () => this.changed(),
      selected: (editor) => refreshToolbar(editor),
    });
  }

  fields() {
    const text = htmlOf(this.editor);
    if (this.sentBefore.at(-1) !== text) this.sentBefore.push(text);
    return { text, version: this.version };
  }

  changed() {
    this.keeper.touch();
    const section = this.element.closest(".item");
    dot(section, "text", [...section.querySelectorAll(".text")].some((one) => one.textContent.trim()));
  }

  accept(data, unchanged) {
    this.version = data.version;
    this.sentBefore = [];
    // What cleaning took away is shown when one has left the text, never under the cursor.
    this.cleaned = unchanged ? data.text : undefined;
    this.tidy();
  }

  tidy() {
    if (this.cleaned === undefined || this.editor.isFocused || this.keeper.unsaved) return;
    if (bare(this.cleaned) !== bare(htmlOf(this.editor))) setHtml(this.editor, this.cleaned);
    this.cleaned = undefined;
  }

  conflict(data) {
    if (this.sentBefore.some((sent) => bare(sent) === bare(data.text))) {
      // Our own earlier save, whose answer was lost on the way: go on from it.
      this.version = data.version;
      this.keeper.resume();
      return;
    }
    settleConflict(this, data);
  }

  /** A conflict is settled: these words (null: those that stand here), on top of that version. */
  settle(html, version, { isTheirs = false } = {}) {
    this.version = version;
    this.sentBefore = [];
    if (html !== null) setHtml(this.editor, html);
    this.editor.commands.focus("end");
    return isTheirs ? this.keeper.set("saved") : this.keeper.resume();
  }

  complain(message) {
    let fault = this.element.nextElementSibling;
    if (!fault?.classList.contains("text-fault")) {
      if (!message) return;
      fault = document.createElement("p");
      fault.className = "field-error text-fault";
      this.element.after(fault);
    }
    fault.textContent = message;
    fault.hidden = !message;
  }
}

/** HTML without what says nothing: attributes the server adds or drops, and empty paragraphs. */
function bare(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  for (const one of holder.content.querySelectorAll("*")) {
    for (const name of one.getAttributeNames()) if (name !== "href") one.removeAttribute(name);
  }
  return holder.innerHTML.replace(/<(p|li)>(\s|<br>)*<\/\1>/g, "").replace(/&nbsp;/g, " ");
}

function open(element) {
  let text = texts.get(element);
  if (!text) {
    text = new Text(element);
    texts.set(element, text);
  }
  return text;
}

export const textOf = (element) => texts.get(element);

/** The editor of a text, opened if need be. */
export async function editorOf(element) {
  await ready;
  return open(element).editor;
}

/** A text one can write in: not of a § that is adjusted at once. */
const WRITABLE = ".item:not([data-closed]) .text";

export function startTexts() {
  const place = document.getElementById("sections");
  // With a mouse the text is opened before the press is handled, so that the cursor lands where
  // one pressed and a drag selects.
  place.addEventListener("pointerdown", (event) => {
    const element = event.target.closest(WRITABLE);
    if (element && event.pointerType === "mouse" && isReady()) open(element);
  });
  place.addEventListener("focusin", async (event) => {
    const element = event.target.closest(WRITABLE);
    if (!element) return;
    placeToolbar(element);
    const fresh = !texts.has(element);
    await ready;
    const text = open(element);
    refreshToolbar(text.editor);
    if (fresh && document.activeElement === element) text.editor.commands.focus("end", { scrollIntoView: false });
  });
  place.addEventListener("focusout", (event) => {
    const text = texts.get(event.target.closest(".text"));
    if (text) setTimeout(() => text.tidy(), 200);
  });
}

/** The texts of a § that is taken away: what is unsaved is saved first. */
export function saveTexts(section) {
  return Promise.all([...section.querySelectorAll(".text")].map((one) => texts.get(one)?.keeper.save()));
}
