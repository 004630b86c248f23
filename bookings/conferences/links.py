"""Addresses of a conference that are sent around."""

from django.conf import settings
from django.urls import reverse

from bookings.conferences.models import Rendition, Reservation
from navet.payments.models import Order


def payment_url(order: Order) -> str:
    """Where the guest pays, whole."""
    return settings.SITE_URL + reverse("payments:pay", args=[order.code])


def participants_url(reservation: Reservation) -> str:
    """The page for those who take part, whole; it opens nothing else."""
    return settings.SITE_URL + reverse("conferences:participants", args=[reservation.participants_key])


def picture_url(rendition: Rendition) -> str:
    """Where a picture of a room lies in that size, whole."""
    return settings.SITE_URL + reverse("conferences:picture", args=[rendition.digest])
