/* What is typed on a page waits for one who leaves it by a link marked data-keep and comes back.
   Kept in this tab alone; passwords, codes and hidden fields never. */
const KEY = `typed:${location.pathname}`;

function fields() {
  const all = document.querySelectorAll("main form :is(textarea, select, input)");
  return [...all].filter(
    (one) => one.name && !["hidden", "password", "file", "submit"].includes(one.type) && one.autocomplete !== "one-time-code",
  );
}

function nameOf(field) {
  const ticked = ["radio", "checkbox"].includes(field.type);
  return ticked ? `${field.name}=${field.value}` : field.name;
}

function isTicked(field) {
  return ["radio", "checkbox"].includes(field.type);
}

function keep() {
  const kept = Object.fromEntries(
    fields().map((field) => [nameOf(field), isTicked(field) ? field.checked : field.value]),
  );
  sessionStorage.setItem(KEY, JSON.stringify(kept));
}

function putBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (!kept) return;
  for (const field of fields()) {
    const value = kept[nameOf(field)];
    const now = isTicked(field) ? field.checked : field.value;
    if (value === undefined || value === now) continue;
    if (isTicked(field)) field.checked = value;
    else field.value = value;
    if (value) for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

document.addEventListener("click", (event) => {
  if (event.target.closest("a[data-keep]")) keep();
});
putBack();
