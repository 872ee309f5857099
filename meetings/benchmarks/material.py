"""What is measured on: a council, its people and meetings, made through the activities."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import cycle, islice

from meetings import minuting, planning, signing
from meetings.models import ItemKind, Meeting, Mode, Signer, SigningRound
from members import joining, setting_up
from members.models import ApprovalLevel, Council, Municipality, Person
from members.roles import Role, SignerRole

PASSWORD = "en mening för mätningar"  # noqa: S105 - of a database that is thrown away
BEGAN, DAY = datetime.date(2024, 1, 1), datetime.date(2026, 3, 12)
ARMS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">'
    b'<path fill="#12505a" d="M2 2h36v24q0 14-18 20Q2 40 2 26z"/></svg>'
)
SENTENCES = (
    "Trygghetsvandringen i hamnen samlade fyrtio personer, och nio mörka platser antecknades.",
    "Polisen redovisar läget: bostadsinbrotten minskar medan bedrägerierna mot äldre ökar.",
    "Kommunpolisen och fältgruppen har varit ute tolv kvällar vid resecentrum sedan förra mötet.",
    "Samhällsbyggnadskontoret byter belysning längs gångvägen och röjer sikten vid tunneln.",
    "Skolans enkät visar att de flesta elever känner sig trygga, men inte på vägen till bussen.",
    "Räddningstjänsten har släckt två containerbränder och flyttar kärlen från fasaderna.",
    "Socialtjänsten arbetar förebyggande tillsammans med föreningarna och fritidsgården.",
    "Rådet talar om medborgarlöftena och hur de följs upp under hösten.",
    "Arbetet med åtgärdsplanen fortsätter, och underlaget kompletteras före nästa möte.",
    "Butikerna larmar varandra om stölder, vilket har gett resultat redan första månaden.",
)
HEADINGS = (
    "Lägesbild och statistik", "Medborgarlöften", "Trygghetsvandring i hamnen",
    "Belysning och siktröjning", "Skolans trygghetsenkät", "Åtgärdsplan, uppföljning",
)  # fmt: skip
FIRST = ("Anna", "Bo", "Cecilia", "David", "Elsa", "Folke", "Greta", "Hugo")
LAST = ("Almgren", "Björk", "Cedergren", "Dahlin", "Edman", "Forsell", "Granath", "Hagelin")
PRESENT = 16  # at that meeting
OFFICES = ("Socialnämnden", "Utbildningsnämnden", "Polisen", "Räddningstjänsten", "Bostadsbolaget")


@dataclass(frozen=True)
class Material:
    council: Council
    secretary: Person
    chair: Person
    adjuster: Person
    member: Person


def settle(people: int) -> Material:
    """A council in style A with so many people in it, three of whom can sign in."""
    town = Municipality.objects.create(name="Mätköpings kommun")
    town.arms_sha256 = setting_up.keep_arms(town, ARMS)
    town.save(update_fields=["arms_sha256"])
    council = Council.objects.create(
        municipality=town,
        name="Mätköpings brottsförebyggande råd",
        short_name="Lokala BRÅ",
        slug="matkopings-bra",
        signers=[SignerRole.CHAIR, SignerRole.ADJUSTER],
        approval_levels=[ApprovalLevel.PASSWORD],
    )
    roles = [Role.SECRETARY, Role.CHAIR, *[Role.MEMBER] * max(1, people - 2)]
    seated = [seat(council, number, role) for number, role in enumerate(roles)]
    secretary, chair, adjuster = (with_account(person) for person in seated[:3])
    return Material(council, secretary, chair, adjuster, seated[-1])


def seat(council: Council, number: int, role: Role) -> Person:
    name = f"{FIRST[number % 8]} {LAST[number // 8 % 8]}"
    by = joining.add_person(name="Uppläggaren")
    return joining.add_member(
        by=by, council=council, name=name, email=f"person{number}@matkoping.example",
        organisation=OFFICES[number % len(OFFICES)], role=role, starts_on=BEGAN,
    ).person  # fmt: skip


def with_account(person: Person) -> Person:
    return joining.accept_invitation(person=person, password=PASSWORD)


def minutes(made: Material, date: datetime.date, items: int, sentences: int) -> Meeting:
    """Minutes with so many §§, each of so many sentences, ready for justering."""
    by = made.secretary
    meeting = planning.plan_meeting(
        by=by, council=made.council, date=date, place="Sessionssalen",
        starts_at=datetime.time(13, 30), ends_at=datetime.time(15, 30),
    )  # fmt: skip
    planning.add_item(by=by, meeting=meeting, heading="Val av justerare", kind=ItemKind.ADJUSTER)
    for heading in islice(cycle(HEADINGS), items - 1):
        planning.add_item(by=by, meeting=meeting, heading=heading, kind=ItemKind.INFORMATION)
    meeting = minuting.open_minutes(by=by, meeting=meeting)
    minuting.mark_rest_present(by=by, meeting=meeting)
    for number, item in enumerate(meeting.items.standing()):
        if item.kind == ItemKind.ADJUSTER:
            minuting.elect_adjusters(by=by, item=item, persons=[made.adjuster])
        else:
            minuting.save_text(by=by, target=item, html=text(number, sentences), base_version=0)
            points = ["Informationen läggs till handlingarna."]
            minuting.set_decisions(by=by, item=item, points=points)
    return meeting


def text(start: int, sentences: int) -> str:
    """Paragraphs of three sentences, no two §§ alike."""
    said = list(islice(cycle(SENTENCES), start, start + sentences))
    return "".join(f"<p>{' '.join(said[at : at + 3])}</p>" for at in range(0, sentences, 3))


def protocol(made: Material, date: datetime.date) -> Meeting:
    """The protocol of performance.md: eight §§ on four pages, ready for justering."""
    meeting = minutes(made, date, items=8, sentences=4)
    for row in meeting.attendance.all()[PRESENT:]:
        if row.person not in (made.chair, made.adjuster, made.secretary):
            minuting.mark(by=made.secretary, row=row, mode=Mode.ABSENT)
    return meeting


def sealed(made: Material, date: datetime.date) -> Meeting:
    """That protocol, justerat."""
    return seal(made, protocol(made, date))


def seal(made: Material, meeting: Meeting) -> Meeting:
    """Everyone approves; the meeting as it then is."""
    round_ = signing.open_round(by=made.secretary, meeting=meeting)
    for signer in signers_of(round_):
        approve(signer)
    return Meeting.objects.select_related("council__municipality").get(pk=meeting.pk)


def signers_of(round_: SigningRound) -> list[Signer]:
    return list(round_.signers.select_related("person", "round__version", "round__meeting"))


def approve(signer: Signer) -> None:
    signing.approve(
        by=signer.person,
        signer=signer,
        shown_sha256=signer.round.version.sha256,
        answer={"challenge": signing.start(signer=signer).token, "password": PASSWORD},
    )
