"""The year against its targets: a pure function of the ledger's sums, the arrivals still expected, and the rules.

Definitions: docs/counting.md. `report` reads (a fixed number of queries), `figures` only adds.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Sum
from django.utils import timezone

from navet.directory.models import Municipality, SchoolUnit
from navet.house.models import Occasion
from visitors import counting, decisions, definitions, sums
from visitors.insight import daily, history, outlook
from visitors.insight import known as remembered
from visitors.insight.history import History
from visitors.insight.outlook import Outlook
from visitors.models import CountingDecision, Indicator


@dataclass(frozen=True)
class Month:
    """One month (1-12): what came up to `as_of`, the whole month last year, and what is still expected (None: unknowable)."""

    month: int
    outcome: int
    last_year: int
    booked_ahead: int | None


@dataclass(frozen=True)
class Place:
    """What came from one municipality; `code` None gathers those whose municipality is not known."""

    code: str | None
    name: str
    outcome: int
    same_day_last_year: int
    pupils: int | None = None  # in its schools, where the register says; for the indicator of pupils alone

    @property
    def per_100_pupils(self) -> float | None:
        """Participations for every hundred pupils of the municipality: its reach."""
        return round(100 * self.outcome / self.pupils, 1) if self.pupils else None


@dataclass(frozen=True)
class Figure:
    """One indicator of one year. All numbers are in `unit`; `share` is outcome / target, None without a target.

    `booked_ahead` is None where announced heads cannot be told from people already counted.
    """

    code: str
    name: str
    definition: str
    definitions: dict[str, str]
    categories: list[str]
    unit: str
    target: int
    outcome: int
    same_day_last_year: int
    last_year: int
    booked_ahead: int | None
    share: float | None
    by_month: list[Month]
    by_municipality: list[Place]
    outlook: Outlook
    daily: dict[int, list[int]]  # year -> what came on each day, for the curves


@dataclass(frozen=True)
class Report:
    """`decision` is the version of the rules that the figures go by; None where they are the house's defaults."""

    year: int
    as_of: dt.date
    decision: CountingDecision | None
    figures: list[Figure]
    counted_at: dt.datetime  # what was entered before this moment is in it
    known: dt.date | None = None  # the evening whose knowledge it goes by; None for now
    booked_ahead_known: bool = True
    show_rates: Mapping[str, float] = field(
        default_factory=dict
    )  # kind of occasion -> came of those expected


@dataclass(frozen=True)
class Facts:
    """All that `figures` needs: parts by indicator where it counts people or parties, else heads by category."""

    year: int
    heads: Sequence[sums.Part]
    special: Mapping[str, Sequence[sums.Part]]
    ahead: Sequence[sums.Ahead] | None  # None where nobody remembers what was booked
    targets: dict[str, int]
    categories: dict[str, frozenset[str]]
    municipalities: dict[int, tuple[str, str]]  # id -> code, name
    pupils: dict[int, int]  # municipality's id -> pupils in its schools
    history: History


def report(
    year: int,
    *,
    as_of: dt.date,
    known: dt.date | None = None,
    rules: counting.Rules | None = None,
    codes: Collection[str] = daily.ALL,
) -> Report:
    """The year's figures as they stood at the end of `as_of`, in a fixed number of queries.

    `known` is an evening, not before `as_of`: then they are what was known by it, of the ledger, of what was expected, of the
    rules and targets. Without it the ledger is read as it stands, by the day a visit counts on, and arrivals still
    expected are those of `as_of` and later that are expected today. Names and definitions come in the active language.
    `rules` are others than those in force, to see what would be or was; nothing but them differs then. `codes` are the
    indicators that are wanted; the others are not in it, and nothing is read for them.
    """
    counted_at, span = timezone.now(), sums.span(year, as_of)
    categories, targets = rules or counting.rules_of(year, known)
    past = history.read(year, as_of=as_of, categories=categories, known_by=known, codes=codes)
    facts = Facts(
        year=year,
        heads=_heads(span, known, [categories[code] for code in codes if code not in daily.ONCE]),
        special={code: sums.parts(span, came) for code, came in past.once.items()},
        ahead=_ahead(year, as_of, known),
        targets=dict(targets),
        categories=dict(categories),
        municipalities={pk: (code, name) for pk, code, name in _municipalities()},
        pupils=_pupils() if Indicator.PUPILS in codes else {},
        history=past,
    )
    return Report(
        year,
        as_of,
        decisions.in_force(year, known),
        figures(facts),
        counted_at,
        known,
        facts.ahead is not None,
        past.show_rates,
    )


def _heads(span: sums.Span, known: dt.date | None, counted: Sequence[frozenset[str]]) -> list[sums.Part]:
    """Of all that counts in one of them. One query, or none."""
    return sums.heads(span, known, frozenset().union(*counted)) if counted else []


