"""Who came: the ledger."""

import datetime as dt

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from navet import choices, periods
from navet.accounts import actor
from navet.directory.models import Municipality
from visitors.models.arrivals import CheckIn
from visitors.models.categories import Category
from visitors.models.keeping import ADD_TO_SUM, HouseDay, never_emptied, touches_its_year

# A reversal takes away exactly what it reverses, on the same day, and is never itself reversed.
_MIRRORS = """
    IF NOT EXISTS (
        SELECT FROM visitors_visit v
        WHERE v.id = NEW.reverses_id AND v.reverses_id IS NULL AND v.count = -NEW.count
            AND v.day = NEW.day AND v.category = NEW.category AND v.person = NEW.person
            AND v.municipality_id IS NOT DISTINCT FROM NEW.municipality_id
            AND v.check_in_id IS NOT DISTINCT FROM NEW.check_in_id
    ) THEN
        RAISE EXCEPTION 'a reversal mirrors what it reverses' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class VisitQuerySet(models.QuerySet["Visit"]):
    def in_year(self, year: int) -> "VisitQuerySet":
        return self.filter(day__gte=dt.date(year, 1, 1), day__lt=dt.date(year + 1, 1, 1))

    def on_day(self, day: dt.date) -> "VisitQuerySet":
        return self.filter(day=day)

    def standing(self) -> "VisitQuerySet":
        """Entries that nothing has reversed, without the reversals themselves."""
        return self.filter(reverses__isnull=True, reversal__isnull=True)

    def known_by(self, evening: dt.date) -> "VisitQuerySet":
        """Entries that had been made by the end of that day. What was brought in from elsewhere was known on its own day."""
        return self.filter(
            Q(source="import", reverses=None) | Q(entered_at__lt=periods.day_bounds(evening)[1])
        )

    def standing_on(self, evening: dt.date) -> "VisitQuerySet":
        """As `standing`, at the end of that day."""
        taken_back = Visit.objects.known_by(evening).filter(reverses=models.OuterRef("pk"))
        return self.known_by(evening).filter(~models.Exists(taken_back), reverses__isnull=True)

    def in_the_house(self, at: dt.datetime) -> "VisitQuerySet":
        """Entries of those who came and are not yet expected to have left."""
        return self.filter(day=periods.local_day(at), at__lte=at, leaves_at__gt=at)


class Visit(models.Model):
    """The append-only ledger of people who came. A mistake is corrected by a reversing entry, never by an update.

    `count` is heads; negative in a reversal, which points at what it reverses. `day` is the date in Borås of `at`.
    """

    class Source(models.TextChoices):
        DESK = "desk", _("Desk")
        LIST = "list", _("Attendance list")
        COUNTER = "counter", _("Door counter correction")
        IMPORT = "import", _("Import")

    class Via(models.TextChoices):
        PAGE = actor.PAGE, _("Page")
        API = actor.API, _("API")
        OFFLINE = actor.OFFLINE, _("Without a network, brought in later")

    at = models.DateTimeField(_("came"))
    day = models.DateField(_("day"))
    leaves_at = models.DateTimeField(_("expected to leave"))
    category = models.CharField(_("category"), max_length=16, choices=Category.choices)
    count = models.IntegerField(_("heads"))
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    via = models.CharField(
        _("door"),
        max_length=8,
        choices=Via.choices,
        blank=True,
        default="",
        db_default="",
        help_text="Through which door it was entered; empty for what the house did by itself.",
    )
    check_in = models.ForeignKey(
        CheckIn, null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )
    person = models.CharField(_("pseudonym"), max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Who entered it is read beside the row and never looked for: an index would be written a million times and read by nobody.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    entered_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, count__gt=0)
                | Q(reverses__isnull=False, count__lt=0)
                | Q(source="counter") & ~Q(count=0),
                name="only_a_reversal_or_a_correction_counts_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=-100_000, count__lte=100_000), name="a_head_count_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(day=HouseDay("at")), name="a_visit_counts_on_its_day_in_boras"
            ),
            models.CheckConstraint(
                condition=Q(leaves_at__gte=models.F("at")), name="a_visitor_leaves_after_coming"
            ),
            models.CheckConstraint(
                condition=Q(source="counter", category="door_correction")
                | ~Q(source="counter") & ~Q(category="door_correction"),
                name="a_door_correction_comes_from_the_counters",
            ),
        ]
        indexes = [
            # The sums (without touching the table) and the rows behind them, in the order they are leafed through.
            models.Index(
                fields=["day", "id"], include=["category", "count", "municipality"], name="visit_by_day"
            ),
            models.Index(
                fields=["day", "leaves_at"], name="visit_of_a_day_by_leaving"
            ),  # who is in the house now
            models.Index(fields=["category", "day"], condition=~Q(person=""), name="visit_of_persons"),
            # What an evening did not know yet of days that were over: few.
            models.Index(
                F("day"),
                condition=~Q(source="import", reverses__isnull=True) & Q(day__lt=HouseDay("entered_at")),
                name="visit_entered_later",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
            pgtrigger.Trigger(
                name="a_reversal_mirrors",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__reverses__isnull=False),
                func=_MIRRORS,
            ),
            pgtrigger.Trigger(
                name="added_to_its_closed_day",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func=ADD_TO_SUM,
            ),
            touches_its_year(
                "an_entry_touches_its_year",
                of="date_part('year', NEW.day)",
                past="NEW.day < ({this_year})::date",
                operation=pgtrigger.Insert,
            ),
        ]

    def get_category_display(self) -> str:  # type: ignore[no-redef]  # in place of the one Django adds
        return choices.label(Category, self.category)

    @property
    def who(self) -> str:
        """The person or device that entered it, for reading; fetch `by` and `device` with it."""
        return str(self.device or self.by or "–")

    @property
    def where_from(self) -> str:
        """How it came into the ledger, as words: "Desk, page"."""
        source, door = choices.label(self.Source, self.source), choices.label(self.Via, self.via)
        if not door:
            return source
        return f"{source}, {door if door.isupper() else door[:1].lower() + door[1:]}"
