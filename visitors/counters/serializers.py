"""The shape of what door counters send, and of what is made of it; OpenAPI is made of these."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from navet import periods
from navet.api.fields import LineField
from navet.api.serializers import MOMENT, StrictSerializer
from visitors.counters.reconcile import MARKS
from visitors.serializers import FIRST_YEAR, LAST_YEAR, DayField, HouseMoment

FIRST_MS = int(dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC).timestamp() * 1000)
LAST_MS = int(dt.datetime(LAST_YEAR, 1, 1, tzinfo=dt.UTC).timestamp() * 1000)
MOST_RECORDS = 2000
LONGEST = dt.timedelta(days=1)
DIGITS = r"^20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$"


def heads(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=100_000, **more)


def many(child: type[StrictSerializer], **more: Any) -> serializers.ListSerializer:
    """A list of such objects, of at most `max_length`."""
    return serializers.ListSerializer(child=child(), **more)


class MomentField(serializers.DateTimeField):
    """A moment with its offset, within the years the house keeps."""

    default_error_messages = {"out_of_range": _("Give a time between the years 2000 and 2100.")}

    def to_internal_value(self, data: Any) -> dt.datetime:
        moment = super().to_internal_value(data)
        if not FIRST_YEAR <= moment.year < LAST_YEAR:
            self.fail("out_of_range")
        return moment


@extend_schema_field(
    {
        "oneOf": [
            {"type": "integer", "minimum": FIRST_MS, "maximum": LAST_MS - 1},
            {"type": "string", "format": "date-time"},
        ]
    }
)
class SensorMoment(serializers.Field):
    """Milliseconds since 1970, as a sensor counts them, or a moment with its offset."""

    default_error_messages = {
        "not_a_moment": _("Write the time with its offset, as 2026-03-02T09:30:00+01:00."),
        "out_of_range": _("Give a time between the years 2000 and 2100."),
    }

    def to_internal_value(self, data: Any) -> dt.datetime:
        if isinstance(data, str) and MOMENT.fullmatch(data):
            return MomentField().to_internal_value(data)
        if isinstance(data, bool) or not isinstance(data, int | float) or data != int(data):
            self.fail("not_a_moment")
        if not FIRST_MS <= data < LAST_MS:
            self.fail("out_of_range")
        return dt.datetime.fromtimestamp(int(data) / 1000, dt.UTC)


def moment_or_none(value: Any) -> dt.datetime | None:
    """A sensor's time where it is one."""
    try:
        return SensorMoment().to_internal_value(value)
    except ValidationError:
        return None


class _Period(StrictSerializer):
    """From and to, at most a day apart."""

    def validate(self, record: dict[str, Any]) -> dict[str, Any]:
        if not dt.timedelta(0) < record["to"] - record["from"] <= LONGEST:
            text = _("A period ends after it begins, and is at most a day long.")
            raise ValidationError({"to": [ErrorDetail(str(text), "bad_period")]})
        return record


class OwnReadingSerializer(_Period):
    vars()["from"] = MomentField()
    to = MomentField()
    vars()["in"] = heads(help_text="Heads into the house in the period.")
    out = heads()


class OwnCountsSerializer(StrictSerializer):
    """Our own format: heads in periods. `sent_at` is the device's clock as it sends; its error is told by it."""

    readings = many(OwnReadingSerializer, allow_empty=False, max_length=MOST_RECORDS)
    sent_at = MomentField(required=False)
    serial = LineField(required=False, max_length=40)


