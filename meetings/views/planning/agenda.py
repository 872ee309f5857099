"""The agenda, planned in place. Every act works as a form and, for agenda.js, as a fetch.

To a fetch: add, change and restore answer {"pk", "html", "order"}, move {"order"}, remove
{"message", "undo", "order"}; `order` is [{"pk", "label"}, …] of all items. Faults: views.answers.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings import access, pdf, planning, presenting, sealing, secrecy
from meetings.forms.planning import AddItemForm, ItemForm, MoveForm
from meetings.models import AgendaItem, ItemKind, Meeting
from meetings.states import WRITABLE
from meetings.views import answers
from meetings.views.planning.meeting import refused
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_safe
def agenda(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The page where a secretary makes the agenda."""
    meeting = access.meeting_for(person_of(request), slug, key, may=Right.WRITE)
    if meeting.state not in WRITABLE:
        return refused(request, meeting)
    closed = meeting.items.standing().under_secrecy()
    secrecy.note_reading(by=person_of(request), meeting=meeting, items=closed, where="agenda")
    return agenda_page(request, meeting, AddItemForm())


def agenda_page(
    request: HttpRequest, meeting: Meeting, form: AddItemForm, status: int = 200
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "council": meeting.council,
        **presenting.whole_agenda_of(meeting),
        "form": form,
        "adds": "ny" in request.GET or form.is_bound,
        "ticket": answers.new_ticket(),
        **undo_of(request, meeting),
    }
    return render(request, "meetings/planning/agenda.html", context, status=status)


def undo_of(request: HttpRequest, meeting: Meeting) -> dict[str, str]:
    """The undo bar after a removal without scripts (?borttagen=12, ?borttagen-bilaga=3)."""
    # Cut, because int() refuses thousands of digits with an error of its own.
    item, paper = (request.GET.get(name, "")[:18] for name in ("borttagen", "borttagen-bilaga"))
    slug, key = meeting.council.slug, meeting.key
    if item.isdecimal():
        gone = meeting.items.filter(pk=int(item), removed_at__isnull=False).first()
        if gone is not None:
            url = reverse("restore_item", args=[slug, key, gone.pk])
            return {"undo_url": url, "undo_text": f"{gone.public_name} är borttagen."}
    if paper.isdecimal():
        lost = meeting.attachments.filter(pk=int(paper), removed_at__isnull=False).first()
        if lost is not None:
            url = reverse("restore_attachment", args=[slug, key, lost.pk])
            return {"undo_url": url, "undo_text": f"{lost.title} är borttagen."}
    return {}


