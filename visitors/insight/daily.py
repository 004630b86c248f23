"""What each day brought, by indicator, added up from the ledger: a fixed number of queries for however many years."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from navet.house.models import Occasion
from visitors import counting, sums
from visitors.insight import day_sums
from visitors.models import Indicator, Visit

Days = Mapping[str, list[tuple[dt.date, int]]]  # indicator -> days on which somebody came, and the number


def read(
    first: dt.date, last: dt.date, categories: Mapping[str, frozenset[str]], known: dt.date | None
) -> Days:
    """Of the days from `first` through `last`, as known by the end of `known` (now, where None). Four queries."""
    by_heads = [code for code in Indicator if code not in {*counting.INDIVIDUALS, Indicator.CONFERENCES}]
    rows = day_sums.by_day(first, last, [sorted(categories[code]) for code in by_heads], known=known)
    found = {code.value: [(row[0], row[n + 1]) for row in rows] for n, code in enumerate(by_heads)}
    for code in sorted(counting.INDIVIDUALS):
        found[code] = _individuals(first, last, categories[code], known)
    held: Any = sums.held(first, last, Occasion.Kind.CONFERENCE, known).values("day")
    numbers = held.annotate(number=Count("pk")).order_by().values_list("day", "number")
    found[Indicator.CONFERENCES.value] = list(numbers)
    return found


def _individuals(
    first: dt.date, last: dt.date, categories: Iterable[str], known: dt.date | None
) -> list[tuple[dt.date, int]]:
    entries = Visit.objects.filter(day__gte=first, day__lte=last)
    chosen = sums.firsts(entries, list(categories), known)
    by_day = Visit.objects.filter(pk__in=chosen.values("pk")).values("day").annotate(number=Count("pk"))
    return list(by_day.order_by().values_list("day", "number"))
