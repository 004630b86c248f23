"""Who is expected at the door, and the check-ins that received them."""

import datetime as dt

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet import choices, codes, periods
from navet.directory.models import Municipality
from navet.house.models import Occasion
from visitors.models.categories import Category
from visitors.models.keeping import REMEMBER, touches_its_year

_OF_PRIVATE_PERSONS = (Occasion.Kind.PUBLIC, Occasion.Kind.GROUP_VISIT)


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

    def with_details(self) -> "ArrivalQuerySet":
        """Joined to what they come for and the municipality they come from."""
        return self.select_related("occasion", "municipality")

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

    code = models.CharField(_("code"), max_length=10)
    # Of a party that comes on several days: its first day's code, on all of them. Else "".
    party = models.CharField(_("code of the whole party"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Occasion.Kind.choices)
    occasion = models.ForeignKey(
        Occasion, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    label = models.CharField(_("who"), max_length=160)
    # Of a group: labelled by a name that is no private person's, which a device of the desk may keep.
    is_organisation = models.BooleanField(_("an organisation"), default=False, db_default=False)
    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="arrivals",
        db_index=False,  # no list of parties is by municipality; visits are counted by it
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

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        constraints = [
            # Not `unique=True`, for which Django adds an index of prefixes: a code is asked for whole.
            models.UniqueConstraint(fields=["code"], name="one_arrival_per_code"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="an_arrival_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="arrival_by_time"),  # the day list
            models.Index(fields=["party"], condition=~Q(party=""), name="arrival_by_party"),  # conferences
            models.Index(
                fields=["starts_at", "kind"], condition=Q(kind="conference"), name="arrival_of_conference"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_is_expected_is_remembered",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func=REMEMBER,
            ),
            pgtrigger.Trigger(
                name="what_changed_is_remembered",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.AnyChange(
                    "party",
                    "kind",
                    "starts_at",
                    "participant_category",
                    "adult_category",
                    "expected_participants",
                    "expected_adults",
                    "status",
                ),
                func=REMEMBER,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label_without_persons(self) -> str:
        """Who comes, as the desk knows them; but who may be a private person is what they come for, and the code. Fetch `occasion` with it.

        So are those who bought tickets, groups (a party is called by the child's name) but for associations and other organisations,
        and who hires a room for themselves.
        """
        kind = choices.label(Occasion.Kind, self.kind)
        if self.kind in _OF_PRIVATE_PERSONS and not self.is_organisation:
            return f"{self.occasion.title if self.occasion else kind}, {codes.pretty(self.code)}"
        if self.kind != Occasion.Kind.CONFERENCE:
            return self.label
        if not self.contact_name or self.label.startswith(self.contact_name):
            return f"{kind}, {codes.pretty(self.code)}"
        title = self.occasion.title if self.occasion else ""
        return f"{self.label.removesuffix(f', {title}')}, {kind}"


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
    # Who did it is read beside the row and never looked for: an index would be written for every party and read by nobody.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    undone_device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
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
        triggers = [
            touches_its_year(
                "a_check_in_touches_its_year",
                of="date_part('year', NEW.checked_in_at AT TIME ZONE 'Europe/Stockholm')",
                past="(NEW.checked_in_at AT TIME ZONE 'Europe/Stockholm') < {this_year}",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    @property
    def who(self) -> str:
        """The person or device that did it, for reading; fetch `by` and `device` with it."""
        return str(self.device or self.by or "–")
