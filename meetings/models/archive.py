from __future__ import annotations

import re

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from meetings.models.meeting import Meeting
from members.models import Council, Person


class Folded(models.Func):
    """Heading and text in small letters, also where the cluster's locale knows only a–z."""

    template = "lower(translate(%(expressions)s, 'ÅÄÖÉÜ', 'åäöéü'))"
    arg_joiner = " || E'\\n' || "
    output_field = models.TextField()


class ArchivedItemQuerySet(models.QuerySet["ArchivedItem"]):
    def visible_to(self, person: Person) -> ArchivedItemQuerySet:
        """As plain numbers: past a subquery the index of council and words is not used."""
        councils = Council.objects.visible_to(person).values_list("pk", flat=True)
        return self.filter(council__in=list(councils))


class ArchivedItem(models.Model):
    """One § of sealed minutes as it is searched: written by sealing, from the snapshot alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="archived_items")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="archived_items")
    item_key = models.BigIntegerField(help_text="AgendaItem.pk: the anchor in the document")
    date = models.DateField()
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=30, blank=True)
    heading = models.CharField(max_length=250)
    text = models.TextField()
    has_decision = models.BooleanField(default=False)
    action_count = models.PositiveSmallIntegerField(default=0)
    search = SearchVectorField()
    # Where words are looked for inside others: plain letters, because folding each row while one
    # searches took five times as long.
    folded = models.GeneratedField(
        expression=Folded("heading", "text"), output_field=models.TextField(), db_persist=True
    )

    objects = ArchivedItemQuerySet.as_manager()

    class Meta:
        verbose_name = "paragraf i arkivet"
        verbose_name_plural = "paragrafer i arkivet"
        ordering = ["-date", "position"]
        indexes = [
            # council first (btree_gin), so that a search costs what one council holds
            GinIndex(fields=["council", "search"], name="archive_search"),
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="archive_inside_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "item_key"], name="archived_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip()

    @property
    def anchor(self) -> str:
        """Where the § stands on the page of its minutes (pdf.items.item_lines)."""
        number = re.search(r"\d+$", self.label)
        return f"paragraf-{number[0]}" if number else f"punkt-{self.item_key}"
