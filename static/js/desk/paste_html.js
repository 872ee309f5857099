/* The blocks that were read from the clipboard, as HTML for the place they go to. */

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/\u00a0/g, "&nbsp;");
const MARKS = ["sup", "sub", "u", "em", "strong"];

function inline(runs, plain = false) {
  return runs.map((run) => {
    if (run.br) return "<br>";
    const words = MARKS.reduce((html, mark) => (run.marks[mark] && !(plain && mark === "strong") ? `<${mark}>${html}</${mark}>` : html), escape(run.text));
    return run.marks.href ? `<a href="${escape(run.marks.href)}">${words}</a>` : words;
  }).join("");
}

/** Paragraphs of a row each, where a table cannot stand. */
function rowsAsText(table) {
  return table.rows.flatMap((row) => {
    const cells = row.map((cell) => cell.blocks.flatMap(runsIn)).filter((runs) => runs.length);
    const runs = cells.flatMap((own, i) => (i ? [{ text: " ", marks: {} }, ...own] : own));
    return runs.length ? [{ type: "p", runs }] : [];
  });
}

function runsIn(block) {
  const inside = block.type === "list" ? block.items.flat() : block.type === "quote" ? block.blocks : block.type === "table" ? rowsAsText(block) : null;
  return inside ? inside.flatMap(runsIn).concat({ text: " ", marks: {} }) : block.runs;
}

/** Only paragraphs and lists: for a cell or a point of a list. A heading becomes bold. */
function plainer(blocks) {
  return blocks.flatMap((block) => {
    if (block.type === "table") return rowsAsText(block);
    if (block.type === "quote") return plainer(block.blocks);
    if (block.heading === undefined) return [block];
    return [{ ...block, heading: undefined, runs: block.runs.map((run) => (run.br ? run : { ...run, marks: { ...run.marks, strong: true } })) }];
  });
}

const unquoted = (blocks) => blocks.flatMap((block) => (block.type === "quote" ? unquoted(block.blocks) : [block]));

function write(blocks, top) {
  return blocks.map((block) => WRITERS[block.type](block, top)).join("");
}

const WRITERS = {
  p(block, top) {
    if (block.heading === undefined) return `<p>${inline(block.runs)}</p>`;
    // § headings are h2, so a text begins at h3: the highest level there is, and all below it.
    const tag = block.heading === top ? "h3" : "h4";
    const bold = block.runs.every((run) => run.br || run.marks.strong);
    return `<${tag}>${inline(block.runs, bold)}</${tag}>`;
  },
  quote(block, top) {
    const inside = write(unquoted(block.blocks), top);
    return inside ? `<blockquote>${inside}</blockquote>` : "";
  },
  list(block, top) {
    const tag = block.ordered ? "ol" : "ul";
    const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : "";
    const kind = block.kind ? ` type="${block.kind}"` : "";
    const items = block.items.map((item) => {
      const blocks = plainer(item);
      return `<li>${blocks[0].type === "p" ? "" : "<p></p>"}${write(blocks, top)}</li>`;
    });
    return `<${tag}${start}${kind}>${items.join("")}</${tag}>`;
  },
  table(block) {
    const rows = block.rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`);
    return `<table><tbody>${rows.join("")}</tbody></table>`;
  },
};

function cell({ head, colspan, rowspan, blocks }) {
  const tag = head ? "th" : "td";
  const spans = `${colspan > 1 ? ` colspan="${colspan}"` : ""}${rowspan > 1 ? ` rowspan="${rowspan}"` : ""}`;
  return `<${tag}${spans}>${write(plainer(blocks)) || "<p></p>"}</${tag}>`;
}

/** `place.cell`: one pastes into a cell, and `place.head`: of the head. `place.list` ("ul", "ol"): into a point of a list. */
export function toHtml(blocks, place) {
  if (place.head && blocks[0]?.type === "table") for (const one of blocks[0].rows[0]) one.head = true;
  if (place.cell && !(blocks.length === 1 && blocks[0].type === "table")) return write(plainer(blocks));
  if (place.list && blocks.length > 1 && blocks.every((block) => block.type === "p" && block.heading === undefined)) {
    return write([{ type: "list", ordered: place.list === "ol", kind: "", start: 1, items: blocks.map((block) => [block]) }]);
  }
  return write(blocks, Math.min(...headings(blocks)));
}

function headings(blocks) {
  return blocks.flatMap((block) => (block.type === "quote" ? headings(block.blocks) : block.heading ?? []));
}
