"""Packages for groups, what they cost from when, and the groups that book them."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking, HeldBookingQuerySet, InTwoLanguages
from navet.directory.models import Municipality
from navet.house.models import Occasion, Room


class GroupKind(models.TextChoices):
    LEISURE = "leisure", _("Leisure visit")
    PARTY = "party", _("Birthday party")
    OTHER = "other", _("Association or other group")


class GroupPackageQuerySet(models.QuerySet["GroupPackage"]):
    def published(self) -> "GroupPackageQuerySet":
        return self.filter(is_published=True)

    def whole(self) -> "GroupPackageQuerySet":
        """With what finding a free time takes."""
        return self.prefetch_related("rooms__cells", "educators", "prices")


@pghistory.track()
class GroupPackage(InTwoLanguages, models.Model):
    """What a group comes for, when it is offered, and what it needs of the house."""

    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=GroupKind.choices)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300)
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    included_sv = models.TextField(_("what is included, in Swedish"), blank=True)
    included_en = models.TextField(_("what is included, in English"), blank=True)
    ages_sv = models.CharField(_("age advice in Swedish"), max_length=80, blank=True)
    ages_en = models.CharField(_("age advice in English"), max_length=80, blank=True)
    length_minutes = models.PositiveSmallIntegerField(_("length, minutes"))
    min_heads = models.PositiveSmallIntegerField(_("participants at least"))
    max_heads = models.PositiveSmallIntegerField(_("participants at most"))
    at_once = models.PositiveSmallIntegerField(_("groups at once"), default=1)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays, Monday is 0"))
    times = ArrayField(models.TimeField(), verbose_name=_("times it begins"))
    notice_days = models.PositiveSmallIntegerField(_("booked at least so many days ahead"), default=3)
    horizon_days = models.PositiveSmallIntegerField(_("booked at most so many days ahead"), default=120)
    rooms = models.ManyToManyField(Room, related_name="+", verbose_name=_("rooms it can use"))
    needs_educator = models.BooleanField(_("led by an educator"), default=False)
    educators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("educators who can lead it")
    )
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = GroupPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("group package")
        verbose_name_plural = _("group packages")
        constraints = [
            models.CheckConstraint(
                condition=Q(min_heads__gte=1, max_heads__gte=F("min_heads")),
                name="a_package_has_at_least_its_minimum",
            ),
            models.CheckConstraint(
                condition=Q(length_minutes__gte=1, at_once__gte=1), name="a_package_takes_time_and_a_group"
            ),
            models.CheckConstraint(
                condition=Q(horizon_days__gte=F("notice_days")), name="a_package_can_be_booked_some_day"
            ),
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="a_package_has_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def price_on(self, day: dt.date) -> "PackagePrice | None":
        """What it costs on the day of the visit: the latest price that is in force then. Reads `prices`, prefetched."""
        in_force = [price for price in self.prices.all() if price.from_date <= day]
        return max(in_force, key=lambda price: price.from_date, default=None)


@pghistory.track()
class PackagePrice(models.Model):
    """What a package costs from a date on: per participant, per group, or both; öre including VAT."""

    package = models.ForeignKey(GroupPackage, on_delete=models.CASCADE, related_name="prices")
    from_date = models.DateField(_("from date"))
    per_head_ore = models.PositiveIntegerField(_("per participant, öre"), default=0)
    per_group_ore = models.PositiveIntegerField(_("per group, öre"), default=0)
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"), default=60)

    class Meta:
        verbose_name = _("package price")
        verbose_name_plural = _("package prices")
        ordering = ["from_date"]
        constraints = [
            models.UniqueConstraint(fields=["package", "from_date"], name="one_price_per_package_and_date"),
            models.CheckConstraint(
                condition=Q(vat_permille__in=[0, 60, 120, 250]), name="a_packages_vat_is_a_swedish_rate"
            ),
        ]

    def of(self, heads: int) -> int:
        """Öre including VAT for so many participants."""
        return self.per_group_ore + heads * self.per_head_ore


class GroupBookingQuerySet(HeldBookingQuerySet):
    def whole(self) -> Self:
        return self.select_related("occasion", "package", "municipality")


@pghistory.track(exclude=["contact_name", "contact_email", "contact_phone"])
class GroupBooking(HeldBooking):
    """A group on a package. Its occasion holds its room and educator, and is called off when it leaves or lapses."""

    SEEN_BY = "groups.view_bookings"
    PURPOSE = "group-booking"
    LINE = "groups"

    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="group_booking")
    package = models.ForeignKey(GroupPackage, on_delete=models.PROTECT, related_name="bookings")
    group_name = models.CharField(_("name of the group"), max_length=80)
    # What its name may be kept for on a device of the desk; a private group's is not.
    is_organisation = models.BooleanField(_("an organisation"), default=False)
    heads = models.PositiveSmallIntegerField(_("participants"))
    adults = models.PositiveSmallIntegerField(_("accompanying adults"), default=0)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))

    objects = GroupBookingQuerySet.as_manager()

    class Meta(HeldBooking.Meta):
        verbose_name = _("group booking")
        verbose_name_plural = _("group bookings")
        constraints = [
            *HeldBooking.Meta.constraints,
            models.CheckConstraint(
                condition=Q(heads__gte=1, heads__lte=500, adults__lte=200), name="a_group_has_participants"
            ),
        ]

    def __str__(self) -> str:
        return self.group_name
