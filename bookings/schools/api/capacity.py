"""How full the house is, for those who steer it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.schools import lists
from bookings.schools.api.programmes import query_of
from bookings.schools.api.serializers import capacity as shapes
from navet.api.views import View


class CapacityView(View):
    required_capability = "capacity.view"
    serializer_class = shapes.CapacitySerializer
    query_parameters = frozenset({"from", "to"})

    @extend_schema(operation_id="capacity_retrieve", tags=["capacity"], parameters=[shapes.CapacityQuery])
    def get(self, request: Request) -> Response:
        """Places offered, held and free, by ISO week and programme."""
        asked = query_of(request, shapes.CapacityQuery).validated_data
        at = timezone.now()
        rows = lists.capacity(asked["from"], asked["to"], at=at)
        sums = {name: sum(row[name] for row in rows) for name in ("offered", "held", "free")}
        return Response(self.get_serializer({"at": at, "weeks": rows, **sums}).data)
