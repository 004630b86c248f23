"""Planning a term in one request, with preview."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.schools.api.serializers import series as shapes
from bookings.schools.api.sessions import PLAN
from bookings.schools.models import Series
from bookings.schools.operations import foresight, refusals, sessions
from bookings.schools.operations import series as operations
from navet.accounts import actor
from navet.api.views import CreateView, View
from navet.house import refusals as house

WHOLE = (
    foresight.NothingToPlan,
    sessions.RoomNotForProgramme,
    sessions.EducatorCannotLead,
    sessions.ReleasedTooLate,
    refusals.LanguageNotOffered,
    house.RoomInactive,
    house.EducatorInactive,
)


class SeriesListView(CreateView):
    required_capability = PLAN
    serializer_class = shapes.SeriesInputSerializer
    refusals = WHOLE

    @extend_schema(
        operation_id="session_series_create", tags=["sessions"], responses={201: shapes.SeriesSerializer}
    )
    def post(self, request: Request) -> Response:
        """Plan a series. What cannot be made is listed in `gaps` with its reason; the rest is made."""
        return super().post(request)

    def create(self, request: Request) -> Response:
        serializer = shapes.SeriesInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = operations.plan_series(serializer.plan(), by=actor.of(request), at=timezone.now())
        answer = Response(shapes.SeriesSerializer(made).data, status.HTTP_201_CREATED)
        answer["Location"] = request.build_absolute_uri(f"{request.path}{made.pk}/")
        return answer


class SeriesView(View):
    required_capability = PLAN
    serializer_class = shapes.SeriesSerializer

    @extend_schema(operation_id="session_series_retrieve", tags=["sessions"])
    def get(self, request: Request, pk: int) -> Response:
        """A series, the ids of its sessions and its gaps."""
        found = get_object_or_404(Series.objects.select_related("programme"), pk=pk)
        return Response(self.get_serializer(found).data)


class PreviewView(View):
    required_capability = PLAN
    serializer_class = shapes.SeriesInputSerializer
    refusals = WHOLE

    @extend_schema(
        operation_id="session_series_preview", tags=["sessions"], responses={200: shapes.PreviewSerializer}
    )
    def post(self, request: Request) -> Response:
        """What a series would come to. Nothing is written."""
        serializer = shapes.SeriesInputSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        found = foresight.preview(serializer.plan(), by=actor.of(request), at=timezone.now())
        made = sum(not one.refusal for one in found)
        return Response(shapes.PreviewSerializer({"would_be_made": made, "occurrences": found}).data)
