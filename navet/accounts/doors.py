"""The door of every staff page."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from navet.accounts import actor
from navet.accounts.models import User

Page = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """What a page behind `staff_page` is asked with, as types know it: somebody is logged in."""

    user: User


def staff_page(capability: str | None) -> Callable[[Page], Page]:
    """Log-in required, then the capability (None: any staff), else the 403 page; never kept in a cache.

    The second factor is seen to before, by SecondFactorMiddleware.
    """

    def decorate(page: Page) -> Page:
        @never_cache
        @functools.wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _send_to_log_in(request)
            if capability is not None and not actor.of(request).has_capability(capability):
                raise PermissionDenied
            return page(request, *args, **kwargs)

        guarded.required_capability = capability  # type: ignore[attr-defined]  # what a navigation may ask
        return guarded

    return decorate


def _send_to_log_in(request: HttpRequest) -> HttpResponse:
    """A part fetched by htmx must not be replaced by the log-in form: the whole page goes there, and comes back."""
    if request.headers.get("HX-Request"):
        back = redirect_to_login(request.headers.get("HX-Current-URL-Path") or "/")
        return HttpResponse(headers={"HX-Redirect": back.url})
    return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)
