"""The API's shapes of sessions. Shapes only: every rule is an operation's."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bookings.schools import search
from bookings.schools.api.serializers.fields import DayField, EducatorsField, MomentField, RoomsField
from bookings.schools.api.serializers.programmes import (
    ProgrammeBriefSerializer,
    ProgrammesQuery,
    RoomSerializer,
)
from bookings.schools.models import Language, Programme, Session
from navet import periods
from navet.api.fields import LineField
from navet.api.serializers import AnswerSerializer, StrictSerializer
from navet.house.models import Occasion


class SessionSerializer(AnswerSerializer):
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


def listed(
    sessions: Iterable[Mapping[str, Any]],
    rooms: Mapping[int, Mapping[str, Mapping[str, Any]]],
    *,
    at: dt.datetime,
) -> list[dict[str, Any]]:
    """Rows of `search.listed` as SessionSerializer says sessions, at a tenth of the cost: it is asked for hundreds at a time."""
    here = "en" if get_language() == "en" else "sv"
    return [
        {
            "id": session["pk"],
            "programme": {
                "slug": session["slug"],
                "title": session[f"title_{here}"] or session["title_sv"],
            },
            "starts_at": _moment(session["begins"]),
            "ends_at": _moment(session["ends"]),
            "language": session["language"],
            "status": session["status"],
            "rooms": [_room(room, here) for room in rooms[session["pk"]].values()],
            "capacity": session["capacity"],
            "max_groups": session["max_groups"],
            "free_places": session["free_places"],
            "free_groups": session["free_groups"],
            # The rest of what makes a session bookable is what `search.announced` asks for.
            "bookable": session["release_at"] <= at and session["free_places"] > 0,
            "release_at": _moment(session["release_at"]),
        }
        for session in sessions
    ]


def _room(room: Mapping[str, Any], here: str) -> dict[str, Any]:
    return {
        "slug": room["room__slug"],
        "name": room[f"room__name_{here}"],
        "step_free": room["room__step_free"],
        "hearing_loop": room["room__hearing_loop"],
    }


def _moment(at: dt.datetime) -> str:
    return at.astimezone(periods.HOUSE_ZONE).isoformat()


class EducatorSerializer(AnswerSerializer):
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


class SessionsQuery(ProgrammesQuery):
    """`from` and `to` are both included. `pupils`: only sessions with room for so many in one group."""

    vars()["from"] = DayField(required=False)
    to = DayField(required=False)
    pupils = serializers.IntegerField(required=False, min_value=1, max_value=500)
    language = serializers.ChoiceField(choices=Language.choices, required=False)
    programme = serializers.SlugField(required=False, max_length=50, help_text="The slug of a programme.")
    free = serializers.ChoiceField(choices=["true", "false"], required=False)


def wish_of(asked: dict[str, Any]) -> search.Wish:
    """What a valid SessionsQuery asks for."""
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
