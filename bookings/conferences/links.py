"""Addresses of a conference that are sent around."""

from django.conf import settings
from django.urls import reverse

from bookings.conferences.models import Reservation


def participants_url(reservation: Reservation) -> str:
    """The page for those who take part, whole; it opens nothing else."""
    return settings.SITE_URL + reverse("conferences:participants", args=[reservation.participants_key])
