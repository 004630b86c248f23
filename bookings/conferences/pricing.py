"""From what was chosen to lines without VAT, and what leaving costs. Pure.

The VAT of a conference (DOMAIN.md section 3): a bare room is exempt; as soon as anything of a conference is in it, the
room is part of one supply with it, lunch and coffee included; dinner, and experiences, are supplies of their own. The
rates are rows that finance owns.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from navet.pages import formats
from navet.payments.models import Treatment, Unit

Steps = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Line:
    """`of` is "room", "package", "add_on" or "discount", `slug` which one; `unit_ore` is without VAT."""

    of: str
    slug: str
    treatment: str
    text: str
    quantity: int
    unit_ore: int
    unit: str = Unit.PIECE

    @property
    def net_ore(self) -> int:
        return self.quantity * self.unit_ore


@dataclass(frozen=True)
class PricedRoom:
    slug: str
    title: str
    part: str
    ore: int
    extra_hour_ore: int


@dataclass(frozen=True)
class PricedThing:
    """A package or an add-on, at its price of the day."""

    of: str
    slug: str
    title: str
    treatment: str
    per_person_ore: int
    per_group_ore: int
    persons: int
    rooms_included: int = 0


@dataclass(frozen=True)
class PricedDay:
    date: dt.date
    rooms: tuple[PricedRoom, ...]
    extra_hours: int
    things: tuple[PricedThing, ...]


def lines(days: Iterable[PricedDay]) -> list[Line]:
    """Every line of a conference, its rooms taxed as what they are part of; of several days each line says its own."""
    days = list(days)
    found = by_day(days)
    if len(days) < 2:
        return [line for _date, line in found]
    return [replace(line, text=dated(date, line.text)) for date, line in found]


def by_day(days: Sequence[PricedDay]) -> list[tuple[dt.date, Line]]:
    """Each line with the day that it is of."""
    is_conference = any(thing.treatment == Treatment.CONFERENCE for day in days for thing in day.things)
    room_treatment = Treatment.CONFERENCE if is_conference else Treatment.ROOM
    return [(day.date, line) for day in days for line in _of_day(day, room_treatment)]


def dated(date: dt.date, text: str) -> str:
    """ "2026-03-03: Salen, heldag", as long as a line may be."""
    return f"{formats.local_date(date, 'short')}: {text}"[:200]


def _of_day(day: PricedDay, room_treatment: str) -> list[Line]:
    included = sum(thing.rooms_included for thing in day.things)
    # The package includes the dearest rooms: whoever adds a small one pays for the small one.
    dearest = sorted(day.rooms, key=lambda room: (-room.ore, room.slug))
    found = [line for thing in day.things if thing.of == "package" for line in _of_thing(thing)]
    for number, room in enumerate(dearest):
        if number >= included:
            text = _("%(room)s, %(part)s") % {"room": room.title, "part": room.part.lower()}
            found.append(Line("room", room.slug, room_treatment, text, 1, room.ore))
        if day.extra_hours:
            text = _("%(room)s, extra hour") % {"room": room.title}
            found.append(
                Line("room", room.slug, room_treatment, text, day.extra_hours, room.extra_hour_ore, Unit.HOUR)
            )
    return found + [line for thing in day.things if thing.of == "add_on" for line in _of_thing(thing)]


def _of_thing(thing: PricedThing) -> list[Line]:
    """A line for the group, one for the persons; what is free of charge is a line too, so that it is seen."""
    found = []
    if thing.per_group_ore or not thing.per_person_ore:
        found.append(Line(thing.of, thing.slug, thing.treatment, thing.title, 1, thing.per_group_ore))
    if thing.per_person_ore:
        text = _("%(what)s, per person") % {"what": thing.title}
        found.append(
            Line(
                thing.of, thing.slug, thing.treatment, text, thing.persons, thing.per_person_ore, Unit.PERSON
            )
        )
    return found


def per_cent(steps: Steps, days_before: int) -> int:
    """What of the price is owed by whoever leaves so many days before; the whole where no step says anything."""
    reached = [step for step in steps if days_before >= step[0]]
    return max(reached, key=lambda step: step[0])[1] if reached else 100


def fee(owed: Iterable[Line], percent: int) -> list[Line]:
    """The lines of a cancellation: for each VAT treatment its share of the sum, half up to whole öre. It is taxed as what was booked."""
    text = _("Late cancellation, %(percent)s %% of the price") % {"percent": percent}
    shares = {treatment: ore for treatment, ore in _shares(owed, percent).items() if ore}
    return [
        Line("add_on", "late-cancellation", treatment, _one_of(text, treatment, shares), 1, ore)
        for treatment, ore in shares.items()
    ]


def discounted(full: Iterable[Line], percent: int, reason: str) -> list[Line]:
    """The lines, and for each VAT treatment one that takes off its share, half up to whole öre; any discount before is replaced."""
    kept = [line for line in full if line.of != "discount"]
    text = _("Discount %(percent)s %%: %(reason)s") % {"percent": percent, "reason": reason}
    shares = {treatment: ore for treatment, ore in _shares(kept, percent).items() if ore}
    return kept + [
        Line("discount", "discount", treatment, _one_of(text, treatment, shares), -1, ore)
        for treatment, ore in shares.items()
    ]


def more_discount(standing: Iterable[Line], percent: int, reason: str) -> list[Line]:
    """What makes the discount of the lines that share of them again, when lines were added; a quantity above zero gives less of it."""
    standing = list(standing)
    given: dict[str, int] = {}
    for line in standing:
        if line.of == "discount":
            given[line.treatment] = given.get(line.treatment, 0) - line.net_ore
    wanted = _shares([line for line in standing if line.of != "discount"], percent)
    text = _("Discount %(percent)s %%: %(reason)s") % {"percent": percent, "reason": reason}
    every = {*wanted, *given}
    return [
        Line(
            "discount",
            "discount",
            treatment,
            _one_of(text, treatment, every),
            -1 if more > 0 else 1,
            abs(more),
        )
        for treatment in sorted(every)
        if (more := wanted.get(treatment, 0) - given.get(treatment, 0))
    ]


def differences(
    before: Sequence[tuple[dt.date, Line]],
    after: Sequence[tuple[dt.date, Line]],
    standing: Sequence[Line],
    *,
    reason: str,
) -> list[Line]:
    """The lines that lead from one price to the other: a quantity below zero takes off. Each says its day and why.

    What `standing` lines had already costs what they say: at the price it was booked at.
    """
    had, has = _by_terms(before), _by_terms(after)
    found = []
    for terms in {**had, **has}:
        line = has.get(terms) or had[terms]
        more = _number(has.get(terms)) - _number(had.get(terms))
        if more:
            named = dated(terms[0], line.text)
            unit_ore = _price_of(line, {line.text, named}, standing)
            found.append(replace(line, text=because(named, reason), quantity=more, unit_ore=unit_ore))
    return found


def because(text: str, reason: str) -> str:
    return f"{text} ({reason})"[:200]


def _by_terms(lines: Iterable[tuple[dt.date, Line]]) -> dict[tuple[dt.date, str, str, str, str, str], Line]:
    return {(date, line.of, line.slug, line.treatment, line.text, line.unit): line for date, line in lines}


def _number(line: Line | None) -> int:
    return line.quantity if line else 0


def _price_of(line: Line, texts: set[str], standing: Iterable[Line]) -> int:
    """What one of it costs in the lines that stand, adjusted or not; else what it costs now."""
    alike = [
        one.unit_ore
        for one in standing
        if (one.of, one.slug, one.treatment, one.unit) == (line.of, line.slug, line.treatment, line.unit)
        and (one.text in texts or any(one.text.startswith(f"{text} (") for text in texts))
    ]
    return alike[-1] if alike else line.unit_ore


def _shares(of: Iterable[Line], percent: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in of:
        sums[line.treatment] = sums.get(line.treatment, 0) + line.net_ore
    return {treatment: _share(ore, percent) for treatment, ore in sums.items()}


def _one_of(text: str, treatment: str, every: Collection[str]) -> str:
    """The text of a line; where there is one for each of several treatments, it says of which, so that no two read alike."""
    return (text if len(every) < 2 else f"{text} ({Treatment(treatment).label})")[:200]


def _share(ore: int, percent: int) -> int:
    return int((Decimal(ore) * percent / 100).to_integral_value(ROUND_HALF_UP))
