"""What filled places would bring: by the show rate, and only beyond what the forecast counts on already."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from bookings.capacity import what_if
from bookings.capacity.rows import Kind, Row, Thing
from bookings.capacity.what_if import Which
from navet import periods
from navet.pages import formats
from tests.bookings.schools import classes, plans
from visitors import operations as visitors
from visitors.models import Category, Visit

START = periods.at(dt.date(2026, 5, 4), dt.time(9))


def row(number: int, *, offered: int = 30, held: int = 0, bookable: bool = True) -> Row:
    starts_at = START + dt.timedelta(days=number)
    ends_at = starts_at + dt.timedelta(hours=1)
    free = offered - held
    return Row(
        number,
        Kind.SCHOOL_SESSION,
        Thing("ljus", "Ljus"),
        starts_at,
        ends_at,
        offered,
        held,
        free,
        bookable,
        whole=number,
    )


def pupils(*, outcome=10_000, booked=2_000, forecast=15_000, target=18_000, categories=(Category.PUPIL,)):
    ends = (
        SimpleNamespace(middle=forecast, low=forecast - 500, high=forecast + 600)
        if forecast is not None
        else None
    )
    return SimpleNamespace(
        outcome=outcome, booked_ahead=booked, target=target, categories=list(categories),
        outlook=SimpleNamespace(forecast=ends),
    )  # fmt: skip


def ask(share=100, *, sessions, rate=0.9, **figure):
    made = what_if.what_if(share, pupils=pupils(**figure), year=2026, sessions=sessions, show_rate=rate)
    return made, {one.which: one for one in made.options}


def test_only_what_is_filled_beyond_the_forecast_is_more():
    # 15 000 - 10 000 - 0.9 * 2 000 = 3 200 more are counted on; 0.9 * 8 000 could come: 44 per cent of the places.
    sessions = [row(n, offered=100) for n in range(60)] + [
        row(n, offered=100, bookable=False) for n in range(60, 80)
    ]
    made, options = ask(sessions=sessions)
    assert (made.counted_on, made.counted_on_share) == (3_200, 44)
    assert (options[Which.ALL].sessions, options[Which.ALL].places, options[Which.ALL].more) == (
        80,
        8_000,
        4_000,
    )
    assert (options[Which.ALL].result, options[Which.ALL].reaches_target) == (19_000, True)
    assert (options[Which.BOOKABLE].places, options[Which.BOOKABLE].more) == (6_000, 3_000)
    assert options[Which.BOOKABLE].reaches_target is True
    assert (options[Which.LEAST_FULL].sessions, options[Which.LEAST_FULL].more) == (10, 500)
    assert options[Which.LEAST_FULL].reaches_target is False


def test_a_share_below_what_the_forecast_counts_on_brings_nothing_more():
    sessions = [row(n, offered=100) for n in range(80)]
    _made, options = ask(40, sessions=sessions)
    assert {one.more for one in options.values()} == {0}
    assert options[Which.ALL].result == 15_000
    _made, options = ask(50, sessions=sessions)
    assert options[Which.ALL].more == 400  # 0.9 * 4 000 - 3 200


def test_the_least_full_are_filled_first_and_full_bookings_change_nothing():
    sessions = [row(n, held=n) for n in range(20)]
    made, options = ask(sessions=sessions, forecast=11_800, booked=2_000)  # nothing beyond the bookings
    assert (made.counted_on, options[Which.LEAST_FULL].places) == (0, 300 - 45)
    assert options[Which.LEAST_FULL].more == round(0.9 * 255)


def test_what_cannot_be_known_is_none():
    made, options = ask(sessions=[row(1)], forecast=None, rate=None)
    assert (made.forecast, made.show_rate, made.is_rate_known) == (None, 1.0, False)
    assert (options[Which.ALL].more, options[Which.ALL].result, options[Which.ALL].reaches_target) == (
        30,
        None,
        None,
    )
    assert ask(sessions=[row(1)], target=0)[1][Which.ALL].reaches_target is None
    assert ask(sessions=[])[1][Which.ALL].more == 0
    assert ask(sessions=[row(1)], categories=[])[1][Which.ALL].more == 0  # pupils do not count this year


@pytest.mark.django_db
def test_it_is_read_from_the_forecast_the_arrivals_and_the_sessions_to_come():
    at = classes.NOW + dt.timedelta(days=60)
    room = plans.house()
    programme = plans.programme(room)
    plans.create(programme, room)  # over by then
    coming = plans.create(programme, room, day=dt.date(2026, 5, 5))
    plans.create(programme, room, day=dt.date(2027, 1, 12))  # next year
    classes.confirmed(coming, pupils=10)
    with time_machine.travel(at, tick=False):
        made = what_if.read(100, at=at)
    options = {one.which: one for one in made.options}
    assert (made.year, made.target, made.forecast, made.is_rate_known) == (2026, 18_000, None, False)
    assert (options[Which.ALL].sessions, options[Which.ALL].places) == (0, 0)  # its one group is there


@pytest.mark.django_db
def test_page_and_endpoint_add_filled_places_to_the_forecast_that_ledger_and_bookings_make(client, settings):
    """From the rows: what came in two years, a class that came and one that did not, what is booked, what is free."""
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    at = periods.at(dt.date(2026, 4, 15), dt.time(12))
    for year, heads in ((2024, 40), (2025, 44), (2026, 42)):
        for week in range(52):
            day = dt.date(year, 1, 8) + dt.timedelta(weeks=week)
            if day.year == year and day < dt.date(2026, 4, 15):
                Visit.objects.create(
                    at=periods.at(day, dt.time(10)), day=day, leaves_at=periods.at(day, dt.time(12)), category="pupil",
                    count=heads, source="desk",
                )  # fmt: skip
    room = plans.house()
    of = plans.programme(room, max_pupils=100, groups_at_once=3)
    march = plans.create(of, room)
    came = classes.confirmed(march, pupils=50)
    classes.confirmed(march, pupils=10)
    desk = classes.staff("desk")
    visitors.check_in(came.code, participants=48, adults=2, by=desk, at=march.occasion.starts_at)
    coming = [plans.create(of, room, day=dt.date(2026, 5, day)) for day in (5, 6, 7)]
    classes.confirmed(coming[0], pupils=20)
    client.force_login(classes.staff("management").user)
    with time_machine.travel(at, tick=False):
        (pupils,) = (
            one for one in client.get("/api/v1/indicators/").json()["indicators"] if one["code"] == "pupils"
        )
        told = client.get(
            "/api/v1/capacity/", {"from": "2026-04-01", "to": "2026-04-30", "share": 100}
        ).json()["what_if"]
    assert (pupils["outcome"], pupils["booked_ahead"]) == (14 * 42 + 48, 20)
    middle, rate, free = pupils["forecast"]["middle"], 48 / 60, 3 * 300 - 20
    counted_on = middle - pupils["outcome"] - 20 * rate
    assert 2_100 < middle < 2_400  # between last year's level and this year's pace
    assert (
        counted_on > free * rate
    )  # so few sessions are planned that the forecast counts on all their places
    assert told["counted_on"] == round(counted_on)
    assert [(one["places"], one["more"], one["result"]) for one in told["options"]] == [(free, 0, middle)] * 3
    with time_machine.travel(at, tick=False):
        for week in range(1, 31):
            plans.create(of, room, day=dt.date(2026, 5, 5) + dt.timedelta(weeks=week))
        told = client.get(
            "/api/v1/capacity/", {"from": "2026-04-01", "to": "2026-04-30", "share": 90}
        ).json()["what_if"]
        page = client.get("/ledning/kapacitet/", {"andel": "90"}).text
    free += 30 * 300
    more = round(free * 0.9 * rate - counted_on)
    every = next(one for one in told["options"] if one["which"] == "all")
    assert more > 500
    assert (told["forecast"], every["places"], every["more"], every["result"]) == (middle, free, more, middle + more)  # fmt: skip
    assert f"+{formats.count(more)}" in page
    assert f'<td class="number">{formats.count(middle + more)}</td>' in page
