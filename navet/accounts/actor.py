"""Who acts: a user, a desk device, or a booker who proved an address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from navet.accounts.models import DeviceToken, User

# Through which door somebody acts; the ledger keeps it. A list brought in later by a desk without a network is OFFLINE.
PAGE, API, OFFLINE = "page", "api", "offline"


@dataclass(frozen=True)
class Actor:
    """What operations take as `by`. A device acts for itself: whoever enrolled it is not the one who acts.

    `via` is the door, "" for what the house does by itself.
    """

    user: User | None = None
    device: DeviceToken | None = None
    email: str = ""
    via: str = ""

    def has_capability(self, name: str) -> bool:
        """Whether the user's roles, or the device's one role, may do this."""
        holder = self.device or self.user
        return holder is not None and holder.has_capability(name)


def of(request: HttpRequest | Any) -> Actor:
    """The actor of a page's or an API view's request; neither user nor device for the public."""
    via = API if isinstance(request, Request) and not _is_of_a_page(request) else PAGE
    device = getattr(request, "auth", None)
    if isinstance(device, DeviceToken):
        return Actor(device=device, via=via)
    user = getattr(request, "user", None)
    known = isinstance(user, User) or getattr(user, "is_authenticated", False)
    return Actor(user=user if known else None, via=via)


def _is_of_a_page(request: Request) -> bool:
    """Whether Navet's own page asks: whoever is logged in there, with the page's token against forgery."""
    return isinstance(request.successful_authenticator, SessionAuthentication)
