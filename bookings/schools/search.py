"""What can be booked: sessions by what a class looks for, counted at the moment of asking. Nothing is cached."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Min, Prefetch, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from bookings.schools.models import Programme, SchoolBooking, Session, SessionQuerySet
from navet import periods
from navet.house.models import Duty, RoomUse

Status = SchoolBooking.Status
NEXT_SHOWN = 3  # sessions on a programme's card


@dataclass(frozen=True)
class Wish:
    """What a class looks for; an empty field means anything. Both dates are included; `programme` is a slug."""

    grade: str = ""
    subject: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    pupils: int | None = None
    language: str = ""
    programme: str = ""
    only_free: bool = False

    @property
    def is_about_sessions(self) -> bool:
        """Whether it asks for more than a kind of programme: then a programme without sessions is no answer."""
        return bool(self.first or self.last or self.pupils or self.language or self.only_free)


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


def announced(*, at: dt.datetime) -> SessionQuerySet:
    """Planned sessions to come of published programmes, released or not."""
    return Session.objects.filter(
        occasion__status="planned", occasion__period__startswith__gt=at, programme__is_published=True
    )


def matching(chosen: SessionQuerySet, wish: Wish, *, at: dt.datetime) -> SessionQuerySet:
    """Those of the chosen sessions that meet the wish, in time order, with free places. One query."""
    found = with_free(chosen, at).filter(programme_meets(wish, "programme__"), _days(wish))
    if wish.language:
        found = found.filter(language=wish.language)
    if wish.pupils:
        found = found.filter(
            Q(free_places__gte=wish.pupils),
            programme__min_pupils__lte=wish.pupils,
            programme__max_pupils__gte=wish.pupils,
        )
    elif wish.only_free:
        found = found.filter(Q(free_places__gt=0))
    return found.select_related("occasion", "programme").order_by("occasion__period", "pk")


def programme_meets(wish: Wish, prefix: str = "") -> Q:
    """The condition on programmes, or on what refers to them by `prefix`."""
    asked = Q()
    if wish.grade:
        asked &= Q(**{f"{prefix}grades__contains": [wish.grade]})
    if wish.subject:
        asked &= Q(**{f"{prefix}subjects__contains": [wish.subject]})
    if wish.programme:
        asked &= Q(**{f"{prefix}slug": wish.programme})
    return asked


def _days(wish: Wish) -> Q:
    asked = Q()
    if wish.first:
        asked &= Q(occasion__period__startswith__gte=periods.day_bounds(wish.first)[0])
    if wish.last:
        asked &= Q(occasion__period__startswith__lt=periods.day_bounds(wish.last)[1])
    return asked


def with_rooms(sessions: SessionQuerySet) -> SessionQuerySet:
    """Loads the rooms as well: one more query, however many sessions. See `rooms_of`."""
    uses = RoomUse.objects.select_related("room").order_by("room", "pk")
    return sessions.prefetch_related(Prefetch("occasion__room_uses", uses, to_attr="listed_uses"))


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
    found = sessions(wish, at=at)
    for programme_id, session_id, places in found.values_list("programme", "pk", "free_places"):  # type: ignore[misc]  # with_free adds it
        free_by_programme[programme_id][session_id] = places
    meeting = Programme.objects.published().filter(programme_meets(wish)).order_by("title_sv")
    hits = {programme.pk: _hit(programme, free_by_programme[programme.pk]) for programme in meeting}
    shown = {pk: left for free in free_by_programme.values() for pk, left in _next(free)}
    soonest: dict[int, Hit] = {}
    for session in (
        Session.objects.filter(pk__in=shown).select_related("occasion").order_by("occasion__period", "pk")
    ):
        if hit := hits.get(session.programme_id):
            session.programme, session.free_places = hit.programme, shown[session.pk]
            hit.sessions.append(session)
            soonest.setdefault(session.programme_id, hit)
    others = [] if wish.is_about_sessions else [hit for pk, hit in hits.items() if pk not in soonest]
    return [*soonest.values(), *others]


def _hit(programme: Programme, free: dict[int, int]) -> Hit:
    """Without its sessions yet; `free` is their ids and free places."""
    return Hit(programme, total=len(free), free=sum(places > 0 for places in free.values()))


def _next(free: dict[int, int]) -> list[tuple[int, int]]:
    """Those of a programme's sessions, in time order, that its card shows: free ones before full ones."""
    return sorted(free.items(), key=lambda session: session[1] == 0)[:NEXT_SHOWN]


FREE, FEW, FULL = "free", "few", "full"


def state_of(session: Session) -> str:
    """free: a whole group fits. few: fewer places than that. full: none. From `with_free`'s figures."""
    if session.free_places == 0:
        return FULL
    return FREE if session.free_places >= session.programme.max_pupils else FEW


@dataclass(frozen=True)
class Day:
    """A date of the month's calendar and how many sessions are free, nearly full and full on it."""

    date: dt.date
    counts: Counter

    @property
    def state(self) -> str:
        """The best there is on the day: free, few, full or none."""
        return next((state for state in (FREE, FEW, FULL) if self.counts[state]), "none")

    @property
    def bookable(self) -> int:
        return self.counts[FREE] + self.counts[FEW]


def month(first: dt.date, wish: Wish, *, at: dt.datetime) -> list[Day]:
    """Every day of the month that begins on `first`, counted at `at`. One query; the wish's dates narrow it."""
    last = last_of_month(first)
    found = sessions(wish, at=at).filter(_days(Wish(first=first, last=last)))
    return _by_day(found, periods.dates(first, last + dt.timedelta(days=1)))


def on_day(day: dt.date, wish: Wish, *, at: dt.datetime) -> SessionQuerySet:
    """The day's sessions that can be booked and meet the wish, in time order."""
    return sessions(wish, at=at).filter(_days(Wish(first=day, last=day)))


def _by_day(found: Iterable[Session], days: Iterable[dt.date]) -> list[Day]:
    counts: dict[dt.date, Counter[str]] = {day: Counter() for day in days}
    for session in found:
        counts[periods.local_day(session.occasion.starts_at)][state_of(session)] += 1
    return [Day(day, counted) for day, counted in counts.items()]


def last_of_month(first: dt.date) -> dt.date:
    """The last date of the month that begins on `first`."""
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def next_sessions(programme: Programme, *, at: dt.datetime) -> SessionQuerySet:
    """A programme's sessions to come, also those not yet released, with free places, in time order."""
    return matching(announced(at=at).filter(programme=programme), Wish(), at=at)
