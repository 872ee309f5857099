"""The whole job in a real browser: secretary, chair, justerare and member, on desk and phone.

Each page that is passed is looked at: axe 0 in light and dark, nothing sideways, nothing in the
console. Mail goes over SMTP to a server of the test's own.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings.models import Meeting, SealedMinutes
from meetings.states import State
from members import mail
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import saved
from tests.builders import PASSWORD, Cast
from tests.postbox import Postbox

SignIn = Callable[..., Watched]


def deliver(postbox: Postbox, to: str) -> str:
    """Let the worker's job empty the outbox; the body of the newest mail to an address."""
    while mail.deliver_next() is not None:
        pass
    letters = [letter for letter in postbox.letters if to in str(letter["To"])]
    return str(letters[-1].get_content())


def path_in(body: str) -> str:
    """The address a mail links to, on this server."""
    found = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("width", [DESK, PHONE], ids=["desk", "phone"])
def test_the_whole_job(cast: Cast, sign_in: SignIn, postbox: Postbox, width: int) -> None:
    secretary = sign_in(cast.secretary, width=width)
    plan(secretary, cast)
    prepare_agenda(secretary)
    summon(secretary)
    assert "Sessionssalen" in deliver(postbox, "patrik@")
    write_minutes(secretary, width)
    send_to_justering(secretary)

    asked = deliver(postbox, "gunilla@")
    justera(sign_in(cast.chair, width=width), path_in(asked), last=False)
    asked = deliver(postbox, "jorgen@")
    justera(sign_in(cast.adjuster, width=width), path_in(asked), last=True)

    meeting = Meeting.objects.get()
    assert meeting.state == State.APPROVED
    done = deliver(postbox, "karin@")
    assert path_in(done) == f"/strandkopings-bra/moten/{meeting.key}/protokoll/"
    find_and_read(sign_in(cast.member, width=width))


def plan(secretary: Watched, cast: Cast) -> None:
    page = secretary.go("/")
    secretary.look(where="an empty start page")
    page.get_by_role("link", name="Planera ett möte").first.click()
    expect(page.get_by_label("Datum")).to_be_visible()
    secretary.look(where="the form of a new meeting")
    day = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=1)
    page.get_by_label("Datum").fill("2026-02-31")
    page.get_by_label("Plats").fill("Sessionssalen")
    page.get_by_role("button", name="Planera mötet").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_label("Plats")).to_have_value("Sessionssalen")
    secretary.look(where="a date that does not exist")
    page.get_by_label("Datum").fill(day.isoformat())
    page.get_by_label("Börjar").fill("13.30")
    page.get_by_label("Slutar").fill("15.30")
    page.get_by_role("button", name="Planera mötet").click()
    page.wait_for_url(f"**/moten/{day.isoformat()}/**")
    secretary.look(where="the planned meeting")


def prepare_agenda(secretary: Watched) -> None:
    page = secretary.page
    page.goto(f"{secretary.base}{meeting_path()}dagordning/")
    field = page.get_by_label("Ny punkt")
    field.fill("Biltrafiken på Lotsgatan")
    field.press("Enter")
    expect(page.get_by_text("Biltrafiken på Lotsgatan").first).to_be_visible()
    secretary.look(where="the agenda")
    moved = page.get_by_role("listitem").filter(has_text="Biltrafiken på Lotsgatan")
    for _ in range(2):
        with page.expect_response("**/flytta/"):
            moved.get_by_role("button", name=re.compile("upp", re.IGNORECASE)).click()
    headings = [item.heading for item in Meeting.objects.get().items.standing()]
    assert headings.index("Biltrafiken på Lotsgatan") == 3


def summon(secretary: Watched) -> None:
    page = secretary.go(meeting_path())
    secretary.look(where="the meeting before the call")
    page.goto(f"{secretary.base}{meeting_path()}kalla/")
    secretary.look(where="the call")
    page.get_by_role("button", name="Skicka kallelsen").click()
    expect(page.get_by_role("button", name="Öppna protokollet").first).to_be_visible()
    page.get_by_role("button", name="Öppna protokollet").first.click()
    page.wait_for_url("**/skriv/")


