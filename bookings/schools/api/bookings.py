"""The API's doors of booking: one operation each."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from bookings.common.refusals import SchoolClosed
from bookings.common.serializers import ConfirmationSerializer
from bookings.schools import access
from bookings.schools.api.serializers import bookings as shapes
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import booking, changing, refusals, waiting
from navet import codes, periods
from navet.accounts import browser
from navet.accounts.actor import Actor
from navet.api import etags
from navet.api.idempotency import IdempotentCreateMixin
from navet.api.serializers import INT_MAX, parsed, shown
from navet.api.views import ListView, View

CODE = OpenApiParameter("code", {"type": "string", "pattern": r"^[0-9A-Za-z-]+$"}, OpenApiParameter.PATH)
REFUSALS = (
    refusals.NotPublished, refusals.NotReleased, refusals.SessionCancelled, refusals.SessionBegan,
    refusals.SessionFull, refusals.GroupsFull, refusals.TooSmallGroup, refusals.TooLargeGroup,
    refusals.GradeNotServed, refusals.LanguageNotOffered, SchoolClosed, refusals.LunchNotThatDay,
    refusals.LunchFull, refusals.InvoiceReferenceMissing, refusals.AlreadyBooked,
)  # fmt: skip


class BookingFilter(django_filters.FilterSet):
    date = django_filters.DateFilter(method="on_day", help_text="Day of the visit.")
    status = django_filters.ChoiceFilter(choices=SchoolBooking.Status.choices)
    session = extend_schema_field({"type": "integer", "minimum": 1, "maximum": INT_MAX})(
        django_filters.NumberFilter(field_name="session", min_value=1, max_value=INT_MAX)
    )

    def on_day(self, bookings: QuerySet, _name: str, day: Any) -> QuerySet:
        first, end = periods.day_bounds(day)
        return bookings.filter(
            session__occasion__period__startswith__gte=first, session__occasion__period__startswith__lt=end
        )


class Bookings(IdempotentCreateMixin, ListView):
    required_capability = {"GET": "schools.view_bookings", "POST": None}
    serializer_class = shapes.ListedBookingSerializer
    filterset_class = BookingFilter
    throttle_scope = {"POST": "booking"}
    refusals = (*REFUSALS, refusals.TooManyHolds)
    ordering = ("created_at", "pk")
    queryset = SchoolBooking.objects.none()

    def get_queryset(self) -> QuerySet[SchoolBooking]:
        return SchoolBooking.objects.whole().visible_to(access.actor(self.request, at=timezone.now()))

    @extend_schema(operation_id="school_bookings_list")
    def get(self, request: Request) -> Response:
        """Bookings of all schools, for staff."""
        return super().get(request)

    @extend_schema(
        operation_id="school_bookings_create",
        request=shapes.NewBookingSerializer,
        responses={201: shapes.BookingSerializer},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Ask for places: held while the mailed code is entered, or confirmed at once for a proved address and staff."""
        return super().post(request, *args, **kwargs)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = parsed(shapes.NewBookingSerializer, request.data)
        at = timezone.now()
        by = access.actor(request, at=at)
        language = (get_language() or "sv")[:2]
        made = booking.request(**asked, mail_language=language, verified_email=by.email or None, by=by, at=at)
        location = reverse("api-school-booking", args=[made.code])
        headers = {"Location": location, **etags.header(made.version)}
        return Response(shown(shapes.BookingSerializer, made), status.HTTP_201_CREATED, headers=headers)


class OwnView(View):
    """One booking, for its contact and for staff; for everybody else it is not there."""

    required_capability = None
    throttle_scope = "guess"
    serializer_class: type[Serializer] = shapes.BookingSerializer
    queryset = SchoolBooking.objects.none()

    def found(self, request: Request, code: str) -> tuple[SchoolBooking, Actor]:
        """Raises Http404."""
        normal = codes.normalise(code)
        if not codes.is_code(normal):
            raise Http404
        it = SchoolBooking.objects.whole().filter(code=normal).first()
        by = access.owner(request, it, at=timezone.now()) if it else None
        if it is None or by is None:
            raise Http404
        return it, by

    def answer(self, it: SchoolBooking) -> Response:
        fresh = SchoolBooking.objects.whole().get(pk=it.pk)
        return Response(shown(shapes.BookingSerializer, fresh), headers=etags.header(fresh.version))


