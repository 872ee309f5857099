"""Action items of the minutes, topics for a later meeting, and the next meeting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from meetings import access, followup
from meetings.forms import minuting as forms
from meetings.models import AgendaItem, Decision
from meetings.views.minuting import answering, parts, reading
from members.roles import Right
from members.views.person import person_of


@answering.act
def give_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    form = forms.ActionForm(request.POST, meeting=item.meeting)
    action = followup.give_action(
        by=by, item=item, **form.fields_of_action(), as_decision=bool(form.wants_decision),
        instead_of=form.cleaned_data["instead_of"], asked_as=form.cleaned_data["asked_as"],
    )  # fmt: skip
    return answered(request, item, action=action.pk)


@answering.act
def suggest_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Who and when, guessed from the words; and the decision as the form would write it now."""
    item = access.item_for(person_of(request), slug, key, pk)
    form = forms.ActionForm(request.POST, meeting=item.meeting)
    guess = followup.guess(
        form.data.get("text", "")[: forms.LONGEST_GUESSED], followup.register_for(item.meeting),
        item.meeting.date,
    )  # fmt: skip
    return answering.done(
        request, item.meeting, who=guess.who, role_in_words=guess.role_in_words, due=guess.due,
        due_on=guess.due_on.isoformat() if guess.due_on else "", told=guess.told, body=guess.body,
        sentence=form.sentence(),
    )  # fmt: skip


@answering.act
def change_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    action = access.action_for(by, slug, key, pk)
    form = forms.ActionForm(request.POST, meeting=action.item.meeting)
    followup.change_action(
        by=by, action=action, **form.fields_of_action(), as_decision=form.wants_decision
    )
    return answered(request, action.item, action=pk)


@answering.act
def remove_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    action = access.action_for(by, slug, key, pk)
    followup.remove_action(by=by, action=action)
    return answered(request, action.item)


@answering.act
def restore_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    action = access.action_for(by, slug, key, pk)
    followup.restore_action(by=by, action=action)
    return answered(request, action.item, action=pk)


def answered(request: HttpRequest, item: AgendaItem, **more: int) -> HttpResponse:
    """With the decisions as they are now, for one of them may be the uppdrag's own sentence."""
    changed = parts.actions_part(item) | parts.all_actions_part(item.meeting)
    points = list(Decision.objects.filter(item=item).values_list("text", flat=True))
    return answering.done(request, item.meeting, changed, points=points, **more)


@answering.act
def report_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """What is said at the meeting of an uppdrag from before."""
    by = person_of(request)
    meeting, action = access.earlier_action_for(by, slug, key, pk)
    said: dict[str, Any] = forms.values(forms.ReportForm(request.POST))
    followup.follow_up(by=by, action=action, meeting=meeting, **said)
    return answering.done(request, meeting, parts.follow_up_part(meeting))


@answering.act
def take_report_back(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    meeting, action = access.earlier_action_for(by, slug, key, pk)
    followup.take_report_back(by=by, action=action, meeting=meeting)
    return answering.done(request, meeting, parts.follow_up_part(meeting))


@answering.act
def set_topics(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    followup.set_topics(by=by, item=item, **forms.values(forms.TopicsForm(request.POST)))
    return answering.done(request, item.meeting)


@answering.act
def set_next_meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The answer holds the sentence as it will be printed."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    sent = forms.values(forms.NextMeetingForm(request.POST))
    meeting = followup.set_next_meeting(by=by, meeting=meeting, **sent)
    return answering.done(request, meeting, sentence=reading.next_sentence(meeting))
