"""A second factor for everybody who works here, before anything else."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from navet.api.problems import api_path, problem_response

OPEN_WITHOUT = ("/konto/", "/i18n/", "/" + settings.STATIC_URL.lstrip("/"), "/healthz", "/readyz")


class SecondFactorMiddleware:
    """Sends a logged-in user without a second factor to set one up (settings.STAFF_SECOND_FACTOR_REQUIRED).

    allauth itself asks for the factor at log-in once it is there; this only sees to it that it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._send_to_set_up(request) if self._must_set_up(request) else self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        return (
            settings.STAFF_SECOND_FACTOR_REQUIRED
            and not request.path.startswith(OPEN_WITHOUT)
            and request.user.is_authenticated
            and not is_mfa_enabled(request.user)
        )

    def _send_to_set_up(self, request: HttpRequest) -> HttpResponse:
        text = _("Set up two-step verification first: it protects the bookers' data.")
        if api_path(request.path):
            return problem_response(request, status=403, code="second_factor_required", detail=text)
        messages.info(request, text)
        there = redirect("mfa_activate_totp")
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": there.url})
        return there
