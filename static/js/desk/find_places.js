/* Where the words of the meeting stand: headings, texts, reports, decisions. What is found in each,
   and how it is changed there: through the ordinary editors, fields and keepers. */
import { decisionsOf, leave as showDecisions } from "./decisions.js";
import { allSections, currentSection, isClosed, wake } from "./sections.js";
import { editorOf } from "./texts.js";

const BLOCKS = "p, h3, h4, li, td, th, caption, blockquote";

/** The words of an element block by block: [{text, parts: [{node, at}]}]. */
function blocksOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const blocks = [];
  let last = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType !== Node.TEXT_NODE && node.nodeName !== "BR") continue;
    const inside = node.parentElement.closest(BLOCKS);
    const block = inside && root.contains(inside) ? inside : root;
    if (block !== last) blocks.push({ text: "", parts: [] });
    last = block;
    const { parts } = blocks.at(-1);
    if (node.nodeName === "BR") blocks.at(-1).text += "\n";
    else {
      parts.push({ node, at: blocks.at(-1).text.length });
      blocks.at(-1).text += node.data;
    }
  }
  return blocks;
}

function rangeOf({ parts }, start, end) {
  const from = parts.findLast((part) => part.at <= start);
  const to = parts.findLast((part) => part.at < end);
  const range = document.createRange();
  range.setStart(from.node, start - from.at);
  range.setEnd(to.node, end - to.at);
  return range;
}

const rangesIn = (root, pattern) => blocksOf(root).flatMap((block) => [...block.text.matchAll(pattern)].map((found) => rangeOf(block, found.index, found.index + found[0].length)));

/** Replace all that is found, or the one with that number; null when nothing changes. */
function changed(text, pattern, words, only, first = 0) {
  let number = first - 1;
  const after = text.replace(pattern, (found) => {
    number += 1;
    return only === null || only === number ? words : found;
  });
  return { after, count: number + 1 - first };
}

class Heading {
  constructor(section) {
    this.section = section;
    this.element = section.querySelector(".heading");
  }

  find(pattern) {
    return rangesIn(this.element, pattern).map((range) => ({ place: this, range }));
  }

  async replace(pattern, words, only) {
    wake(this.section);
    return this.put(changed(this.element.textContent, pattern, words, only).after);
  }

  put(after) {
    const before = this.element.textContent;
    this.element.textContent = after;
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
    return () => (this.element.textContent === after ? Boolean(this.put(before)) : false);
  }
}

class Text {
  constructor(section, element) {
    this.section = section;
    this.element = element;
  }

  find(pattern) {
    return rangesIn(this.element, pattern).map((range) => ({ place: this, range }));
  }

  async replace(pattern, words, only) {
    const editor = await editorOf(this.element);
    const before = editor.state.doc;
    const found = [];
    before.descendants((node, at) => {
      if (!node.isTextblock) return;
      const text = node.textBetween(0, node.content.size, null, "\n");
      for (const one of text.matchAll(pattern)) found.push([at + 1 + one.index, at + 1 + one.index + one[0].length]);
    });
    const { tr } = editor.state;
    const wanted = only === null ? found : [found[only]].filter(Boolean);
    for (const [from, to] of wanted.reverse()) {
      if (words) tr.insertText(words, from, to);
      else tr.delete(from, to);
    }
    editor.view.dispatch(tr);
    const after = editor.state.doc;
    return () => {
      if (!editor.state.doc.eq(after)) return false;
      const now = editor.state;
      editor.view.dispatch(now.tr.replaceWith(0, now.doc.content.size, before.content));
      return true;
    };
  }
}

class Points {
  constructor(section) {
    this.section = section;
    this.element = section.querySelector(".decision");
  }

  find(pattern) {
    const own = decisionsOf(this.section);
    if (!own) return rangesIn(this.element.querySelector(".points"), pattern).map((range) => ({ place: this, range }));
    return own.areas.flatMap((area) => [...area.value.matchAll(pattern)].map((found) => ({ place: this, area, start: found.index, end: found.index + found[0].length })));
  }

  async replace(pattern, words, only) {
    wake(this.section);
    const { areas } = decisionsOf(this.section);
    let first = 0;
    return this.put(areas.map((area) => {
      const { after, count } = changed(area.value, pattern, words, only, first);
      first += count;
      return after;
    }));
  }

  put(after) {
    const own = decisionsOf(this.section);
    const before = own.areas.map((area) => area.value);
    own.areas.forEach((area, i) => { area.value = after[i]; });
    own.changed();
    if (this.section !== currentSection()) showDecisions(this.section);
    return () => {
      const now = decisionsOf(this.section).areas.map((area) => area.value);
      return now.join("\0") === after.join("\0") ? Boolean(this.put(before)) : false;
    };
  }
}

/** All that can be searched, in the order it is read. `place.replace` answers with how to undo. */
export function places() {
  return allSections().flatMap((section) => [
    new Heading(section),
    ...[...section.querySelectorAll(".text")].map((element) => new Text(section, element)),
    new Points(section),
  ]);
}

export const canChange = (hit) => !isClosed(hit.place.section);
