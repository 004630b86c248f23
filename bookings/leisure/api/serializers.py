"""The API's shapes of leisure groups."""

from rest_framework import serializers

from bookings.leisure.models import Club
from navet.api.fields import MoneyField


class MeetingSerializer(serializers.Serializer):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class LeisureGroupSerializer(serializers.Serializer):
    """A club for a term, or a camp. `free_places` is true at the moment of the answer; in a window nothing is free before the draw.

    `seed_sha256` is the fingerprint of the draw's seed, where there is a draw.
    """

    id = serializers.IntegerField(source="pk")
    club = serializers.SlugField(source="club.slug")
    kind = serializers.ChoiceField(Club.Kind.choices, source="club.kind")
    title = serializers.CharField(source="club.title")
    youngest = serializers.IntegerField(source="club.youngest")
    oldest = serializers.IntegerField(source="club.oldest")
    meals = serializers.CharField(source="club.meals", allow_blank=True)
    bring = serializers.CharField(source="club.bring", allow_blank=True)
    meetings = MeetingSerializer(source="occasions", many=True)
    capacity = serializers.IntegerField(source="occasion.capacity")
    free_places = serializers.IntegerField(source="free")
    waiting = serializers.IntegerField(source="queued")
    fee = MoneyField(source="fee_ore")
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    is_drawn = serializers.BooleanField(source="has_drawn")
    seed_sha256 = serializers.CharField(allow_blank=True)
