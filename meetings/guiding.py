"""The next step of a meeting for one person: what they can do now, in a sentence and a button."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from meetings import sealing, searching, signing, summoning, wording
from meetings.minuting import printing
from meetings.models import Meeting, RoundState, Signer, SigningRound
from meetings.states import BEFORE, State
from members import access, prepared
from members.models import Person
from members.roles import Right

WORDS_A_MINUTE = 180  # read slowly, by somebody who answers for every word


@dataclass(frozen=True)
class NextStep:
    """A sentence and at most one button. `post` sends a form; `also` are quiet links beside it."""

    text: str
    action: str = ""
    url: str = ""
    post: bool = False
    large: bool = False
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Situation:
    """A meeting as one person sees it."""

    meeting: Meeting
    person: Person
    rights: frozenset[Right]
    round: SigningRound | None
    mails: int = 0  # how many the call would go to
    called: bool = False  # whether the person stands on the list

    def url(self, name: str) -> str:
        return reverse(name, args=[self.meeting.council.slug, self.meeting.key])

    @property
    def writes(self) -> bool:
        return Right.WRITE in self.rights

    @property
    def the(self) -> str:
        """ "protokollet", or "minnesanteckningarna" where that is what the council writes."""
        return printing.the_document(self.meeting).lower()

    def agree(self, one: str, many: str) -> str:
        """The word that goes with protokollet, or with minnesanteckningarna."""
        return one if self.the == "protokollet" else many


def situation_of(meeting: Meeting, person: Person) -> Situation:
    """The meeting as the person sees it today, asked for once a page."""
    # Afterwards no step speaks of the call, so the list is not read.
    rows = summoning.called(meeting) if meeting.state in BEFORE or is_ahead(meeting) else []
    people = [row.person for row in rows if row.person]
    return Situation(
        meeting=meeting,
        person=person,
        rights=access.rights_in(person, meeting.council),
        round=latest_round(meeting),
        mails=sum(summoning.reachable(one) for one in people),
        called=person in people,
    )


def is_ahead(meeting: Meeting) -> bool:
    """Called to and not held yet, also when its minutes have been opened already."""
    return meeting.summoned_at is not None and meeting.date >= timezone.localdate()


def latest_round(meeting: Meeting) -> SigningRound | None:
    """The latest round of justering with its signers and who has approved."""
    return next(iter(last_rounds(meeting.pk)), None)


@prepared.question
def last_rounds(meeting: int) -> QuerySet[SigningRound]:
    rounds = SigningRound.objects.filter(meeting=meeting).order_by("-number")
    return rounds.select_related("returned_by", "handed_to").prefetch_related(
        "signers__approval", "signers__stand_in", "comments__item"
    )[:1]


def next_step(now: Situation) -> NextStep:
    """What the person can do next; without a button where there is only to wait."""
    return small_paper(now) or STEPS[State(now.meeting.state)](now)


def small_paper(now: Situation) -> NextStep | None:
    """An extract or a correction that waits for this very person, in whatever state the meeting."""
    if now.meeting.state not in (State.MINUTING, State.APPROVED):
        return None
    places = small_places(now.person.pk, now.meeting.pk)
    if not places:
        return None
    what = wording.upper_first(signing.what_of(places[0].round))
    return NextStep(
        f"{what} väntar på att du justerar.", action="Läs och justera", url=now.url("sign"),
        large=True,
    )  # fmt: skip


@prepared.question
def small_places(person: int, meeting: int) -> QuerySet[Signer]:
    return (
        Signer.objects.required()
        .filter(person=person, round__meeting=meeting, round__state=RoundState.OPEN)
        .filter(approval__isnull=True)
        .select_related("round__meeting", "round__version")[:1]
    )


def when_planned(now: Situation) -> NextStep:
    meeting = now.meeting
    due = wording.named_day(meeting.summons_due_on)
    if not now.writes:
        return NextStep(f"Kallelsen har inte gått ut än. Den kommer senast {due}.")
    if meeting.date <= timezone.localdate():
        return opening(now, f"Mötet är inte kallat till här. Öppna {now.the} och skriv.")
    late = meeting.summons_due_on < timezone.localdate()
    when = f"Kallelsen skulle ha gått ut {due}." if late else f"Skicka kallelsen senast {due}."
    people = wording.counted(now.mails, "person", "personer")
    return NextStep(
        f"{when} Den går till {people}, med dagordning och handlingar.",
        action="Granska och skicka kallelsen",
        url=now.url("summon"),
    )


def when_summoned(now: Situation) -> NextStep:
    if now.writes:
        return opening(
            now,
            f"Öppna {now.the}. Dagordningen följer med, så du kan börja skriva redan före mötet.",
        )
    return invited(now)


def invited(now: Situation) -> NextStep:
    """For who comes to the meeting, or follows it: what to read before."""
    who = "Du är kallad. Läs" if now.called else "Kallelsen är skickad. Här är"
    what = (
        "dagordningen och handlingarna före mötet." if now.called else "dagordning och handlingar."
    )
    writer = now.meeting.secretary
    tells = now.called and writer is not None and writer.email
    return NextStep(
        f"{who} {what}",
        action="Kallelsen som PDF",
        url=now.url("agenda_pdf"),
        also=((f"Anmäl förhinder till {writer}", f"mailto:{writer.email}"),)
        if tells and writer
        else (),
    )


def opening(now: Situation, text: str) -> NextStep:
    return NextStep(text, action=f"Öppna {now.the}", url=now.url("open_minutes"), post=True)


def when_minuting(now: Situation) -> NextStep:
    returned = now.round if now.round and now.round.state == RoundState.RETURNED else None
    if now.writes and now.round and now.round.state == RoundState.HANDED_ON:
        return when_handed_on(now, now.round)
    the = wording.upper_first(now.the)
    if now.called and not now.writes and is_ahead(now.meeting):
        call = invited(now)
        draft = (("Läs utkastet", now.url("minutes")),) if Right.READ_DRAFT in now.rights else ()
        return replace(call, also=draft + call.also)
    if not now.writes:
        again = "skrivs om efter synpunkter" if returned else "skrivs"
        text = f"{the} {again}. Du kan läsa "
        text += now.agree("det här när det är justerat.", "dem här när de är justerade.")
        if Right.READ_DRAFT not in now.rights:
            return NextStep(text)
        return NextStep(
            f"{the} {again} och är inte {now.agree('klart', 'klara')} att justera.",
            action="Läs utkastet",
            url=now.url("minutes"),
        )
    check = (("Kontrollera och skicka till justering", now.url("check")),)
    if returned:
        who = returned.returned_by.name if returned.returned_by else "En av dem som justerar"
        return NextStep(
            f"{who} lämnade tillbaka {now.the}. Ändra det som behövs och skicka "
            f"{now.agree('det', 'dem')} igen.",
            action=f"Rätta {now.the}", url=now.url("desk"), also=check,
        )  # fmt: skip
    if now.meeting.date > timezone.localdate():
        return NextStep(
            f"{the} är {now.agree('öppnat', 'öppnade')}. Förbered texterna redan nu och pricka av "
            "vid mötet.",
            action=f"Skriv {now.the}", url=now.url("desk"),
            also=(("Ändra dagordningen", now.url("agenda")),),
        )  # fmt: skip
    due = wording.named_day(now.meeting.signing_due_on)
    ready = now.agree("Det ska vara justerat", "De ska vara justerade")
    return NextStep(
        f"Skriv klart och skicka till justering. {ready} senast {due}.",
        action=f"Skriv {now.the}", url=now.url("desk"), also=check,
    )  # fmt: skip


def when_handed_on(now: Situation, round_: SigningRound) -> NextStep:
    """The council says its word at a later meeting; then the minutes go out again."""
    when = f" {wording.named_day(round_.handed_to.date)}" if round_.handed_to else ""
    return NextStep(
        f"Justeringen är överlämnad till mötet{when}. Skriv in vad rådet kom fram till där och "
        "skicka ut texten igen.",
        action=f"Skriv {now.the}", url=now.url("desk"),
        also=(("Kontrollera och skicka till justering", now.url("check")),),
    )  # fmt: skip


def when_signing(now: Situation) -> NextStep:
    if now.round and now.round.state == RoundState.COMPLETED:
        return when_not_sealed(now)
    signers = signers_of(now.round)
    own = next((signer for signer in signers if signer.person_id == now.person.pk), None)
    waiting = [signer for signer in signers if not hasattr(signer, "approval")]
    due = wording.named_day(now.round.due_on) if now.round else ""
    if own in waiting and own is not None:
        others = [signer.name for signer in waiting if signer != own]
        done = [signer.name for signer in signers if signer not in waiting]
        also = f" {wording.joined(done)} har justerat." if done else ""
        also += f" {wording.joined(others)} justerar också." if others else ""
        return NextStep(
            f"Senast {due}{left(own.round.due_on)}. {reading(own.round)}{also}",
            action="Läs och justera", url=now.url("sign"), large=True,
        )  # fmt: skip
    if own is None and Right.READ_DRAFT not in now.rights:
        # Who justerar is no secret, who already has is between them and the secretary.
        names = wording.joined([signer.name for signer in signers])
        return NextStep(f"{wording.upper_first(now.the)} justeras av {names}, senast {due}.")
    names = wording.joined([signer.name for signer in waiting])
    text = f"Väntar på att {names} justerar, senast {due}."
    if own is not None:
        text = f"Du har justerat. {text}"
    return NextStep(text, action="Läs det som justeras", url=now.url("minutes"))


def when_not_sealed(now: Situation) -> NextStep:
    """Everyone has approved; the worker tries to seal until it can."""
    the, them = wording.upper_first(now.the), now.agree("det", "dem")
    text = f"Alla har justerat. {the} låses så snart kommunens stämpel kan sättas på {them}."
    if Right.SET_UP in now.rights:
        url = reverse("unsealed", args=[now.meeting.council.slug])
        return NextStep(text, action="Se vad som är i vägen", url=url)
    if Right.READ_DRAFT not in now.rights:
        return NextStep(text)
    return NextStep(text, action="Läs det som är justerat", url=now.url("minutes"))


def when_approved(now: Situation) -> NextStep:
    meeting, minutes = now.meeting, now.url("minutes")
    when = wording.day(wording.local_date(meeting.approved_at)) if meeting.approved_at else ""
    done = f"{wording.upper_first(now.the)} justerades den {when}."
    read = NextStep(done, action=f"Läs {now.the}", url=minutes)
    corrections = signing.unfinished_corrections(meeting).filter(state=RoundState.OPEN)
    if now.writes and corrections.exists():
        also = (("Se rättelsen", now.url("correct")),)
        return replace(read, text=f"{done} En rättelse är ute på justering.", also=also)
    if not now.writes or meeting.next_date is None or is_followed(meeting):
        return read
    if meeting.next_date < timezone.localdate():
        return read
    return NextStep(
        f"Planera nästa möte, {wording.named_day(meeting.next_date)}, med ämnena som väntar.",
        action="Planera nästa möte", url=now.url("plan_next"), also=((f"Läs {now.the}", minutes),),
    )  # fmt: skip


def is_followed(meeting: Meeting) -> bool:
    return Meeting.objects.filter(previous=meeting).exists()


def when_cancelled(now: Situation) -> NextStep:
    if not now.writes:
        return NextStep("Mötet är inställt. Du behöver inte göra något.")
    return NextStep(
        "Mötet är inställt. Ska det hållas en annan dag planerar du ett nytt.",
        action="Planera ett möte",
        url=reverse("plan_meeting", args=[now.meeting.council.slug]),
    )


STEPS: dict[State, Callable[[Situation], NextStep]] = {
    State.PLANNED: when_planned,
    State.SUMMONED: when_summoned,
    State.MINUTING: when_minuting,
    State.SIGNING: when_signing,
    State.APPROVED: when_approved,
    State.CANCELLED: when_cancelled,
}


def signers_of(round_: SigningRound | None) -> list[Signer]:
    """Those whose approval the round needs. `stand_in` is loaded with the round."""
    return [one for one in round_.signers.all() if not hasattr(one, "stand_in")] if round_ else []


def left(due: datetime.date) -> str:
    """ ", om 10 dagar"; "" when it is past."""
    days = (due - timezone.localdate()).days
    if days < 0:
        return ""
    words = {0: "i dag", 1: "i morgon"}
    return f", {words.get(days) or f'om {days} dagar'}"


def reading(round_: SigningRound) -> str:
    """ "Nio paragrafer, ungefär 6 minuter att läsa." of the frozen text."""
    content = sealing.read(round_.version)
    words = sum(len(searching.words_of(line).split()) for line in content["items"])
    minutes = max(1, round(words / WORDS_A_MINUTE))
    one, many = ("paragraf", "paragrafer") if content["items"][0]["label"] else ("punkt", "punkter")
    count = len(content["items"])
    number = wording.upper_first(wording.number_word(count))
    time = "en minut" if minutes == 1 else f"{minutes} minuter"
    return f"{number} {one if count == 1 else many}, ungefär {time} att läsa."
