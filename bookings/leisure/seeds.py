"""The seed of a draw: made of a secret of the server when it is needed, and in no table before the draw is held.

Whoever reads the database finds its fingerprint alone. The secret is `settings.SECRET_KEY`; one that was replaced meanwhile still
makes its seeds while it stands in `SECRET_KEY_FALLBACKS`. A draw that was held needs neither: its seed stands beside it.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac

from bookings.leisure import draw


def fingerprint(group_id: int) -> str:
    """What is published of a new group's seed, by the secret of today."""
    return draw.commitment(_made(group_id, settings.SECRET_KEY))


def find(group_id: int, *, seed_sha256: str) -> str:
    """The seed that was published as `seed_sha256`, by the secret of today or an earlier one; "" where none of them makes it."""
    made = (_made(group_id, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return next((seed for seed in made if draw.commitment(seed) == seed_sha256), "")


def _made(group_id: int, secret: str) -> str:
    return salted_hmac("bookings.leisure.draw", str(group_id), secret=secret, algorithm="sha256").hexdigest()
