"""What planners and educators look at: sessions with how full they are, the queue, an educator's days."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, Sum
from django.db.models.functions import Coalesce

from bookings.schools import search
from bookings.schools.models import Need, SchoolBooking, Session, SessionQuerySet
from navet import periods
from navet.accounts.models import User
from navet.house.models import Duty as DutyRow
from navet.house.models import Occasion, RoomUse

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
    """Sessions with `held_places`, `free_places`, `waiting` (parties in the queue), in time order; see `search.with_people`."""
    found = Session.objects.filter(
        occasion__period__startswith__gte=periods.day_bounds(chosen.first)[0],
        occasion__period__startswith__lt=periods.day_bounds(chosen.last)[1],
    )
    if chosen.programme:
        found = found.filter(programme__slug=chosen.programme)
    if chosen.room:
        # Whoever looks at a hall wants to see what is in its halves as well: the floor is the same.
        found = found.filter(occasion__in=RoomUse.objects.filter(cell__rooms=chosen.room).values("occasion"))
    if chosen.educator:
        found = found.filter(occasion__in=DutyRow.objects.filter(educator=chosen.educator).values("occasion"))
    found = _only(with_queue(search.with_free(found, at)), chosen.only)
    return found.select_related("occasion", "programme").order_by("occasion__period", "pk")


def _only(found: SessionQuerySet, only: str) -> SessionQuerySet:
    if only == "cancelled":
        return found.filter(occasion__status=Occasion.Status.CANCELLED)
    if only:
        found = found.filter(occasion__status=Occasion.Status.PLANNED)
    if only == "free":
        return found.filter(Q(free_places__gt=0))
    if only == "waiting":
        return found.filter(Q(waiting__gt=0))
    staffed = DutyRow.objects.values("occasion")
    return found.exclude(occasion__in=staffed) if only == "unstaffed" else found


def with_queue(found: SessionQuerySet) -> SessionQuerySet:
    """Adds `waiting` and `waiting_pupils`: parties in the queue and the pupils in them."""
    in_line = Q(bookings__status=SchoolBooking.Status.WAITING)
    return found.annotate(  # type: ignore[no-redef]  # Session declares them for its readers
        waiting=Count("bookings", filter=in_line),
        waiting_pupils=Coalesce(Sum("bookings__pupils", filter=in_line), 0),
    )


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
            pk__in=in_line.order_by().values("session"),
        )
        .select_related("occasion", "programme")
        .prefetch_related(Prefetch("bookings", in_line, to_attr="parties"))  # type: ignore[no-redef]  # as above
        .order_by("occasion__period", "pk")
    )
    return [_with_fit(session) for session in found]


def _with_fit(session: Session) -> Session:
    unheld = session.occasion.places - session.held_places
    group_left = session.held_groups < session.occasion.groups
    for party in session.parties:
        party.fits_now = party.status in WAITING and group_left and party.pupils <= unheld
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
        .prefetch_related(Prefetch("bookings", confirmed, to_attr="coming"))  # type: ignore[no-redef]  # as above
        .order_by("occasion__period", "pk")
        .distinct()
    )
    days = by_day(search.with_people(found))
    return {day: [Duty(session, session.coming) for session in listed] for day, listed in days.items()}
