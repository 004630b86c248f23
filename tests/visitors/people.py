"""People who come to courses as they write themselves: doubles, misspellings, shared addresses, and a new year in between.

The same seed is the same people. The truth is kept beside, so that what the house counts can be held against it.
"""

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from navet import periods
from navet.accounts.actor import Actor
from navet.accounts.models import User
from visitors import attendance, doubles, indicators, individuals
from visitors.doubles import Pair, Person, Reason
from visitors.models import Category, Indicator

FIRST = dt.date(2025, 9, 1)
DAYS = 300  # to the end of June: a year's change in between
GIVEN = [
    "Anna", "Eva", "Maria", "Karin", "Sara", "Lena", "Emma", "Kerstin", "Ingrid", "Malin", "Jenny", "Linda",
    "Hanna", "Elin", "Johanna", "Ida", "Amina", "Fatima", "Leyla", "Zahra", "Lars", "Anders", "Johan",
    "Erik", "Per", "Karl", "Peter", "Jan", "Thomas", "Mikael", "Daniel", "Fredrik", "Andreas", "Ali",
    "Omar", "Mohammed", "Hassan", "Björn", "Åke", "Göran", "Nils", "Olof", "Sven", "Ulf",
]  # fmt: skip
FAMILY = [
    first + last
    for first in [
        "Lind",
        "Berg",
        "Sand",
        "Ny",
        "Öst",
        "Väst",
        "Sjö",
        "Ek",
        "Alm",
        "Hag",
        "Holm",
        "Gran",
        "Ström",
        "Lund",
        "Dal",
        "Norr",
        "Söder",
        "Stor",
        "Ros",
        "Ahl",
    ]
    for last in ["berg", "ström", "qvist", "gren", "man", "strand", "lund", "dal", "holm", "mark"]
] + [
    "Andersson",
    "Johansson",
    "Karlsson",
    "Nilsson",
    "Eriksson",
    "Larsson",
    "Olsson",
    "Persson",
    "Svensson",
    "Hassan",
    "Ali",
    "Ahmed",
    "Ibrahim",
    "Nguyen",
]
# How often in a hundred something is so.
SHARES_AN_ADDRESS, HAS_A_PRIVATE_ONE, WRITES_PRIVATELY = 4, 12, 40
SLIP_IN_THE_ADDRESS, SLIP_IN_THE_NAME, OTHERWISE_WRITTEN = 2, 2, 6


@dataclass(frozen=True)
class Human:
    """Who she is; `private` is "" for those who never use another address."""

    number: int
    name: str
    school: str
    address: str
    private: str


@dataclass
class Year:
    """What the house knows of a year, and the truth of it."""

    known: dict[str, Person] = field(default_factory=dict)
    truth: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def humans(self) -> int:
        return len(set().union(*self.truth.values()))

    def is_one(self, one: str, other: str) -> bool:
        return bool(self.truth[one] & self.truth[other])


@dataclass(frozen=True)
class Result:
    """`first` is counted before anybody decides, `after` when staff decided on every pair shown. Of pairs of pseudonyms."""

    humans: int
    first: int
    after: int
    shown: int
    right: int
    wanted: int
    found: int

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0