@extend_schema_field({"type": "string", "pattern": DIGITS, "example": "20260302093000"})
class DigitsField(serializers.RegexField):
    """YYYYMMDDhhmmss on the clock in Borås, of a day that exists."""

    default_error_messages = {"no_such_day": _("There is no such day.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DIGITS, max_length=14, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        digits = super().to_internal_value(data)
        try:
            dt.datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=periods.HOUSE_ZONE)
        except ValueError:
            self.fail("no_such_day")
        return digits


class AxisCountsSerializer(StrictSerializer):
    """What AXIS People Counter answers to `live-sum.json`: sums since it last began anew."""

    serial = LineField(max_length=40)
    name = LineField(max_length=120, allow_blank=True)
    timestamp = DigitsField()
    vars()["in"] = serializers.IntegerField(min_value=0)
    out = serializers.IntegerField(min_value=0)


class PackageSerializer(StrictSerializer):
    version = LineField(required=False, max_length=20)
    id = serializers.IntegerField(required=False, min_value=0)
    agent_id = serializers.IntegerField(required=False, min_value=0)


class SensorSerializer(StrictSerializer):
    serial_number = LineField(max_length=40)
    type = LineField(required=False, max_length=40)
    timezone = LineField(required=False, max_length=60)
    name = LineField(required=False, max_length=120, allow_blank=True)
    group = LineField(required=False, max_length=120, allow_blank=True)


class SensorCountSerializer(StrictSerializer):
    """`fw` and `bw` are heads forward and backward; a zone's `balance` may be below zero, and is not read."""

    id = serializers.IntegerField(required=False, min_value=0)
    name = LineField(max_length=40)
    value = serializers.IntegerField(min_value=-100_000, max_value=100_000)

    def validate(self, count: dict[str, Any]) -> dict[str, Any]:
        if count["name"] in {"fw", "bw"} and count["value"] < 0:
            text = _("Heads are never fewer than none.")
            raise ValidationError({"value": [ErrorDetail(str(text), "min_value")]})
        return count


class SensorRecordSerializer(_Period):
    vars()["from"] = SensorMoment()
    to = SensorMoment()
    samples = serializers.IntegerField(required=False, min_value=0)
    samples_expected = serializers.IntegerField(required=False, min_value=0)
    counts = many(SensorCountSerializer, max_length=20)


class GeometrySerializer(StrictSerializer):
    id = serializers.IntegerField(required=False, min_value=0)
    type = LineField(max_length=20)
    name = LineField(max_length=80, allow_blank=True)


class LogicSerializer(StrictSerializer):
    id = serializers.IntegerField(required=False, min_value=0)
    name = LineField(required=False, max_length=80, allow_blank=True)
    info = LineField(required=False, max_length=80, allow_blank=True)
    geometries = many(GeometrySerializer, required=False, max_length=20)
    records = many(SensorRecordSerializer, max_length=MOST_RECORDS)


class LogicsDataSerializer(StrictSerializer):
    package_info = PackageSerializer(required=False)
    sensor_info = SensorSerializer(required=False)
    logics = many(LogicSerializer, max_length=20)


class XovisLogicsSerializer(StrictSerializer):
    """Counts by period, as a Xovis sensor pushes them."""

    logics_data = LogicsDataSerializer()


class TrackedSerializer(StrictSerializer):
    track_id = serializers.IntegerField(min_value=0)
    type = LineField(max_length=20)
    position = serializers.ListField(child=serializers.FloatField(), required=False, max_length=3)
    attributes = serializers.DictField(required=False)


class CrossingSerializer(StrictSerializer):
    """What an event says of itself; only who crossed which line is read."""

    track_id = serializers.IntegerField(required=False, min_value=0)
    sequence_number = serializers.IntegerField(required=False, min_value=0)
    geometry_id = serializers.IntegerField(required=False, min_value=0)
    geometry_type = LineField(required=False, max_length=20)
    geometry_name = LineField(required=False, max_length=80, allow_blank=True)
    counter_id = serializers.IntegerField(required=False, min_value=0)
    counter_value = serializers.IntegerField(required=False)
    door_id = serializers.IntegerField(required=False, min_value=0)
    space_id = serializers.IntegerField(required=False, min_value=0)
    time_in_zone = serializers.FloatField(required=False)
    direction = LineField(required=False, max_length=20)
    zone_event_type = LineField(required=False, max_length=40)


class EventSerializer(StrictSerializer):
    category = LineField(required=False, max_length=20)
    type = LineField(max_length=40)
    attributes = CrossingSerializer(required=False)


class FrameSerializer(StrictSerializer):
    framenumber = serializers.IntegerField(required=False, min_value=0, max_value=2**53)
    time = SensorMoment()
    tracked_objects = many(TrackedSerializer, required=False, max_length=500)
    events = many(EventSerializer, required=False, max_length=500)


class LiveDataSerializer(StrictSerializer):
    package_info = PackageSerializer(required=False)
    sensor_info = SensorSerializer(required=False)
    frames = many(FrameSerializer, max_length=MOST_RECORDS)


class XovisLiveSerializer(StrictSerializer):
    """Frames with who crossed a line, as a Xovis sensor pushes them. Positions are not kept."""

    live_data = LiveDataSerializer()


class StatusDataSerializer(StrictSerializer):
    package_info = PackageSerializer(required=False)
    sensor_info = SensorSerializer(required=False)
    states = serializers.DictField()


class XovisStatusSerializer(StrictSerializer):
    """How a Xovis sensor is. Only its clock is read and kept."""

    status_data = StatusDataSerializer()


class ReceivedSerializer(serializers.Serializer):
    """What became of it. A delivery that came before is no new one, and changes nothing."""

    delivery = serializers.IntegerField(source="delivery.pk")
    duplicate = serializers.SerializerMethodField()
    readings = serializers.IntegerField(help_text="In this delivery.")
    new_readings = serializers.IntegerField(help_text="Of them, those that no earlier delivery held.")

    def get_duplicate(self, received: Any) -> bool:
        return not received.is_new


class DoorDaysQuery(serializers.Serializer):
    """Both days are included; at most 100 days."""

    vars()["from"] = DayField()
    to = DayField()

    def validate(self, asked: dict[str, Any]) -> dict[str, Any]:
        if not 0 <= (asked["to"] - asked["from"]).days < 100:
            text = _("At most 100 days, the first before the last.")
            raise ValidationError({"to": [ErrorDetail(str(text), "bad_period")]})
        return asked


class MarkSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=list(MARKS))
    counter = serializers.IntegerField()
    at = HouseMoment(allow_null=True)
    until = HouseMoment(allow_null=True)
    seconds = serializers.IntegerField(allow_null=True, help_text="How far behind the clock was.")


