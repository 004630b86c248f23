"""The rows behind a figure: which entries of the ledger, and which parties still expected, a figure adds up.

Everything here counts as the report does (visitors/indicators.py), so that the sum of the rows is the figure.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, ExtractMonth

from navet import periods
from navet.house.models import Occasion
from visitors import counting, sums
from visitors.models import Arrival, Category, Indicator, Visit, VisitQuerySet

NOT_IN_THE_HOUSE = (Category.DIGITAL, Category.DOOR_CORRECTION)  # nobody who came at an hour
UNKNOWN = "unknown"  # asks for those whose municipality is not known


@dataclass(frozen=True)
class Wanted:
    """Which entries; what is left out narrows nothing. `until` is the last day, `rules` the year whose rules decide.

    `municipality` is a code, or UNKNOWN. `in_house_at` keeps those in the house at that moment. `known` is the evening
    whose knowledge counts; what was entered later is left out.
    """

    indicator: str = ""
    year: int | None = None
    rules: int | None = None
    month: int | None = None
    day: dt.date | None = None
    until: dt.date | None = None
    municipality: str = ""
    category: str = ""
    source: str = ""
    check_in: int | None = None
    in_house_at: dt.datetime | None = None
    without_party: bool = False
    at_door: bool = False  # those who came through the door, as its counters should have seen them
    known: dt.date | None = None
    since: dt.date | None = None
    weekday: int | None = None  # Monday 0; with `hour`, those who came then, in Borås
    hour: int | None = None
    came_in: dt.datetime | None = None  # the first moment of the hour they came in


def entries(wanted: Wanted, rules: counting.Rules | None = None) -> VisitQuerySet:
    """The entries, each with `counts`: what it adds to the figure. Reversals are among them where heads are counted.

    `rules` are others than those in force.
    """
    found = _in_time(Visit.objects.all(), wanted)
    if not wanted.indicator:
        return _narrowed(found.annotate(counts=F("count")), wanted)
    if wanted.indicator == Indicator.CONFERENCES:
        return _narrowed(_one_each(_conferences(found, wanted.known)), wanted)
    counted = _counted(wanted) if rules is None else rules.categories[wanted.indicator]
    if wanted.indicator in counting.INDIVIDUALS:
        return _narrowed(_one_each(sums.firsts(found, counted, wanted.known)), wanted)
    found = found.filter(category__in=counted)
    return _narrowed(found.annotate(counts=F("count")), wanted)


def total(found: QuerySet) -> tuple[int, int]:
    """How many rows, and what they add up to. One query."""
    row = found.aggregate(rows=Count("pk"), added_up=Sum("counts", default=0))
    return row["rows"], row["added_up"]


def ahead(indicator: str, year: int, *, as_of: dt.date, month: int | None = None) -> QuerySet[Arrival]:
    """Parties still expected that count ahead in the indicator, each with `counts`; none where individuals are counted."""
    found = sums.still_expected(year, as_of)
    if month:
        found = found.annotate(month=ExtractMonth("starts_at", tzinfo=periods.HOUSE_ZONE)).filter(month=month)
    if indicator in counting.INDIVIDUALS:
        return found.none().annotate(counts=Value(0))
    if indicator == Indicator.CONFERENCES:
        return found.filter(Q(opens=True), kind=Occasion.Kind.CONFERENCE).annotate(counts=Value(1))
    counted = counting.categories_of(year, counting.rule_rows())[indicator]
    participants = _if_in(counted, "participant_category", "expected_participants")
    adults = _if_in(counted, "adult_category", "expected_adults")
    return found.annotate(counts=participants + adults).filter(counts__gt=0)


def _if_in(counted: frozenset[str], category: str, heads: str) -> Case:
    return Case(
        When(**{f"{category}__in": counted}, then=F(heads)), default=Value(0), output_field=IntegerField()
    )


def _counted(wanted: Wanted) -> frozenset[str]:
    return counting.categories_of(_rules_year(wanted), counting.rule_rows(wanted.known))[wanted.indicator]


def _rules_year(wanted: Wanted) -> int:
    year = wanted.rules or wanted.year
    if year is None:
        raise ValueError("an indicator is of a year")
    return year


def _in_time(found: VisitQuerySet, wanted: Wanted) -> VisitQuerySet:
    """What decides who is first in a year; the rest narrows afterwards."""
    if wanted.year:
        found = found.in_year(wanted.year)
    if wanted.until:
        found = found.filter(day__lte=wanted.until)
    if wanted.known:
        found = found.known_by(wanted.known)
    if wanted.day:
        found = found.on_day(wanted.day)
    if wanted.in_house_at:
        found = found.in_the_house(wanted.in_house_at).exclude(category=Category.DIGITAL)
    return found


def _narrowed(found: VisitQuerySet, wanted: Wanted) -> VisitQuerySet:
    if wanted.month:
        found = found.filter(day__month=wanted.month)
    if wanted.municipality == UNKNOWN:
        found = found.filter(municipality=None)
    elif wanted.municipality:
        found = found.filter(municipality__code=wanted.municipality)
    if wanted.since:
        found = found.filter(day__gte=wanted.since)
    if wanted.weekday is not None and wanted.hour is not None:
        here = {
            "weekday": ExtractIsoWeekDay("at", tzinfo=periods.HOUSE_ZONE),
            "clock": ExtractHour("at", tzinfo=periods.HOUSE_ZONE),
        }
        then: Any = {"weekday": wanted.weekday + 1, "clock": wanted.hour}
        found = found.alias(**here).filter(**then)
        found = found.exclude(category__in=NOT_IN_THE_HOUSE)
    if wanted.came_in:
        found = found.filter(at__gte=wanted.came_in, at__lt=wanted.came_in + dt.timedelta(hours=1))
    if wanted.at_door:
        found = found.exclude(category__in=NOT_IN_THE_HOUSE)
    if wanted.without_party:
        found = found.filter(check_in=None)
    equal = {"category": wanted.category, "source": wanted.source, "check_in": wanted.check_in}
    return found.filter(**{name: value for name, value in equal.items() if value})


def _conferences(found: VisitQuerySet, known: dt.date | None) -> VisitQuerySet:
    """One entry of each conference whose check-in stands, of the first of its days that does."""
    standing = found.standing() if known is None else found.standing_on(known)
    held = standing.filter(check_in__in=sums.first_check_ins(Occasion.Kind.CONFERENCE, known))
    return held.order_by("check_in", "pk").distinct("check_in")


def _one_each(chosen: QuerySet[Visit]) -> VisitQuerySet:
    """Exactly these entries, each counting one, open to be narrowed and sorted."""
    return Visit.objects.filter(pk__in=chosen.values("pk")).annotate(
        counts=Value(1, output_field=IntegerField())
    )
