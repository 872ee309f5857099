"""The main job from the sign-in to the archive, by somebody who has no mouse.

How each page looks and what axe says of it is tests.browser.test_main_job's. Here every step is a
key, and after it the focus is in sight.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from playwright.sync_api import Locator, Page, expect

from meetings.models import ActionItem, Meeting, Mode, SealedMinutes
from meetings.states import State
from members.models import ApprovalLevel, Council
from tests import authenticator
from tests.browser.conftest import Watched
from tests.browser.desk import editor_at_hand, saved
from tests.browser.keyboard import Hands
from tests.builders import PASSWORD, Cast

SignIn = Callable[..., Watched]


def test_the_whole_job_by_keyboard_alone(cast: Cast, sign_in: SignIn) -> None:
    Council.objects.update(approval_levels=[ApprovalLevel.PASSKEY, ApprovalLevel.PASSWORD_CODE])
    signers = {person: authenticator.give_codes(person) for person in (cast.chair, cast.adjuster)}
    secretary = Hands(sign_in(None))
    enter(secretary)
    plan(secretary)
    order_agenda(secretary)
    summon(secretary)
    attendance(secretary)
    write(secretary)
    send_to_justering(secretary)
    everybody = [secretary]
    for person, app in signers.items():
        everybody.append(Hands(sign_in(person)))
        justera(everybody[-1], app)
    assert Meeting.objects.get().state == State.APPROVED
    everybody.append(Hands(sign_in(cast.member)))
    read(everybody[-1])
    # Here a pointer would have been told of, too.
    assert [hands.watched.said for hands in everybody] == [[], [], [], []]


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def enter(hands: Hands) -> None:
    page = hands.watched.go("/")
    hands.tab_to(page.get_by_label("E-post"))
    hands.write("karin@kommun.example")
    hands.press("Tab")
    hands.lands(page.get_by_label("Lösenord", exact=True))
    hands.write(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url(hands.watched.base + "/")


def plan(hands: Hands) -> None:
    page = hands.page
    hands.tab_to(link(page, "Hoppa till innehållet"), most=1)
    hands.press("Enter")
    hands.follow(page.get_by_role("link", name="Planera ett möte"))
    hands.tab_to(page.get_by_label("Datum"), most=20)
    day = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=2)
    for words in (day.isoformat(), "13.30", "15.30", "Sessionssalen"):
        hands.write(words)
        hands.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def order_agenda(hands: Hands) -> None:
    page = hands.page
    assert Meeting.objects.get().place == "Sessionssalen"
    hands.tab_to(link(page, "Lägg till en punkt"))
    hands.press("Enter")
    hands.lands(page.get_by_label("Ny punkt"))
    hands.write("Biltrafiken på Lotsgatan")
    hands.press("Enter")
    row = page.get_by_role("listitem", name="Biltrafiken på Lotsgatan")
    expect(row).to_be_visible()
    hands.lands(page.get_by_label("Ny punkt"))
    hands.tab_to(row.get_by_role("link", name="Ändra"), back=True)
    for place in ("nummer 5 av 6", "nummer 4 av 6"):
        hands.press("Alt+ArrowUp")
        expect(page.locator("#announcements")).to_contain_text(place)
    hands.lands(row.get_by_role("link", name="Ändra"))
    hands.press("Enter")
    hands.lands(row.get_by_label("Rubrik"))
    hands.press("Tab")
    hands.write("Tomas Rydhage")
    hands.press("Enter")
    hands.lands(row.get_by_role("link", name="Ändra"))
    item = Meeting.objects.get().items.get(heading="Biltrafiken på Lotsgatan")
    assert (item.position, item.presenters) == (4, "Tomas Rydhage")
    hands.follow(page.get_by_role("link", name="Klar, till mötet"), most=60)


def summon(hands: Hands) -> None:
    page = hands.page
    hands.follow(link(page, "Granska och skicka kallelsen"), most=20)
    hands.follow(button(page, "Skicka kallelsen"), most=20)
    hands.follow(button(page, "Öppna protokollet"), most=20)
    page.wait_for_selector("#desk[data-ready]")
    assert Meeting.objects.get().state == State.MINUTING


def attendance(hands: Hands) -> None:
    """Everybody but one is here; the list is one stop, with arrows and letters in it."""
    page = hands.page
    hands.press("Control+F8")
    hands.lands(page.get_by_role("tab", name="Närvaro"))
    hands.tab_to(button(page, "Alla övriga här"), most=3)
    hands.press("Enter")
    expect(page.get_by_role("radio", name="Leif Kvarnbo: här")).to_be_checked()
    hands.knows_where()
    hands.tab_to(page.locator(".attendee-name"), most=3)
    for _ in range(10):
        if page.evaluate("document.activeElement.textContent") == "Leif Kvarnbo":
            break
        hands.press("ArrowDown")
    hands.press("f")
    expect(page.get_by_role("radio", name="Leif Kvarnbo: förhinder")).to_be_checked()
    hands.lands(button(page, "Leif Kvarnbo"))
    hands.press("Control+F8")
    saved(page)
    assert Meeting.objects.get().attendance.get(name="Leif Kvarnbo").mode == Mode.APOLOGY


def write(hands: Hands) -> None:
    page = hands.page
    for item in Meeting.objects.get().items.standing():
        section = page.locator(f"#item-{item.pk}")
        if item.heading != "Inledning":
            hands.press("Control+Enter")
        hands.lands(section.locator(".text").first)
        if item.heading == "Val av justerare":
            hands.tab_to(button(page, "Jörgen Almhöjd").and_(section.locator("button")), most=25)
            hands.press("Enter")
            expect(section).to_contain_text("Jörgen Almhöjd utses att justera")
        else:
            hands.write(f"Rådet talar om {item.heading.lower()}.")
        if item.heading == "Fastställande av dagordningen":
            hands.press("F2")
            hands.tab_to(section.get_by_role("button", name="Dagordningen fastställs"), most=8)
            hands.press("Enter")
        if item.heading == "Biltrafiken på Lotsgatan":
            task(hands, section)
        if item.heading == "Aktuellt från verksamheterna":
            report(hands, section)
    editor_at_hand(page)
    hands.press("Enter")
    saved(page)


def report(hands: Hands, section: Locator) -> None:
    hands.press("Control+Enter")
    field = section.get_by_label("Ny rapport från")
    hands.lands(field)
    hands.write("Polisen")
    hands.press("Enter")
    hands.lands(section.locator(".report .text"))
    hands.write("Cykelstölderna fortsätter.")
    hands.press("Control+Enter")
    hands.lands(field)


def task(hands: Hands, section: Locator) -> None:
    """The words that are selected become an uppdrag, with who and when."""
    hands.press("Shift+Home", "F8")
    form = section.get_by_role("form", name="Uppdrag")
    hands.lands(form.get_by_label("Uppdrag"))
    hands.tab_to(form.get_by_label("Ansvarig"), most=2)
    hands.write("Patrik Norrbäck")
    hands.press("Enter")
    hands.tab_to(form.get_by_label("Klart senast"), most=3)
    hands.press("n")
    hands.tab_to(form.get_by_role("button", name="Spara uppdraget"), most=5)
    hands.press("Enter")
    expect(section.locator(".action")).to_contain_text("Patrik Norrbäck")
    hands.knows_where()


def send_to_justering(hands: Hands) -> None:
    page = hands.page
    action = ActionItem.objects.get()
    assert (action.text, action.due_next_meeting) == (
        "Rådet talar om biltrafiken på lotsgatan.",
        True,
    )
    page.keyboard.type("/")
    hands.lands(page.get_by_role("combobox", name="Vad vill du infoga?"))
    hands.write("till just")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    hands.follow(button(page, "Skicka till justering"), most=20)
    assert Meeting.objects.get().state == State.SIGNING


def justera(hands: Hands, app: Authenticator) -> None:
    page = hands.watched.go("/")
    hands.follow(page.get_by_role("link", name="Läs och justera"), most=20)
    hands.tab_to(page.get_by_label("Ditt lösenord"), most=40)
    hands.write(PASSWORD)
    hands.press("Tab")
    hands.lands(page.get_by_label("Engångskod"))
    hands.write(authenticator.code_of(app))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Du har justerat protokollet")).to_be_visible()


def read(hands: Hands) -> None:
    page = hands.watched.go("/")
    hands.follow(link(page, "Arkiv"), most=12)
    hands.tab_to(page.get_by_role("searchbox"), most=12)
    hands.write("lotsgatan")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    hands.follow(page.get_by_role("link", name="Biltrafiken på Lotsgatan"), most=20)
    expect(page.locator("main")).to_contain_text("Rådet talar om biltrafiken på lotsgatan.")
    hands.tab_to(page.get_by_role("link", name="PDF").first, most=30, back=True)
    with page.expect_response("**/protokoll.pdf") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 200
    file = page.request.get(answer.value.url).body()
    assert hashlib.sha256(file).hexdigest() == SealedMinutes.objects.get().pdf_sha256
