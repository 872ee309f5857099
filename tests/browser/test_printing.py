"""What comes out of the printer when one prints from the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from meetings import minuting, planning, secrecy
from meetings.models import Meeting
from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import open_desk, stored, write
from tests.builders import Cast

SignIn = Callable[..., Watched]


def test_the_desk_prints_its_text_without_its_tools_and_nothing_that_is_closed(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first, second, *_ = meeting.items.standing()
    third = planning.add_item(by=cast.secretary, meeting=meeting, heading="En familj")
    builders.write(cast.secretary, first, "<p>Ordföranden öppnar mötet.</p>")
    builders.write(cast.secretary, third, "<p>Om en familj.</p>")
    minuting.set_decisions(by=cast.secretary, item=first, points=["Mötet är öppnat."])
    secrecy.close_item(by=cast.secretary, item=third, secrecy="OSL 26 kap. 1 §")
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=second)
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    page.emulate_media(media="print")
    for shown in ("Ordföranden öppnar mötet.", "Mötet är öppnat.", "Sekretess, OSL 26 kap. 1 §"):
        expect(page.get_by_text(shown)).to_be_visible()
    expect(page.locator(f"#text-{third.pk}")).to_be_hidden()
    expect(page.locator(f"#heading-{third.pk}")).to_be_hidden()
    assert page.locator(":is(button, input, summary):visible").count() == 0
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")

    write(page, first, " Sist.")
    page.context.route("**/protokoll.pdf", lambda route: route.fulfill(body="The paper"))
    with page.expect_popup() as opened:
        page.keyboard.press("Control+p")
    expect(opened.value).to_have_url(re.compile(r"/protokoll\.pdf$"))
    assert "Sist." in stored(first)  # saved first
