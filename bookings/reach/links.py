"""The address by which whoever was invited says no more of it: with a key made of our secret, kept nowhere."""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from bookings.reach.models import Invitation


def key_of(invitation: Invitation) -> str:
    said = f"{invitation.pk}:{invitation.sent_at.timestamp():.6f}"
    return salted_hmac("bookings.reach.links", said, algorithm="sha256").hexdigest()[:32]


def is_key(invitation: Invitation, key: str) -> bool:
    return hmac.compare_digest(key_of(invitation).encode(), key.encode())


def opt_out_url(invitation: Invitation) -> str:
    return settings.SITE_URL + reverse("reach:opt_out", args=[invitation.pk, key_of(invitation)])
