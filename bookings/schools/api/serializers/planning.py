"""The API's shapes of programmes, sessions and series. Shapes only: every rule is an operation's."""

import datetime as dt
from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.schools import search
from bookings.schools.models import Language, Programme, Series, Session, Subject
from bookings.schools.operations import foresight
from navet.accounts.models import User
from navet.api.fields import LineField, MoneyField
from navet.api.serializers import DATE, MESSAGES, StrictSerializer
from navet.directory.grades import Grade
from navet.directory.models import Municipality
from navet.house.models import Occasion, Room

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
ID: dict[str, Any] = {"min_value": 1, "max_value": 2**63 - 1}


class DayField(serializers.DateField):
    """A date of this century, as 2026-03-02."""

    default_error_messages = {
        "not_a_date": MESSAGES["not_a_date"],
        "year": "{first} – {last}",
    }

    def to_internal_value(self, value: Any) -> dt.date:
        if not isinstance(value, str) or not DATE.fullmatch(value):
            self.fail("not_a_date")
        day = super().to_internal_value(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail("year", first=FIRST_DAY, last=LAST_DAY)
        return day


class MomentField(serializers.DateTimeField):
    """A moment of this century, with its offset."""

    default_error_messages = {"year": "{first} – {last}"}

    def to_internal_value(self, value: Any) -> dt.datetime:
        if isinstance(value, str) and value[:4].isdigit() and not 2000 <= int(value[:4]) < 2100:
            self.fail("year", first=FIRST_DAY, last=LAST_DAY)
        return super().to_internal_value(value)


class RoomSerializer(serializers.Serializer):
    slug = serializers.SlugField()
    name = serializers.CharField()
    step_free = serializers.BooleanField()
    hearing_loop = serializers.BooleanField()


class ProgrammeBriefSerializer(serializers.Serializer):
    """Texts are in the language of Accept-Language, Swedish where the English is missing."""

    slug = serializers.SlugField()
    title = serializers.CharField()


class ProgrammeSerializer(ProgrammeBriefSerializer):
    """Prices are for those outside the agreements, per group, VAT included."""

    summary = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    prepare = serializers.SerializerMethodField()
    accessibility = serializers.SerializerMethodField()
    curriculum = serializers.SerializerMethodField()
    subjects = serializers.ListField(child=serializers.ChoiceField(choices=Subject.choices))
    grades = serializers.ListField(child=serializers.ChoiceField(choices=Grade.choices))
    languages = serializers.ListField(child=serializers.ChoiceField(choices=Language.choices))
    length_minutes = serializers.IntegerField()
    min_pupils = serializers.IntegerField()
    max_pupils = serializers.IntegerField()
    groups_at_once = serializers.IntegerField()
    half_class_max = serializers.IntegerField()
    price_half = MoneyField(source="price_half_ore")
    price_full = MoneyField(source="price_full_ore")
    rooms = RoomSerializer(many=True)

    def get_summary(self, programme: Programme) -> str:
        return programme.text_in_language("summary")

    def get_text(self, programme: Programme) -> str:
        return programme.text_in_language("text")

    def get_prepare(self, programme: Programme) -> str:
        return programme.text_in_language("prepare")

    def get_accessibility(self, programme: Programme) -> str:
        return programme.text_in_language("accessibility")

    def get_curriculum(self, programme: Programme) -> str:
        return programme.text_in_language("curriculum")


class SessionSerializer(serializers.Serializer):
    """A session and what was free of it when you asked.

    `free_places` is what one more class could take; `bookable`: released, not begun, and something is free. A session
    that is released and full has a waiting list.
    """

    id = serializers.IntegerField(source="pk")
    programme = ProgrammeBriefSerializer()
    starts_at = serializers.DateTimeField(source="occasion.starts_at")
    ends_at = serializers.DateTimeField(source="occasion.ends_at")
    language = serializers.ChoiceField(choices=Language.choices)
    status = serializers.ChoiceField(source="occasion.status", choices=Occasion.Status.choices)
    rooms = serializers.SerializerMethodField()
    capacity = serializers.IntegerField(source="occasion.capacity")
    max_groups = serializers.IntegerField(source="occasion.max_groups")
    free_places = serializers.IntegerField()
    free_groups = serializers.IntegerField()
    bookable = serializers.SerializerMethodField()
    release_at = serializers.DateTimeField()

    @extend_schema_field(RoomSerializer(many=True))
    def get_rooms(self, session: Session) -> list[dict[str, Any]]:
        one_by_one = self._room.to_representation
        return [one_by_one(room) for room in search.rooms_of(session)]

    @cached_property
    def _room(self) -> RoomSerializer:
        """Made once for a whole list of sessions: its fields are copies, and copying them is most of the work."""
        return RoomSerializer()

    def get_bookable(self, session: Session) -> bool:
        at = self.context["at"]
        open_now = session.occasion.status == Occasion.Status.PLANNED and session.release_at <= at
        published = session.programme.is_published and session.occasion.starts_at > at
        return open_now and published and session.free_places > 0


class EducatorSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class PlannedSessionSerializer(SessionSerializer):
    """What planners see as well."""

    educators = serializers.SerializerMethodField()
    held_places = serializers.IntegerField()
    held_groups = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="Parties in the queue.")
    series = serializers.IntegerField(source="series_id", allow_null=True)
    version = serializers.IntegerField(source="occasion.version")
    override_reason = serializers.CharField(source="occasion.override_reason")
    cancel_reason = serializers.CharField(source="occasion.cancel_reason")

    @extend_schema_field(EducatorSerializer(many=True))
    def get_educators(self, session: Session) -> list[dict[str, Any]]:
        return list(EducatorSerializer(search.educators_of(session), many=True).data)


