from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from members.models.council import Council
from members.models.municipality import Municipality
from members.models.organisation import Organisation
from members.models.person import Person
from members.roles import COUNCIL_ROLES, Role


class Term(models.Model):
    """From–to: both days included; an open end has no last day."""

    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message="Sista dagen kan inte vara före första dagen.",
            )
        ]

    def runs_on(self, day: datetime.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class TermQuerySet(models.QuerySet):
    def running(self, day: datetime.date) -> TermQuerySet:
        """Those that run on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def not_ended(self, day: datetime.date) -> TermQuerySet:
        """Those that run on a day or begin later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def coming(self, day: datetime.date) -> TermQuerySet:
        """Those that begin after a day."""
        return self.filter(starts_on__gt=day)

    def ended(self, day: datetime.date) -> TermQuerySet:
        """Those whose last day has passed on a day."""
        return self.filter(ends_on__lt=day)


class Mandate(Term):
    """A person's seat: person × council × organisation × role, from–to."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mandates", verbose_name="person"
    )
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="mandates", verbose_name="råd"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name="organisation",
    )
    role = models.CharField(
        "roll", max_length=14, choices=[(role.value, role.label) for role in COUNCIL_ROLES]
    )
    title = models.CharField(
        "titel", max_length=100, blank=True, help_text="Som kommunpolis eller säkerhetschef."
    )
    personal_substitute = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substitute_for",
        verbose_name="personlig ersättare",
    )

    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "uppdrag i råd"
        verbose_name_plural = "uppdrag i råd"
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in COUNCIL_ROLES]),
                name="mandate_role_of_a_council",
                violation_error_message="Den rollen ges inte i ett råd.",
            ),
            models.CheckConstraint(
                condition=Q(personal_substitute__isnull=True) | ~Q(personal_substitute=F("person")),
                name="mandate_not_ones_own_substitute",
                violation_error_message="Ingen kan vara sin egen ersättare.",
            ),
            ExclusionConstraint(
                name="mandate_once_at_a_time",
                violation_error_message="Personen har redan den rollen i rådet under den tiden.",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("council", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display().lower()} i {self.council}"


class Administrator(Term):
    """Who runs a municipality's councils and registers (members.roles.Role.ADMINISTRATOR)."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="administrator_of", verbose_name="person"
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="administrators",
        verbose_name="kommun",
    )

    objects = TermQuerySet.as_manager()

    class Meta(Term.Meta):
        verbose_name = "kommunens administratör"
        verbose_name_plural = "kommunernas administratörer"
        constraints = [*Term.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.person}, {Role.ADMINISTRATOR.label.lower()}, {self.municipality}"
