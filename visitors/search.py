"""Finding a party at the desk, however its name is spelt; a code or the address behind a QR goes straight to it."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, utils

from navet import codes
from visitors.models import Arrival, ArrivalQuerySet

CLOSE_ENOUGH = 78  # of 100: one or two letters wrong in a name
PART_OF_A_CODE = 4  # fewer signs are in somebody's code by chance: "7b" is a class
_ADDRESS = re.compile(r"/bokning/([^/?#\s]+)", re.IGNORECASE)


def code_in(text: str) -> str | None:
    """The code that was typed, scanned or is in a booking's address; None for anything else."""
    address = _ADDRESS.search(text)
    code = codes.normalise(address.group(1) if address else text)
    return code if codes.is_code(code) else None


def matching(arrivals: Iterable[Arrival], text: str) -> list[Arrival]:
    """Those that hold every word of `text` in who they are or in their code, best likeness first."""
    words = utils.default_process(text).split()
    if not words:
        return list(arrivals)
    scored = [(_least(words, arrival.label, arrival.code), arrival) for arrival in arrivals]
    scored.sort(key=lambda pair: -pair[0])
    return [arrival for score, arrival in scored if score >= CLOSE_ENOUGH]


def among(arrivals: ArrivalQuerySet, text: str) -> list[int] | None:
    """The keys of those that `matching` finds; None where there is no word to look for.

    One query of three columns and no models: a day may hold thousands.
    """
    # The shortest first: "7b" is there or not, and spares comparing the rest.
    words = sorted(utils.default_process(text).split(), key=len)
    if not words:
        return None
    known = arrivals.order_by().values_list("pk", "label", "code")
    return [pk for pk, label, code in known if _least(words, label, code) >= CLOSE_ENOUGH]


def narrowed(arrivals: ArrivalQuerySet, text: str) -> ArrivalQuerySet:
    """The arrivals that `matching` finds."""
    found = among(arrivals, text)
    return arrivals if found is None else arrivals.filter(pk__in=found)


def _least(words: list[str], label: str, code: str) -> float:
    """How like its least like word is, 0-100; 0 as soon as one is too unlike."""
    plain, least = utils.default_process(label), 100.0
    for word in words:
        least = min(least, _likeness(word, plain, code))
        if least < CLOSE_ENOUGH:
            return 0
    return least


def _likeness(word: str, label: str, code: str) -> float:
    """0-100. A word inside another is a full hit; a short one has no letters to spare for mistakes."""
    if word in label:
        return 100
    if len(word) < PART_OF_A_CODE:
        return 0
    if codes.normalise(word) in code:
        return 100
    parts = label.split()
    return max(
        (fuzz.ratio(word, _as_long(part, word), score_cutoff=CLOSE_ENOUGH) for part in parts), default=0
    )


def _as_long(part: str, word: str) -> str:
    """A long name is met by how it begins: "hestraskolan" by "hestra"."""
    return part[: len(word)] if len(part) > len(word) + 2 else part
