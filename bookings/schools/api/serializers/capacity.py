"""The API's shape of how much there is room for."""

from typing import Any

from rest_framework import serializers

from bookings.schools.api.serializers.fields import DayField
from bookings.schools.api.serializers.programmes import ProgrammeBriefSerializer
from bookings.schools.operations import foresight


class CapacityQuery(serializers.Serializer):
    """Both days are included; at most 400 days."""

    vars()["from"] = DayField()
    to = DayField()

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if not 0 <= (asked["to"] - asked["from"]).days <= foresight.LONGEST_DAYS:
            raise serializers.ValidationError({"to": [str(foresight.SeriesTooLong.message)]}, "too_long")
        return asked


class CapacityRowSerializer(serializers.Serializer):
    """Places of planned sessions of one programme in one ISO week."""

    year = serializers.IntegerField(help_text="The year that the ISO week belongs to.")
    week = serializers.IntegerField()
    programme = ProgrammeBriefSerializer()
    sessions = serializers.IntegerField()
    offered = serializers.IntegerField()
    held = serializers.IntegerField()
    free = serializers.IntegerField()


class CapacitySerializer(serializers.Serializer):
    at = serializers.DateTimeField(help_text="When it was counted.")
    offered = serializers.IntegerField()
    held = serializers.IntegerField()
    free = serializers.IntegerField()
    weeks = CapacityRowSerializer(many=True)
