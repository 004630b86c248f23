"""What indicators are made of: sums that PostgreSQL adds up, a fixed number of queries whatever the ledger holds."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import ExtractMonth, ExtractYear, RowNumber, TruncDate

from navet import periods
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
    def until_last_day(self) -> Q:
        return Q(day__lte=self.same_day) | Q(day__gte=dt.date(self.year, 1, 1), day__lte=self.last_day)


def span(year: int, as_of: dt.date) -> Span:
    """The years compared at `as_of`. 29 February is compared with 28 February."""
    last_day = min(as_of, dt.date(year, 12, 31))
    try:
        same_day = last_day.replace(year=last_day.year - 1)
    except ValueError:  # 29 February
        same_day = dt.date(last_day.year - 1, 2, 28)
    return Span(year, last_day, same_day)


def heads(span: Span, known: dt.date | None = None) -> list[Part]:
    """Heads in the ledger, reversals taken off, as known by the end of `known` (now, where None). One query."""
    first, last = dt.date(span.year - 1, 1, 1), max(span.last_day, dt.date(span.year - 1, 12, 31))
    return [Part(*row) for row in day_sums.by_month(first, last, same_day=span.same_day, known=known)]


def firsts(entries: VisitQuerySet, categories: Collection[str], known: dt.date | None) -> QuerySet[Visit]:
    """Each person's first entry of the year that stands; entries without a pseudonym name nobody."""
    standing = entries.standing() if known is None else entries.standing_on(known)
    return firsts_of(standing.filter(category__in=categories).exclude(person=""))


def individuals(span: Span, categories: Collection[str], known: dt.date | None = None) -> list[Part]:
    """Different people, each counted once a year, in the month and municipality of the first visit that stands. One query."""
    chosen = firsts(_both_years(span), categories, known)
    rows = (
        Visit.objects.filter(pk__in=chosen.values("pk"))
        .values("municipality", of_year=ExtractYear("day"), month=ExtractMonth("day"))
        .annotate(number=Count("pk"), to_date=Count("pk", filter=span.until_last_day))
        .order_by()
    )
    return [_part(row) for row in rows]


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


def conferences(span: Span, kind: str, known: dt.date | None = None) -> list[Part]:
    """Parties of this kind that came, each once. One query."""
    rows = (
        held(dt.date(span.year - 1, 1, 1), dt.date(span.year, 12, 31), kind, known)
        .values("municipality", of_year=ExtractYear("day"), month=ExtractMonth("day"))
        .annotate(number=Count("pk"), to_date=Count("pk", filter=span.until_last_day))
        .order_by()
    )
    return [_part(row) for row in rows]


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


def _both_years(span: Span) -> VisitQuerySet:
    """Entries of the year before, whole, and of the year up to its last day."""
    return Visit.objects.filter(day__gte=dt.date(span.year - 1, 1, 1)).filter(
        Q(day__lt=dt.date(span.year, 1, 1)) | Q(day__lte=span.last_day)
    )


def _year_bounds(year: int) -> tuple[dt.datetime, dt.datetime]:
    return periods.at(dt.date(year, 1, 1), dt.time.min), periods.at(dt.date(year + 1, 1, 1), dt.time.min)


def _part(row: Mapping[str, Any]) -> Part:
    return Part(
        row["of_year"],
        row["month"],
        row.get("category", ""),
        row["municipality"],
        row["number"],
        row["to_date"],
    )
