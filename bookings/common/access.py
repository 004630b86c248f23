"""Who may see a booking whole: staff, a browser that proved the contact's address, or that came by the mail's link."""

import datetime as dt
from types import SimpleNamespace
from typing import cast

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.views import APIView

from bookings.common import links
from bookings.common.links import Contacted
from navet.accounts import actor as actors
from navet.accounts import browser
from navet.accounts.actor import Actor
from navet.api.throttles import Throttle

KEY = "booking_keys"  # the links' keys of bookings that this browser came to by a mail
MOST_KEPT = 50


def actor(request: HttpRequest, *, at: dt.datetime) -> Actor:
    """Who asks: staff, a proved address, or nobody in particular."""
    by = actors.of(request)
    if by.user is not None or by.device is not None:
        return by
    return Actor(email=browser.verified_email(request, at=at) or "")


def owner(request: HttpRequest, booking: Contacted, *, seen_by: str, at: dt.datetime) -> Actor | None:
    """As whom the visitor may see and change this booking; None for whoever only knows its code.

    `seen_by` is the capability of staff who look after such bookings.
    """
    by = actors.of(request)
    if by.has_capability(seen_by):
        return by
    proved = browser.verified_email(request, at=at)
    is_hers = bool(proved) and proved == booking.contact_email
    if is_hers or (booking.contact_email and links.key_of(booking) in request.session.get(KEY, [])):
        return Actor(email=booking.contact_email)
    return None


def enter(request: HttpRequest, booking: Contacted) -> None:
    """This browser came by the link in the contact's mail: it may see this booking, as long as it has that contact."""
    key = links.key_of(booking)
    request.session.cycle_key()
    known = [one for one in request.session.get(KEY, []) if one != key]
    request.session[KEY] = [*known, key][-MOST_KEPT:]


def by_mail_link(request: HttpRequest, booking: Contacted) -> bool:
    """Whether the address carries the key that only the contact's mail holds."""
    key = request.GET.get(links.PARAMETER, "")
    return bool(key) and bool(booking.contact_email) and links.is_key(booking, key)


def may_guess(request: HttpRequest) -> bool:
    """Count one guess at a code or a pin by this caller; False when there were too many in a minute."""
    return _may(request, "guess")


def may_book(request: HttpRequest) -> bool:
    """Count one attempt to book by this caller; False when there were too many in a minute."""
    return _may(request, "booking")


def _may(request: HttpRequest, scope: str) -> bool:
    # The throttle reads no more of a request than Django's own has, and of a view only its scope.
    asked, view = cast(Request, request), cast(APIView, SimpleNamespace(throttle_scope=scope))
    return Throttle().allow_request(asked, view)
