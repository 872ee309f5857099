"""Somebody who has no mouse: presses keys, and always knows where they are.

After each press the focus is somewhere, is seen to be there, and nothing lies over it (WCAG 2.4.3,
2.4.7, 2.4.11). A pointer that reaches the page is said in its console, which Watched reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched

NO_POINTER = """for (const kind of ["pointerdown", "mousedown", "touchstart"]) {
  window.addEventListener(kind, () => console.error(`a ${kind} reached the page`), true);
}"""

# What is wrong with where the focus is, or "".
WHERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "the focus is nowhere";
  const name = `${one.tagName} ${one.id || one.className} ${one.textContent.trim().slice(0, 40)}`;
  const box = one.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (right - left < 2 || bottom - top < 2) return `${name} is out of sight`;
  const rows = [top + 2, (top + bottom) / 2, bottom - 2];
  const seen = rows.some((y) => {
    const over = document.elementFromPoint((left + right) / 2, y);
    return one.contains(over) || over?.contains(one) && !over.matches("dialog, body, html");
  });
  if (!seen) return `${name} lies under something`;
  // Its own little button, with its own ring, inside what cannot be looked into.
  if (one.matches("[type=date], [type=time]") && !one.matches(":focus")) return "";
  if (one.tabIndex < 0) return "";
  const style = getComputedStyle(one);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return ring || style.boxShadow !== "none" ? "" : `${name} does not look focused`;
}"""

SOON = f"""async () => {{
  const where = {WHERE};
  let fault = where();
  for (let tries = 0; fault && tries < 200; tries += 1) {{
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
    fault = where();
  }}
  return fault;
}}"""


@dataclass
class Hands:
    """Ten fingers on a keyboard."""

    watched: Watched

    def __post_init__(self) -> None:
        self.page.add_init_script(NO_POINTER)
        self.page.emulate_media(reduced_motion="reduce")  # no scrolling that takes its time

    @property
    def page(self) -> Page:
        return self.watched.page

    def press(self, *keys: str) -> None:
        """Each key, and the focus is where one can see it afterwards."""
        for key in keys:
            self.page.keyboard.press(key)
        self.knows_where()

    def write(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def knows_where(self) -> None:
        """What is led somewhere by an answer of the server may take its time."""
        fault = self.page.evaluate(SOON)
        assert fault == "", fault

    def lands(self, on: Locator) -> None:
        """The focus has been led there, by the program."""
        expect(on).to_be_focused()
        self.knows_where()

    def tab_to(self, wanted: Locator, *, most: int = 12, back: bool = False) -> None:
        """Tab, and Tab again, until one is there: not too far, and seen all the way."""
        expect(wanted.first).to_be_attached()
        for _ in range(most):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            self.knows_where()
            if wanted.evaluate_all("all => all.includes(document.activeElement)"):
                return
        raise AssertionError(f"{wanted} is not within {most} tabs")

    def follow(self, wanted: Locator, *, key: str = "Enter", most: int = 12) -> None:
        """Tab to a link or a button that leads to another page, and press it."""
        self.tab_to(wanted, most=most)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
