"""The management's figures of conferences, against what was booked."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.conferences import figures
from bookings.conferences.operations import changing, leaving
from navet import periods
from navet.payments.models import OrderLine
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.navet.house import making
from visitors import operations as desk
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
PAGE = "/ledning/konferenser/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_turnover_is_what_the_confirmed_come_to_without_vat_and_less_discounts():
    room, package, show = rooms.room(), rooms.package(), rooms.show()
    april = DAY + dt.timedelta(days=35)
    rooms.booked(rooms.day(room, package=package.slug))
    made = rooms.booked(
        rooms.day(room, date=april, add_ons=(show,)), rooms.day(room, date=april + dt.timedelta(1))
    )
    changing.give_discount(made.code, percent=10, reason="Återkommande", by=rooms.host(), at=NOW)
    rooms.reserve(rooms.wish(rooms.day(room, date=april + dt.timedelta(days=7))), asked="option")
    left = rooms.booked(rooms.day(room, date=april + dt.timedelta(days=14)))
    leaving.cancel(left.code, by=rooms.guest(), at=NOW)
    found = figures.turnover(2026)
    assert [(n, ore) for n, ore in enumerate(found.by_month, 1) if ore] == [(3, 2_380_000), (4, 1_305_000)]
    assert [(one.of, one.name, one.reservations, one.net_ore) for one in found.sold] == [
        ("add_on", "Show", 1, 450_000),
        ("package", "Konferens heldag", 1, 2_380_000),
        ("room", "Salen", 1, 1_000_000),
    ]
    assert (found.discounts_ore, round(found.add_on_share, 3)) == (-145_000, 0.117)
    ordered = OrderLine.objects.filter(order__kind="reservation").values_list("quantity", "unit_ore")
    assert found.net_ore == sum(quantity * ore for quantity, ore in ordered)
    assert figures.turnover(2025).net_ore == 0


def test_a_half_of_a_hall_fills_half_of_it_and_everything_that_is_in_a_room_is_counted():
    whole, east, _west = rooms.hall()
    rooms.booked(rooms.day(east, part="formiddag"))
    making.plan(making.hours(DAY, "13:00", "15:00"), rooms=(whole,))
    found = figures.rooms(2026)
    fills = {one.room: one for one in found.fills}
    turnaround = dt.timedelta(minutes=whole.turnaround_minutes) / dt.timedelta(hours=1)
    assert fills[east.name].conference_hours == pytest.approx(4 + turnaround)
    assert fills[whole.name].conference_hours == pytest.approx((4 + turnaround) / 2)
    assert fills[whole.name].used_hours == pytest.approx((4 + turnaround) / 2 + 2 + turnaround)
    days = [day for day in periods.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1)) if day.weekday() < 5]
    opened = 13.5 * sum(not periods.holiday_name(day) for day in days)
    assert fills[east.name].open_hours == pytest.approx(opened)
    by_hour = dict(found.by_hour)
    assert by_hour[8][6] is None
    assert by_hour[9][DAY.weekday()] > 0 == by_hour[9][0]


def test_the_page_says_it_with_the_target_and_is_for_the_management(client):
    made = rooms.booked(
        rooms.day(rooms.room()), rooms.day(rooms.room("kammaren"), date=DAY + dt.timedelta(days=1))
    )
    with time_machine.travel(made.ends_at, tick=False):
        for party in Arrival.objects.all():
            desk.check_in(party, participants=40, adults=0, by=rooms.host(), at=party.starts_at)
        client.force_login(making.user("m@navet.example", "management"))
        page = client.get(PAGE)
    assert (page.context["held"].outcome, page.context["held"].target) == (1, 200)
    assert page.context["held_chart"].series[0].values[2] == 1
    assert (page.context["guests"], figures.guests(2025)) == (80, 0)
    with time_machine.travel(made.ends_at, tick=False):
        assert "80" in client.get(page.context["guests_url"]).content.decode()
    assert [len(client.get(f"{PAGE}?ar={year}").content) > 0 for year in ("2025", "x", "9999")] == [True] * 3
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        counted.append(len(captured))
        rooms.booked(rooms.day(rooms.room(f"sal{number}"), date=DAY + dt.timedelta(days=7)))
    assert counted[0] == counted[1]
    client.force_login(making.user("e@navet.example", "educator"))
    assert client.get(PAGE).status_code == 403
