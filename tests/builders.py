"""Rows for tests, made only through the activities, so that no test holds an impossible state.

The people and places are invented.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2
from django.core.files.base import ContentFile
from django.utils import timezone

from meetings import attaching, minuting, planning, secrecy, signing
from meetings.models import (
    AgendaItem,
    Approval,
    Attachment,
    ItemKind,
    Meeting,
    Mode,
    Signer,
    SigningRound,
)
from members import joining, setting_up
from members.models import (
    Administrator,
    ApprovalLevel,
    Council,
    Mandate,
    MinutesStyle,
    Municipality,
    Numbering,
    Organisation,
    OrganisationKind,
    Person,
)
from members.roles import Role, SignerRole

# Enough for the second page to be more than begun: one hardly begun is set twice (pdf.fitting).
REST = "<p>Det antecknas.</p>" * 14
PASSWORD = "en lång mening att minnas"
LEVELS = [ApprovalLevel.PASSKEY, ApprovalLevel.PASSWORD_CODE, ApprovalLevel.PASSWORD]
BEGAN = datetime.date(2020, 1, 1)
DAY = datetime.date(2026, 3, 12)
ARMS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">'
    b'<path fill="#0b5a63" d="M2 2h36v24q0 14-18 20Q2 40 2 26z"/></svg>'
)


@dataclass(frozen=True)
class Cast:
    """Strandköping (paragraphs) and, as the other side, Ljungsäter (headings)."""

    council: Council
    secretary: Person
    chair: Person
    adjuster: Person  # a member, the one the tests elect
    member: Person
    substitute: Person
    co_opted: Person
    reader: Person
    administrator: Person
    without_login: Person
    other_council: Council
    other_secretary: Person
    other_chair: Person
    other_member: Person


def cast() -> Cast:
    town, other_town = municipality("Strandköpings kommun"), municipality("Ljungsäters kommun")
    council = Council.objects.create(
        municipality=town,
        name="Strandköpings brottsförebyggande råd",
        short_name="Strandköpings BRÅ",
        slug="strandkopings-bra",
        approval_levels=LEVELS,
    )
    standing_items(council)
    other = Council.objects.create(
        municipality=other_town,
        name="Brottsförebyggande rådet",
        short_name="BRÅ",
        slug="ljungsaters-bra",
        minutes_style=MinutesStyle.HEADINGS,
        numbering=Numbering.NONE,
        signers=[SignerRole.CHAIR, SignerRole.SECRETARY],
        approval_levels=LEVELS,
    )
    board = organisation(town, "Kommunstyrelsen", OrganisationKind.BOARD)
    office = organisation(town, "Kommunledningskontoret", OrganisationKind.OFFICE)
    police = organisation(town, "Polisen", OrganisationKind.AGENCY, ["Kommunpolisen"])
    services = organisation(town, "Servicenämnden", OrganisationKind.BOARD)
    other_board = organisation(other_town, "Kommunstyrelsen", OrganisationKind.BOARD)
    administrator = person("Adam Drift", "adam")
    Administrator.objects.create(person=administrator, municipality=town, starts_on=BEGAN)
    return Cast(
        council=council,
        secretary=seat("Karin Tallhed", "karin", council, Role.SECRETARY, office),
        chair=seat("Gunilla Strömvik", "gunilla", council, Role.CHAIR, board),
        adjuster=seat("Jörgen Almhöjd", "jorgen", council, Role.MEMBER, services),
        member=seat("Patrik Norrbäck", "patrik", council, Role.MEMBER, police, "kommunpolis"),
        substitute=seat("Åsa Vinterlund", "asa", council, Role.SUBSTITUTE, services),
        co_opted=seat("Mirjam Osterhed", "mirjam", council, Role.CO_OPTED, None),
        reader=seat("Rita Läsare", "rita", council, Role.READER, None),
        administrator=administrator,
        without_login=seat("Leif Kvarnbo", "", council, Role.MEMBER, board),
        other_council=other,
        other_secretary=seat("Niklas Törngren", "niklas", other, Role.SECRETARY, other_board),
        other_chair=seat("Rolf Ahlgren", "rolf", other, Role.CHAIR, other_board),
        other_member=seat("Jesper Kvist", "jesper", other, Role.MEMBER, other_board),
    )


def municipality(name: str) -> Municipality:
    town = Municipality.objects.create(name=name)
    town.arms_sha256 = setting_up.keep_arms(town, ARMS)
    town.save(update_fields=["arms_sha256"])
    return town


def organisation(
    municipality: Municipality, name: str, kind: OrganisationKind, aliases: Iterable[str] = ()
) -> Organisation:
    return Organisation.objects.create(
        municipality=municipality, name=name, kind=kind, aliases=list(aliases)
    )


def standing_items(council: Council) -> None:
    planning.set_standing_items(
        by=person("Upplägg", ""),
        council=council,
        items=[
            (ItemKind.OPENING, "Inledning"),
            (ItemKind.ADJUSTER, "Val av justerare"),
            (ItemKind.AGENDA, "Fastställande av dagordningen"),
            (ItemKind.ROUND_TABLE, "Aktuellt från verksamheterna"),
            (ItemKind.NEXT_MEETING, "Nästa möte"),
        ],
    )


def person(name: str, login: str) -> Person:
    """A person; with a login word also an address and the password everyone here has."""
    made = joining.add_person(name=name, email=f"{login}@kommun.example" if login else "")
    if login and not made.has_usable_password():
        joining.accept_invitation(person=made, password=PASSWORD)
        made.refresh_from_db()
    return made


def seat(
    name: str,
    login: str,
    council: Council,
    role: Role,
    organisation: Organisation | None,
    title: str = "",
) -> Person:
    made = person(name, login)
    joining.give_mandate(
        by=made,
        council=council,
        person=made,
        role=role,
        organisation=organisation,
        title=title,
        starts_on=BEGAN,
    )
    return made


def planned(cast: Cast, date: datetime.date = DAY) -> Meeting:
    """A planned meeting of the cast's council."""
    return planning.plan_meeting(
        by=cast.secretary,
        council=cast.council,
        date=date,
        starts_at=datetime.time(13, 30),
        ends_at=datetime.time(15, 30),
        place="Sessionssalen",
    )


