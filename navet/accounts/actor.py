"""Who acts: a user, a desk device, or a booker who proved an address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from navet.accounts.models import DeviceToken, User


@dataclass(frozen=True)
class Actor:
    """What operations take as `by`. A device acts for itself: whoever enrolled it is not the one who acts."""

    user: User | None = None
    device: DeviceToken | None = None
    email: str = ""

    def has_capability(self, name: str) -> bool:
        """Whether the user's roles, or the device's one role, may do this."""
        holder = self.device or self.user
        return holder is not None and holder.has_capability(name)


def of(request: HttpRequest | Any) -> Actor:
    """The actor of a page's or an API view's request; neither user nor device for the public."""
    device = getattr(request, "auth", None)
    if isinstance(device, DeviceToken):
        return Actor(device=device)
    user = getattr(request, "user", None)
    return Actor(user=user) if isinstance(user, User) or getattr(user, "is_authenticated", False) else Actor()
