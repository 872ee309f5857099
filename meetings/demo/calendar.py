"""The demo's calendar: the texts are written for one day, and moved so that it is today.

Moved by whole weeks, so that a Thursday stays a Thursday. In the texts a date stands in braces,
and words that follow from it are worked out anew:

    {2026-09-10}          10 september            {2026-09-10 dag}      torsdagen den 10 september
    {2026-09-10 vecka}    v. 37                   {2026-07-15 årstid}   sommaren

With a capital (Årstid, Vecka) the words begin a sentence.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from meetings import wording

WRITTEN_FOR = datetime.date(2026, 11, 22)
BRACES = re.compile(r"\{(\d{4}-\d\d-\d\d)(?: (\w+))?\}")
SEASONS = ("vintern", "våren", "sommaren", "hösten")


@dataclass(frozen=True)
class Calendar:
    today: datetime.date

    def day(self, written: datetime.date) -> datetime.date:
        """The day that a day in the texts has become."""
        return written + datetime.timedelta(weeks=(self.today - WRITTEN_FOR).days // 7)

    def iso(self, written: str) -> datetime.date:
        return self.day(datetime.date.fromisoformat(written))

    def told(self, text: str) -> str:
        """The text with its dates as words."""
        return BRACES.sub(lambda found: self.words(found[1], found[2] or ""), text)

    def words(self, written: str, form: str) -> str:
        day = self.iso(written)
        said = {
            "": wording.day(day),
            "dag": wording.definite_weekday_date(day),
            "vecka": f"vecka {day.isocalendar().week}" if form[:1].isupper() else wording.week(day),
            "årstid": SEASONS[day.month % 12 // 3],
        }[form.lower()]
        return wording.upper_first(said) if form[:1].isupper() else said
