"""Where there is room for more, for those who steer the house."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.capacity import report, sums, table, what_if
from bookings.capacity.api import serializers as shapes
from navet.accounts import actor
from navet.api.views import View
from navet.pages import exports

PERIOD = frozenset({"from", "to", "kind"})


@method_decorator(never_cache, name="dispatch")
class CapacityView(View):
    required_capability = "capacity.view"
    serializer_class = shapes.CapacitySerializer
    query_parameters = PERIOD | {"share"}

    @extend_schema(operation_id="capacity_retrieve", tags=["capacity"], parameters=[shapes.CapacityQuery])
    def get(self, request: Request) -> Response:
        """Places offered, held, free and used, added up every way; the least full; and what filling them would bring.

        `what_if` is for those who may see the indicators.
        """
        query, at = _valid(shapes.CapacityQuery, request), timezone.now()
        made = report.report(query.wish(), at=at)
        may_see = actor.of(request).has_capability("indicators.view")
        filled = what_if.read(query.validated_data["share"], at=at) if may_see else None
        return Response(self.get_serializer(_told(made, filled)).data)


@method_decorator(never_cache, name="dispatch")
class OccasionsView(View):
    required_capability = "capacity.view"
    serializer_class = shapes.OccasionsSerializer
    query_parameters = PERIOD | {"programme", "room", "weekday", "hour", "only"}

    @extend_schema(
        operation_id="capacity_occasions_retrieve", tags=["capacity"], parameters=[shapes.OccasionsQuery]
    )
    def get(self, request: Request) -> Response:
        """The occasions behind a figure of capacity, in time order, and what they add up to."""
        at = timezone.now()
        found = report.rows(_valid(shapes.OccasionsQuery, request).wish(), at=at)
        told = {"at": at, "total": {"sum": sums.add(found)}, "occasions": found}
        return Response(self.get_serializer(told).data)


class _AsAskedInTheAddress(BaseContentNegotiation):
    """The address says what is answered, whatever is accepted; refusals are JSON."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


@method_decorator(never_cache, name="dispatch")
class CapacityFileView(View):
    required_capability = "capacity.view"
    serializer_class = shapes.CapacitySerializer
    query_parameters = PERIOD
    content_negotiation_class = _AsAskedInTheAddress

    @extend_schema(
        operation_id="capacity_file_retrieve",
        tags=["capacity"],
        parameters=[
            shapes.PeriodQuery,
            OpenApiParameter("ending", str, OpenApiParameter.PATH, enum=list(exports.CONTENT_TYPES)),
        ],
        responses={
            (200, exports.CONTENT_TYPES[exports.CSV].split(";")[0]): OpenApiTypes.BYTE,
            (200, exports.CONTENT_TYPES[exports.XLSX]): OpenApiTypes.BYTE,
        },
    )
    def get(self, request: Request, ending: str) -> HttpResponse:
        """The same sums, one on each line, as `csv` or `xlsx`."""
        if ending not in exports.CONTENT_TYPES:
            raise Http404
        made = report.report(_valid(shapes.PeriodQuery, request).wish(), at=timezone.now())
        return table.download(ending, made)


def _valid(shape: Any, request: Request) -> Any:
    """Raises ValidationError."""
    query = shape(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    return query


def _told(made: report.Report, filled: what_if.WhatIf | None) -> dict[str, Any]:
    return {
        "at": made.at,
        "first_day": made.wish.first,
        "last_day": made.wish.last,
        "sum": made.total,
        "by_kind": made.kinds,
        "by_programme": made.products,
        "by_room": made.rooms,
        "by_week": made.weeks,
        "by_weekday": [{"weekday": day + 1, "sum": one} for day, one in made.weekdays.items()],
        "by_hour": [{"hour": hour, "sum": one} for hour, one in made.hours.items()],
        "by_weekday_and_hour": [_hour(key, one) for key, one in made.weekday_hours.items()],
        "least_full": made.least_full,
        "least_full_hours": [_hour(key, one) for key, one in made.least_full_hours],
        "what_if": filled,
    }


def _hour(key: tuple[int, int], of: sums.Sum) -> dict[str, Any]:
    return {"weekday": key[0] + 1, "hour": key[1], "sum": of}
