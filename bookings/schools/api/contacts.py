"""The API's doors to a booking's contact: one operation each."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.common.serializers import ConfirmationSerializer
from bookings.schools import access
from bookings.schools.api.bookings import CODE, OwnView
from bookings.schools.api.serializers import bookings as shapes
from bookings.schools.operations import contact, refusals
from navet.accounts import browser
from navet.accounts import operations as accounts
from navet.api import etags

REFUSALS = (refusals.AlreadyBooked, refusals.NotPossibleNow, refusals.SessionBegan, refusals.SessionCancelled)


class ContactView(OwnView):
    throttle_scope = "booking"  # it may send a code to any address
    serializer_class = shapes.ContactSerializer
    if_match = {"POST": "optional"}
    refusals = (*REFUSALS, accounts.TooManyCodes)

    @extend_schema(
        operation_id="school_bookings_change_contact",
        parameters=[CODE],
        responses={200: shapes.BookingSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Give the booking another contact. A new address holds when the code mailed to it is entered; until then the answer tells the one before."""
        it, by = self.found(request, code)
        at, said = timezone.now(), self.validated(request)
        wanted = contact.Contact(
            name=said.get("contact_name", it.contact_name),
            email=said.get("contact_email", it.contact_email),
            phone=said.get("contact_phone", it.contact_phone),
            mail_language=said.get("mail_language", it.mail_language),
        )
        version = etags.expected_version(request, required=False)
        proved = browser.verified_email(request._request, at=at)
        changed = contact.change(
            it.code, contact=wanted, version=version, verified_email=proved, by=by, at=at
        )
        if changed.contact_email != it.contact_email:
            access.enter(request._request, changed)  # she goes on seeing this one booking
        return self.answer(changed)


class ContactConfirmationView(OwnView):
    serializer_class = ConfirmationSerializer
    refusals = REFUSALS

    @extend_schema(
        operation_id="school_bookings_confirm_contact",
        parameters=[CODE],
        responses={200: shapes.BookingSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Enter the code mailed to the new address: from now on it is the booking's."""
        it, by = self.found(request, code)
        said = self.validated(request)
        changed = contact.confirm(it.code, pin=said["pin"], by=by, at=timezone.now())
        access.enter(request._request, changed)
        return self.answer(changed)
