"""Which persons may be one, and which addresses may be shared by two: only told, never decided. Pure.

Looked for among those of a school, of one name, and of one address; so the work grows with the largest school, not with all.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

MOST_TOGETHER = 400  # in one block; beyond it nobody's eye would follow either


class Reason(StrEnum):
    """Why two may be one; SHARED is why one may be two."""

    NAME = "name"  # the same name at one school, under two addresses
    SPELLING = "spelling"  # nearly the same name at one school, under two addresses
    ADDRESS = "address"  # nearly the same address and a name like it
    MAILBOX = "mailbox"  # the same name, and the same before the @
    SHARED = "shared"  # one address, two names that are not alike
    GUARDIANS = (
        "guardians"  # nearly the same child's name and the same year of birth, under two guardians' addresses
    )
    CHILD = "child"  # one guardian's address, nearly the same child


@dataclass(frozen=True)
class Person:
    """What is known of somebody who came, under a pseudonym of the year. `where` is her school, `when` what she came to.

    `born` is a child's year of birth (0: not known) and None of a grown-up. A child's address is a guardian's, and she is told
    apart by address, name and year; so her `where` is the year.
    """

    pseudonym: str
    name: str
    address: str
    where: str
    when: str = ""
    born: int | None = None


@dataclass(frozen=True)
class Pair:
    one: Person
    other: Person
    reason: Reason


def pairs(people: Iterable[Person]) -> list[Pair]:
    """Each pair once, for the strongest reason, in the order of their names."""
    people = sorted(set(people), key=lambda one: (plain(one.name), one.address, one.pseudonym))
    found: dict[tuple[str, str], Pair] = {}
    for key in (lambda one: one.where, lambda one: plain(one.name), lambda one: _mailbox(one.address)):
        for one, other in _together(people, key):
            ends = (one.pseudonym, other.pseudonym)
            if one.pseudonym != other.pseudonym and ends not in found and (reason := reason_of(one, other)):
                found[ends] = Pair(one, other, reason)
    return [found[ends] for ends in sorted(found, key=lambda ends: (plain(found[ends].one.name), ends))]


def _together(people: list[Person], key: Callable[[Person], str]) -> Iterator[tuple[Person, Person]]:
    blocks: dict[str, list[Person]] = {}
    for one in people:
        blocks.setdefault(key(one), []).append(one)
    for block in blocks.values():
        yield from combinations(block[:MOST_TOGETHER], 2)


def reason_of(one: Person, other: Person) -> Reason | None:
    """Why somebody should look at these two; None where nothing says so, as of a child and a grown-up."""
    if one.born is not None and other.born is not None:
        return _reason_of_children(one, other)
    if one.born is not None or other.born is not None:
        return None
    name, others = plain(one.name), plain(other.name)
    if one.address.casefold() == other.address.casefold():
        return None if is_like(name, others) else Reason.SHARED
    if one.where == other.where:
        if name == others:
            return Reason.NAME
        if is_like(name, others):
            return Reason.SPELLING
    if _mailbox(one.address) == _mailbox(other.address) and is_like(name, others):
        return Reason.MAILBOX
    is_long = min(len(one.address), len(other.address)) > 10
    is_near = distance(one.address.casefold(), other.address.casefold(), most=2) <= 2
    return Reason.ADDRESS if is_long and is_near and is_like(name, others) else None


def _reason_of_children(one: Person, other: Person) -> Reason | None:
    name, others = plain(one.name), plain(other.name)
    is_one_year = one.born == other.born
    if one.address.casefold() == other.address.casefold():
        return Reason.CHILD if name == others or (is_one_year and is_like(name, others)) else None
    return Reason.GUARDIANS if is_one_year and is_like(name, others) else None


def plain(name: str) -> str:
    """Small letters without accents, words in order of the alphabet: "Ek, Ada" and "Ada  EK" are one."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in flat).split()))


def _mailbox(address: str) -> str:
    return address.casefold().partition("@")[0]


def is_like(name: str, other: str) -> bool:
    """Plain names that a slip of the finger parts: two letters at most in all, or a word that the one has more."""
    if distance(name, other, most=2) <= (2 if min(len(name), len(other)) > 7 else 1):
        return True
    words, others = set(name.split()), set(other.split())
    return len(words & others) >= 2 and (words <= others or others <= words)


def distance(one: str, other: str, *, most: int) -> int:
    """Letters to change, add, leave out or change places of; `most` + 1 stands for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, others in enumerate(other, start=1):
            best = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != others))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == others:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
