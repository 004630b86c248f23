"""A conference that somebody holds, was quoted or has booked: its days, rooms, add-ons and what they cost."""

import datetime as dt
import secrets
from typing import ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking, HeldBookingQuerySet
from bookings.conferences.models.catalogue import AddOn, ConferencePackage, DayPart, RoomOffer
from bookings.conferences.models.words import MOVES, WAITING, CustomerType, Status, Wish
from navet.directory.models import Municipality
from navet.house.models import Furnishing, Occasion
from navet.payments.models import Settlement

MOST_PERSONS = 500


class ReservationQuerySet(HeldBookingQuerySet):
    def holding(self, at: dt.datetime) -> Self:
        """Those that hold their rooms at this moment: confirmed, or waiting for something with time left."""
        return self.filter(Q(status=Status.CONFIRMED) | Q(status__in=WAITING, holds_until__gt=at))

    def lapsed(self, at: dt.datetime) -> Self:
        return self.filter(status__in=WAITING, holds_until__lte=at)

    def whole(self) -> Self:
        """With its days, rooms and add-ons, in six queries."""
        days = ReservationDay.objects.select_related("occasion", "part", "package").order_by("position")
        return self.select_related("occasion", "municipality").prefetch_related(
            Prefetch("days", days),
            "days__rooms__offer__room",
            "days__additions__add_on",
            "days__additions__occasion",
            "lines",
        )

    def took_place(self, at: dt.datetime) -> Self:
        """Confirmed, and over by now: what the figures count as held."""
        return self.filter(status=Status.CONFIRMED, ends_at__lte=at)


def new_participants_key() -> str:
    """What nobody guesses: 128 bits."""
    return secrets.token_urlsafe(16)


