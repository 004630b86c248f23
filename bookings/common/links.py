"""Addresses of bookings, with the key that proves whoever follows it reads the contact's mail."""

import hmac
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

PARAMETER = "nyckel"


class Contacted(Protocol):
    """A booking of any line: it has a code and somebody to write to."""

    code: str
    contact_email: str


def booking_url(booking: Contacted) -> str:
    """The absolute address of the booking's page, without a key."""
    return settings.SITE_URL + reverse("booking", args=[booking.code])


def mail_url(booking: Contacted) -> str:
    """The same for a mail to the contact: it opens this one booking, and no other of hers."""
    return f"{booking_url(booking)}?{PARAMETER}={key_of(booking)}"


def key_of(booking: Contacted) -> str:
    """Made of the code, the address and the server's secret; another contact has another key."""
    said = f"{booking.code}:{booking.contact_email}"
    # The salt is older than this file: links in mails already sent go on working.
    return salted_hmac("bookings.schools.links", said, algorithm="sha256").hexdigest()[:32]


def is_key(booking: Contacted, key: str) -> bool:
    return hmac.compare_digest(key_of(booking).encode(), key.encode())
