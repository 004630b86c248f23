"""The API's doors of one booking, the same for every line: see it, confirm it, cancel it."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from bookings.common import own, refusals
from bookings.common.lines import Line
from bookings.common.models import HeldBooking
from bookings.common.serializers import ConfirmationSerializer, LeavingSerializer
from navet import codes
from navet.accounts import browser
from navet.accounts.actor import Actor
from navet.api import etags
from navet.api.views import View
from visitors.refusals import AlreadyCheckedIn

CODE = OpenApiParameter("code", {"type": "string", "pattern": r"^[0-9A-Za-z-]+$"}, OpenApiParameter.PATH)

# Why numbers cannot be changed, whatever the line.
NOT_CHANGEABLE = (refusals.Began, refusals.Cancelled, refusals.NotPossibleNow, AlreadyCheckedIn)


def language() -> str:
    """The language to write to the caller in."""
    return (get_language() or "sv")[:2]


class OwnView(View):
    """One booking, for its contact and for staff; for everybody else it is not there. Set `line` and `shape`."""

    line: ClassVar[Line]
    shape: ClassVar[type[Serializer]]
    required_capability = None
    throttle_scope = "guess"

    def found(self, request: Request, code: str) -> tuple[HeldBooking, Actor]:
        """Raises Http404."""
        it = own.find(self.line, code)
        by = own.owner(request._request, it) if it else None
        if it is None or by is None:
            raise Http404
        return it, by

    def answer(self, it: HeldBooking) -> Response:
        fresh: Any = own.find(self.line, it.code)
        return Response(self.shape(fresh).data, headers=etags.header(fresh.version))


class ConfirmView(OwnView):
    serializer_class = ConfirmationSerializer
    refusals = (refusals.HoldLapsed, refusals.Began, refusals.Cancelled)

    def confirm(self, request: Request, code: str) -> Response:
        """Enter the mailed code; the session cookie proves the address from now on."""
        said, at = self.validated(request), timezone.now()
        done = self.line.confirm(codes.normalise(code), pin=said["pin"], at=at)
        browser.remember(request._request, done.contact_email, at=at)
        return self.answer(done)


class CancelView(OwnView):
    serializer_class = LeavingSerializer
    if_match = {"POST": "optional"}
    refusals = (refusals.Began, refusals.NotPossibleNow)

    def cancel(self, request: Request, code: str) -> Response:
        """Leave; again changes nothing."""
        it, by = self.found(request, code)
        version = etags.expected_version(request, required=False)
        said = self.validated(request)
        return self.answer(self.line.cancel(it.code, **said, version=version, by=by, at=timezone.now()))
