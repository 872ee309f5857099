/* Writing in a text before the editor has come: the browser's own editing, in plain paragraphs.
   When the editor comes it takes over the words, and the caret where it stands. */

const BLOCKS = new Set(["P", "UL", "OL", "H3", "H4", "TABLE", "BLOCKQUOTE"]);
// Unicode's noncharacters: never in anybody's text, so they can mark where the caret stands.
const [ANCHOR, HEAD] = ["\uFDD0", "\uFDD1"];

/** Let the browser edit a text; changed() is called at each change until the answer is called. */
export function editNatively(element, changed) {
  document.execCommand("defaultParagraphSeparator", false, "p");
  // What stands between paragraphs in the HTML would be lines of its own where spaces are kept.
  for (const node of [...element.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE && element.children.length && !node.data.trim()) node.remove();
  }
  element.contentEditable = "true";
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener("input", changed, { signal });
  element.addEventListener("paste", pastePlain, { signal });
  element.addEventListener("drop", (event) => event.preventDefault(), { signal });
  return () => stop.abort();
}

/** Without the editor nobody cleans what is pasted: its words come, what they looked like does not. */
function pastePlain(event) {
  event.preventDefault();
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
  document.execCommand("insertText", false, text);
}

export function caretAtEnd(element) {
  const selection = window.getSelection();
  selection.selectAllChildren(element);
  selection.collapseToEnd();
}

/** The words as HTML; with the caret in it as two marks when it stands here and is asked for. */
export function nativeHtml(element, { caret = false } = {}) {
  const copy = element.cloneNode(true);
  if (caret) mark(element, copy);
  for (const one of copy.querySelectorAll("[style], [class]")) {
    one.removeAttribute("style");
    one.removeAttribute("class");
  }
  for (const one of copy.querySelectorAll("span, font")) one.replaceWith(...one.childNodes);
  wrapLoose(copy);
  // The browser keeps an empty line open with a <br>, and one last in a line is never seen.
  for (const one of copy.querySelectorAll("br:last-child")) if (!one.nextSibling) one.remove();
  return copy.textContent.trim() ? copy.innerHTML : "";
}

function wrapLoose(copy) {
  let line = null;
  for (const node of [...copy.childNodes]) {
    if (node.nodeName === "DIV") {
      const paragraph = document.createElement("p");
      paragraph.append(...node.childNodes);
      node.replaceWith(paragraph);
      line = null;
    } else if (BLOCKS.has(node.nodeName)) {
      line = null;
    } else if (node.nodeName === "BR") {
      node.remove();
      line = null;
    } else {
      if (!line) {
        line = document.createElement("p");
        node.before(line);
      }
      line.append(node);
    }
  }
}

/** Where a point of the text is in a copy of it, as near the words as one comes. */
function pointIn(element, copy, node, offset) {
  if (!element.contains(node)) return null;
  const path = [];
  for (let one = node; one !== element; one = one.parentNode) path.unshift([...one.parentNode.childNodes].indexOf(one));
  let place = path.reduce((found, at) => found.childNodes[at], copy);
  let at = offset;
  while (place.nodeType === Node.ELEMENT_NODE && place.childNodes.length) {
    const next = place.childNodes[Math.min(at, place.childNodes.length - 1)];
    if (next.nodeName === "BR") break;
    at = at < place.childNodes.length ? 0 : next.childNodes.length || next.data?.length || 0;
    place = next;
  }
  const range = document.createRange();
  range.setStart(place, at);
  return range;
}

function mark(element, copy) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = window.getSelection();
  if (!anchorNode || document.activeElement !== element) return;
  const [anchor, head] = [pointIn(element, copy, anchorNode, anchorOffset), pointIn(element, copy, focusNode, focusOffset)];
  if (!anchor || !head) return;
  anchor.insertNode(document.createTextNode(ANCHOR));
  head.insertNode(document.createTextNode(HEAD));
}

/** The marks become the editor's own selection, and are gone before anybody sees or saves them. */
export function takeCaret(editor) {
  const found = new Map();
  editor.state.doc.descendants((node, position) => {
    for (const one of [ANCHOR, HEAD]) {
      const at = node.isText ? node.text.indexOf(one) : -1;
      if (at >= 0) found.set(one, position + at);
    }
  });
  if (found.size < 2) return;
  const [anchor, head] = [found.get(ANCHOR), found.get(HEAD)];
  const [first, last] = anchor < head ? [anchor, head] : [head, anchor];
  const change = editor.state.tr.delete(last, last + 1).delete(first, first + 1);
  editor.view.dispatch(change.setMeta("addToHistory", false).setMeta("preventUpdate", true));
  const less = (own, other) => (own > other ? own - 1 : own);
  editor.commands.setTextSelection({ from: less(anchor, head), to: less(head, anchor) });
  editor.view.focus();
}
