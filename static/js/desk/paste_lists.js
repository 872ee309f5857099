/* Lists as other programs write them. Word has none: it has paragraphs with a level and, in a part
   that browsers should leave out, the bullet or number as it looks. */

const LETTERS = { "lower-alpha": "a", "upper-alpha": "A", "lower-latin": "a", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I" };

/** "l0 level2 lfo1" of a paragraph's style, or undefined when it is no point of a list. */
export function itemOf(style) {
  const found = /mso-list\s*:\s*l(\d+)\s+level(\d+)/i.exec(style);
  return found ? { level: Number(found[2]) } : undefined;
}

/** The kind of numbers of an <ol>: "" (1, 2, 3), a, A, i or I. */
export function kindOf(list, reader) {
  const type = list.getAttribute("type") ?? "";
  if (/^[aAiI]$/.test(type)) return type;
  const first = list.querySelector(":scope > li");
  const said = `${reader.style(list)};${first ? reader.style(first) : ""}`;
  return LETTERS[/list-style(?:-type)?\s*:[^;]*?((?:lower|upper)-(?:alpha|latin|roman))/i.exec(said)?.[1].toLowerCase()] ?? "";
}

const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function roman(word) {
  const values = [...word.toLowerCase()].map((letter) => ROMAN[letter]);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}

/** What a marker says: "3." a number, "b)" a letter, "iv." a Roman number, all else a bullet. */
function read(marker, before) {
  const said = (marker ?? "").replace(/[\s\u00a0]+/g, "");
  const number = /^\(?(?:\d+\.)*(\d+)[.):]?\)?$/.exec(said);
  if (number) return { ordered: true, kind: "", number: Number(number[1]) };
  const word = /^\(?([a-zA-Z]+)[.)]$/.exec(said)?.[1];
  if (!word) return { ordered: false, kind: "" };
  const upper = word === word.toUpperCase();
  // "i" begins a list of Roman numbers unless the point before it was "h".
  const isRoman = /^[ivxlc]+$/i.test(word) && (word.length > 1 || word.toLowerCase() === "i" ? before?.kind.toLowerCase() !== "a" : before?.kind.toLowerCase() === "i");
  if (isRoman) return { ordered: true, kind: upper ? "I" : "i", number: roman(word) };
  if (word.length > 1) return { ordered: false, kind: "" };
  return { ordered: true, kind: upper ? "A" : "a", number: word.toLowerCase().charCodeAt(0) - 96 };
}

const TYPED = /^[•·▪◦●‣\uf0b7\uf0a7]\s*/;

/** A bullet that is typed at the beginning of a paragraph. */
function typedBullet(block) {
  const first = block.runs[0];
  if (first?.br || !TYPED.test(first?.text ?? "")) return undefined;
  const runs = block.runs.map((run, i) => (i ? run : { ...run, text: run.text.replace(TYPED, "") })).filter((run) => run.br || run.text);
  if (runs.length && !runs[0].br) runs[0] = { ...runs[0], text: runs[0].text.replace(/^[\s\u00a0]+/, "") };
  return runs.length ? { ...block, runs, item: { level: 1, ordered: false, kind: "" } } : undefined;
}

/** Points that follow on each other become lists in lists; lists that go on become one. */
export function gather(blocks) {
  const found = [];
  let open = []; // the lists from the outermost to the one at hand, each with its level
  for (let block of blocks) {
    if (block.type === "p" && block.heading === undefined && !block.item) block = typedBullet(block) ?? block;
    if (!block.item || isSection(block)) {
      open = [];
      join(found, block.item ? numbered(block) : block);
    } else open = point(block, open, found);
  }
  return found;
}

/** Numbers of headings and of §§ are words of the text, no list. */
const isSection = (block) => block.heading !== undefined || /§\s*\d/.test(block.item.marker ?? "");

function numbered(block) {
  const marker = (block.item.marker ?? "").replace(/[\s\u00a0]+/g, " ").trim();
  const own = { ...block, item: undefined };
  return /\d/.test(marker) ? { ...own, runs: [{ text: `${marker} `, marks: {} }, ...block.runs] } : own;
}

function point(block, open, found) {
  const { level } = block.item;
  let lists = open.filter((one) => one.level <= level);
  const same = lists.at(-1)?.level === level ? lists.at(-1).list : undefined;
  const item = "ordered" in block.item ? block.item : read(block.item.marker, same);
  const goesOn = same && same.ordered === item.ordered && same.kind === item.kind && !(item.ordered && item.number === 1);
  if (goesOn) {
    same.items.push([block]);
    return lists;
  }
  if (same) lists = lists.slice(0, -1);
  const list = { type: "list", ordered: item.ordered, kind: item.kind, start: item.number ?? 1, items: [[block]] };
  if (lists.length) lists.at(-1).list.items.at(-1).push(list);
  else join(found, list);
  return [...lists, { level, list }];
}

function join(found, block) {
  const last = found.at(-1);
  const goesOn = block.type === "list" && last?.type === "list" && last.ordered === block.ordered && last.kind === block.kind
    && (!block.ordered || block.start === last.start + last.items.length);
  if (goesOn) last.items.push(...block.items);
  else found.push(block);
}
