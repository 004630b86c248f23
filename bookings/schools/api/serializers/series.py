"""The API's shapes of a series."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.schools.api.serializers.fields import ID, ClockField, DayField, EducatorsField, RoomsField
from bookings.schools.api.serializers.programmes import ProgrammeBriefSerializer
from bookings.schools.api.serializers.sessions import SizeSerializer
from bookings.schools.models import Programme, Series
from bookings.schools.operations import foresight
from navet.directory.models import Municipality


class SeriesInputSerializer(SizeSerializer):
    """Sessions on the weekdays (Monday is 0) at the times (in Borås) between two dates, both included."""

    programme = serializers.SlugRelatedField(slug_field="slug", queryset=Programme.objects.all())
    first_date = DayField()
    last_date = DayField()
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), min_length=1, max_length=7
    )
    times = serializers.ListField(child=ClockField(), min_length=1, max_length=12)
    week_interval = serializers.IntegerField(required=False, min_value=1, max_value=52)
    rooms = RoomsField()
    educators = EducatorsField(required=False)
    skip_breaks_of = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Municipality.objects.all(),
        required=False,
        help_text="Code of the municipality whose school breaks are left out.",
    )
    breaks = serializers.ListField(
        child=serializers.IntegerField(**ID),
        required=False,
        max_length=100,
        help_text="Ids of the breaks to leave out; all of them when this is missing.",
    )

    def plan(self) -> foresight.Plan:
        """What a valid body asks for."""
        return foresight.Plan(**self.validated_data)


class OccurrenceSerializer(serializers.Serializer):
    """`code` and `reason` say why it cannot be made; both are "" where it can."""

    starts_at = serializers.DateTimeField()
    code = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)


class PreviewSerializer(serializers.Serializer):
    would_be_made = serializers.IntegerField()
    occurrences = OccurrenceSerializer(many=True)


class SeriesSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    programme = ProgrammeBriefSerializer()
    first_date = serializers.DateField()
    last_date = serializers.DateField()
    weekdays = serializers.ListField(child=serializers.IntegerField())
    times = serializers.ListField(child=ClockField())
    week_interval = serializers.IntegerField()
    sessions = serializers.SerializerMethodField()
    gaps = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_sessions(self, series: Series) -> list[int]:
        return list(series.sessions.order_by("occasion__period", "pk").values_list("pk", flat=True))

    @extend_schema_field(OccurrenceSerializer(many=True))
    def get_gaps(self, series: Series) -> list[dict[str, Any]]:
        return list(OccurrenceSerializer(series.gaps.order_by("starts_at"), many=True).data)
