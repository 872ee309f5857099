/* What other programs put on the clipboard → the HTML of minutes: paragraphs, two headings, lists,
   quotations, tables and links, and nothing else (the same as richtext.py allows).

   The clipboard's HTML is read in a document that is never shown. A style or a handler that is only
   parsed is already a violation of the CSP, so they are renamed to data before that; what they say
   of bold words, lists and hidden parts is then read from there. */
import { gather, itemOf, kindOf } from "./paste_lists.js";
import { tableOf } from "./paste_tables.js";
import { toHtml } from "./paste_html.js";
import { inert } from "./paste_inert.js";

const CELL_STYLES = /\.((?:xl|font)\d+)\s*\{([^}]*)\}/g;

const GONE = new Set(("SCRIPT STYLE NOSCRIPT TEMPLATE NAV BUTTON INPUT SELECT TEXTAREA DATALIST SVG IFRAME OBJECT "
  + "EMBED VIDEO AUDIO CANVAS HEAD META LINK TITLE XML DEL MAP COLGROUP COL HR").split(" "));
const BLOCK = new Set(("P DIV LI SECTION ARTICLE HEADER FOOTER MAIN ASIDE ADDRESS FIGURE FIGCAPTION DL DT DD DETAILS SUMMARY "
  + "FIELDSET LEGEND FORM CENTER PRE BODY TBODY THEAD TFOOT TR TD TH CAPTION H1 H2 H3 H4 H5 H6").split(" "));
const HIDDEN = /(?<![\w-])display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment/i;
const NOTES = /(^|\s)(msoDel|MsoComment\w*|msocom\w*)(\s|$)/i;
// Control, zero-width and direction characters, and soft hyphens: one must see what is written.
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export const visible = (text) => text.replace(INVISIBLE, "");

/** Excel keeps bold and italic of whole cells in its style sheet, by class. */
function cellStyles(html) {
  const sheet = html.slice(Math.max(0, html.search(/<style\b/i)), Math.max(0, html.search(/<\/style>/i))).slice(0, 50_000);
  return new Map([...sheet.matchAll(CELL_STYLES)].map(([, name, style]) => [name, style]));
}

class Reader {
  constructor(styles) {
    this.styles = styles;
    this.images = 0;
  }

  style(element) {
    const own = element.dataset?.style ?? "";
    if (!this.styles.size) return own;
    return [...element.classList].map((name) => this.styles.get(name) ?? "").join(";") + own;
  }

  /** The blocks inside an element. */
  blocks(element, marks = {}) {
    const out = { blocks: [], runs: [], as: {} };
    this.flow(element, marks, out);
    close(out);
    return gather(out.blocks);
  }

  flow(element, marks, out) {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child, marks, out);
      else if (child.nodeType === Node.ELEMENT_NODE && !this.isGone(child)) this.element(child, marks, out);
    }
  }

  isGone(element) {
    return GONE.has(element.tagName.toUpperCase()) || /^v:/i.test(element.tagName) || element.hidden || NOTES.test(element.className)
      || element.getAttribute("role") === "navigation" || HIDDEN.test(element.dataset?.style ?? "")
      || /^#_msocom/.test(element.getAttribute("href") ?? "");
  }

  text(node, marks, out) {
    let text = visible(node.data);
    if (marks.pre) {
      const lines = text.replace(/\r\n?/g, "\n").split("\n");
      lines.forEach((line, i) => {
        if (i) out.runs.push({ br: true });
        out.runs.push({ text: line, marks });
      });
      return;
    }
    text = text.replace(/[ \t\r\n\f\u2028\u2029]+/g, " ");
    if (text) out.runs.push({ text, marks });
  }

  element(element, marks, out) {
    const style = this.style(element);
    const tag = element.tagName.toUpperCase();
    if (/mso-list\s*:\s*ignore/i.test(style)) out.marker = (out.marker ?? "") + element.textContent;
    else if (/mso-spacerun\s*:\s*yes/i.test(style) || element.classList.contains("Apple-converted-space")) out.runs.push({ text: " ", marks });
    else if (tag === "BR") {
      if (!/page-break|mso-special-character/i.test(style) || /line-break/i.test(style)) out.runs.push({ br: true });
    } else if (tag === "IMG") this.image(element, marks, out);
    else if (tag === "UL" || tag === "OL") this.put(out, ...this.list(element, marks));
    else if (tag === "TABLE") this.put(out, ...tableOf(element, this, marks));
    else if (isQuote(element, tag, style)) this.put(out, { type: "quote", blocks: this.blocks(element, marks) });
    else if (BLOCK.has(tag) || tag === "BLOCKQUOTE") this.block(element, tag, style, marks, out);
    else this.flow(element, marksOf(element, tag, style, marks), out);
  }

  image(element, marks, out) {
    const alt = element.getAttribute("alt") ?? "";
    // Mail programs draw emoji as pictures.
    if (alt.length < 12 && /\p{Extended_Pictographic}/u.test(alt)) out.runs.push({ text: visible(alt), marks });
    else this.images += 1;
  }

  put(out, ...blocks) {
    close(out);
    out.blocks.push(...blocks);
  }

  block(element, tag, style, marks, out) {
    close(out);
    const before = out.as;
    const heading = headingLevel(element, tag);
    const item = itemOf(style);
    if (heading !== undefined || item || tag === "P") out.as = { heading, item };
    const inside = tag === "PRE" ? { ...marks, pre: true } : marksOf(element, tag === "DT" ? "B" : tag, style, marks);
    this.flow(element, inside, out);
    close(out);
    out.as = before;
  }

  /** A real list; Word's for the web has one for each point, with the level on it. */
  list(element, marks) {
    const found = { type: "list", ordered: element.tagName === "OL", kind: "", start: 1, items: [] };
    const flat = [];
    for (const child of element.children) {
      if (this.isGone(child)) continue;
      const blocks = this.blocks(child.matches("ul, ol") ? wrapped(child) : child, marks);
      const level = Number(child.dataset?.ariaLevel);
      if (level && blocks.length) {
        const number = Number(element.getAttribute("start") || 1) + flat.length;
        flat.push({ ...blocks[0], item: { level, ordered: found.ordered, kind: kindOf(element, this), number } }, ...blocks.slice(1));
      } else if (blocks.length && blocks.every((one) => one.type === "list") && found.items.length) found.items.at(-1).push(...blocks);
      else if (blocks.length) found.items.push(blocks);
    }
    if (flat.length) return flat;
    const first = element.querySelector(":scope > li");
    found.start = Number.parseInt(first?.getAttribute("value") || element.getAttribute("start") || "1", 10);
    found.kind = found.ordered ? kindOf(element, this) : "";
    return found.items.length ? [found] : [];
  }
}

