"""What is on offer and what it costs from when: rooms by half day, day and evening, packages, add-ons. Öre without VAT."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.common.models import InTwoLanguages
from bookings.conferences.models.words import AddOnKind, Meal, PartKind
from navet import periods
from navet.house.models import OnePoint, Room
from navet.payments.models import Treatment


class OfferedQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(is_published=True)


class Priced(models.Model):
    """Has `prices`, one in force at a time."""

    prices: Any

    class Meta:
        abstract = True

    def price_on(self, day: dt.date) -> Any:
        """The price in force on the day of the conference, or None. Reads `prices`, prefetched."""
        return next((price for price in self.prices.all() if day in price.valid), None)


@pghistory.track()
class DayPart(InTwoLanguages, models.Model):
    """A stretch of the day that rooms are let for: a morning, a whole day. Set-up and clearing are inside it."""

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PartKind.choices)
    title_sv = models.CharField(_("title in Swedish"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=60)
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("part of the day")
        verbose_name_plural = _("parts of the day")
        ordering = ["starts", "ends"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_part_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(kind__in=PartKind.values), name="a_part_has_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def period(self, day: dt.date, *, extra_hours: int = 0) -> Any:
        """The booked time on the day; extra hours come after it."""
        end = periods.at(day, self.ends) + dt.timedelta(hours=extra_hours)
        return periods.period(periods.at(day, self.starts), end)


@pghistory.track()
class RoomOffer(InTwoLanguages, Priced):
    """A room of the house that is let for conferences. What it seats is said by the room's furnishings."""

    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="conference_offer")
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    equipment_sv = models.TextField(_("equipment in Swedish, one a line"), blank=True)
    equipment_en = models.TextField(_("equipment in English, one a line"), blank=True)
    access_sv = models.TextField(_("accessibility in Swedish"), blank=True)
    access_en = models.TextField(_("accessibility in English"), blank=True)
    set_up_minutes = models.PositiveSmallIntegerField(_("set-up inside the booked time, minutes"), default=15)
    clearing_minutes = models.PositiveSmallIntegerField(
        _("clearing inside the booked time, minutes"), default=15
    )
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        verbose_name = _("room on hire")
        verbose_name_plural = _("rooms on hire")
        ordering = ["room__slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(set_up_minutes__lte=120, clearing_minutes__lte=120),
                name="set_up_and_clearing_leave_time",
            ),
        ]

    def __str__(self) -> str:
        return self.room.name

    @property
    def is_offered(self) -> bool:
        """Read with its room."""
        return self.is_published and self.room.is_active

    def seats(self, furnishing: str) -> int:
        """How many it takes so furnished; the most in any way for "". Reads `room.furnishings`, prefetched."""
        found = [one.capacity for one in self.room.furnishings.all() if furnishing in ("", one.kind)]
        return max(found, default=0)


TWO_PRICES = _("Another price is in force in that time. End that one first, and save.")
NO_FIRST_DAY = _("Say from which day the price is in force.")


def _price_constraints(of: str, name: str) -> list[Any]:
    return [
        ExclusionConstraint(
            name=f"one_price_of_{name}_at_a_time",
            expressions=[
                (OnePoint(f"{of}_id"), RangeOperators.OVERLAPS),
                ("valid", RangeOperators.OVERLAPS),
            ],
            violation_error_message=TWO_PRICES,
        ),
        models.CheckConstraint(
            condition=Q(valid__isempty=False, valid__startswith__isnull=False),
            name=f"a_price_of_{name}_has_a_first_day",
            violation_error_message=NO_FIRST_DAY,
        ),
    ]


@pghistory.track()
class RoomPrice(models.Model):
    """What a room costs for a time; null where it is not let so."""

    offer = models.ForeignKey(RoomOffer, on_delete=models.CASCADE, related_name="prices")
    valid = DateRangeField(_("valid"))
    half_day_ore = models.PositiveIntegerField(_("half day, öre"), null=True, blank=True)
    day_ore = models.PositiveIntegerField(_("day, öre"), null=True, blank=True)
    evening_ore = models.PositiveIntegerField(_("evening, öre"), null=True, blank=True)
    extra_hour_ore = models.PositiveIntegerField(_("extra hour, öre"), null=True, blank=True)

    class Meta:
        verbose_name = _("room price")
        verbose_name_plural = _("room prices")
        ordering = ["valid"]
        constraints = _price_constraints("offer", "a_conference_room")

    def __str__(self) -> str:
        return str(self.valid.lower)

    def of(self, kind: str) -> int | None:
        """Öre without VAT for a half day, a day or an evening."""
        return {
            PartKind.HALF_DAY: self.half_day_ore,
            PartKind.DAY: self.day_ore,
            PartKind.EVENING: self.evening_ore,
        }[PartKind(kind)]