def _ahead(year: int, as_of: dt.date, known_by: dt.date | None) -> Sequence[sums.Ahead] | None:
    if known_by is None:
        return sums.booked_ahead(year, as_of)
    if year != known_by.year:
        return [] if year < known_by.year else None  # what was booked for another year is not asked back
    return remembered.ahead([known_by]).get(known_by)


def figures(facts: Facts) -> list[Figure]:
    """Every indicator that was read, in the order of the plan."""
    return [_figure(code, facts) for code in Indicator if code in facts.history.daily]


def _figure(code: Indicator, facts: Facts) -> Figure:
    counted = facts.categories[code]
    parts = facts.special.get(code)
    if parts is None:
        parts = [part for part in facts.heads if part.category in counted]
    this_year = [part for part in parts if part.year == facts.year]
    before = [part for part in parts if part.year == facts.year - 1]
    outcome, target = sum(part.to_date for part in this_year), facts.targets[code]
    ahead = None if facts.ahead is None else _ahead_by_month(code, facts.ahead, counted)
    booked = None if ahead is None else sum(ahead.values())
    texts = definitions.definitions(code, counted)
    return Figure(
        code=code.value,
        name=str(code.label),
        definition=definitions.definition(code, counted),
        definitions=texts,
        categories=[] if code == Indicator.CONFERENCES else sorted(counted),
        unit=definitions.unit(code),
        target=target,
        outcome=outcome,
        same_day_last_year=sum(part.to_date for part in before),
        last_year=sum(part.number for part in before),
        booked_ahead=booked,
        share=round(outcome / target, 4) if target else None,
        by_month=_months(this_year, before, ahead),
        by_municipality=_places(
            this_year, before, facts.municipalities, facts.pupils if code == Indicator.PUPILS else {}
        ),
        outlook=outlook.outlook(
            code,
            history=facts.history,
            target=target,
            booked=booked,
            show_rate=_show_rate(code, facts, counted),
            count=lambda rows: _total(_ahead_by_month(code, rows, counted)),
        ),
        daily=facts.history.daily[code],
    )


def _total(months: dict[int, int] | None) -> int | None:
    return None if months is None else sum(months.values())


def _show_rate(code: Indicator, facts: Facts, counted: Collection[str]) -> float:
    """Of what is booked ahead, the part that used to come, each kind of occasion by its own rate."""
    booked, coming = 0, 0.0
    for row in facts.ahead or ():
        heads = _total(_ahead_by_month(code, [row], counted)) or 0
        booked += heads
        coming += heads * facts.history.show_rates.get(row.kind, 1.0)
    return coming / booked if booked else 1.0


def _ahead_by_month(
    code: Indicator, ahead: Sequence[sums.Ahead], counted: Collection[str]
) -> dict[int, int] | None:
    """Month -> heads (or conferences) still expected; None for individuals."""
    if code in counting.INDIVIDUALS:
        return None
    months: dict[int, int] = {}
    for row in ahead:
        if code == Indicator.CONFERENCES:
            number = row.parties if row.kind == Occasion.Kind.CONFERENCE else 0
        else:
            number = row.participants * (row.participant_category in counted)
            number += row.adults * (row.adult_category in counted)
        months[row.month] = months.get(row.month, 0) + number
    return months


def _months(
    this_year: Sequence[sums.Part], before: Sequence[sums.Part], ahead: dict[int, int] | None
) -> list[Month]:
    return [
        Month(
            month=month,
            outcome=sum(part.to_date for part in this_year if part.month == month),
            last_year=sum(part.number for part in before if part.month == month),
            booked_ahead=None if ahead is None else ahead.get(month, 0),
        )
        for month in range(1, 13)
    ]


def _places(
    this_year: Sequence[sums.Part],
    before: Sequence[sums.Part],
    names: dict[int, tuple[str, str]],
    pupils: dict[int, int],
) -> list[Place]:
    """Largest first, those of unknown municipality last; none without visits, but for those whose pupils are known."""
    totals: dict[int | None, list[int]] = {pk: [0, 0] for pk in pupils}
    for index, parts in enumerate((this_year, before)):
        for part in parts:
            totals.setdefault(part.municipality, [0, 0])[index] += part.to_date
    places = [
        Place(
            names[pk][0] if pk else None,
            names[pk][1] if pk else "",
            outcome,
            same_day,
            pupils.get(pk) if pk else None,
        )
        for pk, (outcome, same_day) in totals.items()
        if outcome or same_day or pk in pupils
    ]
    return sorted(places, key=lambda place: (place.code is None, -place.outcome, place.name))


def _municipalities() -> list[tuple[int, str, str]]:
    return list(Municipality.objects.values_list("pk", "code", "name"))


def _pupils() -> dict[int, int]:
    """Municipality's id -> pupils in its active schools, where the register says how many. One query."""
    rows = (
        SchoolUnit.objects.open().filter(pupils__gt=0).values("municipality").annotate(number=Sum("pupils"))
    )
    return dict(rows.order_by().values_list("municipality", "number"))
