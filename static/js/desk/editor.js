/* The editor of django-prose-editor's bundle (Tiptap), with our choice of what minutes may hold:
   the same as richtext.py's allow-list. */
import { askForLink } from "./link.js";

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
      extensions = ours(bundle);
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

function ours(b) {
  // Ctrl+K asks with our own dialog, not the bundle's.
  const Link = b.Link.extend({ addKeyboardShortcuts: () => ({}) });
  // § headings are h2, so a text begins at h3: pasted headings step down as in richtext.py.
  const Heading = b.Heading.extend({
    parseHTML: () => ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag, i) => ({ tag, attrs: { level: i < 3 ? 3 : 4 } })),
  });
  // Google Docs and LibreOffice say bold and italic by style, which pasting keeps as data-style.
  const said = (node, words) => words.test(node.dataset.style ?? "");
  const Bold = b.Bold.extend({
    parseHTML: () => [
      { tag: "strong" },
      { tag: "b", getAttrs: (node) => !said(node, /font-weight:\s*normal/) && null },
      { tag: "span", consuming: false, getAttrs: (node) => said(node, /font-weight:\s*(bold|[6-9]00)/) && null },
    ],
  });
  const Italic = b.Italic.extend({
    parseHTML: () => [
      { tag: "em" },
      { tag: "i", getAttrs: (node) => !said(node, /font-style:\s*normal/) && null },
      { tag: "span", consuming: false, getAttrs: (node) => said(node, /font-style:\s*italic/) && null },
    ],
  });
  const Keys = b.Extension.create({
    name: "deskKeys",
    addKeyboardShortcuts() {
      return { "Mod-k": () => askForLink(this.editor) };
    },
  });
  return [
    b.Document, b.Paragraph, b.Text, b.HardBreak, Bold, Italic, b.Underline, b.Subscript,
    b.Superscript, b.BulletList, b.OrderedList, b.ListItem, b.Blockquote, b.Gapcursor,
    b.UndoRedo, Keys,
    Heading.configure({ levels: [3, 4] }),
    Link.configure({ openOnClick: false, enableTarget: false }),
    b.Table.configure({ resizable: false }), b.TableRow, b.TableHeader, b.TableCell,
    b.Placeholder.configure({ placeholder: "" }),
  ];
}

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
      transformPastedHTML: withoutStyles,
      // True here: ProseMirror leaves the key alone, and so does not stop the browser either.
      handleDOMEvents: { keydown: (view, event) => tabLeaves(event) },
    },
    onUpdate: ({ editor: now }) => changed(now),
    onTransaction: ({ editor: now }) => selected(now),
  });
  return editor;
}

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
const REFUSED = /\s(style|on[a-z]+)\s*=/gi;
const BLOCKS = /<(style|script|xml|title)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi;

/** Pasted HTML before anything reads it: a style or a handler that is only parsed, and never
    shown, is already a violation of the CSP. */
function withoutStyles(html) {
  return html.replace(BLOCKS, "").replace(TAG, (tag) => tag.replace(REFUSED, " data-$1="));
}

let leaving = false;

/** After Escape the next Tab is the browser's: it leaves the text (WCAG 2.1.2), which in lists
    and tables it otherwise does not. */
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
