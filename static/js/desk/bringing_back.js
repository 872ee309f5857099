/* What could not be saved before the page was closed comes back to where it was written. */
import { keepers } from "./keeper.js";
import { keeperOfDetails } from "./attendance_details.js";
import { say } from "./commands.js";
import { putBackDraft } from "./draft.js";
import { offerLeft } from "./gone.js";
import { sectionOf, wake } from "./sections.js";
import { forget, keepNow, takeLeft } from "./store.js";
import { keeperOf } from "./texts.js";

/** The keeper of what was written there, with its § dressed if need be. */
function find(key) {
  const text = keeperOf(key) ?? keeperOfDetails(key);
  if (text) return text;
  const [, pk] = key.match(/^punkter\/(\d+)\//) ?? [];
  const section = pk ? sectionOf(pk) : document.querySelector(".item[data-kind=next_meeting]");
  if (section) wake(section);
  return [...keepers].find((keeper) => keeper.key === key);
}

async function putBack(one) {
  if (one.draft) {
    const back = putBackDraft(one);
    return back === null ? { gone: true } : { where: one.where, said: back === true ? "" : back };
  }
  const keeper = find(one.key);
  if (!keeper) return { gone: true };
  // Somebody may have begun to write in it already.
  await keeper.save();
  const done = await keeper.kept.putBack(one);
  if (!done) return {};
  if (done === true) {
    keeper.touch({ now: true });
    await keepNow(keeper);
  }
  return { where: one.where, said: done === true ? "" : done };
}

function listed(names) {
  const all = [...new Set(names)];
  const last = all.pop();
  return all.length ? `${all.join(", ")} och ${last}` : last;
}

export function bringBack() {
  return takeLeft(async (left) => {
    const [places, sentences] = [[], []];
    for (const one of left) {
      const { where, said, gone } = await putBack(one);
      if (where && !said) places.push(where);
      if (said) sentences.push(said);
      if (!gone) await forget(one.id);
      else offerLeft(one, async () => { if (!(await putBack(one)).gone) await forget(one.id); });
    }
    if (places.length) sentences.unshift(`Det du skrev i ${listed(places)} hann inte sparas förra gången. Nu står det där igen.`);
    if (sentences.length) say(sentences.join(" "));
  });
}