@pghistory.track(exclude=["contact_name", "contact_email", "contact_phone", "participants_key"])
class Reservation(HeldBooking):
    """One conference, of one or several days. `occasion` is its first day's; `price_ore` is what it comes to with VAT."""

    SEEN_BY = "conferences.view_bookings"
    PURPOSE = "conference"
    LINE = "conferences"
    MOVES: ClassVar[dict[str, set[str]]] = MOVES

    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="reservation")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    wish = models.CharField(_("asked for"), max_length=10, choices=Wish.choices)
    title = models.CharField(_("name of the conference"), max_length=100)
    persons = models.PositiveSmallIntegerField(_("persons"))
    customer_type = models.CharField(_("customer"), max_length=12, choices=CustomerType.choices)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    invoice_reference = models.CharField(_("invoice reference"), max_length=60, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    diets = models.JSONField(_("diets"), default=dict, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True)
    note = models.CharField(_("note for the house"), max_length=500, blank=True)
    discount_percent = models.PositiveSmallIntegerField(_("discount, per cent"), default=0)
    discount_reason = models.CharField(_("why a discount"), max_length=120, blank=True)
    settlement = models.CharField(_("paid by"), max_length=8, choices=Settlement.choices, blank=True)
    # The steps of cancellation it was booked on, [days before, per cent], so that new ones are for new bookings.
    terms = models.JSONField(_("cancellation terms"), default=list)
    final_count_date = models.DateField(_("final count by"), null=True, blank=True)
    final_at = models.DateTimeField(_("final count given"), null=True, blank=True)
    proved_at = models.DateTimeField(_("address proved"), null=True, blank=True)
    ends_at = models.DateTimeField(_("over"))
    # Opens the page for participants, and nothing else.
    participants_key = models.CharField(max_length=22, unique=True, default=new_participants_key)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=WAITING, holds_until__isnull=False)
                | (~Q(status__in=WAITING) & Q(holds_until__isnull=True)),
                name="only_what_waits_has_an_end_reservation",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="a_known_status_reservation"),
            models.CheckConstraint(
                condition=~Q(status=Status.CONFIRMED) | Q(confirmed_at__isnull=False, settlement__gt=""),
                name="confirmed_says_when_and_how_paid_reservation",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CANCELLED) | Q(cancelled_at__isnull=False),
                name="cancelled_says_when_reservation",
            ),
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=MOST_PERSONS), name="a_conference_has_persons"
            ),
            models.CheckConstraint(
                condition=Q(customer_type=CustomerType.PRIVATE)
                | (Q(organisation__gt="") & Q(organisation_number__regex=r"^\d{10}$")),
                name="an_organisation_says_which_it_is",
            ),
            models.CheckConstraint(condition=~Q(contact_email=""), name="who_reserves_is_reached"),
            models.CheckConstraint(
                condition=Q(discount_percent=0, discount_reason="")
                | (Q(discount_percent__gte=1, discount_percent__lte=100) & ~Q(discount_reason="")),
                name="a_discount_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holds_until"], condition=Q(holds_until__isnull=False), name="reservations_by_end"
            ),
            models.Index(fields=["status", "ends_at"], name="reservations_by_status"),
        ]

    def __str__(self) -> str:
        return self.title

    def was_proved(self) -> bool:
        return self.proved_at is not None

    @property
    def customer(self) -> str:
        """Who pays, as an invoice says it."""
        return self.organisation or self.contact_name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ReservationDay(models.Model):
    """One day of a reservation: the booked time, its rooms and the package. Its occasion holds the rooms.

    `persons` is a number of its own, of a day on which others came than on the rest of them; else None.
    """

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="days")
    position = models.PositiveSmallIntegerField()
    # What the desk finds this day's guests by; the first day's is the reservation's own.
    code = models.CharField(_("code"), max_length=10, unique=True)
    occasion = models.OneToOneField(Occasion, on_delete=models.PROTECT, related_name="reservation_day")
    part = models.ForeignKey(DayPart, on_delete=models.PROTECT, related_name="+")
    extra_hours = models.PositiveSmallIntegerField(_("extra hours"), default=0)
    package = models.ForeignKey(
        ConferencePackage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    persons = models.PositiveSmallIntegerField(_("persons of this day"), null=True, blank=True)

    class Meta:
        verbose_name = _("day of a reservation")
        verbose_name_plural = _("days of reservations")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["reservation", "position"],
                name="a_reservations_days_are_in_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(persons__isnull=True) | Q(persons__gte=1, persons__lte=MOST_PERSONS),
                name="a_day_has_persons",
            ),
        ]

    @property
    def heads(self) -> int:
        """How many come on this day."""
        return self.persons or self.reservation.persons


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ReservedRoom(models.Model):
    day = models.ForeignKey(ReservationDay, on_delete=models.CASCADE, related_name="rooms")
    offer = models.ForeignKey(RoomOffer, on_delete=models.PROTECT, related_name="+")
    furnishing = models.CharField(_("furnishing"), max_length=12, choices=Furnishing.Kind.choices)

    class Meta:
        verbose_name = _("reserved room")
        verbose_name_plural = _("reserved rooms")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "offer"], name="a_room_is_reserved_once_a_day"),
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Addition(models.Model):
    """An add-on of one day; its occasion, where it has one, holds its room and its educator."""

    day = models.ForeignKey(ReservationDay, on_delete=models.CASCADE, related_name="additions")
    add_on = models.ForeignKey(AddOn, on_delete=models.PROTECT, related_name="+")
    persons = models.PositiveSmallIntegerField(_("persons"))
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    occasion = models.OneToOneField(
        Occasion, null=True, blank=True, on_delete=models.PROTECT, related_name="addition"
    )

    class Meta:
        verbose_name = _("chosen add-on")
        verbose_name_plural = _("chosen add-ons")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "add_on"], name="an_add_on_is_chosen_once_a_day"),
            models.CheckConstraint(condition=Q(persons__gte=1), name="an_addition_is_for_somebody"),
        ]

    @property
    def ends_at(self) -> dt.datetime | None:
        return self.starts_at and self.starts_at + dt.timedelta(minutes=self.add_on.length_minutes)