def write_minutes(secretary: Watched, width: int) -> None:
    page = secretary.page
    secretary.look(where="the desk, empty")
    for item in Meeting.objects.get().items.standing():
        section = choose(page, width, item.heading)
        if item.heading == "Val av justerare":
            continue  # once everybody is marked
        section.locator(".text").click()
        expect(section.locator(".text")).to_be_focused()
        page.keyboard.type(f"Rådet talar om {item.heading.lower()}.")
        if item.heading == "Fastställande av dagordningen":
            section.get_by_role("button", name="Dagordningen fastställs").click()
    saved(page)
    secretary.look(where="the desk, written")

    zone(page, width, "Närvaro")
    page.get_by_role("button", name="Alla övriga här").click()
    expect(page.get_by_role("radio", name="Patrik Norrbäck: här")).to_be_checked()
    page.get_by_role("radio", name="Leif Kvarnbo: förhinder").check()
    secretary.look(where="the attendance")

    section = choose(page, width, "Val av justerare")
    section.get_by_role("button", name="Jörgen Almhöjd").click()
    expect(section).to_contain_text("Jörgen Almhöjd utses att justera dagens protokoll.")
    saved(page)


def send_to_justering(secretary: Watched) -> None:
    page = secretary.go(f"{meeting_path()}kontroll/")
    secretary.look(where="before justering")
    page.get_by_role("button", name="Skicka till justering").click()
    page.wait_for_url(f"**{meeting_path()}")
    secretary.look(where="the meeting in justering")
    assert Meeting.objects.get().state == State.SIGNING


def justera(signer: Watched, path: str, *, last: bool) -> None:
    signer.go("/")
    signer.look(where="the signer's start page")
    page = signer.go(path)
    signer.look(where="the page of justering")
    expect(page.locator("main")).to_contain_text("Rådet talar om biltrafiken på lotsgatan.")
    page.get_by_label("Ditt lösenord").fill("inte rätt")
    page.get_by_role("button", name="Justera", exact=True).click()
    expect(page.locator("main")).to_contain_text("Lösenordet stämmer inte")
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_role(
        "button", name="Justera", exact=True
    ).dblclick()  # the second click does nothing more
    page.wait_for_url("**/kvitto/")
    expect(page.locator("main")).to_contain_text("Digitalt godkännande med lösenord")
    if last:
        expect(page.locator("main")).to_contain_text("Du var den sista")
    signer.look(where="the receipt")


def find_and_read(member: Watched) -> None:
    page = member.go("/")
    member.look(where="the member's start page")
    page.goto(f"{member.base}/sok/?q=lotsgatan")
    member.look(where="the search")
    page.get_by_role("link", name="Biltrafiken på Lotsgatan").first.click()
    expect(page.locator("main")).to_contain_text("Rådet talar om biltrafiken på lotsgatan.")
    member.look(where="the minutes")
    page.goto(f"{member.base}/arkiv/")
    member.look(where="the archive")
    answer = page.request.get(f"{member.base}{meeting_path()}protokoll.pdf")
    sealed = SealedMinutes.objects.get()
    assert hashlib.sha256(answer.body()).hexdigest() == sealed.pdf_sha256
    draft = page.request.get(f"{member.base}{meeting_path()}skriv/")
    assert draft.status == 404


def meeting_path() -> str:
    return f"/strandkopings-bra/moten/{Meeting.objects.get().key}/"


def zone(page: Page, width: int, name: str) -> None:
    """On a phone the three zones are tabs."""
    if width == PHONE:
        page.get_by_role("navigation", name="Delar av skrivbordet").get_by_role(
            "button", name=name
        ).click()


def choose(page: Page, width: int, heading: str) -> Locator:
    """Go to a § by the list of them; on a phone it is a tab of its own."""
    zone(page, width, "Paragrafer")
    page.get_by_role("navigation", name="Paragrafer").get_by_role("link", name=heading).click()
    item = Meeting.objects.get().items.get(heading=heading)
    return page.locator(f"#item-{item.pk}")
