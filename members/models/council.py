from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.municipality import Municipality
from members.models.ordering import SwedishOrder
from members.roles import CLOSED_BY_CHOICE, Right, Role, SignerRole, roles_with

if TYPE_CHECKING:
    from members.models.person import Person

# First words of our own URLs: a council must not be called so.
RESERVED_SLUGS = frozenset(
    "admin konto static media sok arkiv moten uppdrag rad mitt om tillganglighet vapen "  # noqa: SIM905
    "kontrollera inbjudan hjalp api".split()
)


class MinutesStyle(models.TextChoices):
    PARAGRAPHS = "paragraphs", "Paragrafer (§ 1, § 2 …)"
    HEADINGS = "headings", "Rubriker (minnesanteckningar)"


class Numbering(models.TextChoices):
    PER_MEETING = "per_meeting", "Från 1 vid varje möte"
    PER_YEAR = "per_year", "I följd under året"
    NONE = "none", "Inga nummer"


class Accent(models.TextChoices):
    """The council's colour, for § numbers and rules of its minutes. static/css/minutes.css has the
    tones: each at least 4.5:1 against paper and screen, light and dark (WCAG 1.4.3)."""

    TEAL = "teal", "Blågrön"
    BLUE = "blue", "Blå"
    GREEN = "green", "Grön"
    RED = "red", "Vinröd"
    PURPLE = "purple", "Lila"
    BLACK = "black", "Svart"


class LegalForm(models.TextChoices):
    """KL 3 kap.: "råd" is none of the law's bodies, so KL's rules on minutes bind only a nämnd."""

    ADVISORY = "advisory", "Rådgivande råd"
    PREPARATORY = "preparatory", "Nämndberedning"
    BOARD = "board", "Nämnd eller utskott"


class ApprovalLevel(models.TextChoices):
    """How a signer may show at justering that it is them, strongest first."""

    PASSKEY = "passkey", "Passkey"
    PASSWORD_CODE = "password_code", "Lösenord och engångskod"
    SSO = "sso", "Kommunens inloggning"
    PASSWORD = "password", "Bara lösenord"


def default_levels() -> list[str]:
    return [ApprovalLevel.PASSKEY, ApprovalLevel.PASSWORD_CODE]


def default_signers() -> list[str]:
    return [SignerRole.CHAIR, SignerRole.ADJUSTER]


def default_phrases() -> list[str]:
    return [
        "Informationen läggs till handlingarna.",
        "Dagordningen fastställs.",
        "Rådet ställer sig bakom förslaget.",
        "Ärendet bordläggs.",
    ]


def default_blocks() -> list[dict[str, str]]:
    return [
        {
            "name": "Mötet öppnas",
            "text": "Ordföranden hälsar alla välkomna och förklarar mötet öppnat.",
        },
        {
            "name": "Föregående protokoll",
            "text": "Föregående protokoll gås igenom och läggs till handlingarna.",
        },
        {"name": "Inget att anmäla", "text": "Det finns inget att anmäla."},
        {
            "name": "Mötet avslutas",
            "text": "Ordföranden tackar för visat intresse och förklarar mötet avslutat.",
        },
    ]


class CouncilQuerySet(models.QuerySet["Council"]):
    def visible_to(self, person: Person, right: Right = Right.READ) -> CouncilQuerySet:
        """Councils where the person holds `right` today, by mandate or as administrator.

        The one rule of who sees what: lists, search, mail and exports all start from here.
        """
        today = timezone.localdate()
        by_mandate = person.mandates.running(today).filter(role__in=roles_with(right))
        visible = Q(pk__in=by_mandate.values("council"))
        if right == Right.READ_CLOSED:
            seats = person.mandates.running(today).filter(role__in=CLOSED_BY_CHOICE)
            visible |= Q(members_read_closed=True, pk__in=seats.values("council"))
        if Role.ADMINISTRATOR in roles_with(right):
            administers = person.administrator_of.running(today)
            visible |= Q(municipality__in=administers.values("municipality"))
        return self.filter(visible)


class Council(models.Model):
    """A local crime-prevention council and all its settings.

    Style, numbering and signers are copied to a meeting when it is planned, so that old
    meetings keep theirs when the council changes its mind.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="councils", verbose_name="kommun"
    )
    name = models.CharField(
        "namn", max_length=150, help_text="Hela namnet, som rubrik på protokollet."
    )
    short_name = models.CharField("kort namn", max_length=60, help_text="Som Lokala BRÅ.")
    slug = models.SlugField(
        "adress", max_length=60, unique=True, help_text="Sista delen av adressen, som kalmar-bra."
    )
    minutes_style = models.CharField(
        "protokollets form", max_length=12, choices=MinutesStyle, default=MinutesStyle.PARAGRAPHS
    )
    numbering = models.CharField(
        "numrering", max_length=12, choices=Numbering, default=Numbering.PER_MEETING
    )
    number_prefix = models.CharField(
        "före paragrafnumret", max_length=10, blank=True, help_text="Som FHR. Oftast tomt."
    )
    signers = ArrayField(
        models.CharField(max_length=10, choices=SignerRole),
        default=default_signers,
        verbose_name="vem som justerar",
    )
    legal_form = models.CharField(
        "rättslig form", max_length=12, choices=LegalForm, default=LegalForm.ADVISORY
    )
    days_for_summons = models.PositiveSmallIntegerField(
        "dagar mellan kallelse och möte",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    days_for_signing = models.PositiveSmallIntegerField(
        "dagar för justering",
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="14 dagar gäller för en nämnd (5 kap. 69 § kommunallagen).",
    )
    uses_posting = models.BooleanField("justeringen anslås", default=False)
    approval_levels = ArrayField(
        models.CharField(max_length=13, choices=ApprovalLevel),
        default=default_levels,
        verbose_name="godkännande vid justering",
    )
    members_read_closed = models.BooleanField(
        "ledamöter och ersättare läser sekretess", default=False
    )
    lists_apologies = models.BooleanField("skriv ut förhindrade", default=True)
    accent = models.CharField(
        "färg", max_length=6, choices=Accent, default=Accent.TEAL, db_default=Accent.TEAL
    )
    decision_phrases = ArrayField(
        models.CharField(max_length=200),
        default=default_phrases,
        blank=True,
        verbose_name="fasta beslutsfraser",
    )
    # [{name, text}] in the council's own order; a line of the text is a paragraph.
    text_blocks = models.JSONField("textblock", default=default_blocks, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "råd"
        verbose_name_plural = "råd"
        ordering = [SwedishOrder("name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="council_slug_free",
                violation_error_message="Adressen är upptagen av programmet självt.",
            ),
            models.CheckConstraint(
                condition=Q(signers__len__gte=1),
                name="council_has_signers",
                violation_error_message="Minst en måste justera.",
            ),
            models.CheckConstraint(
                condition=Q(approval_levels__len__gte=1),
                name="council_has_approval_levels",
                violation_error_message="Minst ett sätt att justera måste godtas.",
            ),
            models.CheckConstraint(
                condition=~Q(minutes_style=MinutesStyle.PARAGRAPHS, numbering=Numbering.NONE)
                & ~(Q(minutes_style=MinutesStyle.HEADINGS) & ~Q(numbering=Numbering.NONE)),
                name="council_numbers_paragraphs_only",
                violation_error_message="Paragrafer behöver nummer, och rubriker har inga.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
