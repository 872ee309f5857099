"""What is kept: former wordings to compare and take back, and what was taken away."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.test import Client

from meetings import attaching, followup, minuting, planning
from meetings.models import AgendaItem, DecisionRevision, ItemKind, Meeting, TextRevision
from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import send, url

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def aged(item: AgendaItem, seconds: list[int]) -> None:
    """The item's texts as if saved so long ago, oldest first."""
    now = datetime.datetime.now(datetime.UTC)
    for pk, ago in zip(
        item.revisions.order_by("pk").values_list("pk", flat=True), seconds, strict=True
    ):
        TextRevision.objects.filter(pk=pk).update(at=now - datetime.timedelta(seconds=ago))


def page(client: Client, meeting: Meeting, item: AgendaItem, query: str = "") -> str:
    answer = client.get(url(meeting, "revisions", item.pk) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def removed(client: Client, meeting: Meeting) -> str:
    answer = client.get(
        url(meeting, "desk") + "?del=borttaget", headers={"X-Requested-With": "fetch"}
    )
    return str(answer.json()["parts"]["removed-list"])


def test_a_stretch_of_writing_is_told_as_one_version_and_every_save_on_demand(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    for n in range(1, 6):
        builders.write(cast.secretary, first, f"<p>{'ord ' * n}</p>")
    aged(first, [900, 898, 896, 10, 8])
    client = as_(cast.secretary)
    assert page(client, meeting, first).count('name="fran"') == 2
    assert page(client, meeting, first, "?alla=1").count('name="fran"') == 5


def test_what_nobody_has_written_in_has_no_versions(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    for query in ("", "?text=beslut", "?alla=1"):
        assert "Inga versioner än" in page(as_(cast.secretary), meeting, first, query)


def test_what_was_cut_short_has_a_version_of_its_own(cast: Cast, first: AgendaItem) -> None:
    long = f"<p>{'Ett långt stycke. ' * 9}</p>"
    for text in (long, "<p>Kort.</p>", "<p>Kort sagt.</p>"):
        builders.write(cast.secretary, first, text)
    first.refresh_from_db()
    told = [one.pk for one in minuting.wordings_of_text(first)]
    assert [TextRevision.objects.get(pk=pk).text for pk in told] == ["<p>Kort sagt.</p>", long]


def test_any_two_versions_are_compared_with_what_was_added_and_struck(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    for text in (
        "<p>Rådet ses igen.</p>",
        "<p>Rådet ses snart.</p>",
        "<p>Rådet ses snart här.</p>",
    ):
        builders.write(cast.secretary, first, text)
    one, _, three = first.revisions.order_by("pk").values_list("pk", flat=True)
    for query in (f"?alla=1&fran={one}&till={three}", f"?alla=1&fran={three}&till={one}"):
        shown = page(as_(cast.secretary), meeting, first, query)
        assert "igen" in shown.split("<del>", 2)[2].split("</del>")[0]
        assert "här" in shown.split("<ins>", 2)[2]


def test_a_text_that_lost_says_so_and_can_be_taken_back(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    builders.write(cast.secretary, first, "<p>Vinner.</p>")
    minuting.save_text(by=cast.chair, target=first, html="<p>Förlorar.</p>", base_version=0)
    client = as_(cast.secretary)
    assert "Kom inte med, någon annan hann före" in page(client, meeting, first)
    lost = first.revisions.get(version__isnull=True)
    client.post(url(meeting, "restore_text", first.pk, lost.pk))
    first.refresh_from_db()
    assert (first.text, first.revisions.count()) == ("<p>Förlorar.</p>", 3)


def test_a_report_has_versions_of_its_own(cast: Cast, as_: As, meeting: Meeting) -> None:
    table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    report = minuting.add_report(by=cast.secretary, item=table, label="Föreningen Kajen")
    for version, text in enumerate(("<p>Lugnt i hamnen.</p>", "<p>Oroligt i hamnen.</p>")):
        minuting.save_text(by=cast.secretary, target=report, html=text, base_version=version)
    client = as_(cast.secretary)
    shown = page(client, meeting, table, f"?text=rapport-{report.pk}&alla=1")
    assert ("Föreningen Kajen" in shown, shown.count('name="till"')) == (True, 2)
    old = table.revisions.order_by("pk")[0]
    answer = client.post(url(meeting, "restore_text", table.pk, old.pk))
    report.refresh_from_db()
    assert (report.text, answer.headers["Location"].endswith(f"?text=rapport-{report.pk}")) == (
        "<p>Lugnt i hamnen.</p>", True,
    )  # fmt: skip
    assert client.get(url(meeting, "revisions", table.pk) + "?text=rapport-0").status_code == 404


def test_former_decisions_are_kept_and_stand_again_when_taken_back(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    for points in (["Ett.", "Två."], ["Tre."]):
        minuting.set_decisions(by=cast.secretary, item=first, points=points)
    client = as_(cast.secretary)
    shown = page(client, meeting, first, "?text=beslut&alla=1")
    assert ("<del>" in shown, shown.count('name="fran"')) == (True, 2)
    old = first.decision_revisions.order_by("pk")[0]
    answer = client.post(url(meeting, "restore_decisions", first.pk, old.pk))
    assert answer.headers["Location"].endswith("?text=beslut")
    assert [point.text for point in first.decisions.all()] == ["Ett.", "Två."]
    assert [row.points for row in first.decision_revisions.order_by("pk")] == [
        ["Ett.", "Två."], ["Tre."], ["Ett.", "Två."],
    ]  # fmt: skip


def test_the_database_keeps_every_wording_of_decisions(cast: Cast, first: AgendaItem) -> None:
    minuting.set_decisions(by=cast.secretary, item=first, points=["Ett."])
    row = DecisionRevision.objects.get()
    for change in (
        lambda: DecisionRevision.objects.update(points=[]),
        lambda: row.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert DecisionRevision.objects.get().points == ["Ett."]


def test_a_decision_taken_away_comes_back_beside_those_that_stand(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    stood = ["Förslaget antas.", "Kommunen ska laga gatlyktorna på Hamngatan före jul."]
    for points in (stood, stood[:1], [*stood[:1], "Nytt beslut om något annat."]):
        minuting.set_decisions(by=cast.secretary, item=first, points=points)
    client = as_(cast.secretary)
    listed = removed(client, meeting)
    assert (stood[1] in listed, stood[0] in listed) == (True, False)
    (one,) = minuting.taken_away(meeting)
    status, answer = send(
        client, meeting, "restore_decisions", first.pk, one.wording, place=one.place
    )
    assert (status, answer["points"]) == (
        200, [stood[0], stood[1], "Nytt beslut om något annat."],
    )  # fmt: skip
    assert minuting.taken_away(meeting) == []


def test_a_decision_put_otherwise_is_not_told_as_taken_away(
    cast: Cast, meeting: Meeting, first: AgendaItem
) -> None:
    for points in (["Rådet antar planen."], ["Rådet antar planen för 2027."]):
        minuting.set_decisions(by=cast.secretary, item=first, points=points)
    assert minuting.taken_away(meeting) == []


def test_everything_taken_away_is_listed_with_who_and_comes_back(
    cast: Cast, as_: As, meeting: Meeting
) -> None:
    by = cast.secretary
    table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    report = minuting.add_report(by=by, item=table, label="Polisen i hamnen")
    action = followup.give_action(by=by, item=table, text="Laga pollarna.")
    paper = builders.attach(cast, meeting, "karta.txt")
    minuting.remove_report(by=by, report=report)
    followup.remove_action(by=by, action=action)
    attaching.remove_attachment(by=by, attachment=paper)
    gone = builders.removed_item(cast, meeting)
    client = as_(by)
    listed = removed(client, meeting)
    assert [word in listed for word in (
        "Polisen i hamnen", "Laga pollarna.", "karta", "Struken punkt", "av Karin Tallhed",
    )] == [True] * 5  # fmt: skip
    assert [one.kind for one in minuting.taken_away(meeting)] == [
        "item", "attachment", "action", "report",
    ]  # fmt: skip
    for name, pk in (
        ("desk_restore_item", gone.pk), ("restore_attachment", paper.pk),
        ("restore_action", action.pk), ("restore_report", report.pk),
    ):  # fmt: skip
        assert send(client, meeting, name, pk)[0] == 200
    assert minuting.taken_away(meeting) == []
    assert "Inget är borttaget" in removed(client, meeting)


def test_what_stood_in_a_section_taken_away_comes_back_with_it(
    cast: Cast, meeting: Meeting, first: AgendaItem
) -> None:
    action = followup.give_action(by=cast.secretary, item=first, text="Laga pollarna.")
    followup.remove_action(by=cast.secretary, action=action)
    planning.remove_item(by=cast.secretary, item=first)
    assert [one.kind for one in minuting.taken_away(meeting)] == ["item"]
    planning.restore_item(by=cast.secretary, item=first)
    assert [one.kind for one in minuting.taken_away(meeting)] == ["action"]
