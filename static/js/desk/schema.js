/* What a text of the minutes may hold, as the editor's extensions: the same as richtext.py's
   allow-list. And the keys and the typed beginnings of lists that belong to it. */
import { askForLink } from "./link.js";
import { tableAct } from "./tables.js";

// As in Word: what is written as an address becomes a link, a mere name with a dot does not.
const WRITTEN_LINK = /^(https?:\/\/|www\.|mailto:|[^\s@/]+@)/i;

/** With Alt and Shift: a row or a column on the side of the arrow; away with the row, or the column. */
const TABLE_KEYS = {
  ArrowUp: "addRowBefore", ArrowDown: "addRowAfter", ArrowLeft: "addColumnBefore", ArrowRight: "addColumnAfter",
  Delete: "deleteRow", Backspace: "deleteColumn",
};

const NO_BREAK_SPACE = "\u00a0";
const spans = (name) => ({ default: 1, parseHTML: (node) => Number(node.getAttribute(name)) || 1, renderHTML: (now) => (now[name] > 1 ? { [name]: now[name] } : {}) });

/** Cells hold paragraphs and lists: a table in a table would fall away when it is saved. */
const cellsOf = (cell) => cell.extend({
  content: "(paragraph | bulletList | orderedList)+",
  addAttributes: () => ({ colspan: spans("colspan"), rowspan: spans("rowspan"), colwidth: { default: null, rendered: false, parseHTML: () => null } }),
});

const valueOf = (said) => (/\d/.test(said) ? Number(said) : said.charCodeAt(0) - 96);
const kindOf = (said) => (/\d/.test(said) ? null : "a");
const kinds = (node) => (/^[aAiI]$/.test(node.getAttribute("type") ?? "") ? node.getAttribute("type") : null);

/** Numbered from any number, with figures, letters or Roman numbers. "1. " or "4) " begins one, and
    "a) " one with letters. */
const numbered = (b) => b.OrderedList.extend({
  addAttributes: () => ({
    start: { default: 1, parseHTML: (node) => Number.parseInt(node.getAttribute("start"), 10) || 1 },
    type: { default: null, parseHTML: kinds },
  }),
  addNodeView: () => null, // the bundle's writes a style
  addInputRules() {
    const rule = b.wrappingInputRule({
      find: /^(\d{1,3}(?=[.)])|[a-z](?=\)))[.)]\s$/,
      type: this.type,
      getAttributes: ([, said]) => ({ start: valueOf(said), type: kindOf(said) }),
      joinPredicate: ([, said], list) => list.attrs.type === kindOf(said) && list.childCount + list.attrs.start === valueOf(said),
    });
    return [notTwice(rule, (list, at, said) => list.type === this.type && list.attrs.type === kindOf(said) && list.attrs.start + at === valueOf(said))];
  },
});

/** "- " begins a list with bullets. */
const bullets = (b) => b.BulletList.extend({
  addInputRules() {
    return this.parent().map((rule) => notTwice(rule, (list) => list.type === this.type));
  },
});

/** Who types the bullet or the number that a point has already gets it once; another one than it
    has is words. */
function notTwice(rule, isThere) {
  const begin = rule.handler;
  rule.handler = (typed) => {
    const { state, range, match } = typed;
    const at = state.doc.resolve(range.from);
    if (at.depth < 2 || at.node(-1).type.name !== "listItem") return begin(typed);
    if (at.index(-1) !== 0 || !isThere(at.node(-2), at.index(-2), match[1])) return null;
    state.tr.delete(range.from, range.to);
    return undefined;
  };
  return rule;
}

/** At the start of a point of a list: there Backspace takes the bullet or the number away. */
function atStart({ selection: { empty, $from } }) {
  return empty && $from.parentOffset === 0 && $from.depth > 1 && $from.node(-1).type.name === "listItem" && $from.index(-1) === 0;
}

export function extensionsOf(b) {
  // Ctrl+K asks with our own dialog, not the bundle's.
  const Link = b.Link.extend({ addKeyboardShortcuts: () => ({}) });
  // § headings are h2, so a text begins at h3.
  const Heading = b.Heading.extend({
    parseHTML: () => ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag, i) => ({ tag, attrs: { level: i < 3 ? 3 : 4 } })),
  });
  const ListItem = b.ListItem.extend({
    content: "paragraph (paragraph | bulletList | orderedList)*",
    addKeyboardShortcuts() {
      // Where a point cannot be indented, Tab does nothing; it leaves the text after Escape.
      const indent = () => this.editor.commands.sinkListItem(this.name) || (this.editor.isActive(this.name) && !this.editor.isActive("table"));
      return { ...this.parent(), Tab: indent };
    },
  });
  const Keys = b.Extension.create({
    name: "deskKeys",
    priority: 1000, // before the bundle's own Backspace, which joins the point with what is above
    addKeyboardShortcuts() {
      const inTable = (act) => () => this.editor.isActive("table") && tableAct(this.editor, act);
      return {
        ...Object.fromEntries(Object.entries(TABLE_KEYS).map(([key, act]) => [`Alt-Shift-${key}`, inTable(act)])),
        Backspace: () => this.editor.commands.undoInputRule() || (atStart(this.editor.state) && this.editor.commands.liftListItem("listItem")),
        "Mod-k": () => askForLink(this.editor),
        "Mod-Shift-Space": () => this.editor.commands.insertContent({ type: "text", text: NO_BREAK_SPACE }),
      };
    },
  });
  return [
    b.Document, b.Paragraph, b.Text, b.HardBreak, b.Bold, b.Italic, b.Underline, b.Subscript,
    b.Superscript, bullets(b), numbered(b), ListItem, b.Blockquote, b.Gapcursor,
    b.UndoRedo, Keys,
    Heading.configure({ levels: [3, 4] }),
    Link.configure({ openOnClick: false, enableTarget: false, shouldAutoLink: (address) => WRITTEN_LINK.test(address) }),
    b.Table.configure({ resizable: false }), b.TableRow, cellsOf(b.TableHeader), cellsOf(b.TableCell),
    b.Placeholder.configure({ placeholder: "" }),
  ];
}
