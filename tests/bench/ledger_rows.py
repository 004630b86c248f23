"""Fills a database for `tests.bench.ledger`: a day of arrivals, ten years of ledger; prints what its desk logs in with."""

import datetime as dt
import json

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from navet import codes, periods
from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import Municipality
from navet.house.models import Occasion
from visitors.models import Arrival, Category

BATCH = 500_000
SCHOOLS = (
    "Altorpskolan",
    "Byttorpskolan",
    "Engelbrektskolan",
    "Fristadskolan",
    "Sandgärdskolan",
    "Särlaskolan",
)
CATEGORIES = (
    "adult",
    "child",
    "family_adult",
    "family_child",
    "pupil",
    "school_adult",
    "annual_pass",
    "free",
)
# Evenly over ten years that end yesterday; entries of the same moment are of every category and place.
_ENTRIES = """
    INSERT INTO visitors_visit (at, day, leaves_at, category, count, municipality_id, source, via, person, note, by_id, entered_at)
    SELECT at, (at AT TIME ZONE 'Europe/Stockholm')::date, at + interval '2 hours', (%(categories)s::text[])[1 + n %% 8],
        1 + n %% 4, (%(places)s::bigint[])[1 + n %% 7], 'desk', 'page', '', '', %(by)s, at
    FROM (
        SELECT n, %(until)s - (n::float8 / %(entries)s) * interval '3650 days' AS at
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
    ) moments
"""


def main(arrivals: int, entries: int) -> None:
    call_command("migrate", verbosity=0)
    now = timezone.now()
    desk = User.objects.create_user("bench@navet.example", name="Bench", roles=["desk", "management"])
    _write_entries(entries, until=periods.day_bounds(periods.local_day(now))[0], by=desk)
    made = _write_arrivals(arrivals, now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    device = devices.enrol(name="Bench", by=Actor(user=desk), at=now)
    print(json.dumps({"codes": made, "cookie": logged_in(desk), "device": device.token}))


def _write_entries(entries: int, *, until: dt.datetime, by: User) -> None:
    places = list(Municipality.objects.order_by("pk").values_list("pk", flat=True))[:7]
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
        )  # the rows are right; ten million checks of keys are not asked for
        for first in range(1, entries + 1, BATCH):
            values = {
                "categories": list(CATEGORIES), "places": places, "by": by.pk, "until": until, "entries": entries,
                "first": first, "last": min(first + BATCH - 1, entries),
            }  # fmt: skip
            cursor.execute(_ENTRIES, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def _write_arrivals(arrivals: int, now: dt.datetime) -> list[str]:
    """Through the whole of today, so that some are late and most are to come."""
    first, end = periods.day_bounds(periods.local_day(now))
    step = (end - first - dt.timedelta(hours=2)) / arrivals
    made = Arrival.objects.bulk_create(
        Arrival(
            code=codes.new_code(), kind=Occasion.Kind.PUBLIC, starts_at=first + step * n,
            ends_at=first + step * n + dt.timedelta(hours=1),
            label=f"{SCHOOLS[n % len(SCHOOLS)]}, {n % 9 + 1}{'ABCDEFGH'[n // 9 % 8]}",
            participant_category=Category.PUPIL, adult_category=Category.SCHOOL_ADULT,
            booked_participants=25, expected_participants=25, expected_adults=2, needs={"wheelchair": 1} if n % 10 == 0 else {},
        )
        for n in range(arrivals)
    )  # fmt: skip
    return [arrival.code for arrival in made]


def logged_in(user: User) -> str:
    """The key of a session of hers."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