@pghistory.track()
class ConferencePackage(InTwoLanguages, Priced):
    """A room and what goes with it, at one price."""

    slug = models.SlugField(unique=True)
    part_kind = models.CharField(_("for a"), max_length=10, choices=PartKind.choices)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    included_sv = models.TextField(_("what is included, in Swedish, one a line"), blank=True)
    included_en = models.TextField(_("what is included, in English, one a line"), blank=True)
    meals = ArrayField(
        models.CharField(max_length=10, choices=Meal.choices),
        verbose_name=_("meals"),
        default=list,
        blank=True,
    )
    coffee_am_at = models.TimeField(_("morning coffee at"), default=dt.time(9, 30))
    lunch_at = models.TimeField(_("lunch at"), default=dt.time(12))
    coffee_pm_at = models.TimeField(_("afternoon coffee at"), default=dt.time(14, 30))
    treatment = models.CharField(
        _("VAT treatment"), max_length=12, choices=Treatment.choices, default=Treatment.CONFERENCE
    )
    rooms_included = models.PositiveSmallIntegerField(_("rooms included"), default=1)
    min_persons = models.PositiveSmallIntegerField(_("persons at least"), default=1)
    max_persons = models.PositiveSmallIntegerField(_("persons at most"), default=200)
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference package")
        verbose_name_plural = _("conference packages")
        constraints = [
            models.CheckConstraint(
                condition=Q(min_persons__gte=1, max_persons__gte=F("min_persons")),
                name="a_conference_package_takes_somebody",
            ),
            models.CheckConstraint(
                condition=Q(treatment__in=Treatment.values),
                name="a_conference_package_is_taxed_in_a_known_way",
            ),
            # Dinner is taxed apart (DOMAIN.md section 3), so it is an add-on with a price of its own.
            models.CheckConstraint(
                condition=~Q(meals__contains=["dinner"]), name="a_conference_package_leaves_dinner_apart"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fits(self, persons: int, part_kind: str) -> bool:
        return self.part_kind == part_kind and self.min_persons <= persons <= self.max_persons

    def meal_at(self, meal: str) -> dt.time:
        """When it is served as a rule. Dinner is never in a package."""
        return {
            Meal.COFFEE_AM: self.coffee_am_at,
            Meal.LUNCH: self.lunch_at,
            Meal.COFFEE_PM: self.coffee_pm_at,
        }[Meal(meal)]


class UnitPrice(models.Model):
    """Per person, for the group, or both; öre without VAT."""

    valid = DateRangeField(_("valid"))
    per_person_ore = models.PositiveIntegerField(_("per person, öre"), default=0)
    per_group_ore = models.PositiveIntegerField(_("for the group, öre"), default=0)

    class Meta:
        abstract = True
        ordering = ["valid"]

    def __str__(self) -> str:
        return str(self.valid.lower)


@pghistory.track()
class PackagePrice(UnitPrice):
    package = models.ForeignKey(ConferencePackage, on_delete=models.CASCADE, related_name="prices")

    class Meta(UnitPrice.Meta):
        verbose_name = _("package price")
        verbose_name_plural = _("package prices")
        constraints = _price_constraints("package", "a_conference_package")


@pghistory.track()
class AddOn(InTwoLanguages, Priced):
    """What a conference can have besides: an experience of Navet's own, food, something else.

    With `length_minutes` it happens at a time; with rooms or an educator it is an occasion of its own.
    """

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AddOnKind.choices)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True)
    treatment = models.CharField(_("VAT treatment"), max_length=12, choices=Treatment.choices)
    length_minutes = models.PositiveSmallIntegerField(_("length, minutes; 0 for what has no time"), default=0)
    earliest = models.TimeField(_("begins at the earliest"), default=dt.time(8))
    latest = models.TimeField(_("begins at the latest"), default=dt.time(20))
    usual = models.TimeField(_("begins as a rule"), default=dt.time(12))
    parts = ArrayField(
        models.CharField(max_length=10, choices=PartKind.choices), verbose_name=_("suits"), default=list
    )
    min_persons = models.PositiveSmallIntegerField(_("persons at least"), default=1)
    max_persons = models.PositiveSmallIntegerField(_("persons at most"), default=200)
    rooms = models.ManyToManyField(Room, related_name="+", blank=True, verbose_name=_("rooms it can use"))
    needs_educator = models.BooleanField(_("led by an educator"), default=False)
    educators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("educators who can lead it")
    )
    is_meal = models.BooleanField(_("a meal, with diets to be counted"), default=False)
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        verbose_name = _("add-on")
        verbose_name_plural = _("add-ons")
        constraints = [
            models.CheckConstraint(
                condition=Q(min_persons__gte=1, max_persons__gte=F("min_persons")),
                name="an_add_on_takes_somebody",
            ),
            models.CheckConstraint(
                condition=Q(latest__gte=F("earliest"), usual__gte=F("earliest"), usual__lte=F("latest")),
                name="an_add_on_begins_in_its_window",
            ),
            models.CheckConstraint(
                condition=Q(needs_educator=False) | Q(length_minutes__gte=1),
                name="an_educator_leads_for_some_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AddOnKind.values, treatment__in=Treatment.values),
                name="an_add_on_is_of_a_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fits(self, persons: int, part_kind: str) -> bool:
        return part_kind in self.parts and self.min_persons <= persons <= self.max_persons


@pghistory.track()
class AddOnPrice(UnitPrice):
    add_on = models.ForeignKey(AddOn, on_delete=models.CASCADE, related_name="prices")

    class Meta(UnitPrice.Meta):
        verbose_name = _("add-on price")
        verbose_name_plural = _("add-on prices")
        constraints = _price_constraints("add_on", "an_add_on")
