"""Closed items, marked where they are written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from meetings import access, secrecy
from meetings.forms import minuting as forms
from meetings.forms.secrecy import CloseItemForm, OpenItemForm
from meetings.views.minuting import answering
from members.views.person import person_of


@answering.act
def desk_close_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    fields = forms.values(CloseItemForm(request.POST))
    closed = secrecy.close_item(by=by, item=item, **fields)
    return answering.done(
        request, item.meeting, secrecy=closed.secrecy, public_name=closed.public_name
    )


@answering.act
def desk_open_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    secrecy.open_item(by=by, item=item, **forms.values(OpenItemForm(request.POST)))
    return answering.done(request, item.meeting, secrecy="", public_name="")
