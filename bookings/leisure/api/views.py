"""The API's doors of leisure groups."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.leisure import search
from bookings.leisure.api import serializers as shapes
from bookings.leisure.models import Club, Group
from navet.api.views import ListView

TAGS = ["leisure"]


class GroupFilter(django_filters.FilterSet):
    club = extend_schema_field({"type": "string", "minLength": 1, "maxLength": 50})(
        django_filters.CharFilter(field_name="club__slug", max_length=50, help_text="The club's slug.")
    )
    kind = django_filters.ChoiceFilter(field_name="club__kind", choices=Club.Kind.choices)


class Groups(ListView):
    required_capability = None
    serializer_class = shapes.LeisureGroupSerializer
    filterset_class = GroupFilter
    ordering = ("occasion_id",)
    queryset = Group.objects.none()

    def get_queryset(self) -> QuerySet[Group]:
        return search.groups(timezone.now()).order_by()

    @extend_schema(operation_id="leisure_groups_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """Clubs and camps that go on or come, full ones too (they have a waiting list)."""
        return super().get(request)
