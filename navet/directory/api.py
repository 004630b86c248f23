"""Typing help for bookers: which schools and municipalities there are."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from navet.api.views import ListView
from navet.directory import search
from navet.directory import serializers as shapes
from navet.directory.models import Municipality, SchoolUnit

MOST_FOUND = 20


class Schools(ListView):
    serializer_class = shapes.SchoolSerializer
    required_capability = None
    query_parameters = frozenset({"search", "municipality"})
    queryset = SchoolUnit.objects.none()

    @extend_schema(operation_id="schools_list", parameters=[shapes.SchoolsQuery])
    def get(self, request: Request) -> Response:
        """Open schools and preschools. With `search`, those it may mean, best first, on one page."""
        own = {name: text for name, text in request.query_params.items() if name in self.query_parameters}
        query = shapes.SchoolsQuery(data=own)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        if "search" not in asked:
            page = self.paginate_queryset(self._open(asked.get("municipality")))
            return self.get_paginated_response(self.get_serializer(page, many=True).data)
        found = search.find_schools(asked["search"], MOST_FOUND, municipality=asked.get("municipality"))
        results = self.get_serializer(found, many=True).data
        return Response({"next": None, "previous": None, "results": results})

    def _open(self, municipality: str | None) -> QuerySet[SchoolUnit]:
        schools = SchoolUnit.objects.open().select_related("municipality")
        return schools.filter(municipality__code=municipality) if municipality else schools


class Municipalities(ListView):
    serializer_class = shapes.MunicipalitySerializer
    required_capability = None
    queryset = Municipality.objects.all()
    ordering = ("code",)

    @extend_schema(operation_id="municipalities_list")
    def get(self, request: Request) -> Response:
        """Municipalities with their official codes."""
        return super().get(request)
