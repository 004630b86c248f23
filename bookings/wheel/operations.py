"""Writing on the year wheel: add, change, remove, each with who did it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bookings.wheel.models import LEAST_PERCENT, MOST_HEADS, MOST_PERCENT, Entry
from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused

LONGEST = 366  # days of one entry


class EndsBeforeItBegins(Refused):
    code = "ends_before_it_begins"
    message = _("The last day is before the first.")
    field = "last"


class TooLong(Refused):
    code = "too_long"
    message = _("An entry is a year at most.")
    field = "last"


class SaysHalf(Refused):
    code = "says_half"
    message = _("Say how many, what it is counted in, and of whom, or leave all three empty.")
    field = "brings"


class CannotBe(Refused):
    code = "cannot_be"
    message = _("Per cent are −100 to 300 and people at most 100,000; 0 is left empty.")
    field = "brings"


class ChangedMeanwhile(Refused):
    code = "changed_meanwhile"
    message = _("Somebody else has changed it meanwhile. Look at it again.")


class Removed(Refused):
    code = "removed"
    message = _("It has been removed.")


@dataclass(frozen=True)
class Words:
    """What an entry says; both days are included."""

    kind: str
    title_sv: str
    title_en: str
    first: dt.date
    last: dt.date
    note: str
    audience: str
    brings: int | None = None
    brings_unit: str = ""
    brings_of: str = ""


@transaction.atomic
def add(words: Words, *, by: Actor, at: dt.datetime) -> Entry:
    """Raises EndsBeforeItBegins, TooLong, SaysHalf, CannotBe."""
    return _written(Entry(), words, by, at)


@transaction.atomic
def change(pk: int, words: Words, *, seen: int, by: Actor, at: dt.datetime) -> Entry:
    """`seen` is the version that was changed. Raises ChangedMeanwhile, Removed, EndsBeforeItBegins, TooLong, SaysHalf, CannotBe."""
    entry = _locked(pk, seen)
    entry.version += 1
    return _written(entry, words, by, at)


@transaction.atomic
def remove(pk: int, *, seen: int, by: Actor, at: dt.datetime) -> None:
    """Off the wheel; calendars are told. Raises ChangedMeanwhile, Removed."""
    entry = _locked(pk, seen)
    entry.version += 1
    entry.removed_at = entry.changed_at = at
    entry.changed_by = by.user
    entry.save()


def _locked(pk: int, seen: int) -> Entry:
    entry = Entry.objects.select_for_update().get(pk=pk)
    if entry.removed_at:
        raise Removed
    if entry.version != seen:
        raise ChangedMeanwhile
    return entry


def _written(entry: Entry, words: Words, by: Actor, at: dt.datetime) -> Entry:
    if words.last < words.first:
        raise EndsBeforeItBegins
    if (words.last - words.first).days >= LONGEST:
        raise TooLong
    _refuse_half(words)
    entry.brings, entry.brings_unit, entry.brings_of = words.brings, words.brings_unit, words.brings_of
    entry.kind, entry.audience, entry.note = words.kind, words.audience, words.note
    entry.title_sv, entry.title_en = words.title_sv, words.title_en
    entry.days = periods.date_range(words.first, words.last)
    entry.changed_by, entry.changed_at = by.user, at
    entry.save()
    return entry


def _refuse_half(words: Words) -> None:
    said = [words.brings is not None, bool(words.brings_unit), bool(words.brings_of)]
    if any(said) and not all(said):
        raise SaysHalf
    if words.brings is None:
        return
    of_percent = words.brings_unit == Entry.Unit.PERCENT
    least, most = (LEAST_PERCENT, MOST_PERCENT) if of_percent else (-MOST_HEADS, MOST_HEADS)
    if words.brings == 0 or not least <= words.brings <= most:
        raise CannotBe
