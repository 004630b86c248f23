"""Versions for calendars (RFC 5545: SEQUENCE, LAST-MODIFIED) of what has none where it lives, found by what was told before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from bookings.wheel.items import Item
from bookings.wheel.models import Told
from navet import periods

# Of two who ask at once the second finds it told already.
_TELL = """
    INSERT INTO wheel_told AS kept (key, days, is_off, sequence, changed_at)
    SELECT key, daterange(first, until), is_off, 0, %(at)s
    FROM unnest(%(keys)s::text[], %(firsts)s::date[], %(ends)s::date[], %(off)s::boolean[]) AS new (key, first, until, is_off)
    ORDER BY key
    ON CONFLICT (key) DO UPDATE
    SET days = excluded.days, is_off = excluded.is_off, sequence = kept.sequence + 1, changed_at = excluded.changed_at
    WHERE (kept.days, kept.is_off) IS DISTINCT FROM (excluded.days, excluded.is_off)
"""


def versioned(items: Sequence[Item], *, at: dt.datetime) -> list[Item]:
    """Each with a version and when it was changed. One query; where calendars have not been told yet, or otherwise, three."""
    asked = {item.key: item for item in items if item.version is None}
    kept = Told.objects.in_bulk(asked)
    if changed := [item for key, item in asked.items() if not _is_told(item, kept.get(key))]:
        _tell(changed, at)
        kept = Told.objects.in_bulk(asked)
    return [
        replace(item, version=kept[item.key].sequence, changed_at=kept[item.key].changed_at)
        if item.key in asked
        else item
        for item in items
    ]


def _is_told(item: Item, kept: Told | None) -> bool:
    return kept is not None and (kept.days, kept.is_off) == (
        periods.date_range(item.first, item.last),
        item.is_off,
    )


def _tell(items: Sequence[Item], at: dt.datetime) -> None:
    values: dict[str, Any] = {
        "at": at,
        "keys": [item.key for item in items],
        "firsts": [item.first for item in items],
        "ends": [item.last + dt.timedelta(days=1) for item in items],
        "off": [item.is_off for item in items],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TELL, values)
