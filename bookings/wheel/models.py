"""What planners and management write on the year wheel themselves; all else on it is read where it lives."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.pages import formats
from visitors.models import Indicator

LEAST_PERCENT, MOST_PERCENT = -100, 300
MOST_HEADS = 100_000


class EntryQuerySet(models.QuerySet["Entry"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def touching(self, first: dt.date, end: dt.date) -> Self:
        """With a day in [first, end)."""
        return self.filter(days__startswith__lt=end, days__endswith__gt=first)

    def visible_to(self, who: Actor) -> Self:
        """All to those who write on the wheel, else those meant for everybody who reads it; nothing to others."""
        if who.has_capability("wheel.edit"):
            return self
        return self.filter(audience=Entry.Audience.STAFF) if who.has_capability("wheel.view") else self.none()


@pghistory.track()
class Entry(models.Model):
    """A campaign, an event or a date of its own. `days` is half-open; `version` rises with each change, for calendars.

    One that is removed stays, so that calendars that have it learn that it is off.
    """

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign")
        EVENT = "event", _("Big event")
        EXHIBITION = "exhibition", _("Exhibition")
        CLOSURE = "closure", _("Closed, or partly")
        REPORTING = "reporting", _("Reporting date")
        OTHER = "other", _("Other")

    class Audience(models.TextChoices):
        STAFF = "staff", _("Everybody who sees the year wheel")
        PLANNING = "planning", _("Planners and management")

    class Unit(models.TextChoices):
        PERCENT = "percent", _("per cent")
        HEADS = "heads", _("people, over all its days")

    class Of(models.TextChoices):
        """Indicators that may be announced for."""

        VISITORS = Indicator.VISITORS.value, Indicator.VISITORS.label
        PUPILS = Indicator.PUPILS.value, Indicator.PUPILS.label

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title_sv = models.CharField(_("title in Swedish"), max_length=80)
    title_en = models.CharField(_("title in English"), max_length=80)
    days = DateRangeField(_("days"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    audience = models.CharField(_("visible to"), max_length=10, choices=Audience.choices)
    # What it is expected to bring beyond, or below 0 short of, what its days usually bring: the forecast takes it in.
    brings = models.IntegerField(_("expected more, or less"), null=True, blank=True)
    brings_unit = models.CharField(_("counted in"), max_length=7, choices=Unit.choices, blank=True)
    brings_of = models.CharField(_("expected of"), max_length=11, choices=Of.choices, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the year wheel")
        verbose_name_plural = _("entries of the year wheel")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    days__isempty=False, days__startswith__isnull=False, days__endswith__isnull=False
                ),
                name="an_entry_of_the_wheel_has_a_first_and_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(brings__isnull=True, brings_unit="", brings_of="")
                | Q(
                    brings__isnull=False,
                    brings_unit="percent",
                    brings__gte=LEAST_PERCENT,
                    brings__lte=MOST_PERCENT,
                )
                & ~Q(brings=0)
                & ~Q(brings_of="")
                | Q(
                    brings__isnull=False, brings_unit="heads", brings__gte=-MOST_HEADS, brings__lte=MOST_HEADS
                )
                & ~Q(brings=0)
                & ~Q(brings_of=""),
                name="an_entry_of_the_wheel_says_whole_what_it_brings",
            ),
            models.CheckConstraint(
                condition=~Q(title_sv="") & ~Q(title_en=""), name="an_entry_of_the_wheel_has_titles"
            ),
        ]
        indexes = [models.Index(fields=["days"], name="wheel_entry_by_days")]  # the year that is shown

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_sv

    @property
    def expectation(self) -> str:
        """ "+25 % Visitors in total", "−300 Pupils …"; "" where nothing is said."""
        if self.brings is None:
            return ""
        sign = "+" if self.brings > 0 else "−"
        unit = "\N{NO-BREAK SPACE}%" if self.brings_unit == self.Unit.PERCENT else ""
        return f"{sign}{formats.count(abs(self.brings))}{unit} {self.get_brings_of_display()}"

    @property
    def first(self) -> dt.date:
        return self.days.lower

    @property
    def last(self) -> dt.date:
        return self.days.upper - dt.timedelta(days=1)


class Told(models.Model):
    """What calendars were last told of something whose source keeps no versions: a closure, a break, a window.

    `sequence` is how often its days, or whether it is off, had changed by `changed_at`, when a calendar first asked after it.
    """

    key = models.CharField(primary_key=True, max_length=100)
    days = DateRangeField()
    is_off = models.BooleanField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("what calendars were told of the year wheel")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.key
