"""Who is expected at the door, who came, and what the year is measured against."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts import actor
from navet.directory.models import Municipality
from navet.house.models import Occasion


class Category(models.TextChoices):
    """What kind of visit an entry of the ledger is; the counting rules say which indicator it counts in."""

    PUPIL = "pupil", _("Pupil on a school programme")
    SCHOOL_ADULT = "school_adult", _("Adult with a school class")
    ADULT = "adult", _("Adult")
    CHILD = "child", _("Child")
    FAMILY_ADULT = "family_adult", _("Adult on a family ticket")
    FAMILY_CHILD = "family_child", _("Child on a family ticket")
    ANNUAL_PASS = "annual_pass", _("Annual pass")
    GROUP = "group", _("Group visit")
    FREE = "free", _("Free entry")
    COURSE = "course", _("Educator on a course")
    LEISURE = "leisure", _("Child in a leisure group")
    CONFERENCE = "conference", _("Conference guest")
    DIGITAL = "digital", _("Digital or off-site participation")
    DOOR_CORRECTION = "door_correction", _("Door counter correction")


class HouseDay(models.Func):
    """The date in Borås of a moment, as PostgreSQL sees it."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Stockholm')::date"
    output_field = models.DateField()


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def on_day(self, day: dt.date) -> "ArrivalQuerySet":
        first, end = periods.day_bounds(day)
        return self.filter(starts_at__gte=first, starts_at__lt=end)

    def expected(self) -> "ArrivalQuerySet":
        return self.filter(status=Arrival.Status.EXPECTED)

    def not_checked_in(self) -> "ArrivalQuerySet":
        standing = CheckIn.objects.filter(arrival=models.OuterRef("pk"), undone_at__isnull=True)
        return self.filter(~models.Exists(standing))

    def in_order(self) -> "ArrivalQuerySet":
        return self.order_by("starts_at", "label", "pk")

    def with_standing(self) -> "ArrivalQuerySet":
        """Joined to the one check-in that stands, as `standing`; without it where there is none."""
        stands = models.Q(check_ins__undone_at__isnull=True)
        return self.annotate(standing=models.FilteredRelation("check_ins", condition=stands))


class Arrival(models.Model):
    """What the desk needs to know of a party, and nothing else. Product lines announce it; the desk never asks them.

    `booked_participants` is the head count first booked, `expected_participants` the latest final count.
    """

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        CANCELLED = "cancelled", _("Cancelled")
        NO_SHOW = "no_show", _("Did not come")

    code = models.CharField(_("code"), max_length=10, unique=True)
    # Of a party that comes on several days: its first day's code, on all of them. Else "".
    party = models.CharField(_("code of the whole party"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Occasion.Kind.choices)
    occasion = models.ForeignKey(
        Occasion, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    label = models.CharField(_("who"), max_length=160)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    participant_category = models.CharField(max_length=16, choices=Category.choices)
    adult_category = models.CharField(max_length=16, choices=Category.choices)
    booked_participants = models.PositiveIntegerField(_("booked"))
    expected_participants = models.PositiveIntegerField(_("expected"))
    expected_adults = models.PositiveIntegerField(_("adults"), default=0)
    needs = models.JSONField(
        _("access needs"), default=dict, help_text="Coded need -> how many; never names."
    )
    bus_at = models.TimeField(_("bus arrives"), null=True, blank=True)
    lunch_at = models.DateTimeField(_("lunch"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.EXPECTED)

    objects = ArrivalQuerySet.as_manager()

    standing_check_ins: list["CheckIn"]  # where day_list.with_details fetched it

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="an_arrival_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="arrival_by_time"),  # the day list
            models.Index(fields=["party"], condition=~Q(party=""), name="arrival_by_party"),  # conferences
        ]

    def __str__(self) -> str:
        return self.label


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def standing(self) -> "CheckInQuerySet":
        """Those not undone, with who did them."""
        return self.filter(undone_at__isnull=True).select_related("by", "device")


class CheckIn(models.Model):
    """A party was received at the desk. Undone within the day, never changed; one stands at a time."""

    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="check_ins")
    participants = models.PositiveIntegerField(_("participants"))
    adults = models.PositiveIntegerField(_("adults"), default=0)
    checked_in_at = models.DateTimeField(_("checked in"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["arrival"],
                condition=Q(undone_at__isnull=True),
                name="one_standing_check_in_per_arrival",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=models.F("checked_in_at")),
                name="a_check_in_is_undone_after_it_was_done",
            ),
            models.CheckConstraint(
                condition=Q(participants__gt=0) | Q(adults__gt=0), name="somebody_was_checked_in"
            ),
        ]

    @property
    def who(self) -> str:
        """The person or device that did it, for reading; fetch `by` and `device` with it."""
        return str(self.device or self.by or "–")


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