class BookingView(OwnView):
    if_match = {"PATCH": "required"}
    refusals = (*REFUSALS, refusals.NotPossibleNow)

    @extend_schema(operation_id="school_bookings_retrieve", parameters=[CODE])
    def get(self, request: Request, code: str) -> Response:
        """One booking, with the version to send back as If-Match."""
        return self.answer(self.found(request, code)[0])

    @extend_schema(
        operation_id="school_bookings_change",
        parameters=[CODE],
        request=shapes.ChangesSerializer,
        responses=shapes.BookingSerializer,
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change numbers and details, or give the final count."""
        it, by = self.found(request, code)
        version = etags.expected_version(request)
        said = _said(shapes.ChangesSerializer, request)
        verb = changing.give_final_count if said.pop("final_count") else changing.change
        return self.answer(verb(it.code, version=version, by=by, at=timezone.now(), **said))


class ConfirmationView(View):
    required_capability = None
    throttle_scope = "guess"
    serializer_class = ConfirmationSerializer
    refusals = (refusals.HoldLapsed, refusals.AlreadyBooked, refusals.SessionBegan, refusals.SessionCancelled)

    @extend_schema(
        operation_id="school_bookings_confirm", parameters=[CODE], responses={200: shapes.BookingSerializer}
    )
    def post(self, request: Request, code: str) -> Response:
        """Enter the mailed code. The answer's session cookie proves the address from now on."""
        said = self.validated(request)
        at = timezone.now()
        done = booking.confirm(codes.normalise(code), pin=said["pin"], at=at)
        browser.remember(request._request, done.contact_email, at=at)
        return Response(shown(shapes.BookingSerializer, done), headers=etags.header(done.version))


class CancellationView(OwnView):
    serializer_class = shapes.CancellationSerializer
    if_match = {"POST": "optional"}
    refusals = (refusals.SessionBegan, refusals.NotPossibleNow)

    @extend_schema(
        operation_id="school_bookings_cancel", parameters=[CODE], responses={200: shapes.BookingSerializer}
    )
    def post(self, request: Request, code: str) -> Response:
        """Cancel, on the terms that the booking tells; cancelling again changes nothing."""
        it, by = self.found(request, code)
        version = etags.expected_version(request, required=False)
        said = self.validated(request)
        return self.answer(changing.cancel(it.code, **said, version=version, by=by, at=timezone.now()))


class OfferView(OwnView):
    serializer_class = shapes.OfferSerializer
    refusals = (refusals.OfferLapsed, refusals.NotPossibleNow, refusals.SessionBegan)

    @extend_schema(
        operation_id="school_bookings_answer_offer",
        parameters=[CODE],
        responses={200: shapes.BookingSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Accept the place offered from the waiting list, or decline it and leave the queue."""
        it, by = self.found(request, code)
        verb = waiting.accept_offer if self.validated(request)["accept"] else waiting.decline_offer
        return self.answer(verb(it.code, by=by, at=timezone.now()))


class MoveView(OwnView):
    serializer_class = shapes.MoveSerializer
    if_match = {"POST": "optional"}
    refusals = (*REFUSALS, refusals.MoveTooLate, refusals.SameSession, refusals.NotPossibleNow)

    @extend_schema(
        operation_id="school_bookings_move", parameters=[CODE], responses={200: shapes.BookingSerializer}
    )
    def post(self, request: Request, code: str) -> Response:
        """Take another session instead, while that is free."""
        it, by = self.found(request, code)
        version = etags.expected_version(request, required=False)
        said = self.validated(request)
        moved = changing.move(
            it.code,
            session_id=said["session"],
            lunch_id=said["lunch"],
            invoice_reference=said.get("invoice_reference"),
            version=version,
            by=by,
            at=timezone.now(),
        )
        return self.answer(moved)


def _said(shape: type, request: Request) -> dict[str, Any]:
    return parsed(shape, request.data)
