"""What a class looks for, and the conditions it makes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from navet import periods

OF_PROGRAMMES = {"grade", "subject", "programme"}  # what a wish asks of the programme itself


@dataclass(frozen=True)
class Wish:
    """What a class looks for; an empty field means anything. Both dates are included; `programme` is a slug."""

    grade: str = ""
    subject: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    pupils: int | None = None
    language: str = ""
    programme: str = ""
    only_free: bool = False

    @property
    def asked(self) -> dict[str, Any]:
        """What it asks for, by the names that `_meets` knows; its dates are the moments between which they lie."""
        said = {
            "grade": self.grade,
            "subject": self.subject,
            "programme": self.programme,
            "since": self.first and periods.day_bounds(self.first)[0],
            "before": self.last and periods.day_bounds(self.last)[1],
            "language": self.language,
            "pupils": self.pupils,
            "free": self.pupils or int(self.only_free),
        }
        return {name: value for name, value in said.items() if value}

    def within(self, first: dt.date, last: dt.date) -> "Wish":
        """The same, from `first` to `last` at most."""
        return replace(self, first=max(self.first or first, first), last=min(self.last or last, last))

    @property
    def is_about_sessions(self) -> bool:
        """Whether it asks for more than a kind of programme: then a programme without sessions is no answer."""
        return bool(self.first or self.last or self.pupils or self.language or self.only_free)


def programme_meets(asked: Mapping[str, Any], prefix: str = "") -> Q:
    """The condition on programmes, or on what refers to them by `prefix`; `asked` as a wish says it."""
    found = Q()
    if "grade" in asked:
        found &= Q(**{f"{prefix}grades__contains": [asked["grade"]]})
    if "subject" in asked:
        found &= Q(**{f"{prefix}subjects__contains": [asked["subject"]]})
    if "programme" in asked:
        found &= Q(**{f"{prefix}slug": asked["programme"]})
    return found


def session_meets(asked: Mapping[str, Any]) -> Q:
    """The condition on sessions that `with_free` counted."""
    found = programme_meets(asked, "programme__")
    if "since" in asked:
        found &= Q(occasion__period__startswith__gte=asked["since"])
    if "before" in asked:
        found &= Q(occasion__period__startswith__lt=asked["before"])
    if "language" in asked:
        found &= Q(language=asked["language"])
    if "pupils" in asked:
        found &= Q(programme__min_pupils__lte=asked["pupils"], programme__max_pupils__gte=asked["pupils"])
    if "free" in asked:
        found &= Q(free_places__gte=asked["free"])
    return found
