"""Public events with time slots, and the tickets people book for them."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking, HeldBookingQuerySet, InTwoLanguages
from navet.house.models import Occasion, Room


class TicketKind(models.TextChoices):
    """Whoever holds a ticket takes a place, a companion too."""

    ADULT = "adult", _("Adult ticket")
    CHILD = "child", _("Child ticket")
    COMPANION = "companion", _("Companion, free")


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> "EventQuerySet":
        return self.filter(is_published=True)


@pghistory.track()
class Event(InTwoLanguages, models.Model):
    """What the public is invited to: a show, a camp, a lov day. Its slots say when."""

    slug = models.SlugField(unique=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300)
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    ages_sv = models.CharField(_("age advice in Swedish"), max_length=80, blank=True)
    ages_en = models.CharField(_("age advice in English"), max_length=80, blank=True)
    length_minutes = models.PositiveSmallIntegerField(_("length, minutes"))
    capacity = models.PositiveSmallIntegerField(_("places in each slot"))
    most_tickets = models.PositiveSmallIntegerField(_("tickets in one booking, at most"), default=10)
    rooms = models.ManyToManyField(Room, related_name="+", blank=True, verbose_name=_("rooms it can use"))
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(length_minutes__gte=1, capacity__gte=1, most_tickets__gte=1),
                name="an_event_takes_time_and_people",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class TicketPrice(models.Model):
    """What a kind of ticket to an event costs, in öre including VAT. A kind without a price is not sold."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="prices")
    kind = models.CharField(_("kind"), max_length=10, choices=TicketKind.choices)
    price_ore = models.PositiveIntegerField(_("price, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"), default=60)

    class Meta:
        verbose_name = _("ticket price")
        verbose_name_plural = _("ticket prices")
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="one_price_per_event_and_kind"),
            models.CheckConstraint(
                condition=~Q(kind="companion") | Q(price_ore=0), name="a_companion_comes_free"
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=[0, 60, 120, 250]), name="a_tickets_vat_is_a_swedish_rate"
            ),
        ]


class SlotQuerySet(models.QuerySet["Slot"]):
    def bookable(self, at: dt.datetime) -> "SlotQuerySet":
        """On sale, planned, not begun, of a published event. Says nothing of free places."""
        return self.filter(
            occasion__status=Occasion.Status.PLANNED,
            occasion__period__startswith__gt=at,
            sale_from__lte=at,
            event__is_published=True,
        )

    def with_places(self, at: dt.datetime) -> "SlotQuerySet":
        """Adds `taken`, the places held at this moment, and `free`."""
        holding = (
            TicketBooking.objects.filter(occasion=models.OuterRef("pk"))
            .holding(at)
            .order_by()
            .values("occasion")
            .annotate(n=Sum("places"))
            .values("n")
        )
        taken = models.functions.Coalesce(models.Subquery(holding), 0)
        return self.annotate(taken=taken, free=F("occasion__capacity") - taken)


class Slot(models.Model):
    """An event at a time; the occasion holds when, where and how many."""

    occasion = models.OneToOneField(
        Occasion, on_delete=models.PROTECT, primary_key=True, related_name="ticket_slot"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="slots")
    sale_from = models.DateTimeField(_("can be booked from"))

    objects = SlotQuerySet.as_manager()

    taken: int  # where with_places adds them
    free: int

    class Meta:
        verbose_name = _("time slot")
        verbose_name_plural = _("time slots")

    def __str__(self) -> str:
        return f"{self.event} {self.occasion.starts_at:%Y-%m-%d %H:%M}"


class TicketBookingQuerySet(HeldBookingQuerySet):
    def whole(self) -> Self:
        return self.select_related("occasion__ticket_slot__event").prefetch_related("lines")


@pghistory.track(exclude=["contact_name", "contact_email", "contact_phone"])
class TicketBooking(HeldBooking):
    """Tickets for one slot. `places` is the sum of its lines: every ticket takes one."""

    SEEN_BY = "tickets.view_bookings"
    PURPOSE = "ticket-booking"
    LINE = "tickets"

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="ticket_bookings")
    places = models.PositiveSmallIntegerField(_("places"))

    objects = TicketBookingQuerySet.as_manager()

    class Meta(HeldBooking.Meta):
        verbose_name = _("ticket booking")
        verbose_name_plural = _("ticket bookings")
        constraints = [
            *HeldBooking.Meta.constraints,
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=500), name="a_ticket_booking_has_tickets"
            ),
        ]
        indexes = [
            *HeldBooking.Meta.indexes,
            # The count of places on a slot.
            models.Index(
                fields=["occasion", "status"],
                include=["places", "holds_until"],
                name="ticket_places_by_slot",
            ),
        ]

    def __str__(self) -> str:
        return self.contact_name or self.code

    @property
    def slot(self) -> Slot:
        return self.occasion.ticket_slot

    @property
    def event(self) -> Event:
        return self.slot.event


class TicketLine(models.Model):
    """So many tickets of a kind, at the price and VAT rate of the day they were booked."""

    booking = models.ForeignKey(TicketBooking, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind"), max_length=10, choices=TicketKind.choices)
    count = models.PositiveSmallIntegerField(_("tickets"))
    each_ore = models.PositiveIntegerField(_("price each, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"))

    class Meta:
        ordering = ["kind"]  # adult, child, companion
        constraints = [
            models.UniqueConstraint(fields=["booking", "kind"], name="one_line_per_booking_and_kind"),
            models.CheckConstraint(condition=Q(count__gte=1), name="a_line_has_tickets"),
        ]

    @property
    def sum_ore(self) -> int:
        return self.count * self.each_ore
