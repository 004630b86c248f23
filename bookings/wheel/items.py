"""What there is on the year wheel, whatever it comes from."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The rings, from the outside in; each has a letter, a colour and a pattern."""

    RELEASE = "release", _("Releases of sessions")
    OWN = "own", _("Campaigns and events")
    LEISURE = "leisure", _("Leisure groups: applications and draws")
    COURSE = "course", _("Courses: decisions")
    BREAK = "break", _("School breaks")
    CLOSED = "closed", _("Holidays and closures")
    REPORTING = "reporting", _("Reporting dates")
    CONFERENCE = "conference", _("Weeks with many conferences")

    @property
    def letter(self) -> str:
        return "ABCDEFGH"[list(Kind).index(self)]


@dataclass(frozen=True)
class Item:
    """Something from `first` to `last`, both included. `key` is the same for as long as it is the same thing.

    `url` is where it is looked after, by those who have the capability `asks`. `is_off`: it was called off; then it is told
    to calendars alone. `version` rises with each change, made at `changed_at`; where the source counts none, `told` does.
    """

    kind: Kind
    key: str
    title: str
    first: dt.date
    last: dt.date
    note: str = ""
    url: str = ""
    asks: str = ""
    version: int | None = None
    changed_at: dt.datetime | None = None
    is_off: bool = False
    is_demo: bool = False
