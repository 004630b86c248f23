"""The shape of the year's figures in the API."""

import datetime as dt
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from visitors import definitions
from visitors.insight import words
from visitors.insight.forecast import Forecast, Reason
from visitors.insight.outlook import Status, rule
from visitors.models import Category, Indicator
from visitors.serializers import FIRST_YEAR, LAST_YEAR, DayField


class IndicatorsQuery(serializers.Serializer):
    year = serializers.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="The year of `as_of` when left out.",
    )
    as_of = DayField(required=False, help_text="Counted to the end of this day; today when left out.")


class MonthSerializer(serializers.Serializer):
    month = serializers.IntegerField(min_value=1, max_value=12)
    outcome = serializers.IntegerField()
    last_year = serializers.IntegerField(help_text="The whole month of the year before.")
    booked_ahead = serializers.IntegerField(allow_null=True)


class PlaceSerializer(serializers.Serializer):
    code = serializers.CharField(
        allow_null=True, help_text="Null gathers those whose municipality is unknown."
    )
    name = serializers.CharField()
    outcome = serializers.IntegerField()
    same_day_last_year = serializers.IntegerField()
    pupils = serializers.IntegerField(
        allow_null=True,
        help_text="In its schools, by the register; null where it does not say, or where no pupils are counted.",
    )
    per_100_pupils = serializers.FloatField(
        allow_null=True, help_text="Participations for every hundred pupils of the municipality."
    )


class ReasonSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=[(one.value, one.value) for one in Reason])
    sv = serializers.CharField()
    en = serializers.CharField()


class ForecastSerializer(serializers.Serializer):
    low = serializers.IntegerField(help_text="The lower end of the 80 % interval.")
    middle = serializers.IntegerField()
    high = serializers.IntegerField()
    past_years = serializers.IntegerField(help_text="How many earlier years it is learned from.")
    assumed = serializers.BooleanField(
        help_text="The interval rests on an assumption: there are too few earlier years to know the method's errors."
    )

    unusual = serializers.BooleanField(
        help_text="This year is unlike the earlier ones: what has come and what is booked do not agree, or something has "
        "changed. The interval is clearly wider than the method's past errors alone would make it."
    )
    announced = serializers.IntegerField(
        help_text="Of `middle`: what was announced on the year wheel beyond the usual, of the days still to come, as it was told."
    )
    reason = serializers.SerializerMethodField(
        help_text="What makes it `unusual`, most of all; null where it is not."
    )

    @extend_schema_field(ReasonSerializer(allow_null=True))
    def get_reason(self, forecast: Forecast) -> dict[str, str] | None:
        if forecast.reason is None:
            return None
        return {"code": forecast.reason.value, **definitions.in_both(lambda: words.why(forecast))}


class TextsSerializer(serializers.Serializer):
    sv = serializers.CharField()
    en = serializers.CharField()


class FigureSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=Indicator.choices)
    name = serializers.CharField()
    definition = serializers.CharField()
    definitions = TextsSerializer()
    categories = serializers.ListField(
        child=serializers.ChoiceField(choices=Category.choices),
        help_text="The visit categories that count in it this year.",
    )
    unit = serializers.CharField()
    target = serializers.IntegerField()
    outcome = serializers.IntegerField()
    same_day_last_year = serializers.IntegerField()
    last_year = serializers.IntegerField(help_text="The whole year before, as far as it has come.")
    booked_ahead = serializers.IntegerField(
        allow_null=True,
        help_text="Still expected this year; null where individuals are counted, and of evenings that nobody remembers.",
    )
    expected_by_now = serializers.IntegerField(
        source="outlook.expected_by_now",
        allow_null=True,
        help_text="What the target asks for by `as_of`, spread over the year as earlier years were.",
    )
    forecast = ForecastSerializer(
        source="outlook.forecast", allow_null=True, help_text="The whole year; null without an earlier year."
    )
    status = serializers.ChoiceField(
        source="outlook.status", choices=Status.choices, help_text="By `status_rule`."
    )
    share = serializers.FloatField(allow_null=True, help_text="outcome / target")
    by_month = MonthSerializer(many=True)
    by_municipality = PlaceSerializer(many=True)


class ReportSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    as_of = serializers.DateField()
    counting_version = serializers.IntegerField(
        source="decision.number",
        allow_null=True,
        default=None,
        help_text="The version of what counts; null for the house's defaults.",
    )
    known_by = serializers.DateField(
        source="known",
        allow_null=True,
        help_text="The evening whose knowledge the figures go by; null for now.",
    )
    counted_at = serializers.SerializerMethodField(
        help_text="The moment the ledger was read for this answer. Sums that are kept are part of it, changed in the transaction "
        "of each entry or not read, so the figures are the ledger's of this moment, and no answer is kept for the next question."
    )
    status_rule = serializers.SerializerMethodField()
    indicators = FigureSerializer(many=True, source="figures")

    def get_counted_at(self, report: Any) -> dt.datetime:
        return timezone.localtime(report.counted_at)

    def get_status_rule(self, report: Any) -> str:
        return rule()