def never_emptied() -> pgtrigger.Trigger:
    """TRUNCATE is refused: it would go around the triggers of the rows."""
    return pgtrigger.Trigger(
        name="never_emptied",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'never emptied: %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';",
    )


class VisitQuerySet(models.QuerySet["Visit"]):
    def in_year(self, year: int) -> "VisitQuerySet":
        return self.filter(day__gte=dt.date(year, 1, 1), day__lt=dt.date(year + 1, 1, 1))

    def on_day(self, day: dt.date) -> "VisitQuerySet":
        return self.filter(day=day)

    def standing(self) -> "VisitQuerySet":
        """Entries that nothing has reversed, without the reversals themselves."""
        return self.filter(reverses__isnull=True, reversal__isnull=True)

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
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

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
            models.Index(fields=["leaves_at"], name="visit_by_leaving"),  # who is in the house now
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
        ]

    @property
    def who(self) -> str:
        """The person or device that entered it, for reading; fetch `by` and `device` with it."""
        return str(self.device or self.by or "–")

    @property
    def where_from(self) -> str:
        """How it came into the ledger, as words: "Desk, page"."""
        source, door = str(self.get_source_display()), str(self.get_via_display())
        if not door:
            return source
        return f"{source}, {door if door.isupper() else door[:1].lower() + door[1:]}"


class Indicator(models.TextChoices):
    """What the year is measured by (DESIGN.md section 5)."""

    PUPILS = "pupils", _("Pupils on school programmes")
    EDUCATORS = "educators", _("Individuals in competence development")
    VISITORS = "visitors", _("Visitors in total")
    LEISURE = "leisure", _("Children and young people in meaningful leisure")
    CONFERENCES = "conferences", _("Meetings and conferences")


@pghistory.track()
class Target(models.Model):
    """What a year aims at."""

    year = models.PositiveSmallIntegerField(_("year"))
    indicator = models.CharField(_("indicator"), max_length=12, choices=Indicator.choices)
    value = models.PositiveIntegerField(_("target"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(fields=["year", "indicator"], name="one_target_per_year_and_indicator")
        ]


@pghistory.track()
class CountingRule(models.Model):
    """Whether visits of a category count in an indicator in a year; nobody outside Navet can settle it."""

    year = models.PositiveSmallIntegerField(_("year"))
    indicator = models.CharField(_("indicator"), max_length=12, choices=Indicator.choices)
    category = models.CharField(_("category"), max_length=16, choices=Category.choices)
    counts = models.BooleanField(_("counts"))

    class Meta:
        verbose_name = _("counting rule")
        verbose_name_plural = _("counting rules")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "indicator", "category"], name="one_rule_per_year_indicator_and_category"
            )
        ]


class CountingDecision(models.Model):
    """A version of what counts: who decided what for which year, when and why. Never changed.

    The rows it led to are CountingRule and Target; `changes` says what they were and became. A year goes by the
    latest decision for it or for an earlier year.
    """

    number = models.PositiveIntegerField(_("version"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    reason = models.CharField(_("reason"), max_length=300)
    changes = models.JSONField(
        _("changes"), help_text="Indicator, category (none for its target), before, after."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("counting decision")
        verbose_name_plural = _("counting decisions")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_counting_decision_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
        ]


class LedgerCheck(models.Model):
    """One time the whole ledger was added up again, and what did not agree (`found` holds the first of them)."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    entries = models.PositiveBigIntegerField(_("entries"))
    check_ins = models.PositiveBigIntegerField(_("check-ins"))
    differences = models.PositiveIntegerField(_("differences"))
    found = models.JSONField(default=list)
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="The same for the same differences; empty without any."
    )

    class Meta:
        verbose_name = _("ledger check")
        verbose_name_plural = _("ledger checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(differences=0, fingerprint="") | Q(differences__gt=0) & ~Q(fingerprint=""),
                name="differences_have_a_fingerprint",
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="ledger_check_newest_first")]
