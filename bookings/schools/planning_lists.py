"""What planners and educators look at: sessions with how full they are, the queue, an educator's days."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractIsoYear, ExtractWeek

from bookings.schools import search
from bookings.schools.models import Need, SchoolBooking, Session, SessionQuerySet
from navet import periods
from navet.accounts.models import User
from navet.house.models import Occasion

FIGURES = ("sessions", "offered", "held", "free")
WAITING = [SchoolBooking.Status.WAITING]


@dataclass(frozen=True)
class Filter:
    """Which sessions a planner looks at; both dates included, empty means all."""

    first: dt.date
    last: dt.date
    programme: str = ""
    room: int | None = None
    educator: int | None = None
    only: str = ""  # "free", "waiting", "unstaffed", "cancelled"


def sessions(chosen: Filter, *, at: dt.datetime) -> SessionQuerySet:
    """Sessions with `held_places`, `free_places`, `waiting` (parties in the queue), in time order; see `search.with_rooms`."""
    found = Session.objects.filter(
        occasion__period__startswith__gte=periods.day_bounds(chosen.first)[0],
        occasion__period__startswith__lt=periods.day_bounds(chosen.last)[1],
    )
    if chosen.programme:
        found = found.filter(programme__slug=chosen.programme)
    if chosen.room:
        # Whoever looks at a hall wants to see what is in its halves as well: the floor is the same.
        found = found.filter(occasion__room_uses__cell__rooms=chosen.room)
    if chosen.educator:
        found = found.filter(occasion__duties__educator=chosen.educator)
    found = _only(with_queue(search.with_free(found, at)), chosen.only)
    return found.select_related("occasion", "programme").order_by("occasion__period", "pk").distinct()


def _only(found: SessionQuerySet, only: str) -> SessionQuerySet:
    if only == "cancelled":
        return found.filter(occasion__status=Occasion.Status.CANCELLED)
    if only:
        found = found.filter(occasion__status=Occasion.Status.PLANNED)
    if only == "free":
        return found.filter(free_places__gt=0)
    if only == "waiting":
        return found.filter(waiting__gt=0)
    return found.filter(occasion__duties__isnull=True) if only == "unstaffed" else found


def with_queue(found: SessionQuerySet) -> SessionQuerySet:
    """Adds `waiting` and `waiting_pupils`: parties in the queue and the pupils in them."""
    queue = SchoolBooking.objects.filter(session=OuterRef("pk"), status__in=WAITING).values("session")
    return found.annotate(
        waiting=_number(queue.annotate(n=Count("pk")).values("n")),
        waiting_pupils=_number(queue.annotate(n=Sum("pupils")).values("n")),
    )


def _number(query: QuerySet) -> Coalesce:
    return Coalesce(Subquery(query, output_field=IntegerField()), 0)


def by_day(found: Iterable[Session]) -> dict[dt.date, list[Session]]:
    """The sessions under their dates in Borås, in order."""
    days: dict[dt.date, list[Session]] = defaultdict(list)
    for session in found:
        days[periods.local_day(session.occasion.starts_at)].append(session)
    return dict(days)


def queue(*, at: dt.datetime) -> list[Session]:
    """Sessions to come that somebody waits for or has been offered, with the parties in `parties`. Two queries.

    Each party knows `fits_now`; `passed_over` counts how often places went to a party behind it that fitted.
    """
    in_line = (
        SchoolBooking.objects.filter(status__in=[*WAITING, SchoolBooking.Status.OFFERED])
        .select_related("school")
        .order_by("waiting_since", "pk")
    )
    found = (
        search.with_free(Session.objects.all(), at)
        .filter(
            occasion__period__startswith__gt=at,
            occasion__status=Occasion.Status.PLANNED,
            bookings__status__in=[*WAITING, SchoolBooking.Status.OFFERED],
        )
        .select_related("occasion", "programme")
        .prefetch_related(Prefetch("bookings", in_line, to_attr="parties"))
        .order_by("occasion__period", "pk")
        .distinct()
    )
    return [_with_fit(session) for session in found]


def _with_fit(session: Session) -> Session:
    for party in session.parties:
        party.fits_now = party.status in WAITING and party.pupils <= session.free_places
    return session


@dataclass
class Duty:
    """An educator's session with the classes that come to it."""

    session: Session
    classes: list[SchoolBooking] = field(default_factory=list)

    @property
    def pupils(self) -> int:
        return sum(one.pupils for one in self.classes)

    @property
    def adults(self) -> int:
        return sum(one.adults for one in self.classes)

    @property
    def needs(self) -> list[tuple[str, int]]:
        """What the classes need together, in words, and for how many; an answer without names."""
        total: dict[str, int] = defaultdict(int)
        for one in self.classes:
            for need, many in one.needs.items():
                total[need] += many
        return [(str(label), total[need]) for need, label in Need.choices if need in total]


def duties(educator: User, first: dt.date, last: dt.date) -> dict[dt.date, list[Duty]]:
    """What the educator leads between the dates, both included, day by day, with confirmed classes. Four queries."""
    confirmed = (
        SchoolBooking.objects.confirmed().select_related("school", "lunch").order_by("school__name", "pk")
    )
    found = (
        Session.objects.filter(
            occasion__duties__educator=educator,
            occasion__status=Occasion.Status.PLANNED,
            occasion__period__startswith__gte=periods.day_bounds(first)[0],
            occasion__period__startswith__lt=periods.day_bounds(last)[1],
        )
        .select_related("occasion", "programme")
        .prefetch_related(Prefetch("bookings", confirmed, to_attr="coming"))
        .order_by("occasion__period", "pk")
        .distinct()
    )
    days = by_day(search.with_rooms(found))
    return {day: [Duty(session, session.coming) for session in listed] for day, listed in days.items()}


def capacity(first: dt.date, last: dt.date, *, at: dt.datetime) -> list[dict]:
    """Places offered, held and free of planned sessions by ISO week and programme; both dates included. One query."""
    found = search.with_free(
        Session.objects.filter(
            occasion__status=Occasion.Status.PLANNED,
            occasion__period__startswith__gte=periods.day_bounds(first)[0],
            occasion__period__startswith__lt=periods.day_bounds(last)[1],
        ),
        at,
    )
    starts = F("occasion__period__startswith")
    weeks = (
        found.annotate(
            year=ExtractIsoYear(starts, tzinfo=periods.HOUSE_ZONE),
            week=ExtractWeek(starts, tzinfo=periods.HOUSE_ZONE),
        )
        .order_by("year", "week", "programme__slug")
        .select_related("programme", "occasion")
    )
    rows: dict[tuple[int, int, int], dict] = {}
    for one in weeks:
        row = rows.setdefault(
            (one.year, one.week, one.programme_id),
            {"year": one.year, "week": one.week, "programme": one.programme, **dict.fromkeys(FIGURES, 0)},
        )
        places = {
            "sessions": 1,
            "offered": one.occasion.capacity,
            "held": one.held_places,
            "free": one.free_places,
        }
        for name in FIGURES:
            row[name] += places[name]
    return list(rows.values())
