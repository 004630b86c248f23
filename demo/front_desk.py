"""What Navet sets about its front desk, made up: the limit of the house and where to gather."""

import datetime as dt

from navet import periods
from visitors.safety.models import AssemblyNote, HouseLimit


def make_limit(today: dt.date) -> None:
    """Four hundred people from last year on, warned from 340; marked as demo."""
    HouseLimit.objects.create(
        heads=400,
        warn_percent=85,
        valid=periods.date_range(dt.date(today.year - 1, 1, 1), dt.date(today.year + 5, 12, 31)),
        note="Påhittat för demon; det verkliga talet står i brandskyddsbeslutet.",
        is_demo=True,
    )
    lines = [
        ("Samling: påhittad plats framför huvudentrén.", "Gather: a made-up place in front of the entrance."),
        ("Ring 112. Säg att huset utryms och hur många som saknas.", "Call 112. Say that the house is emptied and how many are missing."),
        ("Varje sällskap räknas av sin lärare; receptionen prickar av här.", "Each teacher counts the party; the desk ticks it off here."),
    ]  # fmt: skip
    AssemblyNote.objects.bulk_create(
        AssemblyNote(position=n, text_sv=sv, text_en=en, is_demo=True) for n, (sv, en) in enumerate(lines, 1)
    )
