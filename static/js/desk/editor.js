/* The editor of django-prose-editor's bundle (Tiptap), opened in the text where it stands.
   What a text may hold is in schema.js. */
import { pasteEvents, pasting } from "./paste.js";
import { extensionsOf } from "./schema.js";

let bundle = null;
let extensions = null;

const NAME = "django-prose-editor/editor";
const RETRIES = [1500, 3000, 6000, 12_000];

/** Fetched while the page is read. Until it is here one writes without it (native.js). */
export const ready = fetchBundle();
let failed = false;
let missing = () => {};

/** Called when it could not be fetched. */
export function onMissing(tell) {
  missing = tell;
  if (failed) tell();
}

async function fetchBundle() {
  for (let tries = 0; ; tries += 1) {
    try {
      // A browser may remember that an address failed: then the next try has another.
      bundle = await import(tries ? `${import.meta.resolve(NAME)}?again=${tries}` : NAME);
      extensions = extensionsOf(bundle);
      return;
    } catch {
      if (!failed) missing();
      failed = true;
      await aWhile(RETRIES[Math.min(tries, RETRIES.length - 1)]);
    }
  }
}

/** Resolves after so long, or as soon as the network is back. */
function aWhile(most) {
  return new Promise((resolve) => {
    setTimeout(resolve, most);
    window.addEventListener("online", resolve, { once: true });
  });
}

export const isReady = () => bundle !== null;

/** Make an element with static text the text one writes in. The element stays the same. */
export function openEditor(element, { content, changed, selected }) {
  element.replaceChildren();
  const editor = new bundle.Editor({
    element: { mount: element },
    injectCSS: false,
    content,
    // No space that somebody typed falls away.
    parseOptions: { preserveWhitespace: true },
    extensions,
    editorProps: {
      attributes: { lang: "sv", spellcheck: "true" },
      ...pasting,
      handleTextInput: (view, from, to, text) => text === "/" && slash(view),
      handleDOMEvents: { ...pasteEvents, focus: standReady, keydown: (view, event) => tabLeaves(event) },
    },
    onUpdate: ({ editor: now }) => changed(now),
    onTransaction: ({ editor: now }) => selected(now),
  });
  return editor;
}

let slash = () => false;

/** Called when a slash is typed: true when it is taken care of and shall not be written. */
export function onSlash(take) {
  slash = take;
}

/** The caret stands where it last stood as soon as the text is come to. ProseMirror itself waits
    20 ms and then puts it back, which undoes a key pressed in between (Ctrl+End, by quick hands or
    on a slow machine): the words that follow would land in the wrong place. Told that the focus is
    known, it does not. A press of the mouse moves the caret after this, as it should. */
function standReady(view) {
  view.domObserver.stop();
  view.dom.classList.add("ProseMirror-focused");
  view.domObserver.start();
  view.focused = true;
  view.focus();
  return false;
}

/** The browser tells of a moved caret some time after it moved: a key that comes before that would
    be handled where the caret was. First of all listeners: the desk's own keys (keys.js), which
    leave the text or take its words, never reach the editor. */
window.addEventListener("keydown", (event) => {
  const view = document.activeElement?.editor?.view;
  if (view && !view.composing && !event.isComposing) view.domObserver.flush();
}, { capture: true });

let leaving = false;

/** After Escape the next Tab is the browser's: it leaves the text (WCAG 2.1.2), which in lists
    and tables it otherwise does not. True: ProseMirror leaves the key alone, and so does not stop
    the browser either. */
function tabLeaves(event) {
  if (event.key === "Escape") leaving = true;
  else if (event.key === "Tab" && leaving) {
    leaving = false;
    return true;
  } else if (event.key !== "Shift") leaving = false;
  return false;
}

/** The text as it is sent: nothing when there is no word in it. */
export function htmlOf(editor) {
  return editor.isEmpty ? "" : editor.getHTML();
}

/** Put other content in place, as when a conflict is settled. Undo brings the former back. */
export function setHtml(editor, html) {
  editor.commands.setContent(html, { emitUpdate: false });
}
