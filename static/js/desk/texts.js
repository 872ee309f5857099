/* Every text of the page: opened when one comes to it, saved while one writes. */
import { say, unsay } from "./commands.js";
import { settleConflict } from "./conflict.js";
import { htmlOf, isReady, onMissing, openEditor, ready, setHtml } from "./editor.js";
import { Keeper } from "./keeper.js";
import { caretAtEnd, editNatively, nativeHtml, takeCaret } from "./native.js";
import { tellAfter } from "./parts.js";
import { dot, labelOf } from "./sections.js";
import { placeToolbar, refreshToolbar } from "./toolbar.js";

const texts = new Map(); // element → Text
const MISSING = "Knapparna för fetstil, listor och tabeller har inte kommit än. Det går bra att skriva under tiden, och det du skriver sparas.";

/** A text one can write in: not of a § that is adjusted at once. */
const WRITABLE = ".item:not([data-closed]) .text";

class Text {
  constructor(element) {
    this.element = element;
    this.version = Number(element.dataset.version);
    this.sentBefore = []; // texts whose answer never came: if one of them won, it was ours
    this.base = element.innerHTML; // what the server had when one began to write
    this.keeper = new Keeper({
      path: element.dataset.text,
      place: element,
      fields: () => this.fields(),
      accept: (data, unchanged) => this.accept(data, unchanged),
      conflict: (data) => this.conflict(data),
      refused: (message) => tellAfter(element, message),
      kept: { read: () => this.keep(), putBack: (kept) => this.putBack(kept) },
    });
    this.editor = null;
    if (isReady()) this.open(element.innerHTML);
    else this.editNatively();
  }

  editNatively() {
    this.stopNative = editNatively(this.element, () => this.changed());
    this.element.addEventListener("compositionstart", () => { this.composing = true; });
    this.element.addEventListener("compositionend", () => { this.composing = false; });
  }

  open(content) {
    this.editor = openEditor(this.element, {
      content,
      changed: () => this.changed(),
      selected: (editor) => refreshToolbar(editor),
    });
  }

  /** The editor has come: it goes on where the browser's own editing stands. */
  takeOver() {
    if (this.editor) return;
    if (this.composing) {
      // Taken now, the letters on their way (as from an input method) would be torn apart.
      this.element.addEventListener("compositionend", () => setTimeout(() => this.takeOver()), { once: true });
      return;
    }
    this.stopNative();
    this.open(nativeHtml(this.element, { caret: true }));
    takeCaret(this.editor);
    if (document.activeElement === this.element) refreshToolbar(this.editor);
  }

  get html() {
    return this.editor ? htmlOf(this.editor) : nativeHtml(this.element);
  }

  put(html) {
    if (this.editor) setHtml(this.editor, html);
    else this.element.innerHTML = html;
  }

  toEnd() {
    // Not Tiptap's own focus("end"): it puts the caret there once more in the next frame, after a
    // key that came meanwhile. The text has the focus already.
    if (this.editor) this.editor.commands.setTextSelection(this.editor.state.doc.content.size);
    else caretAtEnd(this.element);
  }

  fields() {
    const text = this.html;
    if (this.sentBefore.at(-1) !== text) this.sentBefore.push(text);
    return { text, version: this.version };
  }

  keep() {
    const report = this.element.closest(".report")?.querySelector("h3").textContent;
    const where = labelOf(this.element.closest(".item"));
    const { version, sentBefore, html } = this;
    return { text: html, version, sentBefore, where: report ? `${where}, ${report}` : where };
  }

  /** Written on what may be an older version: the server compares, as when two write at once. */
  putBack({ text, version, sentBefore }) {
    if (bare(text) === bare(this.html)) return false;
    if (version !== this.version) this.base = undefined; // what stood then is not here to compare with
    this.version = version;
    this.sentBefore = sentBefore;
    this.put(text);
    return true;
  }

  changed() {
    this.keeper.touch();
    this.choice?.written();
    const section = this.element.closest(".item");
    dot(section, "text", [...section.querySelectorAll(".text")].some((one) => one.textContent.trim()));
  }

  accept(data, unchanged) {
    this.version = data.version;
    this.base = data.text ?? this.sentBefore.at(-1) ?? this.base;
    this.sentBefore = [];
    // What cleaning took away is shown when one has left the text, never under the cursor.
    this.cleaned = unchanged ? data.text : undefined;
    this.tidy();
  }

  tidy() {
    if (this.cleaned === undefined || document.activeElement === this.element || this.keeper.unsaved) return;
    if (bare(this.cleaned) !== bare(this.html)) this.put(this.cleaned);
    this.cleaned = undefined;
  }

  conflict(data) {
    if (this.sentBefore.some((sent) => bare(sent) === bare(data.text))) {
      // Our own earlier save, whose answer was lost on the way: go on from it.
      this.version = data.version;
      this.keeper.resume();
      return;
    }
    this.choice = settleConflict(this, data);
  }

  /** A conflict is settled: these words (null: those that stand here), on top of that version. */
  settle(html, version, { isTheirs = false, base = this.base } = {}) {
    this.version = version;
    this.base = base;
    this.choice = null;
    this.sentBefore = [];
    if (html !== null) this.put(html);
    this.element.focus();
    this.toEnd();
    return isTheirs ? this.keeper.set("saved") : this.keeper.resume();
  }

  /** Another's newer text, while nothing of one's own is unsaved. */
  take(html, version) {
    this.version = version;
    this.base = html;
    this.sentBefore = [];
    this.cleaned = undefined;
    if (bare(html) !== bare(this.html)) this.put(html);
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

/** The keeper of the text that is saved at an address, or undefined where there is none. */
export function keeperOf(path) {
  const element = [...document.querySelectorAll(WRITABLE)].find((one) => one.dataset.text === path);
  return element && open(element).keeper;
}

/** The version of what stands in a text of the page. */
export const versionOf = (element) => texts.get(element)?.version ?? Number(element.dataset.version);

/** The § is replaced or gone: its editors are let go. Nothing in them is unsaved. */
export function forgetTexts(section) {
  for (const element of section.querySelectorAll(".text")) {
    texts.get(element)?.editor?.destroy();
    texts.delete(element);
  }
}

/** The editor of a text, opened if need be. */
export async function editorOf(element) {
  await ready;
  return open(element).editor;
}

export function startTexts() {
  const place = document.getElementById("sections");
  // With a mouse the text is opened before the press is handled, so that the cursor lands where
  // one pressed and a drag selects.
  place.addEventListener("pointerdown", (event) => {
    const element = event.target.closest(WRITABLE);
    if (element && event.pointerType === "mouse") open(element);
  });
  place.addEventListener("focusin", (event) => enter(event.target.closest(WRITABLE)));
  place.addEventListener("focusout", (event) => {
    const text = texts.get(event.target.closest(".text"));
    if (text) setTimeout(() => text.tidy(), 200);
  });
  onMissing(() => say(MISSING));
  ready.then(() => {
    for (const text of texts.values()) text.takeOver();
    unsay(MISSING);
  });
  // Somebody was quicker than the scripts.
  enter(document.activeElement?.closest(WRITABLE));
}

function enter(element) {
  if (!element) return;
  placeToolbar(element);
  const fresh = !texts.has(element);
  const text = open(element);
  if (text.editor) refreshToolbar(text.editor);
  if (fresh && document.activeElement === element) text.toEnd();
}

/** The texts of a § that is taken away: what is unsaved is saved first. */
export function saveTexts(section) {
  return Promise.all([...section.querySelectorAll(".text")].map((one) => texts.get(one)?.keeper.save()));
}
