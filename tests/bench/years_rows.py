"""Fills a database for `tests.bench.years`: so many whole years and the one that runs, as a house like Navet would have them."""

import datetime as dt
import json
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from navet import periods
from navet.accounts.models import User
from navet.directory.models import Municipality
from tests.bench.ledger_rows import logged_in
from visitors.insight import day_sums, past_years

A_YEAR = 67_000  # entries
PARTIES = {"school_session": 1_000, "conference": 200}  # arrivals of a year
# Thousandths of the entries; 45 of course and leisure bear pseudonyms: 3 000 entries of about 1 250 and 200 persons.
SHARES = {
    "pupil": 280, "school_adult": 40, "adult": 230, "child": 215, "family_adult": 50, "family_child": 70, "annual_pass": 35,
    "group": 15, "free": 10, "conference": 10, "course": 30, "leisure": 15,
}  # fmt: skip
# A hash of the number is the dice: the same every time, and independent from column to column.
_ENTRIES = """
    INSERT INTO visitors_visit (at, day, leaves_at, category, count, municipality_id, source, via, person, note, by_id, entered_at)
    SELECT at, (at AT TIME ZONE 'Europe/Stockholm')::date, at + interval '2 hours', category, 1,
        (%(places)s::bigint[])[1 + abs(hashtextextended(n::text, 2) %% %(kinds)s)], 'desk', 'page',
        CASE category WHEN 'course' THEN md5('c' || y || abs(hashtextextended(n::text, 3) %% 1500))
            WHEN 'leisure' THEN md5('l' || y || abs(hashtextextended(n::text, 3) %% 200)) ELSE '' END,
        '', %(by)s, at + CASE WHEN hashtextextended(n::text, 4) %% 500 = 0 THEN interval '2 days' ELSE interval '0' END
    FROM (
        SELECT n, %(year)s AS y, (%(dice)s::text[])[1 + abs(hashtextextended(n::text, 1) %% 1000)] AS category,
            %(first)s + abs(hashtextextended(n::text, 5) %% 365) * interval '1 day' + interval '9 hours'
                + abs(hashtextextended(n::text, 6) %% 420) * interval '1 minute' AS at
        FROM generate_series(%(year)s * 100000::bigint, %(year)s * 100000::bigint + %(entries)s - 1) AS n
    ) moments
    WHERE at < %(until)s
"""
# One in 300 was taken back, the next day.
_TAKEN_BACK = """
    INSERT INTO visitors_visit (at, day, leaves_at, category, count, municipality_id, source, via, person, note, by_id, entered_at, reverses_id)
    SELECT at, day, leaves_at, category, -count, municipality_id, source, via, person, '', by_id, entered_at + interval '1 day', id
    FROM visitors_visit WHERE id %% 300 = 0 AND reverses_id IS NULL AND entered_at < %(until)s - interval '1 day'
"""
_ARRIVALS = """
    INSERT INTO visitors_arrival (code, party, kind, starts_at, ends_at, label, municipality_id, participant_category, adult_category,
        booked_participants, expected_participants, expected_adults, needs, contact_name, contact_phone, status)
    SELECT upper(substr(md5(%(kind)s || %(year)s || n), 1, 10)), '', %(kind)s, at, at + interval '2 hours', 'Bench', (%(places)s::bigint[])[1 + n %% %(kinds)s],
        CASE %(kind)s WHEN 'conference' THEN 'conference' ELSE 'pupil' END, CASE %(kind)s WHEN 'conference' THEN 'conference' ELSE 'school_adult' END,
        25, 25, 2, '{}', '', '', 'expected'
    FROM (
        SELECT n, %(first)s + mod(n * 37, 365) * interval '1 day' + interval '10 hours' + n * interval '1 second' AS at
        FROM generate_series(1, %(number)s) AS n
    ) moments
"""
_CHECKED_IN = """
    INSERT INTO visitors_checkin (arrival_id, participants, adults, checked_in_at, by_id)
    SELECT id, 24, 2, starts_at, %(by)s FROM visitors_arrival WHERE starts_at < %(until)s AND id %% 25 <> 0
"""
# Each was announced sixty days before it came.
_REMEMBERED = """
    INSERT INTO visitors_expectation (arrival_id, since, party, kind, starts_at, participant_category, adult_category, participants, adults, expected)
    SELECT id, starts_at - interval '60 days', party, kind, starts_at, participant_category, adult_category, expected_participants, expected_adults, true
    FROM visitors_arrival
"""


def main(past: int) -> None:
    """`past` whole years before the one that runs."""
    call_command("migrate", verbosity=0)
    now = timezone.now()
    manager = User.objects.create_user("bench@navet.example", name="Bench", roles=["management"])
    today = periods.local_day(now)
    until = periods.day_bounds(today)[0]
    places = list(Municipality.objects.order_by("pk").values_list("pk", flat=True))
    common: dict[str, Any] = {
        "places": places, "kinds": len(places), "by": manager.pk, "until": until, "entries": A_YEAR,
        "dice": [category for category, share in SHARES.items() for _ in range(share)],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # the rows are right; the keys need no asking
        for year in range(today.year - past, today.year + 1):
            of_year = common | {"year": year, "first": periods.at(dt.date(year, 1, 1), dt.time.min)}
            cursor.execute(_ENTRIES, of_year)
            for kind, number in PARTIES.items():
                cursor.execute(_ARRIVALS, of_year | {"kind": kind, "number": number})
        for statement in (_TAKEN_BACK, _CHECKED_IN, _REMEMBERED):
            cursor.execute(statement, common)
        cursor.execute("SET session_replication_role = DEFAULT")
    day_sums.close_if_due(at=now)
    past_years.keep_if_due(at=now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps({"cookie": logged_in(manager)}))
