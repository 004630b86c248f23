"""What counts in what, and what a year aims at, as data (docs/counting.md).

Nobody outside Navet can settle it, so a year may have rows of its own; a year without them goes by the latest
earlier year that has, and before that by these defaults.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Model, QuerySet

from navet import periods
from visitors.models import Category, CountingRule, Indicator, Target

# Plan 2025. Pupils and visits are participations; educators and leisure are individuals; conferences are held.
DEFAULT_TARGETS: Mapping[str, int] = {
    Indicator.PUPILS: 18_000,
    Indicator.EDUCATORS: 1_250,
    Indicator.VISITORS: 65_000,
    Indicator.LEISURE: 200,
    Indicator.CONFERENCES: 200,
}

# Everybody who came through the door counts as a visitor; what was digital or elsewhere does not.
DEFAULT_CATEGORIES: Mapping[str, frozenset[str]] = {
    Indicator.PUPILS: frozenset({Category.PUPIL}),
    Indicator.EDUCATORS: frozenset({Category.COURSE}),
    Indicator.VISITORS: frozenset(set(Category.values) - {Category.DIGITAL}),
    Indicator.LEISURE: frozenset({Category.LEISURE}),
    Indicator.CONFERENCES: frozenset({Category.CONFERENCE}),
}

# Counted once a year by pseudonym, however often they come.
INDIVIDUALS = frozenset({Indicator.EDUCATORS, Indicator.LEISURE})

TargetRow = tuple[int, str, int]  # year, indicator, target
RuleRow = tuple[int, str, str, bool]  # year, indicator, category, counts


class Rules(NamedTuple):
    """What counts in a year and what it aims at: indicator -> categories, indicator -> target."""

    categories: Mapping[str, frozenset[str]]
    targets: Mapping[str, int]


def rules_of(year: int, known: dt.date | None = None) -> Rules:
    """The rules that a year goes by, as written down by the end of `known` (now, where None). Two queries."""
    return Rules(categories_of(year, rule_rows(known)), targets_of(year, target_rows(known)))


def target_rows(known: dt.date | None = None) -> Iterable[TargetRow]:
    """The targets that are written down, of every year; those that were by the end of `known`. One query."""
    return as_known(Target, known).values_list("year", "indicator", "value")


def rule_rows(known: dt.date | None = None) -> Iterable[RuleRow]:
    """The rules that are written down, of every year; those that were by the end of `known`. One query."""
    return as_known(CountingRule, known).values_list("year", "indicator", "category", "counts")


def as_known(model: type[Model], known: dt.date | None) -> QuerySet:
    """The rows, or the latest word that their history (pghistory) has of each by the end of a day."""
    if known is None:
        return model._default_manager.all()
    words: QuerySet = model.events.field.model.objects  # type: ignore[attr-defined]  # pghistory's reverse relation
    by_then = words.filter(pgh_created_at__lt=periods.day_bounds(known)[1])
    latest = by_then.order_by("pgh_obj", "-pgh_id").distinct("pgh_obj").values("pgh_id")
    return words.filter(pgh_id__in=latest)


def targets_of(year: int, rows: Iterable[TargetRow]) -> dict[str, int]:
    """Indicator -> target of this year; each from its latest row up to the year, else the default."""
    targets = dict(DEFAULT_TARGETS)
    for row_year, indicator, value in sorted(rows):
        if row_year <= year:
            targets[indicator] = value
    return targets


def categories_of(year: int, rows: Iterable[RuleRow]) -> dict[str, frozenset[str]]:
    """Indicator -> the categories that count in it this year; each cell from its latest row, else the default."""
    counted = {indicator: set(categories) for indicator, categories in DEFAULT_CATEGORIES.items()}
    for row_year, indicator, category, counts in sorted(rows):
        if row_year > year:
            continue
        if counts:
            counted[indicator].add(category)
        else:
            counted[indicator].discard(category)
    return {indicator: frozenset(categories) for indicator, categories in counted.items()}


def since(year: int, rows: Iterable[RuleRow]) -> dict[tuple[str, str], int]:
    """(indicator, category) -> the year whose rule the cell goes by; nothing where it is the default."""
    return {
        (indicator, category): row_year
        for row_year, indicator, category, _counts in sorted(rows)
        if row_year <= year
    }