@require_safe
def agenda_pdf(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The agenda or call as a file, for all who may read the meeting."""
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key)
    papers = list(access.papers_of(person, meeting))
    agenda = planning.printed_agenda(meeting, papers)
    content = pdf.render_agenda(agenda=agenda, arms=sealing.arms_of(agenda["cover"]))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="dagordning-{slug}-{meeting.key}.pdf"'
    return response


@require_POST
def add_item(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    form = AddItemForm(request.POST)
    if not form.is_valid():
        return (
            answers.refusal(form)
            if answers.is_fetch(request)
            else agenda_page(request, meeting, form, 400)
        )
    if answers.is_second_press(request):
        return to_agenda(meeting, query="?ny=1", anchor="ny")
    after = meeting.items.standing().filter(pk=form.cleaned_data["after"] or 0).first()
    try:
        item = planning.add_item(
            by=person, meeting=meeting, heading=form.cleaned_data["heading"],
            kind=form.cleaned_data["kind"] or ItemKind.OTHER, after=after,
        )  # fmt: skip
    except ValidationError as error:
        if answers.is_fetch(request):
            return answers.refusal(error)
        add_errors(form, error)
        return agenda_page(request, meeting, form, 400)
    if answers.is_fetch(request):
        return row_answer(request, item, status=201)
    return to_agenda(meeting, query="?ny=1", anchor="ny")


@require_http_methods(["GET", "HEAD", "POST"])
def change_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponseBase:
    """The item's form: a page of its own, or for a fetch only the form, to stand in its row."""
    person = person_of(request)
    item = access.item_for(person, slug, key, pk)
    if item.meeting.state not in WRITABLE and not answers.is_fetch(request):
        return refused(request, item.meeting)
    secrecy.note_reading(by=person, meeting=item.meeting, items=[item], where="item")
    form = ItemForm.of(item, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = planning.change_item(by=person, item=item, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            if answers.is_fetch(request):
                return row_answer(request, item)
            return to_agenda(item.meeting, anchor=f"punkt-{item.pk}")
    context = {"meeting": item.meeting, "council": item.meeting.council, "item": item, "form": form}
    if not answers.is_fetch(request):
        return render(request, "meetings/planning/change_item.html", context)
    html = render_to_string("meetings/planning/_item_form.html", context, request)
    return answers.refusal(form, html=html) if form.errors else JsonResponse({"html": html})


@require_POST
def move_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponseBase:
    person = person_of(request)
    item = access.item_for(person, slug, key, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return answers.refusal(form) if answers.is_fetch(request) else to_agenda(item.meeting)
    try:
        planning.move_item(by=person, item=item, to=place_of(item, form))
    except ValidationError as error:
        return failed(request, item.meeting, error)
    if answers.is_fetch(request):
        return JsonResponse({"order": order_of(item.meeting)})
    return to_agenda(item.meeting, anchor=f"punkt-{item.pk}")


def place_of(item: AgendaItem, form: MoveForm) -> int:
    """The place asked for: given, or one step from where the item is."""
    if form.cleaned_data["to"] is not None:
        return int(form.cleaned_data["to"])
    order = list(item.meeting.items.standing().values_list("pk", flat=True))
    return max(0, order.index(item.pk) + int(form.cleaned_data["by"] or 0))


@require_POST
def remove_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponseBase:
    """Removing twice is removing once: the item may be gone already."""
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    item = access.found(meeting.items.filter(pk=pk))
    try:
        planning.remove_item(by=person, item=item)
    except ValidationError as error:
        return failed(request, meeting, error)
    if not answers.is_fetch(request):
        return to_agenda(meeting, query=f"?borttagen={item.pk}", anchor="messages")
    undo = reverse("restore_item", args=[slug, key, item.pk])
    message = f"{item.public_name} är borttagen."
    return JsonResponse({"message": message, "undo": undo, "order": order_of(meeting)})


@require_POST
def restore_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponseBase:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    item = access.found(meeting.items.filter(pk=pk))
    try:
        item = planning.restore_item(by=person, item=item)
    except ValidationError as error:
        return failed(request, meeting, error)
    if answers.is_fetch(request):
        item.meeting = meeting
        return row_answer(request, item)
    return to_agenda(meeting, anchor=f"punkt-{item.pk}")


def row_answer(request: HttpRequest, item: AgendaItem, status: int = 200) -> JsonResponse:
    """The item's row as it now stands, and the order of all."""
    meeting = item.meeting
    lines = presenting.whole_agenda_of(meeting)["lines"]
    context: dict[str, Any] = {"meeting": meeting, "council": meeting.council}
    context["line"] = next(line for line in lines if line.item.pk == item.pk)
    html = render_to_string("meetings/planning/_item.html", context, request)
    return JsonResponse({"pk": item.pk, "html": html, "order": order_of(meeting)}, status=status)


def order_of(meeting: Meeting) -> list[dict[str, Any]]:
    items = list(meeting.items.standing())
    labels = presenting.labels_of(meeting, items)
    return [{"pk": item.pk, "label": labels[item.pk]} for item in items]


def to_agenda(meeting: Meeting, *, query: str = "", anchor: str = "") -> HttpResponse:
    url = reverse("agenda", args=[meeting.council.slug, meeting.key])
    return redirect(f"{url}{query}{f'#{anchor}' if anchor else ''}")


def failed(request: HttpRequest, meeting: Meeting, error: ValidationError) -> HttpResponseBase:
    """An act that could not be done, told where it was asked for."""
    if answers.is_fetch(request):
        return answers.refusal(error)
    messages.error(request, " ".join(error.messages))
    return to_agenda(meeting)
