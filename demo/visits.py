"""What the desk has written down in the demo: classes checked in, families counted, last year's ledger."""

import datetime as dt
import hashlib
import itertools
import random
from collections.abc import Iterator

from django.db import connection

from bookings.schools.models import SchoolBooking
from demo import season
from demo.copying import copy_in
from navet import codes, periods
from navet.accounts.models import User
from navet.directory.models import Municipality
from navet.house.models import Occasion
from visitors.models import Arrival, Category, CheckIn, Visit

_STAY = dt.timedelta(minutes=150)
_TAPS = [
    (Category.FAMILY_CHILD, 2, 26), (Category.FAMILY_ADULT, 2, 24), (Category.ADULT, 1, 10), (Category.ADULT, 2, 6),
    (Category.CHILD, 1, 8), (Category.ANNUAL_PASS, 3, 12), (Category.FREE, 1, 10), (Category.GROUP, 8, 1),
]  # fmt: skip
_HOME = {"1490": 50, "1463": 12, "1491": 9, "1442": 4, "1452": 4, "1465": 4, "1443": 5, "1466": 3}
# A school year in the ledger of last year, scaled so that this year looks a little better.
_LAST_YEAR = 0.94
# Brings the house to its target of visitors, classes and conferences included.
_PUBLIC_LEVEL = 1.1


def write_arrivals(bookings: list[SchoolBooking]) -> list[Arrival]:
    """What the desk is told of every class that holds, or held, a confirmed place."""
    told = [b for b in bookings if b.status in ("confirmed", "cancelled")]
    return Arrival.objects.bulk_create([_arrival(booking) for booking in told], batch_size=500)


def _arrival(booking: SchoolBooking) -> Arrival:
    occasion = booking.session.occasion
    return Arrival(
        code=booking.code,
        kind=Occasion.Kind.SCHOOL_SESSION,
        occasion=occasion,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        label=f"{booking.school.name}, {booking.class_name}",
        municipality_id=booking.school.municipality_id,
        participant_category=Category.PUPIL,
        adult_category=Category.SCHOOL_ADULT,
        booked_participants=booking.pupils,
        expected_participants=booking.pupils,
        expected_adults=booking.adults,
        needs=booking.needs,
        bus_at=booking.bus_at,
        lunch_at=booking.lunch.starts_at if booking.lunch else None,
        contact_name=booking.contact_name,
        contact_phone=booking.contact_phone,
        status=Arrival.Status.CANCELLED if booking.status == "cancelled" else Arrival.Status.EXPECTED,
    )


def receive(arrivals: list[Arrival], *, now: dt.datetime, desk: User, rng: random.Random) -> None:
    """Check in those who were due; three in a hundred never came."""
    due = [a for a in arrivals if a.status == Arrival.Status.EXPECTED and a.starts_at < now]
    absent = [
        a for a in due if rng.random() < 0.03 and periods.local_day(a.starts_at) < periods.local_day(now)
    ]
    Arrival.objects.filter(pk__in=[a.pk for a in absent]).update(status=Arrival.Status.NO_SHOW)
    gone = {a.pk for a in absent}
    check_ins = CheckIn.objects.bulk_create(
        [_check_in(arrival, desk, rng) for arrival in due if arrival.pk not in gone], batch_size=500
    )
    copy_in(itertools.chain.from_iterable(_entries(c, desk) for c in check_ins))


def _check_in(arrival: Arrival, desk: User, rng: random.Random) -> CheckIn:
    participants = max(1, arrival.expected_participants - rng.choice([0, 0, 0, 1, 1, 2, 3, -1]))
    return CheckIn(
        arrival=arrival,
        participants=participants,
        adults=arrival.expected_adults,
        checked_in_at=arrival.starts_at - dt.timedelta(minutes=rng.randint(-4, 12)),
        by=desk,
    )


