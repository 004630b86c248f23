"""The host's plan of a day: its doors, what stands there, and that it costs the same for one as for many."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.conferences import day_plan
from bookings.conferences.models import Status
from bookings.conferences.wishes import AddOnWish
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.navet.house import making

pytestmark = pytest.mark.django_db
PAGE = f"/planering/konferenser/dag/{DAY}/"


def with_food(*places, **fields):
    return rooms.booked(rooms.day(*places, **fields))


def test_the_plan_has_rooms_food_with_diets_and_people():
    found = with_food(rooms.room(), add_ons=(rooms.lunch(), rooms.show()), package=rooms.package().slug)
    type(found).objects.filter(pk=found.pk).update(
        status=Status.CONFIRMED,
        confirmed_at=NOW,
        holds_until=None,
        settlement="invoice",
        diets={"vegan": 3, "gluten": 0},
    )
    (planned,) = plan = day_plan.of(DAY, NOW)
    assert [one.furnishing for one in planned.day.rooms.all()] == ["theatre"]
    shows = [one for one in planned.additions if one.add_on.slug == "show"]
    assert [duty.educator.email for duty in shows[0].occasion.duties.all()] == ["ada@navet.example"]
    served = day_plan.kitchen(plan)
    assert {row.persons for _, row in served} == {40}
    clocks = [row.at.astimezone(NOW.tzinfo).strftime("%H:%M") for _, row in served]
    assert clocks == ["09:30", "12:00", "12:00", "14:30"]
    assert [number for _, number in day_plan.diets(plan)] == [3]


def test_an_option_is_shown_but_not_cooked_for():
    found = rooms.reserve(rooms.wish(rooms.day(rooms.room(), add_ons=(rooms.lunch(),))), asked="option")
    plan = day_plan.of(DAY, NOW)
    assert [one.reservation for one in plan] == [found]
    assert day_plan.kitchen(plan) == []
    assert day_plan.of(DAY, found.holds_until + dt.timedelta(seconds=1)) == []


def test_the_page_asks_no_more_for_two_conferences_than_for_one(client):
    client.force_login(making.user("host@navet.example", "conference_host"))
    show, lunch = rooms.show(), rooms.lunch()
    asked = []
    with time_machine.travel(NOW, tick=False):
        for number, hour in ((1, 10), (2, 14)):
            extra = AddOnWish(show.slug, starts=dt.time(hour))
            with_food(rooms.room(f"sal{number}"), add_ons=(extra, lunch))
            with CaptureQueriesContext(connection) as captured:
                page = client.get(PAGE).content.decode()
            asked.append(len(captured))
    assert asked[0] == asked[1]
    assert (page.count("Ledningsdag</a>"), page.count(rooms.GUEST)) == (2, 0)


@pytest.mark.parametrize(
    ("role", "status"), [("conference_host", 200), ("planner", 200), ("educator", 403), ("finance", 403)]
)
def test_the_door(client, role, status):
    client.force_login(making.user(f"{role}@navet.example", role))
    assert client.get(PAGE).status_code == status


@pytest.mark.parametrize("date", ["x", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_no_such_day(client, date):
    client.force_login(making.user("host@navet.example", "conference_host"))
    assert client.get(f"/planering/konferenser/dag/{date}/").status_code == 404
