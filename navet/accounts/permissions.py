"""The API's one permission: the view names a capability, the caller has it."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from navet.accounts import actor

_UNDECLARED = "no view that forgot to say is open"


def required_capability(view: Any, method: str | None) -> str | None:
    """The capability that `method` on `view` asks for; None for what is public."""
    declared = getattr(view, "required_capability", _UNDECLARED)
    if isinstance(declared, dict):
        return declared.get("GET" if method == "HEAD" else str(method), _UNDECLARED)
    return declared


class HasCapability(BasePermission):
    """Reads `required_capability` on the view: a capability, a dict of them by HTTP method, or None for public.

    A view that declares nothing is closed to everybody.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.method == "OPTIONS" or request.method not in view.allowed_methods:
            return True  # the handler answers 405, which says more than 401
        capability = required_capability(view, request.method)
        return capability is None or actor.of(request).has_capability(capability)