def _entries(check_in: CheckIn, desk: User) -> Iterator[Visit]:
    arrival = check_in.arrival
    heads = [(arrival.participant_category, check_in.participants), (arrival.adult_category, check_in.adults)]
    for category, count in heads:
        if count:
            yield Visit(
                at=check_in.checked_in_at, day=periods.local_day(check_in.checked_in_at), leaves_at=arrival.ends_at,
                category=category, count=count, municipality_id=arrival.municipality_id, source=Visit.Source.DESK,
                check_in=check_in, by=desk, entered_at=check_in.checked_in_at,
            )  # fmt: skip


def write_walk_ins(
    first: dt.date, now: dt.datetime, *, desk: User, rng: random.Random, scale: float = 1.0
) -> None:
    """Families and others at the desk, tap by tap, from `first` up to now."""
    places = _places()
    entries: list[Visit] = []
    for day in periods.dates(first, periods.local_day(now) + dt.timedelta(days=1)):
        people = round(season.public_visitors(day) * _PUBLIC_LEVEL * scale * rng.uniform(0.75, 1.25))
        entries += [
            v for v in _taps(day, people, places, rng, by=desk, source=Visit.Source.DESK) if v.at <= now
        ]
    copy_in(entries)


def _places() -> tuple[list[Municipality | None], list[int]]:
    found = {m.code: m for m in Municipality.objects.filter(code__in=_HOME)}
    return [*[found[code] for code in _HOME], None], [*_HOME.values(), 9]


def _taps(
    day: dt.date,
    people: int,
    places: tuple[list[Municipality | None], list[int]],
    rng: random.Random,
    *,
    by: User | None,
    source: str,
) -> Iterator[Visit]:
    kinds, weights = [(c, n) for c, n, _ in _TAPS], [w for *_, w in _TAPS]
    while people > 0:
        category, count = rng.choices(kinds, weights)[0]
        at = periods.at(day, dt.time(11)) + dt.timedelta(minutes=min(290, rng.triangular(0, 290, 70)))
        yield Visit(
            at=at, day=day, leaves_at=at + _STAY, category=category, count=min(count, people),
            municipality=rng.choices(*places)[0], source=source, by=by, entered_at=at,
        )  # fmt: skip
        people -= count


def write_last_year(year: int, *, rng: random.Random, scale: float = 1.0) -> None:
    """The ledger of the year before, as if taken over from an older system: one entry per day, category and place."""
    places = _places()
    note = "Demo: övertaget från tidigare system"
    entries: list[Visit] = []
    school_days = season.school_days(dt.date(year, 1, 1), dt.date(year, 12, 31))
    appetite = sum(season.SCHOOL_APPETITE.get(day.month, 0) for day in school_days)
    for day in school_days:
        pupils = 18_000 * scale * _LAST_YEAR * season.SCHOOL_APPETITE.get(day.month, 0) / appetite
        for _class in range(round(pupils * rng.uniform(0.8, 1.2) / 25)):
            where = rng.choices(*places)[0]
            at = periods.at(day, dt.time(9))
            for category, count in ((Category.PUPIL, rng.randint(19, 30)), (Category.SCHOOL_ADULT, 2)):
                entries.append(
                    Visit(
                        at=at,
                        day=day,
                        leaves_at=at + _STAY,
                        category=category,
                        count=count,
                        municipality=where,
                        source=Visit.Source.IMPORT,
                        note=note,
                    )
                )
    for day in periods.dates(dt.date(year, 1, 1), dt.date(year + 1, 1, 1)):
        people = round(
            season.public_visitors(day) * _PUBLIC_LEVEL * scale * _LAST_YEAR * rng.uniform(0.75, 1.25)
        )
        entries += _taps(day, people, places, rng, by=None, source=Visit.Source.IMPORT)
    copy_in(entries)


def write_earlier_years(last: int, *, years: int, rng: random.Random, scale: float = 1.0) -> None:
    """Sums of the years up to `last`, as an older system kept them: one entry per day and category."""
    entries: list[Visit] = []
    for day, category, count in earlier_years(last, years=years, rng=rng, scale=scale):
        at = periods.at(day, dt.time(12))
        entries.append(
            Visit(
                at=at, day=day, leaves_at=at + _STAY, category=category, count=count,
                source=Visit.Source.IMPORT, note="Demo: övertaget från tidigare system",
            )
        )  # fmt: skip
    copy_in(entries)


