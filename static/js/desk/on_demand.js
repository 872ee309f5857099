/* Parts that are fetched when first asked for. Most of them need the server anyway. */
import { say, unsay } from "./commands.js";
import { onTab } from "./panel.js";

const UNREACHED = "Det gick inte att hämta. Försök igen när nätet är tillbaka, eller ladda om sidan.";

const onDemand = (fetching, use) => async () => {
  let part;
  try {
    part = await fetching();
  } catch {
    return say(UNREACHED);
  }
  unsay(UNREACHED);
  return use(part);
};

const preview = () => import("./preview.js");

export const openFind = onDemand(() => import("./find.js"), (part) => part.openFind());
export const showRemoved = onDemand(() => import("./removed.js"), (part) => part.showRemoved());
/** By the key. */
export const showPages = onDemand(preview, (part) => part.showPages());
const showLastTime = onDemand(() => import("./last_time.js"), (part) => part.showLastTime());

export function startOnDemand() {
  for (const [button, act] of [
    ["#show-find", openFind],
    ["#show-removed", showRemoved],
    ["#show-preview", onDemand(preview, (part) => part.openOrClose())],
    [".zone-switch [data-zone=preview]", onDemand(preview, (part) => part.update())],
  ]) document.querySelector(button).addEventListener("click", act);
  // Only after a return are there any.
  if (document.getElementById("panel-remarks")) onDemand(() => import("./remarks.js"), (part) => part.startRemarks())();
  onTab((name) => { if (name === "last") showLastTime(); });
}
