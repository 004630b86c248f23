"""The API's doors of groups: one operation each."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.common import access
from bookings.common import refusals as common
from bookings.common.api import CODE, NOT_CHANGEABLE, CancelView, ConfirmView, OwnView, language
from bookings.common.models import Status
from bookings.groups import times
from bookings.groups.api import serializers as shapes
from bookings.groups.line import LINE
from bookings.groups.models import GroupBooking, GroupPackage
from bookings.groups.operations import booking, receiving, refusals
from navet import periods
from navet.accounts import actor
from navet.api import etags
from navet.api.idempotency import IdempotentCreateMixin
from navet.api.serializers import parsed
from navet.api.views import CreateView, ListView, View
from visitors.limits import HouseFull
from visitors.refusals import ImplausibleCount

TAGS = ["groups"]
LONGEST = dt.timedelta(days=62)


class Packages(ListView):
    required_capability = None
    serializer_class = shapes.GroupPackageSerializer
    ordering = ("slug",)
    queryset = GroupPackage.objects.none()

    def get_queryset(self) -> QuerySet[GroupPackage]:
        return GroupPackage.objects.published().prefetch_related("prices")

    @extend_schema(operation_id="group_packages_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """Published packages."""
        return super().get(request)


class Times(View):
    required_capability = None
    serializer_class = shapes.GroupTimesSerializer
    query_parameters = frozenset({"package", "first", "last"})

    @extend_schema(operation_id="group_times_list", tags=TAGS, parameters=[shapes.GroupTimesQuery])
    def get(self, request: Request) -> Response:
        """When a package is offered, free or taken; at most 62 days."""
        query = shapes.GroupTimesQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked, at = query.validated_data, timezone.now()
        package = GroupPackage.objects.published().whole().filter(slug=asked["package"]).first()
        if package is None:
            raise Http404
        soonest, latest = times.bookable_days(package, at)
        first = max(asked.get("first", soonest), soonest)
        last = min(asked.get("last", latest), latest)
        if last > first + LONGEST:
            last = first + LONGEST
        found = times.offered(package, first, last, at=at)
        return Response(self.get_serializer({"times": found}).data)


class BookingFilter(django_filters.FilterSet):
    date = django_filters.DateFilter(method="on_day", help_text="Day of the visit.")
    status = django_filters.ChoiceFilter(choices=Status.choices)

    def on_day(self, bookings: QuerySet, _name: str, day: Any) -> QuerySet:
        first, end = periods.day_bounds(day)
        return bookings.filter(occasion__period__startswith__gte=first, occasion__period__startswith__lt=end)


class Bookings(IdempotentCreateMixin, ListView):
    required_capability = {"GET": "groups.view_bookings", "POST": None}
    serializer_class = shapes.GroupBookingSerializer
    filterset_class = BookingFilter
    throttle_scope = {"POST": "booking"}
    refusals = (
        refusals.PackageNotOffered, refusals.TimeNotOffered, refusals.TooSoon, refusals.TooFarAhead,
        refusals.TimeTaken, refusals.GroupTooSmall, refusals.GroupTooLarge, common.TooManyHolds,
    )  # fmt: skip
    ordering = ("created_at", "pk")
    queryset = GroupBooking.objects.none()

    def get_queryset(self) -> QuerySet[GroupBooking]:
        return GroupBooking.objects.whole().visible_to(access.actor(self.request, at=timezone.now()))

    @extend_schema(operation_id="group_bookings_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """All groups' bookings, for staff."""
        return super().get(request)

    @extend_schema(
        operation_id="group_bookings_create",
        tags=TAGS,
        request=shapes.NewGroupBookingSerializer,
        responses={201: shapes.GroupBookingSerializer},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Take a time: held while the mailed code is entered, or confirmed at once for a proved address and staff."""
        return super().post(request, *args, **kwargs)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = shapes.NewGroupBookingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        at = timezone.now()
        by = access.actor(request, at=at)
        made = booking.request(
            **asked.validated_data, mail_language=language(), verified_email=by.email or None, by=by, at=at
        )
        location = reverse("api-group-booking", args=[made.code])
        headers = {"Location": location, **etags.header(made.version)}
        return Response(
            shapes.GroupBookingSerializer(made).data, status=status.HTTP_201_CREATED, headers=headers
        )


class BookingView(OwnView):
    line, shape = LINE, shapes.GroupBookingSerializer
    serializer_class = shapes.GroupBookingSerializer
    if_match = {"PATCH": "required"}
    refusals = (
        refusals.GroupTooSmall, refusals.GroupTooLarge, refusals.PackageNotOffered, *NOT_CHANGEABLE,
    )  # fmt: skip

    @extend_schema(operation_id="group_bookings_retrieve", tags=TAGS, parameters=[CODE])
    def get(self, request: Request, code: str) -> Response:
        """One booking, with the version to send back as If-Match."""
        return self.answer(self.found(request, code)[0])

    @extend_schema(
        operation_id="group_bookings_change",
        tags=TAGS,
        parameters=[CODE],
        request=shapes.GroupChangesSerializer,
        responses=shapes.GroupBookingSerializer,
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change how many come, within the package, before it begins; the answer has the new price."""
        it, by = self.found(request, code)
        version = etags.expected_version(request)
        said = parsed(shapes.GroupChangesSerializer, request.data)
        return self.answer(booking.change(it.code, **said, version=version, by=by, at=timezone.now()))


class ConfirmationView(ConfirmView):
    line, shape = LINE, shapes.GroupBookingSerializer

    @extend_schema(
        operation_id="group_bookings_confirm",
        tags=TAGS,
        parameters=[CODE],
        responses={200: shapes.GroupBookingSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Enter the mailed code. The answer's session cookie proves the address from now on."""
        return self.confirm(request, code)


class CancellationView(CancelView):
    line, shape = LINE, shapes.GroupBookingSerializer

    @extend_schema(
        operation_id="group_bookings_cancel",
        tags=TAGS,
        parameters=[CODE],
        responses={200: shapes.GroupBookingSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Cancel, free of charge before it begins; cancelling again changes nothing."""
        return self.cancel(request, code)


class Arrivals(CreateView):
    required_capability = "groups.receive"
    serializer_class = shapes.GroupArrivalSerializer
    refusals = (ImplausibleCount, HouseFull)

    @extend_schema(
        operation_id="group_arrivals_create",
        tags=TAGS,
        request=shapes.GroupArrivalSerializer,
        responses={201: shapes.GroupReceivedSerializer},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Register and check in a group that nobody expected."""
        return super().post(request, *args, **kwargs)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        said = self.validated(request)
        received = receiving.receive(said.pop("kind"), **said, by=actor.of(request), at=timezone.now())
        return Response(shapes.GroupReceivedSerializer(received).data, status=status.HTTP_201_CREATED)