class Town:
    """So many persons at so many schools, who come so many times."""

    def __init__(self, *, attendances: int, persons: int, schools: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.humans = [self._human(number, schools) for number in range(persons)]
        self.attendances = attendances

    def _human(self, number: int, schools: int) -> Human:
        name = f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}"
        school = f"Skola {self.rng.randrange(schools)}"
        local = ".".join(_flat(part) for part in name.split())
        place = _flat(school.replace(" ", ""))
        own = f"{local}{number if self._in(30) else ''}@{place}.example"
        address = f"info@{place}.example" if self._in(SHARES_AN_ADDRESS) else own
        private = f"{local}@mejl.example" if self._in(HAS_A_PRIVATE_ONE) else ""
        return Human(number, name, school, address, private)

    def _in(self, percent: float) -> bool:
        return self.rng.random() * 100 < percent

    def come(self, by: Actor) -> dict[int, Year]:
        """They come, in the order of days; each visit is written to the ledger. Year -> what is known and what is true."""
        years: dict[int, Year] = defaultdict(Year)
        days = sorted(self.rng.randrange(DAYS) for _ in range(self.attendances))
        for offset in days:
            human = self.rng.choice(self.humans)
            name, address = self._writes(human)
            came_at = periods.at(FIRST + dt.timedelta(days=offset), dt.time(13))
            visit = attendance.record(
                Category.COURSE,
                identity=address,
                name=name,
                came_at=came_at,
                leaves_at=came_at + dt.timedelta(hours=3),
                municipality_id=None,
                by=by,
            )
            year = years[visit.day.year]
            year.known[visit.person] = Person(visit.person, name, address, human.school)
            year.truth[visit.person].add(human.number)
        return dict(years)

    def _writes(self, human: Human) -> tuple[str, str]:
        """What she writes on the form this time."""
        name, address = human.name, human.address
        if human.private and self._in(WRITES_PRIVATELY):
            address = human.private
        if self._in(SLIP_IN_THE_ADDRESS):
            local, _at, rest = address.partition("@")
            address = f"{self._slip(local)}@{rest}"
        if self._in(SLIP_IN_THE_NAME):
            name = self._slip(name)
        if self._in(OTHERWISE_WRITTEN):
            name = self.rng.choice(
                [name.upper(), name.lower(), " ".join(reversed(name.split())), f" {name} "]
            )
        return name, address

    def _slip(self, text: str) -> str:
        """One letter wrong, left out, twice, or two changed about."""
        at = self.rng.randrange(1, len(text) - 1)
        letter = self.rng.choice("abcdefghijklmnopqrstuvwxyz")
        return self.rng.choice(
            [
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1 :],
                text[:at] + text[at] + text[at:],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            ]
        )


def _flat(text: str) -> str:
    return text.casefold().translate(str.maketrans("åäöé", "aaoe"))


def count(year: int) -> int:
    """Of the indicator that counts individuals on courses."""
    found = indicators.report(year, as_of=dt.date(year, 12, 31)).figures
    return next(one.outcome for one in found if one.code == Indicator.EDUCATORS)


def judged(number: int, year: Year, staff: User) -> Result:
    """The house's suggestions are decided on as somebody who knows them all would, and everything is counted before and after."""
    first = count(number)
    shown = [pair for pair in doubles.pairs(year.known.values()) if _is_open(number, pair)]
    for pair in shown:
        one, other = pair.one.pseudonym, pair.other.pseudonym
        verdict = individuals.SAME if year.is_one(one, other) else individuals.APART
        at = periods.at(dt.date(number, 12, 31), dt.time(12))
        individuals.decide(one, other, year=number, verdict=verdict, by=Actor(user=staff), at=at)
    wanted = set(_wanted(year))
    found = {frozenset((pair.one.pseudonym, pair.other.pseudonym)) for pair in shown}
    right = sum(
        year.is_one(pair.one.pseudonym, pair.other.pseudonym) != (pair.reason == Reason.SHARED)
        for pair in shown
    )
    return Result(
        humans=year.humans,
        first=first,
        after=count(number),
        shown=len(shown),
        right=right,
        wanted=len(wanted),
        found=len(wanted & found),
    )


def _is_open(number: int, pair: Pair) -> bool:
    """As the page asks: not counted as the reason says already."""
    rows = individuals.Individual.objects.filter(
        year=number, person__in=[pair.one.pseudonym, pair.other.pseudonym]
    )
    is_one = len(set(rows.values_list("counts_as", flat=True))) == 1
    return is_one == (pair.reason == Reason.SHARED)


def _wanted(year: Year) -> list[frozenset[str]]:
    """Pairs that somebody has to decide on: one person under two addresses, and two persons under one."""
    pairs = combinations(sorted(year.known), 2)
    return [
        frozenset(pair)
        for pair in pairs
        if year.is_one(*pair) != (year.known[pair[0]].address == year.known[pair[1]].address)
    ]
