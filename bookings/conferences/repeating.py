"""The days of a conference that lasts several days or comes back. Pure."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_DAYS = 14
DAY = dt.timedelta(days=1)


class Rule(models.TextChoices):
    """How it goes on after its first day."""

    ONCE = "", _("One day")
    DAYS = "days", _("Every day")
    WORKDAYS = "workdays", _("Every day, Monday to Friday")
    WEEKS = "weeks", _("Every week")
    FORTNIGHTS = "fortnights", _("Every other week")


def dates(rule: str, first: dt.date, last: dt.date | None) -> list[dt.date]:
    """The first day and those after it up to the last, in order; one more than a conference may have, and no more."""
    if rule == Rule.ONCE or last is None:
        return [first]
    step = {Rule.WEEKS: 7, Rule.FORTNIGHTS: 14}.get(Rule(rule), 1)
    found: list[dt.date] = []
    day = first
    while day <= last and len(found) <= MOST_DAYS:
        if rule != Rule.WORKDAYS or day.weekday() < 5:
            found.append(day)
        day += step * DAY
    return found
