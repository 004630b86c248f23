"""The draw of places in a leisure group: who gets one, and in which order the others wait. No database, no chance but the seed.

The same seed, parties and places give the same outcome for whoever asks. docs/leisure.md says the rule in words.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_TOP = 2**256  # a lot is a number below this


@dataclass(frozen=True)
class Party:
    """A child, or siblings who get places together or not at all: the numbers of their applications, ascending."""

    tickets: tuple[int, ...]
    continues: bool = False

    @cached_property
    def size(self) -> int:
        return len(self.tickets)


@dataclass(frozen=True)
class Outcome:
    """Parties with places, and those that wait, first first."""

    placed: tuple[Party, ...]
    waiting: tuple[Party, ...]


def commitment(seed: str) -> str:
    """What is published of a seed before the draw: its SHA-256. Whoever sees the seed later can tell that it is the same."""
    return hashlib.sha256(seed.encode()).hexdigest()


def lot(seed: str, about: str) -> int:
    """A number below 2**256 that only the seed and `about` decide."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{about}".encode()).digest(), "big")


def draw(seed: str, parties: Iterable[Party], *, places: int) -> Outcome:
    """First those who continue, among themselves; then the others for what is left. No child is on two tickets."""
    placed: list[Party] = []
    waiting: list[Party] = []
    everybody = list(parties)
    for continues in (True, False):
        drawn = in_order(seed, [party for party in everybody if party.continues is continues])
        chosen = _chosen(f"{seed}:{'continuing' if continues else 'new'}", drawn, places)
        got = {party.tickets for party in chosen}
        placed += chosen
        waiting += [party for party in drawn if party.tickets not in got]
        places -= sum(party.size for party in chosen)
    return Outcome(tuple(placed), tuple(waiting))


def in_order(seed: str, parties: Iterable[Party]) -> list[Party]:
    """By lot: the lowest first. A party's lot is that of its lowest ticket."""
    return sorted(parties, key=lambda party: (lot(seed, f"ticket {party.tickets[0]}"), party.tickets))


def _chosen(seed: str, drawn: Sequence[Party], places: int) -> list[Party]:
    """Of each size as many as are due to it, the first by lot; then whoever fits in what is left, by lot."""
    due = _due(seed, drawn, places)
    chosen: list[Party] = []
    others: list[Party] = []
    left = places
    for party in drawn:
        if due[party.size] > 0:
            due[party.size] -= 1
            left -= party.size
            chosen.append(party)
        else:
            others.append(party)
    for party in others:
        if party.size <= left:
            left -= party.size
            chosen.append(party)
    return chosen


def _due(seed: str, drawn: Sequence[Party], places: int) -> dict[int, int]:
    """Size of party -> how many of them get places, so that each child's share is places / children.

    A share that is no whole number of parties is rounded up as often as its fraction says, by lot; single children, who
    always divide, take what is left. Where there are too few of them for that, the largest parties are one fewer.
    """
    many: dict[int, int] = {}
    for party in drawn:
        many[party.size] = many.get(party.size, 0) + 1
    children = sum(size * n for size, n in many.items())
    if children <= places:
        return many
    due: dict[int, int] = {}
    for size in sorted(many, reverse=True):
        whole, rest = divmod(many[size] * places, children)
        due[size] = whole + (lot(seed, f"size {size}") * children < rest * _TOP)
    if 1 in due:
        others = sum(size * n for size, n in due.items() if size > 1)
        due[1] = min(many[1], max(0, places - others))
    for size in sorted(due, reverse=True):
        while due[size] and sum(one * n for one, n in due.items()) > places:
            due[size] -= 1
    return due
