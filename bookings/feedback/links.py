"""The address of a form: with a key made of our secret, kept nowhere, that nobody guesses."""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from bookings.feedback.models import Asked


def key_of(asked: Asked) -> str:
    """128 bits that go with this question alone."""
    said = f"{asked.pk}:{asked.asked_at.timestamp():.6f}"
    return salted_hmac("bookings.feedback.links", said, algorithm="sha256").hexdigest()[:32]


def is_key(asked: Asked, key: str) -> bool:
    return hmac.compare_digest(key_of(asked).encode(), key.encode())


def form_url(asked: Asked) -> str:
    return settings.SITE_URL + reverse("feedback:form", args=[asked.pk, key_of(asked)])


def opt_out_url(asked: Asked) -> str:
    return settings.SITE_URL + reverse("feedback:opt_out", args=[asked.pk, key_of(asked)])
