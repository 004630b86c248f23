"""The day at the desk: who is expected, who came, in which state; a fixed number of queries whatever the day holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Case, Count, F, Q, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from navet import codes, periods
from navet.accounts.models import User
from navet.house.models import Duty, Room, RoomUse
from navet.queries import AnyOf, Param, Query, Search
from visitors import differences
from visitors.models import Arrival, ArrivalQuerySet, CheckIn
from visitors.needs import Need, described


class State(models.TextChoices):
    """What the desk sees; the words carry it, shape and colour repeat it."""

    EXPECTED = "expected", _("Expected")
    LATE = "late", _("Late")
    CHECKED_IN = "checked_in", _("Checked in")
    CANCELLED = "cancelled", _("Cancelled")
    NO_SHOW = "no_show", _("Did not come")


PARTIES_A_PAGE = 25  # as many as a thumb scrolls through; a larger day is searched, or leafed through

# Drawings and tags of the design system: a shape for whoever does not see the colour.
ICONS = {
    State.EXPECTED: "clock",
    State.LATE: "warning",
    State.CHECKED_IN: "check",
    State.CANCELLED: "error",
    State.NO_SHOW: "info",
}
TONES = {
    State.EXPECTED: "info",
    State.LATE: "warn",
    State.CHECKED_IN: "ok",
    State.CANCELLED: "stop",
    State.NO_SHOW: "quiet",
}


@dataclass(frozen=True)
class Party:
    """An arrival seen at a moment, with the check-in that stands, and the rooms and educators of its occasion."""

    arrival: Arrival
    at: dt.datetime
    check_in: CheckIn | None
    rooms: list[str]
    educators: list[str]

    @cached_property
    def state(self) -> State:
        if self.check_in:
            return State.CHECKED_IN
        if self.arrival.status != Arrival.Status.EXPECTED:
            return State(self.arrival.status)
        if periods.local_day(self.arrival.starts_at) < periods.local_day(self.at):
            return State.NO_SHOW  # its day has passed, though nobody has marked it yet
        return State.LATE if self.arrival.starts_at < self.at else State.EXPECTED

    @property
    def awaited(self) -> bool:
        return self.state in {State.EXPECTED, State.LATE}

    @property
    def difference(self) -> differences.Difference | None:
        """How those who came differ from those expected; None before they come."""
        if self.check_in is None:
            return None
        expected = (self.arrival.expected_participants, self.arrival.expected_adults)
        return differences.between(expected, (self.check_in.participants, self.check_in.adults))

    @property
    def is_today(self) -> bool:
        return periods.local_day(self.arrival.starts_at) == periods.local_day(self.at)

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def needs(self) -> list[Need]:
        return described(self.arrival.needs)


_STANDING = Query(lambda: CheckIn.objects.standing().filter(AnyOf("arrival", Param("arrivals"))))
_ROOMS: Query[Any] = Query(
    lambda: (
        RoomUse.objects.filter(AnyOf("occasion", Param("occasions")), holds=True)
        .order_by("pk")
        .values("occasion", name_sv=F("room__name_sv"), name_en=F("room__name_en"))
    )
)
_EDUCATORS: Query[Any] = Query(
    lambda: (
        Duty.objects.filter(AnyOf("occasion", Param("occasions")), holds=True)
        .order_by("pk")
        .values("occasion", name=F("educator__name"), email=F("educator__email"))
    )
)


def of(arrivals: Iterable[Arrival], *, at: dt.datetime) -> list[Party]:
    """The parties, in the order given; three queries, however many arrivals there are, and none where nothing is to be asked."""
    several = list(arrivals)
    by_key = {one.pk: one for one in several}
    check_ins = _STANDING.rows(arrivals=list(by_key)) if by_key else []
    standing = {one.arrival_id: one for one in check_ins}
    for check_in in check_ins:
        check_in.arrival = by_key[check_in.arrival_id]
    occasions = [one.occasion_id for one in several if one.occasion_id]
    rooms = _named(_ROOMS, occasions, lambda **told: Room(**told).name)
    educators = _named(_EDUCATORS, occasions, lambda **told: str(User(**told)))
    return [
        Party(one, at, standing.get(one.pk), rooms[one.occasion_id], educators[one.occasion_id])
        for one in several
    ]


def _named(query: Query[Any], occasions: list[int], name: Callable[..., str]) -> dict[int | None, list[str]]:
    """Occasions to the names of theirs, each once, in the order given: a divisible room is several cells under one name."""
    known: dict[tuple[str, ...], str] = {}  # a name is asked of a model, and a day has few of them
    found: dict[int | None, list[str]] = defaultdict(list)
    for row in query.rows(occasions=occasions) if occasions else []:
        names = found[row.pop("occasion")]
        key = tuple(row.values())
        if key not in known:
            known[key] = name(**row)
        if known[key] not in names:
            names.append(known[key])
    return found


def parties(day: dt.date, *, at: dt.datetime) -> list[Party]:
    """Every party of the day in Borås, in order of time."""
    return of(Arrival.objects.on_day(day).with_details().in_order(), at=at)


@dataclass(frozen=True)
class Tally:
    """Parties of a day, or of those found in it."""

    parties: int
    awaited: int
    received: int


@dataclass(frozen=True)
class Shown:
    """One page of a day's parties, and how many there are of which kind on all of them."""

    tally: Tally
    page: Page
    parties: list[Party]


