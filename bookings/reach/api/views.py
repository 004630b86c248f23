"""Who came and who did not, for those who steer the house."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.reach import reach
from bookings.reach.api import serializers as shapes
from navet import periods, school_years
from navet.api.views import View


class ReachView(View):
    required_capability = "reach.view"
    serializer_class = shapes.ReachSerializer
    query_parameters = frozenset({"school_year", "municipality", "form", "visits"})

    @extend_schema(
        operation_id="school_reach_retrieve", tags=["school-reach"], parameters=[shapes.ReachQuery]
    )
    def get(self, request: Request) -> Response:
        """The units that meet the question, with their visits of the school year; no contacts."""
        query = shapes.ReachQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked, at = query.validated_data, timezone.now()
        wish = reach.Wish(
            year=asked.get("school_year") or school_years.of(periods.local_day(at)),
            municipality=asked.get("municipality", ""),
            form=asked.get("form", ""),
            came=asked.get("visits", ""),
        )
        units = reach.units(wish, at=at)
        share, _by_municipality, _by_form = reach.shares(units)
        told = {"at": at, "school_year": wish.year, "share": share, "units": units}
        return Response(self.get_serializer(told).data)
