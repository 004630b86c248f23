"""The demo year from an empty database to a house in full swing: one transaction, the same for the same seed and day."""

import datetime as dt
import random
from collections.abc import Callable

import pgtrigger
from django.db import connection, transaction

from bookings.schools.models import Programme, Session
from demo import (
    catalogue,
    classes,
    clubs,
    conferences,
    courses,
    doors,
    feedback,
    front_desk,
    hours,
    invoices,
    leisure,
    money,
    people,
    reach,
    schedule,
    schools,
    season,
    till,
    visits,
    wheel,
)
from navet.accounts.models import User
from navet.directory import operations as directory
from navet.house.models import Room
from visitors.insight import day_sums, past_years
from visitors.models import Visit

Progress = Callable[[str], None]
SESSIONS_A_YEAR = 960
EARLIER_YEARS = 9  # before last year: the forecast learns from five, and `backtest --own` asks it of each
# Tables that hold facts or the framework's own memory, not the demo's.
_KEPT = {"django_migrations", "django_content_type", "auth_permission", "directory_municipality"}


def is_empty() -> bool:
    """Whether nobody works here and nothing was ever offered: the only database the demo starts in unasked."""
    return not (User.objects.exists() or Programme.objects.exists() or Visit.objects.exists())


@transaction.atomic
def build(*, seed: int, now: dt.datetime, progress: Progress, scale: float = 1.0) -> None:
    """Make the whole year around `now`, `scale` times as busy. Calls `progress` with a line before each of `STEPS` steps."""
    rng = random.Random(seed)
    today = now.date()
    with connection.cursor() as cursor:
        # Every trigger asks for this setting, and catches the error where there is none: with a transaction this long
        # a row then costs more the more rows there are.
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")
    progress("Schools, agreements and calendars")
    directory.ensure_municipalities()
    schools.import_real_schools(at=today)
    schools.make_schools(rng)
    schools.make_agreements(today)
    schools.make_calendars(today)
    progress("Rooms, hours, staff and programmes")
    hours.make_hours(today)
    front_desk.make_limit(today)
    till.make_prices(today)
    money.make_vat_rules(today)
    rooms = catalogue.make_rooms()
    staff = people.make_staff()
    programmes = catalogue.make_programmes(rooms)
    people.assign_educators(programmes, staff, rng)
    progress("Last year's visits")
    visits.write_last_year(today.year - 1, rng=rng, scale=scale)
    visits.write_earlier_years(today.year - 2, years=EARLIER_YEARS, rng=rng, scale=scale)
    visits.write_others(today.year - 1, now, desk=staff["reception"], rng=rng, scale=0.95 * scale)
    progress("Sessions")
    sessions, lunches = _sessions(today, rooms, staff["planerare"], rng, round(SESSIONS_A_YEAR * scale))
    progress("Classes and their bookings")
    bookings = classes.fill(sessions, lunches, classes.Classroom.read(rng, now))
    progress("Arrivals and check-ins")
    visits.receive(visits.write_arrivals(bookings), now=now, desk=staff["reception"], rng=rng)
    progress("Courses, clubs and conferences")
    visits.write_others(today.year, now, desk=staff["reception"], rng=rng, scale=scale)
    progress("Families at the desk")
    visits.write_walk_ins(dt.date(today.year, 1, 1), now, desk=staff["reception"], rng=rng, scale=scale)
    till.write_receipts()
    till.make_passes(today, by=staff["reception"])
    _tell_postgresql()  # what follows asks who came
    progress("Shows, parties, groups and courses to come")
    leisure.make_public(rooms, staff, now=now, rng=rng)
    courses.make_courses(rooms, staff, now=now, rng=rng)
    clubs.make_clubs(rooms, staff, now=now, rng=rng)
    progress("Invoices")
    invoices.make_invoices(now, by=staff["ekonomi"])
    progress("The door")
    doors.write(now, manager=staff["ledning"], rng=rng)
    progress("Conferences to come")
    conferences.make_conferences(rooms, staff, now=now, rng=rng)
    progress("What they thought of it")
    feedback.make_answers(rooms, staff, now=now, rng=rng)
    reach.make_invitations(staff, now=now, rng=rng)
    wheel.make_entries(staff, now=now)
    visits.remember_expectations(now)
    day_sums.close_if_due(at=now)
    _tell_postgresql()
    past_years.keep_if_due(at=now)


def _tell_postgresql() -> None:
    """How many rows there are: until it is told, it takes the tables for empty, and joins fifty thousand rows to as many one by one."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


STEPS = 13


def _sessions(
    today: dt.date, rooms: dict[str, Room], planner: User, rng: random.Random, a_year: int
) -> tuple[list[Session], dict[dt.date, list]]:
    days = season.school_days(dt.date(today.year, 1, 1), dt.date(today.year, 12, 31))
    next_spring = season.school_days(dt.date(today.year + 1, 1, 1), dt.date(today.year + 1, 6, 30))
    slots = schedule.lay_out(days, sessions=a_year, rng=rng)
    slots += schedule.lay_out(next_spring, sessions=a_year // 3, rng=rng)
    lunches = schedule.write_lunches(days + next_spring, lunch_room=rooms["lunchrummet"], planner=planner)
    return schedule.write_sessions(slots, today=today, planner=planner, rng=rng), lunches


@transaction.atomic
def wipe() -> None:
    """Empty every table but the framework's own and the municipalities."""
    tables = [name for name in connection.introspection.table_names() if name not in _KEPT]
    # What is made up may go; outside of here the database refuses it.
    guards = [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if trigger.name == "never_emptied"
    ]
    with pgtrigger.ignore(*guards), connection.cursor() as cursor:
        # Checks that wait for the commit would forbid the TRUNCATE where rows were written in this transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"TRUNCATE {', '.join(connection.ops.quote_name(name) for name in tables)} RESTART IDENTITY CASCADE"
        )
