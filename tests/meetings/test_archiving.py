"""Reading: the archive, the minutes on screen and as files, and extracts."""

from __future__ import annotations

import datetime
import re
import urllib.parse
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from meetings import archiving, minuting, pdf, planning
from meetings.models import ItemKind, Meeting
from members.models import AuditEntry, Person
from members.roles import Role
from tests import builders, standing
from tests.builders import Cast
from tests.meetings import paper

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def url(meeting: Meeting, page: str = "protokoll/") -> str:
    return f"/{meeting.council.slug}/moten/{meeting.key}/{page}"


def words(response: Any) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


def filename(response: Any) -> str:
    return urllib.parse.unquote(response.headers["Content-Disposition"])


@standing.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.sealed(cast)


class TestTheMinutesOnScreen:
    def test_justerade_ones_say_so_and_by_which_file(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        page = words(as_(cast.member).get(url(meeting)))
        digest = meeting.sealed.pdf_sha256
        assert "Justerat och låst" in page
        assert " ".join(digest[i : i + 4] for i in range(0, 64, 4)) in page
        assert "Utkast" not in page

    def test_every_paragraph_has_its_place_and_its_link(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        page = as_(cast.member).get(url(meeting)).content.decode()
        for number in range(1, 6):
            assert page.count(f'id="paragraf-{number}"') == 1
            # twice in the side lists, once at the heading
            assert page.count(f'href="#paragraf-{number}"') == 3

    def test_a_draft_is_marked_and_only_for_those_who_read_drafts(
        self, cast: Cast, as_: As
    ) -> None:
        draft = builders.written(cast)
        for person in (cast.secretary, cast.chair):
            assert "Utkast – ej justerat" in words(as_(person).get(url(draft)))
        for person in (cast.member, cast.reader, cast.adjuster, cast.other_secretary):
            assert as_(person).get(url(draft)).status_code == 404
            assert as_(person).get(url(draft, "protokoll.pdf")).status_code == 404

    def test_minutes_in_justering_are_shown_as_frozen_to_the_signers_too(
        self, cast: Cast, as_: As
    ) -> None:
        round_ = builders.in_signing(cast)
        cast.council.name = "Annat namn"
        cast.council.save()
        for person in (cast.secretary, cast.chair, cast.adjuster):
            page = words(as_(person).get(url(round_.meeting)))
            assert "Utkast – ej justerat" in page
            assert "Gunilla Strömvik har inte justerat än" in page
            assert "Strandköpings brottsförebyggande råd" in page
        assert as_(cast.member).get(url(round_.meeting)).status_code == 404

    def test_before_they_are_begun_there_are_none(self, cast: Cast, as_: As) -> None:
        planned = builders.planned(cast)
        for page in ("protokoll/", "protokoll.pdf", "utdrag/1.pdf"):
            assert as_(cast.secretary).get(url(planned, page)).status_code == 404

    def test_attachments_are_linked(self, cast: Cast, as_: As) -> None:
        draft = builders.written(cast)
        builders.attach(cast, draft)
        page = as_(cast.secretary).get(url(draft)).content.decode()
        assert f'href="{url(draft, "bilaga-1/")}"' in page

    def test_notes_are_called_by_their_own_name(self, cast: Cast, as_: As) -> None:
        page = words(as_(cast.other_member).get(url(builders.notes_sealed(cast))))
        assert "Minnesanteckningar 12 mars 2026" in page.replace("\N{NO-BREAK SPACE}", " ")
        assert "Godkända och låsta" in page
        assert "Paragrafer" not in page


class TestTheFile:
    def test_it_is_the_sealed_bytes_kept_for_ever(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        answer = as_(cast.reader).get(url(meeting, "protokoll.pdf"))
        assert answer.content == bytes(meeting.sealed.pdf)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["ETag"] == f'"{meeting.sealed.pdf_sha256}"'
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert filename(answer).endswith("Protokoll Strandköpings BRÅ 2026-03-12.pdf")

    def test_who_has_it_need_not_fetch_it_again(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        client, page = as_(cast.reader), url(meeting, "protokoll.pdf")
        etag = client.get(page).headers["ETag"]
        again = client.get(page, headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
        assert client.get(page, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_asking_only_for_the_head_gives_the_size(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        answer = as_(cast.reader).head(url(meeting, "protokoll.pdf"))
        assert answer.headers["Content-Length"] == str(len(bytes(meeting.sealed.pdf)))
        assert answer.content == b""

    def test_a_draft_is_drawn_anew_marked_and_not_kept(self, cast: Cast, as_: As) -> None:
        draft, client = builders.written(cast), as_(cast.secretary)
        page = url(draft, "protokoll.pdf")
        first = client.get(page)
        assert first.headers["Cache-Control"] == "private, no-store"
        assert "Utkast Protokoll Strandköpings BRÅ 2026-03-12.pdf" in filename(first)
        assert all("Utkast – ej justerat" in text for text in paper.page_texts(first.content))
        item = draft.items.standing()[0]
        builders.write(cast.secretary, item, "<p>Helt ny inledning.</p>")
        assert "Helt ny inledning." in paper.words(client.get(page).content)

    def test_in_justering_it_shows_the_frozen_text_and_who_has_approved(
        self, cast: Cast, as_: As
    ) -> None:
        round_ = builders.in_signing(cast)
        builders.approve(round_.signers.all()[0])
        content = as_(cast.adjuster).get(url(round_.meeting, "protokoll.pdf")).content
        last = paper.page_texts(content)[-1]
        assert "Protokollet är inte justerat än." in last
        assert last.count("Väntar på godkännande") == 1

    def test_the_pages_that_were_approved_are_the_pages_that_are_sealed(self, cast: Cast) -> None:
        round_ = builders.in_signing(cast)
        seen = archiving.file_of(archiving.frozen_minutes(round_))
        sealed = bytes(builders.approve_all(round_).sealed.pdf)
        assert paper.page_streams(seen)[:-1] == paper.page_streams(sealed)[:-1]
        assert paper.page_texts(seen)[-1] != paper.page_texts(sealed)[-1]

    def test_two_meetings_of_one_day_have_different_names(self, cast: Cast) -> None:
        hours = [datetime.time(9), datetime.time(15)]
        meetings = [
            planning.plan_meeting(
                by=cast.other_secretary,
                council=cast.other_council,
                date=builders.DAY,
                starts_at=hour,
            )
            for hour in hours
        ]
        names = [archiving.minutes_of(one).filename for one in meetings]
        assert names == [
            "Utkast Minnesanteckningar BRÅ 2026-03-12.pdf",
            "Utkast Minnesanteckningar BRÅ 2026-03-12-2.pdf",
        ]


class TestExtracts:
    def key(self, meeting: Meeting) -> int:
        return meeting.items.standing().get(kind=ItemKind.AGENDA).pk

    def test_one_paragraph_without_the_others(self, cast: Cast, meeting: Meeting, as_: As) -> None:
        answer = as_(cast.reader).get(url(meeting, f"utdrag/{self.key(meeting)}.pdf"))
        said = paper.words(answer.content)
        assert "Fastställande av dagordningen" in said
        assert "Aktuellt från verksamheterna" not in said
        assert "Utdragsbestyrkande" not in said
        name = filename(answer).replace("\N{NO-BREAK SPACE}", " ")
        assert "Utdrag § 3, Protokoll Strandköpings BRÅ 2026-03-12.pdf" in name

    def test_one_says_what_was_corrected_of_it_and_around_it_and_no_more(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        builders.corrected(cast, meeting)
        builders.corrected(cast, meeting, meeting.items.get(kind=ItemKind.AGENDA))
        builders.corrected(cast, meeting, meeting.items.get(kind=ItemKind.ROUND_TABLE))
        content = archiving.extract_of(archiving.minutes_of(meeting), self.key(meeting))
        assert re.findall(r"”([^”]+)” ska vara ”Vågsalen”", paper.words(content)) == [
            "Sessionssalen", "Fastställande av dagordningen",
        ]  # fmt: skip

    def test_the_secretary_attests_one_in_their_own_name(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        answer = as_(cast.secretary).post(url(meeting, f"utdrag/{self.key(meeting)}.pdf"))
        assert "Utdragsbestyrkande Karin Tallhed, sekreterare, " in paper.words(answer.content)
        assert filename(answer).startswith("attachment")
        entry = AuditEntry.objects.get(action="minutes.extracted")
        assert (entry.person, entry.facts["item"]) == (cast.secretary, self.key(meeting))

    def test_nobody_else_attests(self, cast: Cast, meeting: Meeting, as_: As) -> None:
        page = url(meeting, f"utdrag/{self.key(meeting)}.pdf")
        for person in (cast.chair, cast.adjuster, cast.reader, cast.administrator):
            assert as_(person).post(page).status_code == 404
        assert AuditEntry.objects.filter(action="minutes.extracted").count() == 0

    def test_not_before_justering_not_of_another_meeting_not_of_another_council(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        notes = builders.notes_in_signing(cast).meeting
        foreign = notes.items.standing()[0].pk
        wanted = [(cast.other_secretary, notes, foreign), (cast.secretary, meeting, foreign)]
        wanted += [(cast.other_secretary, meeting, self.key(meeting))]
        for person, where, item in wanted:
            for ask in ("get", "post"):
                answer = getattr(as_(person), ask)(url(where, f"utdrag/{item}.pdf"))
                assert answer.status_code == 404


@pytest.mark.usefixtures("quick_paper")
class TestTheArchive:
    def test_it_holds_what_is_justerat_by_year(self, cast: Cast, as_: As) -> None:
        for year in (2024, 2026):
            builders.sealed(cast, datetime.date(year, 3, 12))
        builders.in_signing(cast, datetime.date(2025, 3, 12))
        page = words(as_(cast.reader).get("/arkiv/"))
        assert "2 justerade protokoll" in page
        assert "2025" not in page
        assert page.index("Protokoll 12") < page.index("mars 2024")

    def test_it_is_narrowed_by_plain_links(self, cast: Cast, as_: As) -> None:
        builders.sealed(cast)
        builders.notes_sealed(cast)
        builders.seat("Rita Läsare", "rita", cast.other_council, Role.READER, None)
        client = as_(cast.reader)
        whole = client.get("/arkiv/").content.decode()
        assert 'href="?rad=ljungsaters-bra"' in whole
        assert 'href="?ar=2026"' in whole
        for query, total in (("rad=ljungsaters-bra", 1), ("ar=2026", 2), ("ar=2025", 0), ("", 2)):
            assert client.get(f"/arkiv/?{query}").context["total"] == total

    def test_another_councils_archive_is_not_there(
        self, cast: Cast, meeting: Meeting, as_: As
    ) -> None:
        page = as_(cast.other_member).get("/arkiv/?rad=strandkopings-bra")
        assert page.context["total"] == 0
        assert "Arkivet är tomt än" in words(page)

    @pytest.mark.parametrize("query", ["ar=x", "ar=0000", "sida=x", "sida=99", "rad=%00", "rad="])
    def test_odd_addresses_show_it_all(
        self, cast: Cast, meeting: Meeting, as_: As, query: str
    ) -> None:
        assert as_(cast.reader).get(f"/arkiv/?{query}").context["total"] == 1


def test_minutes_of_an_open_draft_are_drawn_from_the_rows(cast: Cast) -> None:
    draft = builders.written(cast)
    read = archiving.minutes_of(draft)
    assert read.content == minuting.snapshot_of(draft)
    assert (read.standing.state, read.round, read.sealed) == ("draft", None, None)
    with pytest.raises(ValueError, match="only justerade"):
        archiving.extract_of(read, draft.items.standing()[0].pk)
    assert isinstance(read.standing, pdf.Standing)
