/* Two texts beside each other: block by block, and word by word inside two that are alike. The same
   way as meetings/comparing on the server, in the little that the page needs. */

const MOST_WORDS = 600;
const ALIKE = 0.3; // share of common words from which two blocks are one put otherwise

/** The blocks (paragraphs, lists, tables) of a text, as elements. */
export function blocks(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return [...holder.content.children].filter((one) => one.textContent.trim());
}

const plain = (block) => block.textContent.replace(/\s+/g, " ").trim();
export const same = (a, b) => a.tagName === b.tagName && plain(a) === plain(b);

/** Pairs of places that go together in both (the longest common run). */
function common(a, b, alike) {
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i][j] = alike(a[i], b[j]) ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (alike(a[i], b[j])) found.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/** Rows of {mine, theirs, pick}: equal blocks beside each other, between them first with first.
    pick is what is likely wanted: what only one of the two changed since `base`, else both. */
export function rowsOf(mine, theirs, base) {
  const found = [];
  let [i, j] = [0, 0];
  for (const [nextMine, nextTheirs] of [...common(mine, theirs, same), [mine.length, theirs.length]]) {
    while (i < nextMine || j < nextTheirs) {
      found.push({ mine: i < nextMine ? mine[i++] : null, theirs: j < nextTheirs ? theirs[j++] : null });
    }
    if (i < mine.length) found.push({ mine: mine[i++], theirs: theirs[j++], equal: true });
  }
  const before = (block) => base?.some((one) => same(one, block)) ?? false;
  for (const row of found) row.pick = row.equal ? "theirs" : likely(row, before);
  return found;
}

function likely({ mine, theirs }, before) {
  if (!theirs) return before(mine) ? "theirs" : "mine"; // they took it away, or it is new here
  if (!mine) return before(theirs) ? "mine" : "theirs";
  if (before(mine)) return "theirs";
  return before(theirs) ? "mine" : "both";
}

/** The blocks that a row's choice leaves. */
export function left({ mine, theirs, pick, equal }) {
  if (equal) return [theirs];
  return { mine: [mine], theirs: [theirs], both: [theirs, mine] }[pick].filter(Boolean);
}

function wordsOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    for (const match of walker.currentNode.data.matchAll(/\S+/g)) {
      found.push({ node: walker.currentNode, at: match.index, word: match[0] });
    }
  }
  return found;
}

function markRest(words, kept) {
  for (let i = words.length - 1; i >= 0; i -= 1) {
    if (kept.has(i)) continue;
    const last = words[i];
    while (i > 0 && !kept.has(i - 1) && words[i - 1].node === last.node) i -= 1;
    const range = document.createRange();
    range.setStart(last.node, words[i].at);
    range.setEnd(last.node, last.at + last.word.length);
    const mark = document.createElement("mark");
    mark.className = "differs";
    range.surroundContents(mark);
  }
}

/** Mark, in two copies of blocks, the words that only one of them has. */
export function markWords(one, other) {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return;
  const pairs = common(a, b, (x, y) => x.word === y.word);
  if (pairs.length < ALIKE * Math.max(a.length, b.length)) return;
  markRest(a, new Set(pairs.map(([i]) => i)));
  markRest(b, new Set(pairs.map(([, j]) => j)));
}
