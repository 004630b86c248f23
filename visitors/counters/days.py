"""Days through the door beside the desk: a fixed number of queries, however many readings and counters."""

import datetime as dt
from collections import Counter as Multiset
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from navet import periods
from visitors.counters import reconcile
from visitors.counters.models import Correction, Counter, Factor, Reading
from visitors.counters.tally import HOUR, Count, Raw, Tally, tally
from visitors.models import Category, Visit

# A reading is moved by at most a day for its clock, and a clock is judged by the readings of a whole day.
MARGIN = dt.timedelta(days=2)
Tallies = Mapping[Counter, Tally]


def on(day: dt.date) -> reconcile.Day:
    """One day."""
    return between(day, day)[0]


def between(first: dt.date, last: dt.date) -> list[reconcile.Day]:
    """Every day from first to last, both included, oldest first. Five queries."""
    tallies = _tallies(first, last)
    counted = {counter.pk: _days(counter, found) for counter, found in tallies.items()}
    hours, marks = _hours(tallies), _marks(tallies)
    registered, corrections = _registered(first, last), _corrections(first, last)
    decisions = [
        reconcile.Decision(f.counter_id, f.factor, f.valid_from, f.valid_until, (f.decided_at, f.pk))
        for f in Factor.objects.filter(valid_from__lte=last)
    ]
    return [
        reconcile.Day(
            day,
            reconcile.at_doors(day, counted, decisions),
            registered.get(day, 0),
            hours[day],
            tuple(marks[day]),
            corrections.get(day),
        )
        for day in periods.dates(first, last + dt.timedelta(days=1))
    ]


class ByCounter(NamedTuple):
    """A counter's day, and the decision that rules its factor, if one does."""

    counter: Counter
    at_door: reconcile.AtDoor
    factor: Factor | None


def by_counter(found: reconcile.Day) -> list[ByCounter]:
    """What a day at the door is made of; two queries."""
    counters = Counter.objects.in_bulk([one.counter for one in found.counters])
    factors = Factor.objects.select_related("by").in_bulk(
        [one.decided for one in found.counters if one.decided]
    )
    return [
        ByCounter(counters[one.counter], one, factors[one.decided] if one.decided else None)
        for one in found.counters
    ]


@dataclass(frozen=True)
class Line:
    """A reading as it came, and the heads that it added to a day: in and out of the house."""

    counter: Counter
    reading: Raw
    added: Count

    @property
    def kind(self) -> str:
        return str(Reading.Kind(self.reading.kind).label)


def readings(day: dt.date, counter: int | None = None, hour: dt.datetime | None = None) -> list[Line]:
    """What a day's raw counts are added up from, in the order of the device's times; of one counter or of all. Two queries.

    Of one hour (its first moment), what each added to it. Those of the time that add nothing are among them: where a running
    sum begins, and what was told twice.
    """
    lines = []
    for of, found in _found(day, day).items():
        if counter not in (None, of.pk):
            continue
        told = _tally(found, of)
        added = {part.reading.pk: part for part in (told.parts_in(hour) if hour else told.parts_on(day))}
        for reading in found:
            part = added.get(reading.pk)
            if (part and (part.entered or part.left)) or _is_told_in(reading, day, hour):
                heads = _inwards(of, Count(part.entered, part.left)) if part else Count()
                lines.append(Line(of, reading, heads))
    return sorted(lines, key=lambda line: (line.counter.pk, line.reading.ends_at, line.reading.pk))


def _is_told_in(reading: Raw, day: dt.date, hour: dt.datetime | None) -> bool:
    """Whether it is told of that day, or hour; what ends at midnight is of the day before."""
    last = reading.ends_at - dt.timedelta(microseconds=1)
    return hour <= last < hour + HOUR if hour else periods.local_day(last) == day


def registered_by_hour(day: dt.date) -> dict[dt.datetime, int]:
    """First moment of the hour (UTC) -> heads that the desk registered."""
    sums: Multiset[dt.datetime] = Multiset()
    for at, heads in _at_the_desk(day, day).values_list("at", "count"):
        sums[at.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)] += heads
    return dict(sums)


