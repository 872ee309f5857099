"""The outline: add, rename, reorder and remove §§ without leaving the desk.

The acts are planning's; the addresses are the desk's own, because its answer is a part of the
desk's page and the agenda page's is the agenda.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from meetings import access, planning
from meetings.forms import minuting as forms
from meetings.models import AgendaItem
from meetings.views.minuting import answering, parts
from members.roles import Right
from members.views.person import person_of


@answering.act
def desk_add_item(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A new § after the one in `after`, or last."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    sent = forms.values(forms.NewItemForm(request.POST, meeting=meeting))
    item = planning.add_item(by=by, meeting=meeting, **sent)
    return answering.done(
        request, meeting, parts.outline_part(meeting), **parts.section_of(meeting, item.pk)
    )


@answering.act
def desk_change_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Heading or quiet facts, saved while written."""
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    fields = forms.ItemForm(request.POST).sent()
    if not fields:
        raise ValidationError("Det som skickades kunde inte läsas. Ladda om sidan och försök igen.")
    changed = planning.change_item(by=by, item=item, **fields)
    saved = {name: getattr(changed, name) for name in fields}
    return answering.done(request, item.meeting, fields=saved)


@answering.act
def desk_move_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    planning.move_item(by=by, item=item, **forms.values(forms.PlaceForm(request.POST)))
    return answering.done(request, item.meeting, parts.outline_part(item.meeting))


@answering.act
def desk_remove_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    planning.remove_item(by=by, item=item)
    return answering.done(request, item.meeting, parts.outline_part(item.meeting))


@answering.act
def desk_restore_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Undo. Asked twice, the § that stands already is shown again."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    item = access.found(AgendaItem.objects.filter(meeting=meeting, pk=pk))
    item.meeting = meeting
    planning.restore_item(by=by, item=item)
    return answering.done(
        request, meeting, parts.outline_part(meeting), **parts.section_of(meeting, pk)
    )