class ProgrammesQuery(serializers.Serializer):
    grade = serializers.ChoiceField(choices=Grade.choices, required=False)
    subject = serializers.ChoiceField(choices=Subject.choices, required=False)


class SessionsQuery(ProgrammesQuery):
    """`from` and `to` are both included. `pupils`: only sessions with room for so many in one group."""

    vars()["from"] = DayField(required=False)
    to = DayField(required=False)
    pupils = serializers.IntegerField(required=False, min_value=1, max_value=500)
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    programme = serializers.SlugField(required=False, max_length=50, help_text="The slug of a programme.")
    free = serializers.ChoiceField(choices=["true", "false"], required=False)

    def wish(self) -> search.Wish:
        """What a valid query asks for."""
        asked = self.validated_data
        return search.Wish(
            grade=asked.get("grade", ""),
            subject=asked.get("subject", ""),
            first=asked.get("from"),
            last=asked.get("to"),
            pupils=asked.get("pupils"),
            language=asked.get("language", ""),
            programme=asked.get("programme", ""),
            only_free=asked.get("free") == "true",
        )


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


class RoomsField(serializers.ListField):
    """Slugs of rooms -> rooms."""

    child = serializers.SlugRelatedField(slug_field="slug", queryset=Room.objects.all())

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_length": 1, "max_length": 20} | options)


class EducatorField(serializers.PrimaryKeyRelatedField):
    """The id of a staff user -> the user. An id that no column holds is nobody's."""

    def to_internal_value(self, data: Any) -> User:
        if not (isinstance(data, int) and 0 < data < 2**63):
            self.fail("does_not_exist", pk_value=data)
        return super().to_internal_value(data)


class EducatorsField(serializers.ListField):
    """Ids of staff users -> users."""

    child = EducatorField(queryset=User.objects.all(), pk_field=serializers.IntegerField(**ID))

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20} | options)


class OverridableSerializer(StrictSerializer):
    override_reason = LineField(
        required=False,
        max_length=200,
        allow_blank=True,
        help_text="Why other rooms, educators or hours than usual; needs the capability `schools.override`.",
    )


class SizeSerializer(StrictSerializer):
    capacity = serializers.IntegerField(required=False, min_value=1, max_value=1000)
    max_groups = serializers.IntegerField(required=False, min_value=1, max_value=50)
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    release_at = MomentField(required=False)


class NewSessionSerializer(SizeSerializer, OverridableSerializer):
    """Places and groups are the programme's unless given; released at once unless `release_at` is given."""

    programme = serializers.SlugRelatedField(slug_field="slug", queryset=Programme.objects.all())
    starts_at = MomentField()
    rooms = RoomsField()
    educators = EducatorsField(required=False)


class SessionChangesSerializer(SizeSerializer, OverridableSerializer):
    """What does not move it; what is left out stays."""

    educators = EducatorsField(required=False)


class SessionMoveSerializer(OverridableSerializer):
    """A new time, new rooms, new educators; what is left out stays. Those concerned are told."""

    starts_at = MomentField(required=False)
    rooms = RoomsField(required=False)
    educators = EducatorsField(required=False)


class SessionCancellationSerializer(StrictSerializer):
    """The reason is sent to those who booked or wait."""

    reason = LineField(max_length=200)


class ClockField(serializers.TimeField):
    """A time on the wall in Borås, to the minute."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)


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
