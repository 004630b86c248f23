"""The API's shape of where there is room for more."""

from typing import Any

from rest_framework import serializers

from bookings.capacity import report
from bookings.capacity.rows import KINDS
from bookings.capacity.what_if import Which
from visitors.serializers import DayField

KIND_CHOICES = [(kind.value, kind.label) for kind in KINDS]
ONLY_CHOICES = [
    (report.FREE, "With free places"),
    (report.BOOKABLE, "That can be booked now"),
    (report.OVER, "Over"),
]


class PeriodQuery(serializers.Serializer):
    """Both days are included; at most 400 days."""

    vars()["from"] = DayField(help_text="First day, by the clock in Borås.")
    to = DayField(help_text="Last day, included; at most 400 days from the first.")
    kind = serializers.ChoiceField(
        choices=KIND_CHOICES,
        required=False,
        help_text="Every kind but `lunch` when left out: whoever has a seat at lunch has a place already.",
    )

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if fault := report.fault(asked["from"], asked["to"]):
            raise serializers.ValidationError({"to": [fault]})
        return asked

    def wish(self) -> report.Wish:
        """Of a valid query."""
        asked = self.validated_data
        weekday = asked.get("weekday")
        return report.Wish(
            first=asked["from"],
            last=asked["to"],
            kind=asked.get("kind", ""),
            product=asked.get("programme", ""),
            room=asked.get("room", ""),
            weekday=weekday - 1 if weekday else None,
            hour=asked.get("hour"),
            only=asked.get("only", ""),
        )


class CapacityQuery(PeriodQuery):
    share = serializers.IntegerField(
        min_value=1,
        max_value=100,
        default=100,
        help_text="Per cent of the free places that `what_if` fills.",
    )


class OccasionsQuery(PeriodQuery):
    programme = serializers.RegexField(
        r"^[a-z_]+:[-a-zA-Z0-9_]{1,60}$", required=False, help_text="A `key` of `by_programme`."
    )
    room = serializers.RegexField(r"^[-a-zA-Z0-9_]{1,60}$", required=False, help_text="A `key` of `by_room`.")
    weekday = serializers.IntegerField(min_value=1, max_value=7, required=False, help_text="Monday is 1.")
    hour = serializers.IntegerField(min_value=0, max_value=23, required=False)
    only = serializers.ChoiceField(choices=ONLY_CHOICES, required=False)


class SumSerializer(serializers.Serializer):
    """Places of some occasions; per cent are whole, null of nothing."""

    occasions = serializers.IntegerField(source="sum.occasions")
    offered = serializers.IntegerField(source="sum.offered")
    held = serializers.IntegerField(
        source="sum.held", help_text="As the line itself counts; a hold until its time is out."
    )
    free = serializers.IntegerField(
        source="sum.free",
        help_text="What one more could take, coming or gone. Less than offered and not held where no more groups fit, or where a queue gets it.",
    )
    bookable = serializers.IntegerField(
        source="sum.bookable", help_text="Free places that can be booked now."
    )
    fill = serializers.IntegerField(
        source="sum.fill", allow_null=True, help_text="Held, per cent of offered."
    )
    past_occasions = serializers.IntegerField(
        source="sum.past_occasions",
        help_text="Those that are over and were counted; the next five are of these.",
    )
    past_offered = serializers.IntegerField(source="sum.past_offered")
    past_held = serializers.IntegerField(source="sum.past_held")
    used = serializers.IntegerField(source="sum.used", help_text="Who came.")
    missed = serializers.IntegerField(source="sum.missed", help_text="Held and not used.")
    use = serializers.IntegerField(
        source="sum.use", allow_null=True, help_text="Used, per cent of what was offered."
    )


class CapacityShareSerializer(SumSerializer):
    key = serializers.CharField()
    name = serializers.CharField()


class WeekSerializer(SumSerializer):
    year = serializers.IntegerField(help_text="The year that the ISO week belongs to.")
    week = serializers.IntegerField(source="number")


