"""Action items of the minutes, topics for a later meeting, and the next meeting."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from meetings import access, followup
from meetings.forms import minuting as forms
from meetings.models import AgendaItem
from meetings.views.minuting import answering, parts, reading
from members.roles import Right
from members.views.person import person_of


@answering.act
def give_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    form = forms.ActionForm(request.POST, meeting=item.meeting)
    action = followup.give_action(by=by, item=item, **form.fields_of_action())
    return answered(request, item, action=action.pk)


@answering.act
def change_action(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    action = access.action_for(by, slug, key, pk)
    form = forms.ActionForm(request.POST, meeting=action.item.meeting)
    followup.change_action(by=by, action=action, **form.fields_of_action())
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
    changed = parts.actions_part(item) | parts.all_actions_part(item.meeting)
    return answering.done(request, item.meeting, changed, **more)


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
