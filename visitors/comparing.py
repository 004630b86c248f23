"""A year by the old rules and by the new, side by side: the same report twice, and the entries that make the difference."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, Sum, Value, When

from visitors import behind, counting, indicators, sums
from visitors.behind import Wanted
from visitors.counting import Rules
from visitors.indicators import Figure
from visitors.models import Category, Indicator, Visit, VisitQuerySet


@dataclass(frozen=True)
class Cause:
    """What a category does to the difference of an outcome, in the indicator's unit."""

    category: Category
    number: int


@dataclass(frozen=True)
class Line:
    """A part of an outcome (a month or a municipality; `key` asks for its rows) by the old rules and by the new."""

    key: int | str
    name: str
    old: int
    new: int

    @property
    def difference(self) -> int:
        return self.new - self.old


@dataclass(frozen=True)
class Pair:
    """One indicator by both rules. The causes add up to the difference of the outcome, and so do the lines of each kind."""

    old: Figure
    new: Figure
    causes: list[Cause]

    @property
    def difference(self) -> int:
        return self.new.outcome - self.old.outcome

    @property
    def changed(self) -> bool:
        """Whether other categories count in it, or its target is another."""
        return self.old.categories != self.new.categories or self.old.target != self.new.target

    @property
    def months(self) -> list[Line]:
        both = zip(self.old.by_month, self.new.by_month, strict=True)
        return [Line(old.month, "", old.outcome, new.outcome) for old, new in both]

    @property
    def places(self) -> list[Line]:
        """Those in which anything differs, the largest difference first."""
        old = {place.code: place for place in self.old.by_municipality}
        new = {place.code: place for place in self.new.by_municipality}
        lines = [
            Line(
                code or behind.UNKNOWN,
                (new.get(code) or old[code]).name,
                old[code].outcome if code in old else 0,
                new[code].outcome if code in new else 0,
            )
            for code in {**new, **old}
        ]
        return sorted(
            (line for line in lines if line.difference), key=lambda line: (-abs(line.difference), line.name)
        )


@dataclass(frozen=True)
class Comparison:
    year: int
    as_of: dt.date
    known: dt.date | None  # the evening whose knowledge both go by; None for now
    pairs: list[Pair]


def compare(year: int, old: Rules, new: Rules, *, as_of: dt.date, known: dt.date | None = None) -> Comparison:
    """Both reports as the endpoint gives them, differing in their rules alone. A fixed number of queries."""
    by_old = indicators.report(year, as_of=as_of, known=known, rules=old)
    by_new = indicators.report(year, as_of=as_of, known=known, rules=new)
    span = sums.span(year, as_of)
    heads: dict[str, int] = {}
    for part in sums.heads(span, known):
        if part.year == year:
            heads[part.category] = heads.get(part.category, 0) + part.to_date
    pairs = [
        Pair(one, other, _causes(Wanted(one.code, year, until=span.last_day, known=known), old, new, heads))
        for one, other in zip(by_old.figures, by_new.figures, strict=True)
    ]
    return Comparison(year, as_of, known, pairs)


def rows(wanted: Wanted, old: Rules, new: Rules) -> VisitQuerySet:
    """The entries that count by one of the two and not by the other; `counts` is taken off where only the old count them.

    Where persons are counted, one whose first entry is another by the new rules is in both: taken off there, added here.
    """
    if wanted.indicator in counting.INDIVIDUALS:
        by_old, by_new = (Q(pk__in=behind.entries(wanted, rules).values("pk")) for rules in (old, new))
        signed = Case(When(by_new, then=Value(1)), default=Value(-1), output_field=IntegerField())
        return Visit.objects.filter(by_new & ~by_old | by_old & ~by_new).annotate(counts=signed)
    gained, lost = _gained_and_lost(wanted.indicator, old, new)
    either = Rules({wanted.indicator: gained | lost}, {})
    signed = Case(
        When(category__in=gained, then=F("count")), default=-F("count"), output_field=IntegerField()
    )
    return behind.entries(wanted, either).annotate(counts=signed)


def _causes(wanted: Wanted, old: Rules, new: Rules, heads: dict[str, int]) -> list[Cause]:
    if wanted.indicator == Indicator.CONFERENCES:
        return []
    gained, lost = _gained_and_lost(wanted.indicator, old, new)
    if wanted.indicator not in counting.INDIVIDUALS:
        signed = {one: heads.get(one, 0) * (1 if one in gained else -1) for one in gained | lost}
    elif gained | lost:
        found = rows(wanted, old, new).values("category").annotate(number=Sum("counts")).order_by()
        signed = dict.fromkeys(gained | lost, 0) | {row["category"]: row["number"] for row in found}
    else:
        signed = {}
    return [Cause(one, signed[one]) for one in Category if one in signed]


def _gained_and_lost(code: str, old: Rules, new: Rules) -> tuple[frozenset[str], frozenset[str]]:
    before, after = old.categories[code], new.categories[code]
    return after - before, before - after
