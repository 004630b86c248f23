"""Campaigns, events and dates of the year wheel, invented, this year and the next."""

import datetime as dt
from typing import Any

from bookings.wheel.models import Entry
from navet import periods
from navet.accounts.models import User

# Kind, titles, first month and day, days, note, visible to, and what it is expected to bring.
_ENTRIES: list[tuple[Any, ...]] = [
    ("campaign", "Boka vårens skolprogram", "Book the spring's programmes", (1, 12), 12, "Brev till skolorna", "staff"),
    ("event", "Sportlov på Navet", "Winter break at Navet", (2, 9), 7, "Öppet alla dagar", "staff"),
    ("event", "Öppet hus för lärare", "Open evening for teachers", (3, 18), 1, "", "staff"),
    ("other", "Verksamhetsplanen lämnas", "The plan of the year is handed in", (5, 29), 1, "", "planning"),
    ("event", "Sommarlovsveckor", "Summer weeks", (6, 22), 28, "Extra personal i receptionen", "staff"),
    ("campaign", "Boka höstens skolprogram", "Book the autumn's programmes", (8, 17), 19, "Brev till skolorna", "staff"),
    ("event", "Forskarfredag", "Researchers' Friday", (9, 25), 1, "Med högskolan", "staff"),
    ("campaign", "Höstlovskampanj", "Autumn break campaign", (10, 12), 14, "Affischer i bussarna", "staff"),
    ("event", "Nobelveckan", "Nobel week", (12, 7), 5, "", "staff", 300, "heads", "visitors"),
    ("other", "Budgeten för nästa år", "Next year's budget", (10, 5), 5, "", "planning"),
]  # fmt: skip


def make_entries(staff: dict[str, User], *, now: dt.datetime) -> None:
    """Everything is marked as of the demo."""
    year = periods.local_day(now).year
    Entry.objects.bulk_create(
        Entry(
            kind=kind,
            title_sv=title_sv,
            title_en=title_en,
            days=periods.date_range(
                first := dt.date(of, *begins), first + dt.timedelta(days=days - 1)
            ),
            note=note,
            audience=audience,
            **dict(zip(("brings", "brings_unit", "brings_of"), brings, strict=False)),
            changed_by=staff["planerare"],
            changed_at=now,
            is_demo=True,
        )
        for of in (year, year + 1)
        for kind, title_sv, title_en, begins, days, note, audience, *brings in _ENTRIES
    )  # fmt: skip
