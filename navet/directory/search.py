"""Find a school by what somebody types: part of its name, with mistakes, without å, ä and ö, or its code."""

import re
import unicodedata
from typing import NamedTuple

from django.core.cache import cache
from rapidfuzz import fuzz

from navet.directory.models import SchoolUnit

_CACHE_KEY = "directory:names"
# Imports and the administration forget the names at once; seconds matter only to what went beside them.
_CACHE_SECONDS = 30
_CLOSE_ENOUGH = 72
_LONGEST_QUERY = 80


class _Name(NamedTuple):
    pk: int
    code: str
    municipality: str
    words: list[str]
    name: str


def find_schools(text: str, limit: int = 8, *, municipality: str | None = None) -> list[SchoolUnit]:
    """Open units that the text may mean, best first, with municipality and organiser; one query when names are known.

    `municipality` is a municipality code to look within.
    """
    words = _words(text[:_LONGEST_QUERY])
    if not words:
        return []
    scored = [
        (score, name) for name in _names(municipality) if (score := _score(words, name)) >= _CLOSE_ENOUGH
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].pk))
    best = [name.pk for _score_, name in scored[:limit]]
    units = SchoolUnit.objects.open().select_related("municipality", "organiser").in_bulk(best)
    return [units[pk] for pk in best if pk in units]


def is_named(text: str, unit: SchoolUnit) -> bool:
    """Whether every word typed is in the unit's name, its municipality or its code: not only like one of theirs."""
    words = _words(f"{unit.name} {unit.municipality.name}")
    return all(
        (unit.code or "").startswith(typed) or any(typed in word for word in words) for typed in _words(text)
    )


def forget_names() -> None:
    """To be called when names, codes or statuses have changed."""
    cache.delete(_CACHE_KEY)


def _names(municipality: str | None) -> list[_Name]:
    names = cache.get(_CACHE_KEY)
    if names is None:
        rows = SchoolUnit.objects.open().values_list(
            "pk", "code", "name", "municipality__code", "municipality__name"
        )
        names = [
            _Name(pk, code or "", where, _words(f"{name} {where_name}"), fold(name))
            for pk, code, name, where, where_name in rows
        ]
        cache.set(_CACHE_KEY, names, _CACHE_SECONDS)
    return [name for name in names if municipality in (None, name.municipality)]


def _score(words: list[str], name: _Name) -> float:
    """0 to 100: how well every word typed is found in the name, its municipality or its code."""
    scores = [_word_score(word, name) for word in words]
    # One word that fits nowhere is one too many.
    return 0 if min(scores) < _CLOSE_ENOUGH else sum(scores) / len(scores)


def _word_score(word: str, name: _Name) -> float:
    if len(word) > 2 and word.isdigit() and name.code.startswith(word):
        return 100
    return max((_likeness(word, other, place) for place, other in enumerate(name.words)), default=0)


def _likeness(typed: str, word: str, place: int) -> float:
    """Whole word, beginning, inside, nearly the word, nearly its beginning; earlier words count a little more."""
    later = min(place, 4) * 0.5
    if typed == word:
        return 100 - later
    if word.startswith(typed):
        return 97 - later
    if len(typed) < 3:
        return 0
    if typed in word:
        return 88 - later
    if len(typed) < 4:
        return 0
    return max(fuzz.ratio(typed, word), 0.95 * fuzz.ratio(typed, word[: len(typed)])) * 0.9


def fold(text: str) -> str:
    """Small letters without accents: "Särlaskolan" and "SARLASKOLAN" are both "sarlaskolan"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
