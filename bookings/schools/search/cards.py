"""Programmes, each with the next sessions of it that are free."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bookings.schools.models import Programme, Session
from bookings.schools.models.programmes import ProgrammeQuerySet
from bookings.schools.search.places import matching_asked
from bookings.schools.search.wishes import OF_PROGRAMMES, Wish, programme_meets
from navet.queries import AnyOf, Param, Query, Search

NEXT_SHOWN = 3  # sessions on a programme's card


@dataclass
class Hit:
    """A programme that meets the wish, its next free sessions (then full ones) in time order, how many in all, how many free."""

    programme: Programme
    sessions: list[Session] = field(default_factory=list)
    total: int = 0
    free: int = 0


def programmes(wish: Wish, *, at: dt.datetime) -> list[Hit]:
    """Programmes that meet the wish, soonest first, each with its next free sessions, then full ones. Three queries.

    Programmes without a session to book come last, and only where the wish is not about sessions.
    """
    free_by_programme: dict[int, dict[int, int]] = defaultdict(dict)
    for session in Search(_free, {**wish.asked, "at": at}):
        free_by_programme[session["programme"]][session["pk"]] = session["free_places"]
    of_programmes = {name: value for name, value in wish.asked.items() if name in OF_PROGRAMMES}
    meeting = Search(_meeting, of_programmes)
    hits = {programme.pk: _hit(programme, free_by_programme[programme.pk]) for programme in meeting}
    shown = {pk: left for free in free_by_programme.values() for pk, left in _next(free)}
    soonest: dict[int, Hit] = {}
    for session in _SHOWN.rows(pks=list(shown)):
        if hit := hits.get(session.programme_id):
            session.programme, session.free_places = hit.programme, shown[session.pk]
            hit.sessions.append(session)
            soonest.setdefault(session.programme_id, hit)
    others = [] if wish.is_about_sessions else [hit for pk, hit in hits.items() if pk not in soonest]
    return [*soonest.values(), *others]


def _free(asked: Mapping[str, Any]) -> Any:
    found: Any = matching_asked(Session.objects.bookable(asked["at"]), asked, asked["at"])
    return found.values("programme", "pk", "free_places")


def _meeting(asked: Mapping[str, Any]) -> ProgrammeQuerySet:
    return Programme.objects.published().filter(programme_meets(asked)).order_by("title_sv")


_SHOWN = Query(
    lambda: (
        Session.objects.filter(AnyOf("pk", Param("pks")))
        .select_related("occasion")
        .order_by("occasion__period", "pk")
    )
)


def _hit(programme: Programme, free: dict[int, int]) -> Hit:
    """Without its sessions yet; `free` is their ids and free places."""
    return Hit(programme, total=len(free), free=sum(places > 0 for places in free.values()))


def _next(free: dict[int, int]) -> list[tuple[int, int]]:
    """Those of a programme's sessions, in time order, that its card shows: free ones before full ones."""
    return sorted(free.items(), key=lambda session: session[1] == 0)[:NEXT_SHOWN]