def minuting_open(cast: Cast, date: datetime.date = DAY) -> Meeting:
    return minuting.open_minutes(by=cast.secretary, meeting=planned(cast, date))


def written(cast: Cast, date: datetime.date = DAY) -> Meeting:
    """Minutes ready for justering: everyone marked, an adjuster elected, every § with words."""
    meeting = minuting_open(cast, date)
    minuting.mark_rest_present(by=cast.secretary, meeting=meeting)
    for item in meeting.items.standing():
        if item.kind == ItemKind.ADJUSTER:
            minuting.elect_adjusters(by=cast.secretary, item=item, persons=[cast.adjuster])
        else:
            rest = REST if item.kind == ItemKind.NEXT_MEETING else ""
            text = f"<p>Rådet talar om {item.heading.lower()}.</p>{rest}"
            write(cast.secretary, item, text)
    meeting.refresh_from_db()
    return meeting


def write(by: Person, item: AgendaItem, html: str) -> minuting.Outcome:
    item.refresh_from_db()
    return minuting.save_text(by=by, target=item, html=html, base_version=item.text_version)


def in_signing(cast: Cast, date: datetime.date = DAY) -> SigningRound:
    return signing.open_round(by=cast.secretary, meeting=written(cast, date))


def approve(signer: Signer, password: str = PASSWORD) -> Approval:
    """Approve as the signer would on the page: a fresh challenge and the password again."""
    challenge = signing.start(signer=signer)
    return signing.approve(
        by=signer.person,
        signer=signer,
        shown_sha256=signer.round.version.sha256,
        answer={"challenge": challenge.token, "password": password},
    )


