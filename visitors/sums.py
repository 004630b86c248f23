"""What indicators are made of: sums that PostgreSQL adds up, a fixed number of queries whatever the ledger holds."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import ExtractMonth, ExtractYear, RowNumber, TruncDate

from navet import periods
from navet.house.models import Occasion
from visitors.individuals import who
from visitors.insight import day_sums
from visitors.models import Arrival, CheckIn, Visit, VisitQuerySet


class Part(NamedTuple):
    """`number` of a year, month (1-12), category ("" where it has none) and municipality (its id, or None).

    `to_date` is the part of it up to the same day of that year.
    """

    year: int
    month: int
    category: str
    municipality: int | None
    number: int
    to_date: int


class Span(NamedTuple):
    """Two years up to the same day: the asked for and the one before it."""

    year: int
    last_day: dt.date  # of the asked for year; may lie before it, and then nothing has come
    same_day: dt.date  # of the year before

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and last day of both: the year before is whole."""
        return dt.date(self.year - 1, 1, 1), max(self.last_day, dt.date(self.year - 1, 12, 31))

    def reaches(self, day: dt.date) -> bool:
        """Whether the day is compared: up to the same day of its year."""
        return day <= (self.last_day if day.year == self.year else self.same_day)


def span(year: int, as_of: dt.date) -> Span:
    """The years compared at `as_of`. 29 February is compared with 28 February."""
    last_day = min(as_of, dt.date(year, 12, 31))
    try:
        same_day = last_day.replace(year=last_day.year - 1)
    except ValueError:  # 29 February
        same_day = dt.date(last_day.year - 1, 2, 28)
    return Span(year, last_day, same_day)


def heads(span: Span, known: dt.date | None = None, categories: Collection[str] | None = None) -> list[Part]:
    """Heads in the ledger, reversals taken off, as known by the end of `known` (now, where None), of these categories (any). One query."""
    return [Part(*row) for row in day_sums.by_month(*span.days, span.same_day, categories, known=known)]


def firsts(entries: VisitQuerySet, categories: Collection[str], known: dt.date | None) -> QuerySet[Visit]:
    """Each person's first entry of the year that stands; entries without a pseudonym name nobody."""
    standing = entries.standing() if known is None else entries.standing_on(known)
    return firsts_of(standing.filter(category__in=categories).exclude(person=""))


class Came(NamedTuple):
    """People or parties that are counted once, on a day, from a municipality (its id, or None)."""

    day: dt.date
    municipality: int | None
    number: int


def individuals(
    first: dt.date, last: dt.date, categories: Collection[str], known: dt.date | None = None
) -> list[Came]:
    """Different people, each counted once a year, on the day and from the municipality of the first visit that stands. One query.

    `first` is the beginning of a year: who came before it in the same year would count again.
    """
    chosen = firsts(Visit.objects.filter(day__gte=first, day__lte=last), categories, known)
    counted = Counter(
        chosen.values_list("day", "municipality")
    )  # by PostgreSQL it would read every row twice
    return [Came(day, municipality, number) for (day, municipality), number in counted.items()]


def parts(span: Span, came: Iterable[Came]) -> list[Part]:
    """What came on the days of two years, by month and municipality. No query."""
    sums: defaultdict[tuple[int, int, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for day, municipality, number in came:
        found = sums[day.year, day.month, municipality]
        found[0] += number
        found[1] += number * span.reaches(day)
    return [
        Part(year, month, "", municipality, *numbers) for (year, month, municipality), numbers in sums.items()
    ]


def firsts_of(entries: VisitQuerySet) -> QuerySet[Visit]:
    """Of these entries each person's first of a year, whatever pseudonyms she came under (visitors/individuals.py)."""
    nth = Window(RowNumber(), partition_by=[ExtractYear("day"), who()], order_by=["at", "pk"])
    return entries.annotate(nth=nth).filter(nth=1)


def first_check_ins(kind: str, known: dt.date | None = None) -> QuerySet[CheckIn]:
    """The check-in that stands of each party of this kind, the first one where it came on several days."""
    of_its_party = ~Q(arrival__party="") & Q(arrival__party=OuterRef("arrival__party"))
    before = Q(checked_in_at__lt=OuterRef("checked_in_at")) | Q(
        checked_in_at=OuterRef("checked_in_at"), pk__lt=OuterRef("pk")
    )
    earlier = CheckIn.objects.filter(_stood(known), of_its_party, before)
    return CheckIn.objects.filter(_stood(known), ~Exists(earlier), arrival__kind=kind)


def _stood(known: dt.date | None) -> Q:
    if known is None:
        return Q(undone_at__isnull=True)
    end = periods.day_bounds(known)[1]
    return Q(checked_in_at__lt=end) & (Q(undone_at__isnull=True) | Q(undone_at__gte=end))


def held(first: dt.date, last: dt.date, kind: str, known: dt.date | None = None) -> QuerySet[Any]:
    """Parties of this kind that came between two days, each once, on the first of its days that stands, as `day`."""
    begin, end = periods.day_bounds(first)[0], periods.day_bounds(last)[1]
    return (
        first_check_ins(kind, known)
        .filter(checked_in_at__gte=begin, checked_in_at__lt=end)
        .annotate(
            day=TruncDate("checked_in_at", tzinfo=periods.HOUSE_ZONE), municipality=F("arrival__municipality")
        )
    )


def conferences(first: dt.date, last: dt.date, known: dt.date | None = None) -> list[Came]:
    """Conferences that came, each once. One query."""
    rows = held(first, last, Occasion.Kind.CONFERENCE, known).values_list("day", "municipality")
    return [Came(*row) for row in rows.annotate(number=Count("pk")).order_by()]


def still_expected(year: int, as_of: dt.date) -> QuerySet[Arrival]:
    """Arrivals of the year, from `as_of` on, that are expected and not checked in, each with whether it `opens` its party.

    Of a party that comes on several days only the first one to come does, and none once a day of it was checked in.
    """
    first, end = _year_bounds(year)
    today = periods.day_bounds(as_of)[0]
    expected = Arrival.objects.expected().not_checked_in().filter(starts_at__gte=today)
    same = Q(party=OuterRef("party")) & ~Q(party="")
    earlier = expected.filter(same, starts_at__lt=OuterRef("starts_at"))
    came = CheckIn.objects.filter(undone_at__isnull=True, arrival__party=OuterRef("party")).exclude(
        arrival__party=""
    )
    found = expected.filter(starts_at__gte=max(first, today), starts_at__lt=end)
    return found.annotate(opens=~Exists(earlier) & ~Exists(came))


class Ahead(NamedTuple):
    """Parties still expected in a month (1-12), of one kind and two categories. Heads are of every day they come."""

    month: int
    kind: str
    participant_category: str
    adult_category: str
    parties: int
    participants: int
    adults: int


def booked_ahead(year: int, as_of: dt.date) -> list[Ahead]:
    """What `still_expected` adds up to. One query."""
    rows = (
        still_expected(year, as_of)
        .values(
            "kind",
            "participant_category",
            "adult_category",
            month=ExtractMonth("starts_at", tzinfo=periods.HOUSE_ZONE),
        )
        .annotate(
            parties=Count("pk", filter=Q(opens=True)),
            participants=Sum("expected_participants"),
            adults=Sum("expected_adults"),
        )
        .order_by()
    )
    return [Ahead(**row) for row in rows]


def _year_bounds(year: int) -> tuple[dt.datetime, dt.datetime]:
    return periods.at(dt.date(year, 1, 1), dt.time.min), periods.at(dt.date(year + 1, 1, 1), dt.time.min)
