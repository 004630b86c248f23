"""A browser that has proved an address lately need not prove it again."""

import datetime as dt

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

KEY = "verified_email"
LASTS = dt.timedelta(days=7)


def remember(request: HttpRequest, email: str, *, at: dt.datetime) -> None:
    """Note in the session that whoever sits here reads this mailbox, for seven days."""
    # A session id that somebody else may have planted must not come to carry the proof.
    request.session.cycle_key()
    request.session[KEY] = {"email": email.strip().lower(), "at": at.isoformat()}
    if not request.user.is_authenticated:
        request.session.set_expiry(int(LASTS.total_seconds()))


def verified_email(request: HttpRequest, *, at: dt.datetime) -> str | None:
    """The address proved in this browser within seven days, in lower case, or None."""
    proof = request.session.get(KEY)
    if not isinstance(proof, dict):
        return None
    proved_at = parse_datetime(proof.get("at", ""))
    return proof["email"] if proved_at and at - proved_at < LASTS else None


def forget(request: HttpRequest) -> None:
    """The browser is shared, or somebody else's turn: ask again."""
    request.session.pop(KEY, None)