def approve_all(round_: SigningRound) -> Meeting:
    """Everyone approves; the meeting as it then is."""
    for signer in round_.signers.all():
        approve(signer)
    return Meeting.objects.get(pk=round_.meeting_id)


def sealed(cast: Cast, date: datetime.date = DAY) -> Meeting:
    """Justerade minutes."""
    return approve_all(in_signing(cast, date))


def scan(pages: int = 1) -> bytes:
    """A PDF of empty pages, as far as anybody can tell from a scanner's image."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def keep_scan(cast: Cast, round_: SigningRound, content: bytes) -> Meeting:
    """The secretary puts in the paper that everybody signed with a pen today."""
    signing.keep_scan(
        by=cast.secretary, round_=round_, file=ContentFile(content), filename="skannat.pdf",
        signed_on=timezone.localdate(),
    )  # fmt: skip
    return Meeting.objects.get(pk=round_.meeting_id)


def signed_on_paper(cast: Cast, date: datetime.date = DAY) -> Meeting:
    return keep_scan(cast, in_signing(cast, date), scan())


def adjusted_at_once(cast: Cast, meeting: Meeting) -> SigningRound:
    """The item on the agenda sealed in an extract, while the rest is written."""
    item = meeting.items.standing().get(kind=ItemKind.AGENDA)
    round_ = signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    approve_all(round_)
    return SigningRound.every.get(pk=round_.pk)


def corrected(cast: Cast, meeting: Meeting, item: AgendaItem | None = None) -> SigningRound:
    """A sealed correction of the place on the cover, or of an item's heading."""
    old = item.heading if item else "Sessionssalen"
    round_ = signing.open_correction(
        by=cast.secretary, meeting=meeting, item=item.pk if item else None,
        old=old, new="Vågsalen", reason="Skrivfel.",
    )  # fmt: skip
    approve_all(round_)
    return SigningRound.every.get(pk=round_.pk)


def attach(
    cast: Cast, meeting: Meeting, filename: str = "uppföljning.txt", content: bytes = b"Text."
) -> Attachment:
    return attaching.attach(
        by=cast.secretary, meeting=meeting, file=ContentFile(content), filename=filename
    )


def closed_item(cast: Cast, meeting: Meeting, heading: str = "Läget i kvarteret") -> AgendaItem:
    """An item of the meeting under secrecy."""
    item = planning.add_item(by=cast.secretary, meeting=meeting, heading=heading)
    return secrecy.close_item(by=cast.secretary, item=item, secrecy="OSL 35 kap. 1 §")


def mark(by: Person, meeting: Meeting, person: Person, mode: Mode) -> None:
    minuting.mark(by=by, row=meeting.attendance.get(person=person), mode=mode)


def mandate(person: Person, council: Council) -> Mandate:
    return Mandate.objects.get(person=person, council=council)


def removed_item(cast: Cast, meeting: Meeting) -> AgendaItem:
    """An item added and taken away again."""
    item = planning.add_item(by=cast.secretary, meeting=meeting, heading="Struken punkt")
    return planning.remove_item(by=cast.secretary, item=item)


def notes_written(cast: Cast, date: datetime.date = DAY) -> Meeting:
    """Ljungsäter's minnesanteckningar (bare headings, chair and secretary sign), all written."""
    by = cast.other_secretary
    meeting = planning.plan_meeting(by=by, council=cast.other_council, date=date)
    meeting = minuting.open_minutes(by=by, meeting=meeting)
    minuting.mark_rest_present(by=by, meeting=meeting)
    for heading in ("Läget i centrum", "Ordningsvakter i sommar"):
        item = planning.add_item(by=by, meeting=meeting, heading=heading)
        write(by, item, f"<p>{heading} diskuteras.</p>")
    meeting.refresh_from_db()
    return meeting


def notes_in_signing(cast: Cast, date: datetime.date = DAY) -> SigningRound:
    return signing.open_round(by=cast.other_secretary, meeting=notes_written(cast, date))


def notes_sealed(cast: Cast, date: datetime.date = DAY) -> Meeting:
    return approve_all(notes_in_signing(cast, date))