function wrapped(list) {
  const holder = list.ownerDocument.createElement("li");
  list.before(holder);
  holder.append(list);
  return holder;
}

/** What has been read so far becomes a paragraph. Two line breaks in a row part paragraphs. */
function close(out) {
  const runs = out.runs;
  out.runs = [];
  let own = [];
  const marker = out.marker;
  out.marker = undefined;
  const take = () => {
    const tidied = tidy(own);
    if (tidied.length) out.blocks.push({ type: "p", runs: tidied, heading: out.as.heading, item: out.as.item && { ...out.as.item, marker } });
    own = [];
  };
  runs.forEach((run, i) => {
    if (run.br && runs[i + 1]?.br) take();
    else own.push(run);
  });
  take();
}

const SPACES = /[\s\u00a0]{2,}/g;

/** Single spaces, none at the ends or beside a line break; no-break spaces between words stay. */
function tidy(runs) {
  const found = [];
  for (const run of runs) {
    if (run.br) {
      trimEnd(found);
      if (found.length) found.push(run);
      continue;
    }
    let text = run.text.replace(SPACES, " ");
    const last = found.at(-1);
    if (!last || last.br || /[\s\u00a0]$/.test(last.text)) text = text.replace(/^[\s\u00a0]+/, "");
    if (text) found.push({ ...run, text });
  }
  trimEnd(found);
  while (found.at(-1)?.br) found.pop();
  trimEnd(found);
  return found;
}

function trimEnd(runs) {
  while (runs.length && !runs.at(-1).br) {
    const text = runs.at(-1).text.replace(/[\s\u00a0]+$/, "");
    if (text) {
      runs[runs.length - 1] = { ...runs.at(-1), text };
      return;
    }
    runs.pop();
  }
}

function headingLevel(element, tag) {
  if (/^H[1-6]$/.test(tag)) return Number(tag[1]);
  if (/(^|\s)MsoTitle/.test(element.className)) return 0;
  if (element.getAttribute("role") === "heading") return Number(element.getAttribute("aria-level") || 2);
  return undefined;
}

/** A quotation, and not an indent that is written as one. Outlook's has a line on its left. */
function isQuote(element, tag, style) {
  if (tag === "BLOCKQUOTE") return !/(?<![\w-])border\s*:\s*none/i.test(style) || /border-left/i.test(style);
  return tag === "DIV" && /(?<![\w-])border-left\s*:\s*solid/i.test(style);
}

function marksOf(element, tag, style, marks) {
  const found = { ...marks };
  const weight = /(?<![\w-])font-weight\s*:\s*(\w+)/i.exec(style)?.[1].toLowerCase();
  if (tag === "B" || tag === "STRONG") found.strong = true;
  if (weight) found.strong = weight === "bold" || weight === "bolder" || Number(weight) >= 600;
  const slant = /(?<![\w-])font-style\s*:\s*(\w+)/i.exec(style)?.[1].toLowerCase();
  if (tag === "I" || tag === "EM" || tag === "CITE") found.em = true;
  if (slant) found.em = slant === "italic" || slant === "oblique";
  if (tag === "U" || /(?<![\w-])text-decoration(?:-line)?\s*:[^;]*underline/i.test(style)) found.u = true;
  const raised = /(?<![\w-])vertical-align\s*:\s*(sub|super)\b/i.exec(style)?.[1].toLowerCase();
  if (tag === "SUB" || raised === "sub") found.sub = true;
  if (tag === "SUP" || raised === "super") found.sup = true;
  if (tag === "A") {
    found.href = address(element.getAttribute("href") ?? "");
    found.u = marks.u;
  }
  if (found.href) found.u = false;
  return found;
}

/** The address of a link, without the detour that mail filters and search engines add; or "". */
function address(said) {
  let href = said.trim();
  const detour = /^https:\/\/(?:[\w.-]+\.safelinks\.protection\.outlook\.com\/|www\.google\.[a-z.]+\/url)\?(.*)$/i.exec(href);
  if (detour) {
    const query = new URLSearchParams(detour[1]);
    href = query.get("url") ?? query.get("q") ?? href;
  }
  return /^(https?:\/\/|mailto:)\S+$/i.test(href) ? href : "";
}

/** Cleaned HTML, and how many pictures were left out. `place`: what one pastes into. */
export function clean(html, place = {}) {
  const loose = /^\s*(?:<meta[^>]*>\s*)?<(?:tr|td|th|tbody)\b/i.test(html) ? `<table>${html}</table>` : html;
  const reader = new Reader(cellStyles(html));
  const source = new DOMParser().parseFromString(inert(loose), "text/html");
  return { html: toHtml(reader.blocks(source.body), place), images: reader.images };
}
