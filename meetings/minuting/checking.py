"""What is wrong with minutes before they go to justering: blocking faults and warnings."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from meetings import pdf, richtext, snapshot, wording
from meetings.minuting import attesting, freezing, presence, printing, quorum, sentences
from meetings.models import (
    ActionItem,
    Attendance,
    ItemKind,
    Meeting,
    Mode,
    Part,
    ReviewComment,
    SigningRound,
)
from meetings.wording import MONTHS, WEEKDAYS
from members.models import MinutesStyle, Person
from members.roles import SignerRole


@dataclass(frozen=True)
class Problem:
    """One line of the list. `place` is where to mend it: "item-12", "attendance", "meeting"…"""

    code: str
    message: str
    place: str
    blocking: bool
    replaces: Person | None = None  # a signer whom one of `offers` can stand instead of
    offers: tuple[Person, ...] = ()


def problems(meeting: Meeting) -> list[Problem]:
    """Everything found, blocking first, else in the order of the document. Reads only."""
    drawn = freezing.whole_of(meeting)
    items = list(meeting.items.standing())
    roll = presence.roll_of(items, presence.with_presence(meeting).select_related("person"))
    rows = [line.row for line in roll.lines]
    found = [
        *about_signers(meeting, rows),
        *about_times(meeting),
        *about_attendance(rows),
        *about_presence(meeting, roll),
        *(problem for line in drawn["items"] for problem in about_item(meeting, line)),
        *about_actions(meeting),
        *about_attachments(drawn),
        *about_remarks(meeting, drawn),
    ]
    return sorted(found, key=lambda problem: not problem.blocking)


def about_signers(meeting: Meeting, rows: list[Attendance]) -> Iterator[Problem]:
    here = {row.person_id for row in rows if row.is_here}
    place = election_place(meeting)
    people: list[Person] = []
    for role, person in printing.signers_of(meeting):
        if person is None:
            yield missing(role, place if role == SignerRole.ADJUSTER else "meeting")
            continue
        if person in people:
            yield blocking(
                "signer_twice",
                f"{person.name} kan inte justera i två roller. Välj en annan {role.label.lower()}.",
                place if role == SignerRole.ADJUSTER else "meeting",
            )
        elif person.pk not in here:
            yield blocking(
                "signer_absent",
                f"{role.label} {person.name} är inte antecknad som närvarande.",
                "attendance",
            )
        if not person.can_sign_in:
            yield blocking(
                "signer_cannot_sign_in",
                f"{person.name} kan inte logga in än och kan därför inte justera. "
                "Bjud in personen i registret.",
                "register",
            )
        people.append(person)


def missing(role: SignerRole, place: str) -> Problem:
    words = {
        SignerRole.CHAIR: "Mötet har ingen ordförande. Välj vem som ledde mötet.",
        SignerRole.SECRETARY: "Mötet har ingen sekreterare. Välj vem som förde protokollet.",
        SignerRole.ADJUSTER: "Ingen justerare är vald. Anteckna vem mötet utsåg.",
    }
    return blocking(f"no_{role.value}", words[role], place)


def election_place(meeting: Meeting) -> str:
    item = meeting.items.standing().filter(kind=ItemKind.ADJUSTER).first()
    return f"item-{item.pk}" if item else "meeting"


def about_times(meeting: Meeting) -> Iterator[Problem]:
    """Times are part of the cover in style A, and left out in B unless begun."""
    paragraphs = meeting.minutes_style == MinutesStyle.PARAGRAPHS
    if paragraphs and meeting.starts_at is None:
        yield blocking("no_start", "Mötets starttid saknas.", "meeting")
    elif meeting.starts_at is not None and meeting.ends_at is None:
        yield blocking("no_end", "Mötets sluttid saknas.", "meeting")


def about_attendance(rows: list[Attendance]) -> Iterator[Problem]:
    if not any(row.is_here for row in rows):
        yield blocking("nobody_present", "Ingen är antecknad som närvarande.", "attendance")
    unmarked = [r for r in rows if r.mode == Mode.EXPECTED and r.part == Part.MEMBER]
    if unmarked:
        many = wording.upper_first(wording.number_word(len(unmarked)))
        said = (
            "En ledamot är inte avprickad."
            if len(unmarked) == 1
            else f"{many} ledamöter är inte avprickade."
        )
        yield warning("unmarked", said, "attendance")


def about_presence(meeting: Meeting, roll: presence.Roll) -> Iterator[Problem]:
    """Signers who missed an item, decisions without a quorum, and people who were at no item."""
    numbers = freezing.provisional_numbers(meeting, roll.items)
    for gap in attesting.gaps(meeting, roll, numbers):
        code = f"{gap.role.value}_missed_items"
        found = warning(code, gap.message, "attendance")
        yield dataclasses.replace(found, replaces=gap.person, offers=gap.instead)
    names = sentences.Names.of(roll.items, numbers, meeting.number_prefix)
    decided, seats = quorum.decided(meeting), quorum.seats_of(meeting)
    if said := quorum.lost(decided, roll, seats, names):
        yield warning("no_quorum", said, "attendance")
    for line in roll.lines:
        if line.row.is_here and roll.items and not any(line.stays):
            yield warning(
                "at_no_item",
                f"{line.row.name} är antecknad som närvarande men inte vid någon punkt. Ändra när "
                "personen kom eller gick.",
                "attendance",
            )


def about_item(meeting: Meeting, line: snapshot.ItemLine) -> Iterator[Problem]:
    place, name = f"item-{line['key']}", line["label"] or f"”{line['heading']}”"
    words = words_of(line)
    has_more = (
        line["decisions"] or line["actions"] or line["next_meeting"] or line["topics"]
        or line.get("follow_up")
    )  # fmt: skip
    if not words and not has_more and not line["presenters"]:
        yield blocking("empty_item", f"{name} är tom. Skriv något eller ta bort den.", place)
    for report in line["reports"]:
        if richtext.is_empty(report["text"]):
            yield warning("empty_report", f"Rapporten från {report['label']} är tom.", place)
    everything = "\n".join([words, *line["decisions"], *(a["text"] for a in line["actions"])])
    for said in wrong_weekdays(everything, meeting.date):
        yield warning("weekday", f"{name}: {said}", place)
    if personal_number(everything):
        yield warning(
            "personal_number",
            f"{name} innehåller något som liknar ett personnummer. Ta bort det om det inte behövs.",
            place,
        )
    if signs := pdf.unprintable("\n".join([line["heading"], line["presenters"], everything])):
        yield warning("unprintable", f"{name} {unprintable_said(signs)}", place)


def unprintable_said(signs: list[str]) -> str:
    """ "innehåller tecknet 👍, som inte kan skrivas ut: på pappret står [U+1F44D]. …"."""
    shown = wording.joined(signs[:5])
    numbers = wording.joined([pdf.number_of(sign) for sign in signs[:5]])
    which = f"tecknet {shown}" if len(signs) == 1 else f"tecknen {shown}"
    return (
        f"innehåller {which}, som inte kan skrivas ut. På pappret står i stället {numbers}. "
        "Skriv det med ord."
    )


def words_of(line: snapshot.ItemLine) -> str:
    return "\n".join(
        text
        for html in (line["text"], *(report["text"] for report in line["reports"]))
        if (text := richtext.plain(html))
    )


def about_actions(meeting: Meeting) -> Iterator[Problem]:
    actions = ActionItem.objects.filter(item__meeting=meeting, removed_at__isnull=True)
    actions = actions.filter(item__removed_at__isnull=True).select_related("item")
    for action in actions.prefetch_related("persons", "organisations"):
        line = freezing.action_line(action, [])
        lacks = [
            word
            for word, value in (("ansvarig", line["assignee"]), ("datum", line["due"]))
            if not value
        ]
        if lacks:
            yield warning(
                "action_incomplete",
                f"Uppdraget ”{short(action.public_text)}” saknar {' och '.join(lacks)}.",
                f"item-{action.item_id}",
            )


ATTACHED = re.compile(r"\b(bifogas|bilaga|bilagan|bilagor|bilägges|biläggs)\b", re.IGNORECASE)


def about_attachments(drawn: snapshot.Snapshot) -> Iterator[Problem]:
    """A § that speaks of an attachment while none belongs to it."""
    having = {line["item_label"] for line in drawn["attachments"]}
    for line in drawn["items"]:
        text = "\n".join([words_of(line), *line["decisions"]])
        name = line["label"] or line["heading"]
        if ATTACHED.search(text) and name not in having:
            yield warning(
                "attachment_missing",
                f"{line['label'] or '”' + line['heading'] + '”'} nämner en bilaga, men ingen är "
                "tillagd där.",
                f"item-{line['key']}",
            )


def about_remarks(meeting: Meeting, drawn: snapshot.Snapshot) -> Iterator[Problem]:
    """What signers said of an earlier version, and nobody has answered."""
    rounds = SigningRound.objects.filter(meeting=meeting)
    remarks = ReviewComment.objects.filter(round__in=rounds, answer__isnull=True)
    names = {line["key"]: line["label"] or f"”{line['heading']}”" for line in drawn["items"]}
    for remark in remarks.select_related("person"):
        about = f"{names[remark.item_id]}: " if remark.item_id in names else ""
        said = f"{about}{wording.genitive(remark.person.name)} synpunkt är inte besvarad."
        yield warning("unanswered_remark", said, f"synpunkt-{remark.pk}")


SAID_DATE = re.compile(
    rf"\b({'|'.join(WEEKDAYS)})(?:en)?\s+(?:den\s+)?(\d{{1,2}})\s+({'|'.join(MONTHS)})"
    r"(?:\s+(\d{4}))?",
    re.IGNORECASE,
)


def wrong_weekdays(text: str, near: datetime.date) -> Iterator[str]:
    """Dates whose weekday does not match. Without a year the one nearest the meeting is meant."""
    for weekday, day, month, year in SAID_DATE.findall(text):
        month = month.lower()
        number = MONTHS.index(month) + 1
        years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
        dates = [made for y in years if (made := date_or_none(y, number, int(day)))]
        if not dates:
            yield f"{day} {month} finns inte."
            continue
        meant = min(dates, key=lambda made: abs(made - near))
        right = WEEKDAYS[meant.weekday()]
        if right != weekday.lower():
            yield f"{meant.day} {month} {meant.year} är en {right}, inte en {weekday.lower()}."


def date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


# Word makes a dash of the hyphen, and a copied number may bring a no-break space.
NUMBER = re.compile(
    r"(?<!\d)(?:18|19|20)?(\d{2})(\d{2})(\d{2})[-+ \u00a0\u2010-\u2013\u2212]?(\d{4})(?!\d)"
)


def personal_number(text: str) -> bool:
    """Whether something reads as a personnummer, or a samordningsnummer (day + 60)."""
    return any(
        1 <= int(month) <= 12
        and 1 <= int(day) % 60 <= 31
        and check_digit_fits(f"{year}{month}{day}{last}")
        for year, month, day, last in NUMBER.findall(text)
    )


def check_digit_fits(ten: str) -> bool:
    """The Luhn sum over ten digits, as Skatteverket counts it."""
    total = 0
    for i, digit in enumerate(ten):
        value = int(digit) * (2 if i % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def blocking(code: str, message: str, place: str) -> Problem:
    return Problem(code, message, place, blocking=True)


def warning(code: str, message: str, place: str) -> Problem:
    return Problem(code, message, place, blocking=False)
