"""Addresses of bookings, with the key that proves whoever follows it reads the contact's mail."""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from bookings.schools.models import SchoolBooking

PARAMETER = "nyckel"


def booking_url(booking: SchoolBooking) -> str:
    """The absolute address of the booking's page, without a key."""
    return settings.SITE_URL + reverse("schools:booking", args=[booking.code])


def mail_url(booking: SchoolBooking) -> str:
    """The same for a mail to the contact: it opens this one booking, and no other of hers."""
    return f"{booking_url(booking)}?{PARAMETER}={key_of(booking)}"


def key_of(booking: SchoolBooking) -> str:
    """Made of the code, the address and the server's secret; another contact has another key."""
    said = f"{booking.code}:{booking.contact_email}"
    return salted_hmac("bookings.schools.links", said, algorithm="sha256").hexdigest()[:32]


def is_key(booking: SchoolBooking, key: str) -> bool:
    return hmac.compare_digest(key_of(booking).encode(), key.encode())