def earlier_years(
    last: int, *, years: int, rng: random.Random, scale: float = 1.0
) -> Iterator[tuple[dt.date, str, int]]:
    """Day, category and how many came in the years up to `last`, the latest first, a little fewer each year back."""
    for back in range(years):
        year, level = last - back, scale * _LAST_YEAR * (1 - 0.02 * back) * rng.uniform(0.94, 1.06)
        school_days = set(season.school_days(dt.date(year, 1, 1), dt.date(year, 12, 31)))
        appetite = sum(season.SCHOOL_APPETITE.get(day.month, 0) for day in school_days)
        for day in periods.dates(dt.date(year, 1, 1), dt.date(year + 1, 1, 1)):
            pupils = (
                18_000 * level * season.SCHOOL_APPETITE.get(day.month, 0) / appetite * (day in school_days)
            )
            families = season.public_visitors(day) * _PUBLIC_LEVEL * level
            for category, heads in (
                (Category.PUPIL, pupils), (Category.SCHOOL_ADULT, pupils / 12), (Category.FAMILY_CHILD, families / 2),
                (Category.FAMILY_ADULT, families / 2),
            ):  # fmt: skip
                if count := round(heads * rng.uniform(0.75, 1.25)):
                    yield day, category, count


def remember_expectations(now: dt.datetime) -> None:
    """The demo is made in a moment; its parties were announced one to eleven weeks before they come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE visitors_expectation SET since = LEAST(%s, starts_at - make_interval(days => 7 + arrival_id::int %% 70))",
            [now],
        )


def write_others(year: int, now: dt.datetime, *, desk: User, rng: random.Random, scale: float = 1.0) -> None:
    """Courses, clubs and conferences of the year so far, so that every indicator has something to show."""
    days = [
        d
        for d in season.school_days(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if periods.at(d, dt.time(15)) < now
    ]
    people = _individuals(days, Category.COURSE, round(1250 * scale), 14, rng) + _individuals(
        days, Category.LEISURE, round(190 * scale), 12, rng
    )
    copy_in(people)
    whole_year = len(season.school_days(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    held = round(205 * scale * len(days) / whole_year)
    conferences = [_conference(day, n, rng) for n, day in enumerate(sorted(rng.choices(days, k=held)))]
    arrivals = Arrival.objects.bulk_create(conferences)
    receive(arrivals, now=now, desk=desk, rng=rng)


def _individuals(
    days: list[dt.date], category: str, whole_year: int, group: int, rng: random.Random
) -> list[Visit]:
    """Groups on some days; the same person may come again, under the same pseudonym."""
    entries = []
    reached = round(whole_year * len(days) / 182)
    for number in range(0, round(reached * 1.4), group):
        day = rng.choice(days)
        at = periods.at(day, dt.time(15))
        for _ in range(min(group, round(reached * 1.4) - number)):
            person = hashlib.sha256(
                f"demo {category} {day.year} {rng.randrange(max(reached, 1))}".encode()
            ).hexdigest()
            entries.append(
                Visit(
                    at=at,
                    day=day,
                    leaves_at=at + _STAY,
                    category=category,
                    count=1,
                    source=Visit.Source.LIST,
                    person=person,
                    note="Demo",
                    entered_at=at,
                )
            )
    return entries


def _conference(day: dt.date, number: int, rng: random.Random) -> Arrival:
    starts_at = periods.at(day, rng.choice([dt.time(8, 30), dt.time(13)]))
    guests = rng.choice([8, 12, 14, 18, 20, 25, 30, 40])
    return Arrival(
        code="".join(rng.choices(codes.ALPHABET, k=codes.LENGTH)), kind=Occasion.Kind.CONFERENCE,
        starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=3), label=f"Konferens {number + 1} (demo)",
        participant_category=Category.CONFERENCE, adult_category=Category.CONFERENCE,
        booked_participants=guests, expected_participants=guests,
    )  # fmt: skip
