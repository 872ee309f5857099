/* What one does with a table, by the buttons of the toolbar or by commands. */

const ACTS = {
  addRowBefore: (chain) => chain.addRowBefore(),
  addRowAfter: (chain) => chain.addRowAfter(),
  addColumnBefore: (chain) => chain.addColumnBefore(),
  addColumnAfter: (chain) => chain.addColumnAfter(),
  toggleHeaderRow: (chain) => chain.toggleHeaderRow(),
  deleteRow: (chain) => chain.deleteRow(),
  deleteColumn: (chain) => chain.deleteColumn(),
  deleteTable: (chain) => chain.deleteTable(),
};

/** Do it; false when that is no act on a table. The last row or column takes the table with it. */
export function tableAct(editor, name) {
  const act = ACTS[name];
  if (!act) return false;
  if (!act(editor.chain().focus()).run() && name.startsWith("delete")) editor.chain().focus().deleteTable().run();
  return true;
}

/** The table the cursor stands in, or undefined. */
function tableAt(editor) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "table") return $from.node(depth);
  }
  return undefined;
}

export function hasHeaderRow(editor) {
  const row = tableAt(editor)?.firstChild;
  return Boolean(row) && Array.from({ length: row.childCount }, (_, i) => row.child(i)).every((cell) => cell.type.name === "tableHeader");
}
