"""What a page of the desk asks every ten seconds: who else is here, and what is new."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from meetings import access, minuting, moving
from meetings.forms import minuting as forms
from meetings.states import State
from meetings.views.minuting import answering
from members.roles import Right
from members.views.person import person_of


@answering.act
def at_desk(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Who is where is told to those who write these minutes, and to nobody else."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    sent = forms.values(forms.AtDeskForm(request.POST))
    if sent["leaving"]:
        minuting.leave(by=by, meeting=meeting)
        return JsonResponse({})
    moving.require(meeting, State.MINUTING)
    versions = minuting.text_versions(meeting)
    item = sent["item"] if sent["item"] in versions["items"] else None
    minuting.attend(by=by, meeting=meeting, item=item, writing=sent["writing"])
    # Then what the same person has done is done in another tab or on another computer.
    besides = None if sent["quiet"] else by
    news = minuting.news_since(meeting, sent["cursor"] or 0, besides)
    return JsonResponse(
        {
            "others": [
                {"name": one.person.name, "item": one.item_id, "writing": one.writing}
                for one in minuting.others_at_desk(meeting, by)
            ],
            "versions": versions,
            "cursor": news.cursor,
            "sections": sorted(news.sections & versions["items"].keys()),
            "lists": sorted(news.lists),
        }
    )
