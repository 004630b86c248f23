"""Sessions and the places they have left, counted at the moment of asking."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, F, Min, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from bookings.schools.models import Programme, SchoolBooking, Session, SessionQuerySet
from bookings.schools.search.wishes import Wish, session_meets

Status = SchoolBooking.Status
FREE, FEW, FULL = "free", "few", "full"


def with_free(sessions: SessionQuerySet, at: dt.datetime) -> SessionQuerySet:
    """Adds `held_places`, `held_groups`, `free_groups` and `free_places`: what one more class could take at `at`.

    Where no group is free, no place is. What a hold that ran out left behind belongs to those who wait and fit: they
    are offered it before anybody else gets it (operations.waiting), so it is not shown as free. Never below zero.
    Aggregates over one join: PostgreSQL counts each once, wherever it is asked for.
    """
    unheld = F("occasion__capacity") - F("held_places")
    holding = Q(bookings__status=Status.CONFIRMED) | Q(
        bookings__status__in=[Status.HELD, Status.OFFERED], bookings__holds_until__gt=at
    )
    counted = sessions.annotate(  # type: ignore[no-redef]  # Session declares them for its readers
        held_places=Coalesce(Sum("bookings__pupils", filter=holding), 0),
        held_groups=Count("bookings", filter=holding),
        smallest_waiting=Min("bookings__pupils", filter=Q(bookings__status=Status.WAITING)),
    )
    return counted.annotate(
        free_groups=Case(
            When(smallest_waiting__lte=unheld, then=Value(0)),
            default=Greatest(F("occasion__max_groups") - F("held_groups"), 0),
        )
    ).annotate(  # type: ignore[no-redef]  # the same
        free_places=Case(When(free_groups=0, then=Value(0)), default=Greatest(unheld, 0))
    )


def sessions(wish: Wish, *, at: dt.datetime) -> SessionQuerySet:
    """The sessions that can be booked at `at` and meet the wish, in time order, with free places."""
    return matching(Session.objects.bookable(at), wish, at=at)


def announced(*, at: Any) -> SessionQuerySet:
    """Planned sessions to come of published programmes, released or not."""
    return Session.objects.filter(
        occasion__status="planned", occasion__period__startswith__gt=at, programme__is_published=True
    )


def matching(chosen: SessionQuerySet, wish: Wish, *, at: dt.datetime) -> SessionQuerySet:
    """Those of the chosen sessions that meet the wish, in time order, with free places. One query."""
    return matching_asked(chosen, wish.asked, at).select_related("occasion", "programme")


def matching_asked(chosen: SessionQuerySet, asked: Mapping[str, Any], at: Any) -> SessionQuerySet:
    return with_free(chosen, at).filter(session_meets(asked)).order_by("occasion__period", "pk")


def next_sessions(programme: Programme, *, at: dt.datetime) -> SessionQuerySet:
    """A programme's sessions to come, also those not yet released, with free places, in time order."""
    return matching(announced(at=at).filter(programme=programme), Wish(), at=at)


def state_of(session: Session) -> str:
    """free: a whole group fits. few: fewer places than that. full: none. From `with_free`'s figures."""
    return state(session.free_places, session.programme.max_pupils)


def state(free_places: int, max_pupils: int) -> str:
    """As `state_of` says it."""
    if free_places == 0:
        return FULL
    return FREE if free_places >= max_pupils else FEW
