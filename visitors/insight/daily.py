"""What each day brought, by indicator, added up from the ledger: a fixed number of queries for however many years."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from visitors import counting, sums
from visitors.insight import day_sums
from visitors.models import Indicator

Day = tuple[dt.date, int]  # a day on which somebody came, and the number; a day may be there more than once
ALL: Collection[str] = Indicator.values
ONCE = counting.INDIVIDUALS | {Indicator.CONFERENCES}  # whom the day sums do not hold: each is counted once


def read(
    first: dt.date, last: dt.date, categories: Mapping[str, frozenset[str]], known: dt.date | None
) -> dict[str, list[Day]]:
    """Every indicator's days from `first`, the beginning of a year, through `last`, as known by the end of `known` (now, where None). Four queries."""
    found = heads(first, last, categories, known)
    return found | {code: days_of(came) for code, came in once(first, last, categories, known).items()}


def heads(
    first: dt.date,
    last: dt.date,
    categories: Mapping[str, frozenset[str]],
    known: dt.date | None,
    codes: Collection[str] = ALL,
) -> dict[str, list[Day]]:
    """Of those of `codes` that count heads. One query, or none."""
    asked = [code.value for code in Indicator if code in codes and code not in ONCE]
    if not asked:
        return {}
    rows = day_sums.by_day(first, last, [sorted(categories[code]) for code in asked], known=known)
    return {code: [(row[0], row[n + 1]) for row in rows] for n, code in enumerate(asked)}


def once(
    first: dt.date,
    last: dt.date,
    categories: Mapping[str, frozenset[str]],
    known: dt.date | None,
    codes: Collection[str] = ALL,
) -> dict[str, list[sums.Came]]:
    """Of those of `codes` that count people or parties once. A query for each."""
    found = {
        code.value: sums.individuals(first, last, categories[code], known)
        for code in sorted(counting.INDIVIDUALS)
        if code in codes
    }
    if Indicator.CONFERENCES in codes:
        found[Indicator.CONFERENCES.value] = sums.conferences(first, last, known)
    return found


def days_of(came: Iterable[sums.Came]) -> list[Day]:
    """Wherever they came from."""
    return [(day, number) for day, _municipality, number in came]
