"""The API's doors of conferences: what is on offer and free, for everybody; reservations, for staff and whose they are."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.common import access
from bookings.common.api import CODE, OwnView
from bookings.common.dates import FIRST_YEAR, LAST_YEAR
from bookings.conferences import availability, terms
from bookings.conferences.api import serializers as shapes
from bookings.conferences.line import LINE
from bookings.conferences.models import AddOn, ConferencePackage, Reservation, RoomOffer, Status
from navet import periods
from navet.api.views import ListView, View

TAGS = ["conferences"]
LONGEST = dt.timedelta(days=31)


class Rooms(ListView):
    required_capability = None
    serializer_class = shapes.ConferenceRoomSerializer
    ordering = ("pk",)
    queryset = RoomOffer.objects.none()

    def get_queryset(self) -> QuerySet[RoomOffer]:
        offered = RoomOffer.objects.published().filter(room__is_active=True).select_related("room")
        return offered.prefetch_related("prices", "room__furnishings", "pictures__renditions")

    @extend_schema(operation_id="conference_rooms_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """Rooms on hire, with what they seat in each furnishing and what they look like."""
        return super().get(request)


class Packages(ListView):
    required_capability = None
    serializer_class = shapes.ConferencePackageSerializer
    ordering = ("slug",)
    queryset = ConferencePackage.objects.none()

    def get_queryset(self) -> QuerySet[ConferencePackage]:
        return ConferencePackage.objects.published().prefetch_related("prices")

    @extend_schema(operation_id="conference_packages_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """Published packages."""
        return super().get(request)


class AddOns(ListView):
    required_capability = None
    serializer_class = shapes.ConferenceAddOnSerializer
    ordering = ("slug",)
    queryset = AddOn.objects.none()

    def get_queryset(self) -> QuerySet[AddOn]:
        return AddOn.objects.published().prefetch_related("prices")

    @extend_schema(operation_id="conference_add_ons_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """Published add-ons."""
        return super().get(request)


class Availability(View):
    required_capability = None
    serializer_class = shapes.AvailabilitySerializer
    query_parameters = frozenset({"first", "last", "persons", "furnishing", "room"})

    @extend_schema(
        operation_id="conference_availability_list", tags=TAGS, parameters=[shapes.AvailabilityQuery]
    )
    def get(self, request: Request) -> Response:
        """Each room in each part of each day: free, or why not; for a number of persons and a furnishing. At most 31 days."""
        query = shapes.AvailabilityQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked, at = query.validated_data, timezone.now()
        offered = availability.offers()
        if "room" in asked:
            offered = [one for one in offered if one.room.slug == asked["room"]]
            if not offered:
                raise Http404
        fitting = availability.for_size(offered, asked.get("persons"), asked.get("furnishing", ""))
        soonest, latest = terms.bookable_days(at)
        first, last = max(asked.get("first", soonest), soonest), min(asked.get("last", latest), latest)
        if first > last or not fitting:
            return Response(self.get_serializer({"squares": []}).data)
        last = min(last, first + LONGEST)
        found = availability.squares(fitting, availability.parts(), first=first, last=last, at=at)
        return Response(self.get_serializer({"squares": found}).data)


class ReservationFilter(django_filters.FilterSet):
    date = django_filters.DateFilter(method="on_day", help_text="A day of the conference.")
    status = django_filters.ChoiceFilter(choices=Status.choices)

    def on_day(self, found: QuerySet, _name: str, day: Any) -> QuerySet:
        if not FIRST_YEAR <= day.year < LAST_YEAR:
            return found.none()
        return found.filter(days__occasion__period__overlap=periods.day_period(day)).distinct()


class Reservations(ListView):
    required_capability = Reservation.SEEN_BY
    serializer_class = shapes.ReservationSerializer
    filterset_class = ReservationFilter
    ordering = ("created_at", "pk")
    queryset = Reservation.objects.none()

    def get_queryset(self) -> QuerySet[Reservation]:
        return Reservation.objects.whole().visible_to(access.actor(self.request, at=timezone.now()))

    @extend_schema(operation_id="conference_reservations_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """All reservations, for staff."""
        return super().get(request)


class ReservationView(OwnView):
    line, shape = LINE, shapes.ReservationSerializer
    serializer_class = shapes.ReservationSerializer

    @extend_schema(operation_id="conference_reservations_retrieve", tags=TAGS, parameters=[CODE])
    def get(self, request: Request, code: str) -> Response:
        """One reservation, with its version as ETag."""
        return self.answer(self.found(request, code)[0])