class AtDoorSerializer(serializers.Serializer):
    counter = serializers.IntegerField()
    entered = serializers.IntegerField()
    left = serializers.IntegerField()
    factor = serializers.DecimalField(max_digits=5, decimal_places=4)
    corrected = serializers.IntegerField()


class CorrectionSerializer(serializers.Serializer):
    day = serializers.DateField()
    entered = serializers.IntegerField()
    corrected = serializers.IntegerField()
    registered = serializers.IntegerField()
    heads = serializers.IntegerField(help_text="The ledger's entry; may be below zero.")
    reason = serializers.CharField()
    visit = serializers.IntegerField(source="visit_id")
    by = serializers.CharField()
    approved_at = HouseMoment()
    taken_back_at = HouseMoment(allow_null=True)
    reversal = serializers.IntegerField(source="reversal_id", allow_null=True)


class DoorDaySerializer(serializers.Serializer):
    """A day; figures from the door are null where no counter counted."""

    day = serializers.DateField()
    entered = serializers.IntegerField(allow_null=True, help_text="Heads in, raw.")
    left = serializers.IntegerField(allow_null=True)
    corrected = serializers.IntegerField(allow_null=True, help_text="Heads in, corrected by factor.")
    registered = serializers.IntegerField(help_text="Heads in the ledger without door corrections.")
    difference = serializers.IntegerField(allow_null=True)
    counters = AtDoorSerializer(many=True)
    marks = MarkSerializer(many=True)
    correction = CorrectionSerializer(allow_null=True)


class DoorDaysSerializer(serializers.Serializer):
    days = DoorDaySerializer(many=True)


class NewCorrectionSerializer(StrictSerializer):
    difference = serializers.IntegerField(
        min_value=-100_000, max_value=100_000, help_text="The difference seen; refused when it has changed."
    )
    reason = LineField(max_length=200)


class ReasonSerializer(StrictSerializer):
    reason = LineField(max_length=200)
