"""What can be booked: sessions by what a class looks for, counted at the moment of asking. Nothing is cached."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, Count, F, Min, Prefetch, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from bookings.schools.models import Programme, SchoolBooking, Session, SessionQuerySet
from bookings.schools.models.programmes import ProgrammeQuerySet
from navet import periods
from navet.house.models import Duty, RoomUse
from navet.queries import AnyOf, Param, Query, Search

Status = SchoolBooking.Status
NEXT_SHOWN = 3  # sessions on a programme's card
OF_PROGRAMMES = {"grade", "subject", "programme"}  # what a wish asks of the programme itself


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
    def asked(self) -> dict[str, Any]:
        """What it asks for, by the names that `_meets` knows; its dates are the moments between which they lie."""
        said = {
            "grade": self.grade,
            "subject": self.subject,
            "programme": self.programme,
            "since": self.first and periods.day_bounds(self.first)[0],
            "before": self.last and periods.day_bounds(self.last)[1],
            "language": self.language,
            "pupils": self.pupils,
            "free": self.pupils or int(self.only_free),
        }
        return {name: value for name, value in said.items() if value}

    def within(self, first: dt.date, last: dt.date) -> "Wish":
        """The same, from `first` to `last` at most."""
        return replace(self, first=max(self.first or first, first), last=min(self.last or last, last))

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


def announced(*, at: Any) -> SessionQuerySet:
    """Planned sessions to come of published programmes, released or not."""
    return Session.objects.filter(
        occasion__status="planned", occasion__period__startswith__gt=at, programme__is_published=True
    )


def matching(chosen: SessionQuerySet, wish: Wish, *, at: dt.datetime) -> SessionQuerySet:
    """Those of the chosen sessions that meet the wish, in time order, with free places. One query."""
    return _matching(chosen, wish.asked, at).select_related("occasion", "programme")


def _matching(chosen: SessionQuerySet, asked: Mapping[str, Any], at: Any) -> SessionQuerySet:
    return with_free(chosen, at).filter(_meets(asked)).order_by("occasion__period", "pk")


def programme_meets(asked: Mapping[str, Any], prefix: str = "") -> Q:
    """The condition on programmes, or on what refers to them by `prefix`; `asked` as a wish says it."""
    found = Q()
    if "grade" in asked:
        found &= Q(**{f"{prefix}grades__contains": [asked["grade"]]})
    if "subject" in asked:
        found &= Q(**{f"{prefix}subjects__contains": [asked["subject"]]})
    if "programme" in asked:
        found &= Q(**{f"{prefix}slug": asked["programme"]})
    return found


def _meets(asked: Mapping[str, Any]) -> Q:
    """The condition on sessions that `with_free` counted."""
    found = programme_meets(asked, "programme__")
    if "since" in asked:
        found &= Q(occasion__period__startswith__gte=asked["since"])
    if "before" in asked:
        found &= Q(occasion__period__startswith__lt=asked["before"])
    if "language" in asked:
        found &= Q(language=asked["language"])
    if "pupils" in asked:
        found &= Q(programme__min_pupils__lte=asked["pupils"], programme__max_pupils__gte=asked["pupils"])
    if "free" in asked:
        found &= Q(free_places__gte=asked["free"])
    return found


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


def listed(wish: Wish, *, at: dt.datetime) -> Search:
    """Sessions to come, released or not, that meet the wish: rows for a list that is asked for in pages, in no order yet."""
    return Search(_listed, {**wish.asked, "at": at})


def _listed(asked: Mapping[str, Any]) -> Any:
    found: Any = _matching(announced(at=asked["at"]), asked, asked["at"])
    return found.values(
        "pk",
        "language",
        "release_at",
        "free_places",
        "free_groups",
        begins=F("occasion__period__startswith"),
        ends=F("occasion__period__endswith"),
        status=F("occasion__status"),
        capacity=F("occasion__capacity"),
        max_groups=F("occasion__max_groups"),
        slug=F("programme__slug"),
        title_sv=F("programme__title_sv"),
        title_en=F("programme__title_en"),
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
    found: Any = _matching(Session.objects.bookable(asked["at"]), asked, asked["at"])
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


FREE, FEW, FULL = "free", "few", "full"


def state_of(session: Session) -> str:
    """free: a whole group fits. few: fewer places than that. full: none. From `with_free`'s figures."""
    return state(session.free_places, session.programme.max_pupils)


def state(free_places: int, max_pupils: int) -> str:
    """As `state_of` says it."""
    if free_places == 0:
        return FULL
    return FREE if free_places >= max_pupils else FEW


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
    days = periods.dates(first, last + dt.timedelta(days=1))
    counts: dict[dt.date, Counter[str]] = {day: Counter() for day in days}
    for session in Search(_counted, {**wish.within(first, last).asked, "at": at}):
        day = periods.local_day(session["begins"])
        counts[day][state(session["free_places"], session["programme__max_pupils"])] += 1
    return [Day(day, counted) for day, counted in counts.items()]


def _counted(asked: Mapping[str, Any]) -> Any:
    found: Any = _matching(Session.objects.bookable(asked["at"]), asked, asked["at"])
    return found.annotate(begins=F("occasion__period__startswith")).values(
        "begins", "free_places", "programme__max_pupils"
    )


def on_day(day: dt.date, wish: Wish, *, at: dt.datetime) -> SessionQuerySet:
    """The day's sessions that can be booked and meet the wish, in time order."""
    return sessions(wish.within(day, day), at=at)


def last_of_month(first: dt.date) -> dt.date:
    """The last date of the month that begins on `first`."""
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def next_sessions(programme: Programme, *, at: dt.datetime) -> SessionQuerySet:
    """A programme's sessions to come, also those not yet released, with free places, in time order."""
    return matching(announced(at=at).filter(programme=programme), Wish(), at=at)