class WeekdaySerializer(SumSerializer):
    weekday = serializers.IntegerField(help_text="Monday is 1.")


class HourSerializer(SumSerializer):
    hour = serializers.IntegerField(help_text="The hour of the clock in Borås at which they begin.")


class WeekdayHourSerializer(SumSerializer):
    weekday = serializers.IntegerField(help_text="Monday is 1.")
    hour = serializers.IntegerField(help_text="The hour of the clock in Borås at which they begin.")


class NamedSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()


class OccasionSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="occasion")
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    programme = serializers.SerializerMethodField(help_text="A `key` of `by_programme`.")
    title = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    rooms = NamedSerializer(many=True)
    offered = serializers.IntegerField()
    held = serializers.IntegerField()
    free = serializers.IntegerField()
    can_be_booked = serializers.BooleanField(source="bookable")
    used = serializers.IntegerField(
        allow_null=True, help_text="Null before it is over, or where nobody is counted."
    )
    fill = serializers.IntegerField(help_text="Held, per cent of offered.")

    def get_programme(self, row: Any) -> str:
        return f"{row.kind}:{row.product.key}"


class OccasionsSerializer(serializers.Serializer):
    at = serializers.DateTimeField(help_text="When it was counted.")
    total = SumSerializer()
    occasions = OccasionSerializer(many=True)


class OptionSerializer(serializers.Serializer):
    which = serializers.ChoiceField(choices=Which.choices)
    sessions = serializers.IntegerField()
    places = serializers.IntegerField(help_text="Free now on these sessions.")
    more = serializers.IntegerField(
        help_text="Pupils beyond the forecast, were `share` per cent of the places filled."
    )
    result = serializers.IntegerField(allow_null=True, help_text="The forecast with these.")
    reaches_target = serializers.BooleanField(allow_null=True)


class WhatIfSerializer(serializers.Serializer):
    """What filled places on school sessions would bring the year's pupils to; by the show rate, and beyond what the forecast counts on."""

    year = serializers.IntegerField()
    share = serializers.IntegerField(help_text="Per cent of the free places that are filled.")
    target = serializers.IntegerField()
    forecast = serializers.IntegerField(
        allow_null=True, help_text="Its middle; null without an earlier year."
    )
    low = serializers.IntegerField(
        allow_null=True, help_text="The lower end of the forecast's 80 % interval."
    )
    high = serializers.IntegerField(allow_null=True)
    show_rate = serializers.FloatField(help_text="Of booked pupils, the share who came in the last year.")
    show_rate_known = serializers.BooleanField(
        source="is_rate_known", help_text="False: nobody was booked, and 1 is assumed."
    )
    counted_on = serializers.IntegerField(
        help_text="Pupils beyond the bookings that the forecast expects already."
    )
    counted_on_share = serializers.IntegerField(
        help_text="The same, per cent of all free places to come: these are filled without anybody's doing."
    )
    options = OptionSerializer(many=True)


class CapacitySerializer(SumSerializer):
    at = serializers.DateTimeField(help_text="When it was counted.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    by_kind = CapacityShareSerializer(many=True)
    by_programme = CapacityShareSerializer(many=True, help_text="Least full first, as the rooms.")
    by_room = CapacityShareSerializer(
        many=True, help_text="An occasion in two rooms is in both; a half of a hall is a room of its own."
    )
    by_week = WeekSerializer(many=True)
    by_weekday = WeekdaySerializer(many=True)
    by_hour = HourSerializer(many=True)
    by_weekday_and_hour = WeekdayHourSerializer(many=True)
    least_full = OccasionSerializer(many=True, help_text="At most twelve that can be booked now.")
    least_full_hours = WeekdayHourSerializer(
        many=True, help_text="At most eight, with what they are counted on."
    )
    what_if = WhatIfSerializer(allow_null=True, help_text="Null for who may not see the indicators.")
