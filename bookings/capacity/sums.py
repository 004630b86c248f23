"""Rows added up: all of them, and by kind, programme, room, weekday and hour. No query."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from bookings.capacity.rows import Kind, Row, Thing, percent

Key = TypeVar("Key", bound=Hashable)
NO_ROOM = "-"  # the key of what has no room of its own; no slug is like it


@dataclass(frozen=True)
class Sum:
    """Places of some occasions. `free` are those nobody holds and one more could take, coming or gone; `bookable` those of
    them that can be booked now. `past_*` is of what is over and was counted, of which `used` came; `missed` were held and
    not used, occasion by occasion: who came beside it fills nobody else's place.
    """

    occasions: int = 0
    offered: int = 0
    held: int = 0
    free: int = 0
    bookable: int = 0
    past_occasions: int = 0
    past_offered: int = 0
    past_held: int = 0
    used: int = 0
    missed: int = 0

    @property
    def fill(self) -> int | None:
        """Per cent of what is offered that is held; None where nothing is offered."""
        return percent(self.held, self.offered)

    @property
    def use(self) -> int | None:
        """Per cent of what was offered that was used; None where nothing is over."""
        return percent(self.used, self.past_offered)


@dataclass(frozen=True)
class Share:
    """The sum of those with one key: a kind, a programme, a room."""

    key: str
    name: str
    sum: Sum


def add(rows: Iterable[Row]) -> Sum:
    rows = list(rows)
    past = [row for row in rows if row.used is not None]
    return Sum(
        occasions=len(rows),
        offered=sum(row.offered for row in rows),
        held=sum(row.held for row in rows),
        free=sum(row.free for row in rows),
        bookable=sum(row.free for row in rows if row.bookable),
        past_occasions=len(past),
        past_offered=sum(row.offered for row in past),
        past_held=sum(row.held for row in past),
        used=sum(row.used or 0 for row in past),
        missed=sum(max(row.held - (row.used or 0), 0) for row in past),
    )


def by(rows: Iterable[Row], keys_of: Callable[[Row], Iterable[Key]]) -> dict[Key, Sum]:
    """A sum for each key; a row with several is in each of them."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        for key in keys_of(row):
            groups[key].append(row)
    return {key: add(found) for key, found in groups.items()}


def by_kind(rows: Iterable[Row]) -> list[Share]:
    """Least full first."""
    return _shares(by(rows, lambda row: [Thing(row.kind, str(Kind(row.kind).label))]))


def by_product(rows: Iterable[Row]) -> list[Share]:
    """Least full first; the key is `kind:slug`, as two lines may have a slug in common."""
    return _shares(by(rows, lambda row: [Thing(product_key(row), row.product.name)]))


def by_room(rows: Iterable[Row], *, without: str) -> list[Share]:
    """Least full first. What is in two rooms is in both, so rooms may come to more than all; `without` is called so."""
    return _shares(by(rows, lambda row: row.rooms or (Thing(NO_ROOM, without),)))


def by_weekday(rows: Iterable[Row]) -> dict[int, Sum]:
    return by(rows, lambda row: [row.weekday])


def by_hour(rows: Iterable[Row]) -> dict[int, Sum]:
    return by(rows, lambda row: [row.hour])


def by_weekday_and_hour(rows: Iterable[Row]) -> dict[tuple[int, int], Sum]:
    return by(rows, lambda row: [(row.weekday, row.hour)])


def product_key(row: Row) -> str:
    return f"{row.kind}:{row.product.key}"


def room_keys(row: Row) -> set[str]:
    return {room.key for room in row.rooms} or {NO_ROOM}


def _shares(groups: dict[Thing, Sum]) -> list[Share]:
    found = [Share(key, name, sum_) for (key, name), sum_ in groups.items()]
    return sorted(found, key=lambda one: (_full(one.sum), one.name, one.key))


def _full(sum_: Sum) -> float:
    return sum_.held / sum_.offered if sum_.offered else 1.0


def least_full_hours(rows: Iterable[Row], most: int) -> list[tuple[tuple[int, int], Sum]]:
    """((weekday, hour), what it is counted on), the least full first, the one with most places of equals. Full ones are none."""
    hours = [(hour, one) for hour, one in by_weekday_and_hour(rows).items() if one.free]
    return sorted(hours, key=lambda pair: (_full(pair[1]), -pair[1].offered, pair[0]))[:most]
