"""Finding a party at the desk, however its name is spelt; a code or the address behind a QR goes straight to it."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, utils

from navet import codes
from visitors.models import Arrival, ArrivalQuerySet

CLOSE_ENOUGH = 78  # of 100: one or two letters wrong in a name
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
    scored = [(min(_likeness(word, arrival) for word in words), arrival) for arrival in arrivals]
    scored.sort(key=lambda pair: -pair[0])
    return [arrival for score, arrival in scored if score >= CLOSE_ENOUGH]


def narrowed(arrivals: ArrivalQuerySet, text: str) -> ArrivalQuerySet:
    """The arrivals that `matching` finds; one query now, and only of what is compared."""
    found = matching(arrivals.only("pk", "code", "label"), text)
    return arrivals.filter(pk__in=[arrival.pk for arrival in found])


def _likeness(word: str, arrival: Arrival) -> float:
    """0-100. A word inside another is a full hit; a short one has no letters to spare for mistakes."""
    label = utils.default_process(arrival.label)
    if word in label or codes.normalise(word) in arrival.code:
        return 100
    if len(word) < 4:
        return 0
    return max((fuzz.ratio(word, _as_long(part, word)) for part in label.split()), default=0)


def _as_long(part: str, word: str) -> str:
    """A long name is met by how it begins: "hestraskolan" by "hestra"."""
    return part[: len(word)] if len(part) > len(word) + 2 else part
