"""A page enlarged until little of it is seen at a time: nothing sideways, nothing in the way.

What stays while one scrolls takes at most a third of the height, and what has the focus is never
wholly under it (WCAG 1.4.10 and 2.4.11). The pages are asked with reduced motion, so that what is
scrolled is there at once.
"""

from __future__ import annotations

from tests.browser.conftest import Watched

FAULTS = """() => {
  const found = new Set();
  const html = document.documentElement;
  const wide = html.scrollWidth - html.clientWidth;
  if (wide > 0) found.add(`${wide} px sideways`);

  const stays = (one) => one.closest("dialog, [popover]") === null
    && /fixed|sticky/.test(getComputedStyle(one).position);
  const inBar = (one) => one !== null && (stays(one) || inBar(one.parentElement));
  window.scrollTo(0, (html.scrollHeight - innerHeight) / 2);
  let covered = 0;
  for (let y = 2; y < innerHeight; y += 4) {
    const across = [0.5, 0.25].map((part) => document.elementFromPoint(innerWidth * part, y));
    if (across.every(inBar)) covered += 4;
  }
  if (covered > innerHeight / 3 + 4) found.add(`${covered} px of ${innerHeight} never scroll`);

  const shows = (one, over) => over !== null
    && (one.contains(over) || over.contains(one)
      || [...one.labels ?? []].some((label) => label.contains(over)));
  const hidden = (one) => {
    const box = one.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right - left < 1 || bottom - top < 1) return box.width > 1 && box.height > 1;
    const at = (part) => [(left + right) / 2, top + (bottom - top) * part];
    return [0.15, 0.5, 0.85].every((y) => !shows(one, document.elementFromPoint(...at(y))));
  };
  const stops = "a[href], button, input, select, textarea, summary, [tabindex]";
  const all = [...document.querySelectorAll(stops)].filter((one) => one.tabIndex >= 0
    && !one.disabled && one.checkVisibility({ visibilityProperty: true }));
  for (const one of [...all, ...all.toReversed()]) {
    one.focus();
    if (document.activeElement !== one || !hidden(one)) continue;
    const name = one.textContent.trim().slice(0, 30);
    found.add(`under something: ${one.tagName} ${one.id || one.className} ${name}`);
  }
  return [...found].slice(0, 6);
}"""


def faults_enlarged(watched: Watched, size: tuple[int, int]) -> list[str]:
    page = watched.page
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": size[0], "height": size[1]})
    found: list[str] = page.evaluate(FAULTS)
    page.set_viewport_size(before)
    return found
