"""Finding programmes, open to everybody."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from bookings.schools import search
from bookings.schools.api.serializers import programmes as shapes
from bookings.schools.models import Programme
from navet.api.views import ListView, View


def query_of(request: Request, shape: type[Serializer]) -> Any:
    """The declared query parameters, valid. Raises ValidationError."""
    query = shape(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    return query


class ProgrammesView(ListView):
    required_capability = None
    serializer_class = shapes.ProgrammeSerializer
    query_parameters = frozenset({"grade", "subject"})
    queryset = Programme.objects.none()
    ordering = ("slug",)

    def get_queryset(self) -> QuerySet[Programme]:
        asked = query_of(self.request, shapes.ProgrammesQuery).validated_data
        return Programme.objects.published().filter(search.programme_meets(asked)).prefetch_related("rooms")

    @extend_schema(operation_id="programmes_list", tags=["programmes"], parameters=[shapes.ProgrammesQuery])
    def get(self, request: Request) -> Response:
        """Published programmes."""
        return self.list(request)


class ProgrammeView(View):
    required_capability = None
    serializer_class = shapes.ProgrammeSerializer

    @extend_schema(operation_id="programmes_retrieve", tags=["programmes"])
    def get(self, request: Request, slug: str) -> Response:
        found = get_object_or_404(Programme.objects.published().prefetch_related("rooms"), slug=slug)
        return Response(self.get_serializer(found).data)
