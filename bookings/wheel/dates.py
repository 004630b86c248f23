"""Dates that come every year, as the house sets them (`REPORTING_DATES`, `MUNICIPAL_REPORTING_DATES` in docs/running.md)."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from bookings.wheel.items import Item, Kind


def of_years(first: dt.date, end: dt.date) -> Iterator[Item]:
    """The reporting dates in [first, end). A date that a year does not have (29 February) is left out of it."""
    for name, usual in (("tertial", _("Tertial report")), ("municipal", _("Report to the municipality"))):
        for text in settings.YEAR_WHEEL[name]:
            month_and_day, _equals, title = text.partition("=")
            for year in range(first.year, end.year + 1):
                day = _day(year, month_and_day)
                if day and first <= day < end:
                    key = f"{name}-{month_and_day}-{year}"
                    yield Item(Kind.REPORTING, key, title.strip() or usual, day, day)


def _day(year: int, month_and_day: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{year:04d}-{month_and_day.strip()}")
    except ValueError:
        return None


@checks.register
def settings_are_dates(**_options: object) -> list[checks.CheckMessage]:
    """Each is `MM-DD` or `MM-DD=its name`, of a leap year or any."""
    return [
        checks.Error(f"{text!r} is no date: write 04-30, or 04-30=its name.", id="wheel.E001")
        for dates in (settings.YEAR_WHEEL["tertial"], settings.YEAR_WHEEL["municipal"])
        for text in dates
        if _day(2024, text.partition("=")[0]) is None
    ]
