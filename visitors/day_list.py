"""The day at the desk: who is expected, who came, in which state; a fixed number of queries whatever the day holds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Case, Count, Prefetch, Q, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from navet import codes, periods
from navet.house.models import Duty, RoomUse
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
    """An arrival as `with_details` fetched it, seen at a moment."""

    arrival: Arrival
    at: dt.datetime

    @cached_property
    def check_in(self) -> CheckIn | None:
        return next(iter(self.arrival.standing_check_ins), None)

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

    @property
    def rooms(self) -> list[str]:
        return _names(use.room.name for use in self._of_occasion("held_rooms"))

    @property
    def educators(self) -> list[str]:
        return _names(str(duty.educator) for duty in self._of_occasion("held_duties"))

    def _of_occasion(self, name: str) -> list:
        return getattr(self.arrival.occasion, name, []) if self.arrival.occasion_id else []


def with_details(arrivals: ArrivalQuerySet) -> ArrivalQuerySet:
    """Adds what a Party reads: check-ins that stand, rooms and educators of the occasion."""
    uses = RoomUse.objects.filter(holds=True).select_related("room").order_by("pk")
    duties = Duty.objects.filter(holds=True).select_related("educator").order_by("pk")
    return arrivals.select_related("occasion", "municipality").prefetch_related(
        Prefetch("check_ins", CheckIn.objects.standing(), to_attr="standing_check_ins"),  # type: ignore[no-redef]  # declared there for readers
        Prefetch("occasion__room_uses", uses, to_attr="held_rooms"),
        Prefetch("occasion__duties", duties, to_attr="held_duties"),
    )


def parties(day: dt.date, *, at: dt.datetime) -> list[Party]:
    """Every party of the day in Borås, in order of time."""
    return [Party(arrival, at) for arrival in with_details(Arrival.objects.on_day(day)).in_order()]


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
    pages = Paginator(with_details(joined).order_by(turn, "starts_at", "label", "pk"), PARTIES_A_PAGE)
    pages.count = tally.parties  # known already
    found = pages.get_page(page)
    return Shown(tally, found, [Party(arrival, at) for arrival in found])


def _midnight(at: dt.datetime) -> dt.datetime:
    """When the day of `at` began in Borås; who was expected before it is awaited no more."""
    return periods.day_bounds(periods.local_day(at))[0]


def party(code: str, *, at: dt.datetime) -> Party | None:
    """The party with this code; None too for what cannot be one."""
    if not codes.is_code(code):
        return None
    arrival = with_details(Arrival.objects.filter(code=code)).first()
    return Party(arrival, at) if arrival else None


def in_state(arrivals: ArrivalQuerySet, state: str) -> ArrivalQuerySet:
    """Narrowed to expected, checked_in, cancelled or no_show, as the rows stand."""
    if state == State.CHECKED_IN:
        return arrivals.filter(check_ins__in=CheckIn.objects.filter(undone_at__isnull=True))
    return arrivals.filter(status=state).not_checked_in()


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


def _names(names: Iterable[str]) -> list[str]:
    """Each once, in the order given: a divisible room is several cells under one name."""
    return list(dict.fromkeys(names))