def registered_by_category(day: dt.date) -> list[tuple[str, int]]:
    """Category -> heads that the desk registered, in the order of the categories."""
    sums = dict(_at_the_desk(day, day).values_list("category").annotate(heads=Sum("count")).order_by())
    return [(one.value, sums[one]) for one in Category if one in sums]


def _at_the_desk(first: dt.date, last: dt.date) -> QuerySet[Visit]:
    """Entries of people who came through the door, by whatever way they were registered; no door corrections."""
    entries = Visit.objects.filter(day__gte=first, day__lte=last)
    return entries.exclude(category__in=[Category.DIGITAL, Category.DOOR_CORRECTION])


def _registered(first: dt.date, last: dt.date) -> dict[dt.date, int]:
    return dict(_at_the_desk(first, last).values_list("day").annotate(heads=Sum("count")).order_by())


def _corrections(first: dt.date, last: dt.date) -> dict[dt.date, Correction]:
    standing = Correction.objects.filter(day__gte=first, day__lte=last, taken_back_at=None)
    return {correction.day: correction for correction in standing.select_related("by")}


def _tallies(first: dt.date, last: dt.date) -> Tallies:
    return {counter: _tally(found, counter) for counter, found in _found(first, last).items()}


def _found(first: dt.date, last: dt.date) -> Mapping[Counter, list[Raw]]:
    """The readings that the days are added up from, with those around them."""
    start, end = periods.day_bounds(first)[0] - MARGIN, periods.day_bounds(last)[1] + MARGIN
    counters = {counter.pk: counter for counter in _with_neighbours(start, end)}
    beside = [pk for c in counters.values() for pk in (c.before, c.after) if pk]  # type: ignore[attr-defined]  # annotated above
    found: dict[int, list[Raw]] = defaultdict(list)
    inside = Reading.objects.filter(Q(ends_at__gte=start, ends_at__lt=end) | Q(pk__in=beside))
    for pk, reading in inside.raw():
        if _belongs(reading, counters[pk]):
            found[pk].append(reading)
    return {counters[pk]: readings for pk, readings in sorted(found.items())}


def _with_neighbours(start: dt.datetime, end: dt.datetime) -> QuerySet[Counter]:
    """Counters with the running sums just outside the period: those inside rise from one and on to the other."""
    sums = Reading.objects.filter(counter=OuterRef("pk"), kind=Reading.Kind.RUNNING)
    before = sums.filter(ends_at__lt=start).order_by(F("ends_at").desc()).values("pk")[:1]
    after = sums.filter(ends_at__gte=end).order_by("ends_at").values("pk")[:1]
    return Counter.objects.annotate(before=Subquery(before), after=Subquery(after))


def _belongs(reading: Raw, counter: Counter) -> bool:
    """Whether it was counted in this place, on the line that counts."""
    day = periods.local_day(reading.ends_at)
    in_place = counter.placed_from <= day and (counter.placed_until is None or day <= counter.placed_until)
    return in_place and (not counter.line or reading.line in ("", counter.line))


def _tally(readings: Sequence[Raw], counter: Counter) -> Tally:
    silence = dt.timedelta(minutes=counter.silence_minutes)
    return tally(readings, tolerance=_tolerance(counter), silence=silence)


def _tolerance(counter: Counter) -> dt.timedelta:
    return dt.timedelta(seconds=counter.drift_tolerance_seconds)


def _inwards(counter: Counter, count: Count) -> Count:
    return count if counter.direction == Counter.Direction.INWARDS else Count(count.left, count.entered)


def _days(counter: Counter, found: Tally) -> dict[dt.date, Count]:
    return {day: _inwards(counter, count) for day, count in found.days().items()}


def _hours(tallies: Tallies) -> Mapping[dt.date, Mapping[dt.datetime, int]]:
    sums: dict[dt.date, Multiset[dt.datetime]] = defaultdict(Multiset)
    for counter, found in tallies.items():
        for hour, count in found.hours.items():
            sums[periods.local_day(hour)][hour] += _inwards(counter, count).entered
    return sums


def _marks(tallies: Tallies) -> Mapping[dt.date, list[reconcile.Mark]]:
    marks: dict[dt.date, list[reconcile.Mark]] = defaultdict(list)
    for counter, found in tallies.items():
        for day, mark in reconcile.marks_of(counter.pk, found, _tolerance(counter)):
            marks[day].append(mark)
    return marks
