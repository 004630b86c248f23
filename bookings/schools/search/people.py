"""Sessions with their rooms and educators."""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch

from bookings.schools.models import Session, SessionQuerySet
from navet.house.models import Duty, RoomUse
from navet.queries import AnyOf, Param, Query


def with_rooms(sessions: SessionQuerySet) -> SessionQuerySet:
    """Loads the rooms as well: one more query, however many sessions. See `rooms_of`."""
    uses = RoomUse.objects.select_related("room").order_by("room", "pk")
    return sessions.prefetch_related(Prefetch("occasion__room_uses", uses, to_attr="listed_uses"))


# For `listed`: rooms by occasion, each once for each of its cells.
_ROOMS: Query[Any] = Query(
    lambda: (
        RoomUse.objects.filter(AnyOf("occasion", Param("occasions")))
        .order_by("room", "pk")
        .values(
            "occasion",
            "room__slug",
            "room__name_sv",
            "room__name_en",
            "room__step_free",
            "room__hearing_loop",
        )
    )
)


def rooms_by_session(pks: list[int]) -> dict[int, dict[str, dict[str, Any]]]:
    """Sessions to their rooms by slug, in one query."""
    rooms: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for use in _ROOMS.rows(occasions=pks):
        rooms[use["occasion"]][use["room__slug"]] = use
    return rooms


def with_people(sessions: SessionQuerySet) -> SessionQuerySet:
    """Loads rooms and educators as well: two more queries. See `educators_of`."""
    duties = Duty.objects.select_related("educator").order_by("educator", "pk")
    return with_rooms(sessions).prefetch_related(
        Prefetch("occasion__duties", duties, to_attr="listed_duties")
    )


def rooms_of(session: Session) -> list:
    """The rooms that `with_rooms` loaded, each once: a hall of two cells is one room."""
    return list({use.room_id: use.room for use in session.occasion.listed_uses}.values())


def educators_of(session: Session) -> list:
    """Who leads it, as `with_people` loaded them."""
    return list({duty.educator_id: duty.educator for duty in session.occasion.listed_duties}.values())
