/* Tables as other programs write them: real ones, and those that only place things on a page. */

const rowsOf = (table) => [...table.rows].filter((row) => !hidden(row));
const hidden = (element) => /(?<![\w-])display\s*:\s*none/i.test(element.dataset.style ?? "");
const span = (cell, name) => Math.max(1, Math.min(100, Number.parseInt(cell.getAttribute(name) ?? "1", 10) || 1));

/** A table with tables in it, or with a single cell, places things on a page. */
function isLayout(table, rows) {
  if (table.getAttribute("role") === "presentation") return true;
  const cells = rows.reduce((sum, row) => sum + row.cells.length, 0);
  if (cells <= 1) return true;
  return table.querySelectorAll(":scope table :is(td, th)").length >= cells;
}

/** The blocks that a table becomes: itself, or what stands in its cells. */
export function tableOf(table, reader, marks) {
  const rows = rowsOf(table);
  if (isLayout(table, rows)) {
    return rows.flatMap((row) => [...row.cells].flatMap((cell) => reader.blocks(cell, marks)));
  }
  const caption = table.caption ? reader.blocks(table.caption, marks) : [];
  const read = rows.map((row) => [...row.cells].filter((cell) => !hidden(cell)).map((cell) => cellOf(cell, row, reader, marks))).filter((row) => row.length);
  while (read.length && read.at(-1).every((cell) => !cell.blocks.length)) read.pop();
  if (!read.length) return caption;
  nameHeaders(read);
  return [...caption, { type: "table", rows: read }];
}

function cellOf(cell, row, reader, marks) {
  const weight = { ...marks };
  if (/(?<![\w-])font-weight\s*:\s*(bold|[6-9]00)/i.test(reader.style(cell))) weight.strong = true;
  if (/(?<![\w-])font-style\s*:\s*italic/i.test(reader.style(cell))) weight.em = true;
  return {
    head: cell.tagName === "TH" || row.parentElement.tagName === "THEAD",
    colspan: span(cell, "colspan"),
    rowspan: span(cell, "rowspan"),
    blocks: reader.blocks(cell, weight),
  };
}

const runsOf = (cell) => cell.blocks.flatMap((block) => (block.type === "p" ? block.runs : [])).filter((run) => !run.br);
const isBold = (row) => row.some((cell) => cell.blocks.length) && row.every((cell) => !cell.blocks.length || (runsOf(cell).length > 0 && runsOf(cell).every((run) => run.marks.strong || !run.text.trim())));

/** A first row that is all bold, over one that is not, names the columns. */
function nameHeaders(rows) {
  if (rows.length > 1 && !rows.flat().some((cell) => cell.head) && isBold(rows[0]) && !isBold(rows[1])) {
    for (const cell of rows[0]) cell.head = true;
  }
  for (const cell of rows.flat()) {
    if (cell.head) for (const run of runsOf(cell)) run.marks = { ...run.marks, strong: false };
  }
}