def shown(arrivals: ArrivalQuerySet, *, page: str | int | None, at: dt.datetime) -> Shown:
    """A page of parties, those still awaited first; five queries, however many arrivals there are.

    `page` is what was asked for: the first page where it is no number, the last where it is too high.
    """
    is_awaited = Q(standing__isnull=True, status=Arrival.Status.EXPECTED, starts_at__gte=_midnight(at))
    joined = arrivals.with_standing()
    tally = Tally(
        **joined.aggregate(
            parties=Count("pk"),
            awaited=Count("pk", filter=is_awaited),
            received=Count("pk", filter=Q(standing__isnull=False)),
        )
    )
    turn = Case(When(is_awaited, then=Value(0)), default=Value(1))
    pages = Paginator(joined.with_details().order_by(turn, "starts_at", "label", "pk"), PARTIES_A_PAGE)
    pages.count = tally.parties  # known already
    found = pages.get_page(page)
    return Shown(tally, found, of(found, at=at))


def _midnight(at: dt.datetime) -> dt.datetime:
    """When the day of `at` began in Borås; who was expected before it is awaited no more."""
    return periods.day_bounds(periods.local_day(at))[0]


def party(code: str, *, at: dt.datetime) -> Party | None:
    """The party with this code; None too for what cannot be one."""
    if not codes.is_code(code):
        return None
    return next(iter(of(Arrival.objects.with_details().filter(code=code), at=at)), None)


def listed(day: dt.date, *, state: str = "", among: Iterable[int] | None = None) -> Search:
    """Arrivals of the day for a list that is asked for in pages, in no order yet.

    Narrowed to expected, checked_in, cancelled or no_show, as the rows stand, and to those `among` these keys.
    """
    first, end = periods.day_bounds(day)
    values = {"first": first, "end": end} | ({} if among is None else {"among": list(among)})
    return Search(_LISTED[state], values)


def _listed(state: str, asked: Mapping[str, Any]) -> ArrivalQuerySet:
    found = Arrival.objects.filter(starts_at__gte=asked["first"], starts_at__lt=asked["end"])
    found = found.select_related("municipality")
    if "among" in asked:
        found = found.filter(AnyOf("pk", asked["among"]))
    if not state:
        return found
    if state == State.CHECKED_IN:
        return found.filter(check_ins__in=CheckIn.objects.filter(undone_at__isnull=True))
    return found.filter(status=state).not_checked_in()


# Each state is a question of its own, worded once.
_LISTED = {state: partial(_listed, state) for state in ("", *State)}


@dataclass(frozen=True)
class Soon:
    """Who is expected within the next hour."""

    parties: int
    participants: int
    adults: int

    @property
    def heads(self) -> int:
        return self.participants + self.adults


def expected_within(hours: int, *, at: dt.datetime) -> Soon:
    """Parties expected and not checked in that start in [at, at + hours), in one query."""
    row = (
        Arrival.objects.expected()
        .not_checked_in()
        .filter(starts_at__gte=at, starts_at__lt=at + dt.timedelta(hours=hours))
        .aggregate(
            parties=models.Count("pk"),
            participants=Sum("expected_participants", default=0),
            adults=Sum("expected_adults", default=0),
        )
    )
    return Soon(**row)
