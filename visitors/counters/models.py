"""What counts at the doors, what it said, how far it is believed, and what a manager made of it."""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from visitors.counters import tally
from visitors.models import Visit


@pghistory.track()
class Counter(models.Model):
    """A counting device in one place. Moved or turned, it is a new one; its readings stay with the old."""

    class Kind(models.TextChoices):
        OWN = "own", _("Our own format")
        AXIS = "axis", _("Axis People Counter")
        XOVIS = "xovis", _("Xovis")

    class Direction(models.TextChoices):
        INWARDS = "inwards", _("The device's in is into the house")
        OUTWARDS = "outwards", _("The device's in is out of the house")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    door = models.CharField(_("which door"), max_length=80)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction.choices, default=Direction.INWARDS
    )
    line = models.CharField(
        _("line"),
        max_length=80,
        blank=True,
        help_text=_(
            "The name of the counting line in a Xovis sensor. Empty: every line it counts counts here."
        ),
    )
    serial = models.CharField(
        _("serial number"),
        max_length=40,
        blank=True,
        help_text=_("When given, what another serial number sends is refused."),
    )
    placed_from = models.DateField(_("in place from"))
    placed_until = models.DateField(_("last day in place"), null=True, blank=True)
    drift_tolerance_seconds = models.PositiveIntegerField(
        _("clock tolerance, seconds"),
        default=120,
        help_text=_("A clock that is more wrong than this is corrected for, and marked."),
    )
    silence_minutes = models.PositiveIntegerField(
        _("longest silence, minutes"),
        default=90,
        validators=[MinValueValidator(1)],
        help_text=_("A longer time without readings is marked as a gap."),
    )
    device = models.OneToOneField(
        settings.KNOX_TOKEN_MODEL,
        verbose_name=_("device"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="door_counter",
        help_text=_("Enrol it under Desk devices with the role Door counter; its key opens only this door."),
    )
    poll_address = models.CharField(
        _("address to ask"),
        max_length=200,
        blank=True,
        help_text=_("Scheme, host and port, for an Axis device that is asked instead of sending."),
    )
    poll_user = models.CharField(_("user to ask as"), max_length=80, blank=True)
    poll_secret = models.SlugField(
        _("name of the password"),
        max_length=40,
        blank=True,
        help_text=_("The password itself is in the environment, as DOOR_COUNTER_SECRET_ and this name."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("door counter")
        verbose_name_plural = _("door counters")
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_counter_per_name"),
            models.CheckConstraint(
                condition=Q(placed_until__isnull=True) | Q(placed_until__gte=F("placed_from")),
                name="a_counter_is_taken_down_after_it_was_put_up",
            ),
            models.CheckConstraint(
                condition=Q(poll_address="") | Q(kind="axis"), name="only_an_axis_device_is_asked"
            ),
            models.CheckConstraint(condition=Q(silence_minutes__gt=0), name="a_silence_has_a_length"),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """What a counter said at once, as it came. Never changed, never removed; the same again is not kept twice."""

    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="deliveries")
    device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shape = models.CharField(max_length=16)
    payload = models.JSONField()
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the payload.")
    clock_at = models.DateTimeField(null=True, help_text="The device's own time as it spoke.")
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("delivery from a counter")
        verbose_name_plural = _("deliveries from counters")
        constraints = [
            models.UniqueConstraint(fields=["counter", "fingerprint"], name="the_same_delivery_is_kept_once")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.counter_id} {self.received_at:%Y-%m-%d %H:%M:%S}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    def raw(self) -> list[Any]:  # type: ignore[override]  # nobody writes SQL here
        """(counter, what tally adds up), with the times of the delivery. One query."""
        rows = self.values_list(
            "counter", "kind", "line", "starts_at", "ends_at", "entered", "left",
            "delivery__received_at", "delivery__clock_at", "pk",
        )  # fmt: skip
        return [(counter, tally.Raw(*facts)) for counter, *facts in rows]


class Reading(models.Model):
    """One record of a delivery, in heads and the device's times. The same record in another delivery is not kept twice."""

    class Kind(models.TextChoices):
        INTERVAL = tally.INTERVAL, _("Interval")
        RUNNING = tally.RUNNING, _("Running sum")
        EVENT = tally.EVENT, _("Passage")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="readings")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="readings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    line = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    entered = models.PositiveIntegerField()
    left = models.PositiveIntegerField()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a counter")
        verbose_name_plural = _("readings of counters")
        constraints = [
            # In the order of the search for a counter's readings of some days, which it also serves.
            models.UniqueConstraint(
                fields=["counter", "ends_at", "kind", "line", "starts_at", "entered", "left"],
                name="the_same_reading_is_kept_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind="interval", starts_at__isnull=False, starts_at__lt=F("ends_at"))
                | Q(kind__in=["running", "event"], starts_at__isnull=True),
                name="an_interval_has_two_ends_and_a_moment_one",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Factor(models.Model):
    """A decision of how many came for each head a counter counted in. The latest that covers a day rules it.

    Decisions are never changed: a new one rules the days it covers, 1 takes an earlier one back.
    """

    counter = models.ForeignKey(
        Counter, verbose_name=_("door counter"), on_delete=models.PROTECT, related_name="factors"
    )
    factor = models.DecimalField(_("factor"), max_digits=5, decimal_places=4)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("correction factor")
        verbose_name_plural = _("correction factors")
        constraints = [
            models.CheckConstraint(
                condition=Q(factor__gte="0.1", factor__lte="5"), name="a_factor_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_factor_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_factor_has_a_reason"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Correction(models.Model):
    """A day's difference between door and desk that a manager had entered in the ledger, with what it was made of.

    Kept as it was approved; it can only be taken back, once, by an entry that reverses its own.
    """

    day = models.DateField(_("day"))
    entered = models.PositiveIntegerField(_("through the door"))
    corrected = models.PositiveIntegerField(_("through the door, corrected"))
    registered = models.IntegerField(_("registered"))
    heads = models.IntegerField(_("difference"))
    reason = models.CharField(_("reason"), max_length=200)
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="door_correction")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_reason = models.CharField(max_length=200, blank=True)
    reversal = models.OneToOneField(
        Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="door_correction_taken_back"
    )

    class Meta:
        verbose_name = _("door correction")
        verbose_name_plural = _("door corrections")
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(taken_back_at__isnull=True),
                name="one_standing_correction_per_day",
            ),
            models.CheckConstraint(
                condition=Q(heads=F("corrected") - F("registered")) & ~Q(heads=0),
                name="a_correction_is_the_difference",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True,
                    taken_back_by__isnull=True,
                    reversal__isnull=True,
                    taken_back_reason="",
                )
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False, reversal__isnull=False)
                & ~Q(taken_back_reason=""),
                name="a_correction_taken_back_says_by_whom_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="kept_as_approved",
                exclude=["taken_back_at", "taken_back_by", "taken_back_reason", "reversal"],
            ),
            pgtrigger.Protect(
                name="taken_back_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__taken_back_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.heads:+d}"
