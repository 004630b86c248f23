"""The review of a school year: what those who came think, beside fill, reach and cancellations. A fixed number of queries.

Sessions and rounds that have begun are reviewed, and what was booked on them; heads are those the desk received.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from bookings.common.models import Status
from bookings.courses.models import Attendance, Course, Participant, Registration, Round
from bookings.feedback.models import Answer, Asked, Score, rule
from bookings.schools.models import Programme, SchoolBooking, Session
from navet import school_years
from navet.house.models import Occasion
from visitors.models import Arrival, CheckIn

AGREE = 3  # from this value on somebody agrees


@dataclass(frozen=True)
class Marks:
    """How many chose 1 to 4 in one perspective."""

    counts: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def share(self) -> float | None:
        """Of those with an opinion, how many agree or agree mostly; None without any."""
        return sum(self.counts[AGREE - 1 :]) / self.number if self.number else None

    @property
    def mean(self) -> float | None:
        if not self.number:
            return None
        return sum(value * number for value, number in enumerate(self.counts, start=1)) / self.number


@dataclass(frozen=True)
class Reviewed:
    """One programme or course in one school year. Places, booked and came are pupils, or persons on a course.

    `marks` is empty while there are fewer answers than are shown (settings.FEEDBACK).
    """

    of: Programme | Course
    held: int = 0
    called_off: int = 0
    places: int = 0
    parties: int = 0
    booked: int = 0
    came: int = 0
    parties_came: int = 0
    no_shows: int = 0
    cancelled: int = 0
    cancelled_late: int = 0
    schools: int = 0
    municipalities: int = 0
    asked: int = 0
    answers: int = 0
    marks: dict[str, Marks] = field(default_factory=dict)

    @property
    def fill(self) -> float | None:
        """Booked of the places that were offered; None where none were."""
        return self.booked / self.places if self.places else None

    @property
    def is_shown(self) -> bool:
        """Whether there are answers enough that nobody is known by hers."""
        return self.answers >= rule("shown_from")

    @property
    def is_empty(self) -> bool:
        return not (self.held or self.called_off or self.parties or self.cancelled or self.answers)


def programmes(year: int, *, at: dt.datetime) -> list[Reviewed]:
    """Every programme with something to say of that school year, in order of its title. Seven queries."""
    sums: dict[int, dict[str, Any]] = defaultdict(dict)
    _add(sums, _sessions(year, at))
    bookings = _bookings(year, at)
    _add(sums, _booked(bookings))
    _add(sums, _reach(bookings))
    first, end = school_years.moments(year)
    asked = Asked.objects.filter(
        booking__session__occasion__period__startswith__gte=first,
        booking__session__occasion__period__startswith__lt=end,
    )
    _add(sums, asked.values_list("booking__session__programme").annotate(n=Count("pk")), "asked")
    answers = Answer.objects.filter(school_year=year)
    _add(
        sums,
        answers.exclude(programme=None).values_list("programme").annotate(n=Count("pk")),
        "answers",
    )
    marks = _marks(year, "answer__programme")
    found = Programme.objects.order_by("title_sv", "pk")
    return _reviewed(found, sums, marks)


def courses(year: int, *, at: dt.datetime) -> list[Reviewed]:
    """Every course, the same way. Six queries."""
    sums: dict[int, dict[str, Any]] = defaultdict(dict)
    first, end = school_years.moments(year)
    rounds = Round.objects.filter(
        occasion__period__startswith__gte=first, occasion__period__startswith__lt=min(end, at)
    )
    planned = Q(occasion__status=Occasion.Status.PLANNED)
    _add(
        sums,
        rounds.values("course").annotate(
            held=Count("pk", filter=planned),
            called_off=Count("pk", filter=~planned),
            places=Sum("occasion__capacity", filter=planned, default=0),
        ),
    )
    registrations = Registration.objects.filter(round__in=rounds)
    placed = Q(status=Status.CONFIRMED, queued_at=None)
    _add(
        sums,
        registrations.values("round__course").annotate(
            parties=Count("pk", filter=placed),
            booked=Sum("persons", filter=placed, default=0),
            cancelled=Count("pk", filter=Q(status=Status.CANCELLED, confirmed_at__isnull=False)),
            schools=Count("school", filter=placed, distinct=True),
            municipalities=Count("school__municipality", filter=placed, distinct=True),
        ),
    )
    there = Participant.objects.filter(
        Exists(Attendance.objects.filter(participant=OuterRef("pk"))), registration__round__in=rounds
    )
    asked = Asked.objects.filter(participant__registration__round__in=rounds)
    answers = Answer.objects.filter(school_year=year)
    _add(sums, there.values_list("registration__round__course").annotate(n=Count("pk")), "came")
    _add(sums, asked.values_list("participant__registration__round__course").annotate(n=Count("pk")), "asked")
    _add(sums, answers.exclude(course=None).values_list("course").annotate(n=Count("pk")), "answers")
    return _reviewed(Course.objects.order_by("title_sv", "pk"), sums, _marks(year, "answer__course"))


def remarks(of: Programme | Course, year: int) -> list[Answer]:
    """The open lines of one that has answers enough, in an order that says nothing of when; else none."""
    about = Q(course=of.pk) if isinstance(of, Course) else Q(programme=of.pk)
    answers = list(Answer.objects.filter(about, school_year=year).order_by("ticket"))
    if len(answers) < rule("shown_from"):
        return []
    return [one for one in answers if one.remark]


def years(at: dt.date) -> range:
    """The school years one can look at, the present one first."""
    return range(school_years.of(at), school_years.of(at) - 5, -1)


def _sessions(year: int, at: dt.datetime) -> Iterable[Any]:
    planned = Q(occasion__status=Occasion.Status.PLANNED)
    first, end = school_years.moments(year)
    sessions = Session.objects.filter(
        occasion__period__startswith__gte=first, occasion__period__startswith__lt=min(end, at)
    )
    return sessions.values("programme").annotate(
        held=Count("pk", filter=planned),
        called_off=Count("pk", filter=~planned),
        places=Sum("occasion__capacity", filter=planned, default=0),
    )


def _bookings(year: int, at: dt.datetime) -> QuerySet[Any]:
    """Those of sessions that have begun, with `heads`, the pupils received (None: nobody), and `missed`."""
    first, end = school_years.moments(year)
    received = CheckIn.objects.filter(arrival__code=OuterRef("code"), undone_at__isnull=True)
    missed = Arrival.objects.filter(code=OuterRef("code"), status=Arrival.Status.NO_SHOW)
    return SchoolBooking.objects.filter(
        session__occasion__period__startswith__gte=first,
        session__occasion__period__startswith__lt=min(end, at),
    ).annotate(heads=Subquery(received.values("participants")[:1]), missed=Exists(missed))


def _booked(bookings: QuerySet[Any]) -> Iterable[Any]:
    confirmed = Q(status=SchoolBooking.Status.CONFIRMED)
    cancelled = Q(status=SchoolBooking.Status.CANCELLED, confirmed_at__isnull=False)
    return bookings.values("session__programme").annotate(
        parties=Count("pk", filter=confirmed),
        booked=Sum("pupils", filter=confirmed, default=0),
        came=Sum("heads", default=0),
        parties_came=Count("pk", filter=Q(heads__isnull=False)),
        no_shows=Count("pk", filter=confirmed & Q(missed=True)),
        cancelled=Count("pk", filter=cancelled),
        cancelled_late=Count("pk", filter=cancelled & Q(owed_ore__gt=0)),
    )


def _reach(bookings: QuerySet[Any]) -> Iterable[Any]:
    came = bookings.filter(heads__isnull=False)
    return came.values("session__programme").annotate(
        schools=Count("school", distinct=True),
        municipalities=Count("school__municipality", distinct=True),
    )


def _marks(year: int, about: str) -> dict[int, dict[str, Marks]]:
    """Of each programme or course, how many chose what in each perspective."""
    rows = Score.objects.filter(answer__school_year=year).exclude(**{about: None})
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0, 0]))
    for pk, perspective, value, number in rows.values_list(about, "perspective", "value").annotate(
        n=Count("pk")
    ):
        found[pk][perspective][value - 1] = number
    return {
        pk: {name: Marks((one[0], one[1], one[2], one[3])) for name, one in by.items()}
        for pk, by in found.items()
    }


def _add(sums: dict[int, dict[str, Any]], rows: Iterable[Any], name: str = "") -> None:
    """Rows are dicts whose first value is the key, or, with a name, pairs of key and number."""
    for row in rows:
        if name:
            sums[row[0]][name] = row[1]
        else:
            (_key, pk), *rest = row.items()
            sums[pk].update(rest)


def _reviewed(
    found: Iterable[Programme | Course], sums: dict[int, dict[str, Any]], marks: dict[int, dict[str, Marks]]
) -> list[Reviewed]:
    made = [Reviewed(one, **sums.get(one.pk, {})) for one in found]
    return [
        replace(one, marks=marks.get(one.of.pk, {})) if one.is_shown else one
        for one in made
        if not one.is_empty
    ]
