"""The house on screen and in other calendars: for staff, in both languages, in a constant number of queries."""

import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar

from navet import periods
from navet.accounts.roles import Role
from navet.house import feeds, operations
from tests.navet.house import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    making.open_weekdays(weekdays=tuple(range(7)))


@pytest.fixture
def educator():
    return making.user("ada@navet.test", Role.EDUCATOR)


@pytest.fixture
def staff(client, educator):
    client.force_login(educator)
    return client


def page(client, **query):
    return client.get("/huset/", query)


def soon(days: int = 7) -> dt.date:
    """A working day to come: feeds look from today."""
    day = periods.local_day(timezone.now()) + dt.timedelta(days=days)
    return day if periods.is_working_day(day) else soon(days + 1)


def test_the_house_is_for_staff(client):
    assert page(client).status_code == 302
    client.force_login(making.user("money@navet.test", Role.FINANCE))
    assert page(client).status_code == 403


def test_the_week_shows_what_happens_where_and_halves_in_the_hall(staff, educator):
    _hall, east, _west = making.divisible_hall()
    making.plan(rooms=(east,), educators=(educator,), title="Ljus och färg")
    answer = page(staff, datum="2026-03-05")
    assert answer.status_code == 200
    board = answer.context["board"]
    held = {room.slug: [len(square) for square in squares] for room, squares in board.rows}
    assert held == {"east": [0, 1, 0, 0, 0, 0, 0], "hall": [0, 1, 0, 0, 0, 0, 0], "west": [0] * 7}
    text = answer.content.decode()
    assert "Ljus och färg" in text
    assert "09:00–10:00" in text
    assert "style=" not in text


def test_the_day_shows_hours_and_what_goes_on_into_them(staff):
    kuben = making.room("kuben")
    making.plan(making.hours(start="09:30", end="11:00"), rooms=(kuben,))
    board = page(staff, datum="2026-03-03", vy="dag").context["board"]
    squares = {
        moment.astimezone(periods.HOUSE_ZONE).hour: [happening.goes_on for happening in squares[0]]
        for moment, squares in board.rows
    }
    assert (squares[8], squares[9], squares[10], squares[11]) == ([], [False], [True], [])
    assert (min(squares), max(squares)) == (8, 16)


def test_the_day_when_clocks_change_has_every_hour_once(staff):
    making.open_weekdays("00:00", "23:59", weekdays=(6,))
    kuben = making.room("kuben")
    night = making.hours(dt.date(2026, 10, 25), "00:30", "04:30")
    making.plan(night, rooms=(kuben,), kind="internal", title="Natt")
    moments = [moment for moment, _squares in page(staff, datum="2026-10-25", vy="dag").context["board"].rows]
    assert len(moments) == len(set(moments)) == 18  # 0, 1, 2, 2 again, 3 … 16


def test_what_happens_without_a_room_has_a_row_of_its_own(staff):
    making.room("kuben")
    making.plan(title="Stadsvandring")
    for view in ("vecka", "dag"):
        answer = page(staff, datum="2026-03-03", vy=view)
        assert "Stadsvandring" in answer.content.decode()
        board = answer.context["board"]
        rooms = board.rooms if view == "dag" else [room for room, _squares in board.rows]
        assert [room and room.slug for room in rooms] == ["kuben", None]


def test_a_cancelled_occasion_is_off_the_board(staff):
    kuben = making.room("kuben")
    occasion = making.plan(rooms=(kuben,), title="Inställt")
    operations.cancel_occasion(occasion, by=None, at=making.NOW)
    assert "Inställt" not in page(staff, datum="2026-03-03").content.decode()


@pytest.mark.parametrize("datum", ["igår", "2026-02-30", "9999-12-31", "0001-01-01", "2026-3-3", "<b>x"])
def test_a_date_that_is_none_is_said_and_today_is_shown(staff, datum):
    answer = page(staff, datum=datum)
    assert answer.status_code == 400
    assert answer.context["day"] == answer.context["today"]
    assert "<b>x" not in answer.content.decode()


def test_the_week_takes_as_many_queries_for_thirty_occasions_as_for_one(staff, django_assert_max_num_queries):
    for n in range(6):
        room = making.room(f"room-{n}")
        for hour in range(8, 13):
            making.plan(making.hours(start=f"{hour:02}:00", end=f"{hour:02}:30"), rooms=(room,))
    with django_assert_max_num_queries(13):
        page(staff, datum="2026-03-03")
    with django_assert_max_num_queries(13):
        page(staff, datum="2026-03-03", vy="dag")


def test_the_week_is_whole_in_english(staff):
    making.room("kuben")
    answer = staff.get("/huset/", {"datum": "2026-03-03"}, HTTP_ACCEPT_LANGUAGE="en")
    assert "Kuben room" in answer.content.decode()
    assert "Week before" in answer.content.decode()


def test_an_educator_subscribes_to_her_own_days(client, educator):
    kuben = making.room("kuben")
    day = soon()
    mine = making.plan(making.hours(day), rooms=(kuben,), educators=(educator,), title="Mitt")
    making.plan(making.hours(day), title="Någon annans")
    off = making.plan(making.hours(day, "13:00", "14:00"), educators=(educator,), title="Inställt")
    operations.cancel_occasion(off, by=None, at=making.NOW)

    answer = client.get(f"/kalender/pedagog/{feeds.token_of(educator)}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(event["SUMMARY"], event["STATUS"]) for event in events] == [
        ("Mitt", "CONFIRMED"),
        ("Inställt", "CANCELLED"),
    ]
    assert events[0].decoded("DTSTART") == mine.starts_at
    assert events[0]["LOCATION"] == "Kuben"
    assert events[0]["UID"].startswith(f"occasion-{mine.pk}@")


def test_a_room_feed_has_what_happens_on_its_floor(client, educator):
    hall, east, west = making.divisible_hall()
    making.plan(making.hours(soon()), rooms=(east,), title="Öster")
    key = feeds.token_of(educator)
    held = {
        room.slug: [
            event["SUMMARY"] for event in _events(client, f"/kalender/rum/{room.slug}.ics?nyckel={key}")
        ]
        for room in (hall, east, west)
    }
    assert held == {"hall": ["Öster"], "east": ["Öster"], "west": []}
    assert client.get(f"/kalender/rum/okant.ics?nyckel={key}").status_code == 404


def _events(client, address):
    return Calendar.from_ical(client.get(address).content).walk("VEVENT")


@pytest.mark.parametrize("token", ["1", "x-y", "-", "1-", "99999999999999999999-abc", "٣-abc"])
def test_a_key_that_is_none_opens_nothing(client, token):
    making.room("kuben")
    assert client.get("/kalender/rum/kuben.ics", {"nyckel": token}).status_code == 404
    assert feeds.reader(token) is None


def test_a_key_is_worthless_after_a_new_password_or_when_its_holder_leaves(client, educator):
    token = feeds.token_of(educator)
    assert feeds.reader(token) == educator
    assert feeds.reader(token[:-1] + ("0" if token[-1] != "0" else "1")) is None
    educator.set_password("ett helt nytt lösenord")
    educator.save()
    assert feeds.reader(token) is None
    token = feeds.token_of(educator)
    educator.is_active = False
    educator.save()
    assert client.get(f"/kalender/pedagog/{token}.ics").status_code == 404


def test_a_feed_needs_the_capability_still(client):
    money = making.user("money@navet.test", Role.FINANCE)
    making.room("kuben")
    token = feeds.token_of(money)
    assert client.get(f"/kalender/rum/kuben.ics?nyckel={token}").status_code == 404
    assert client.get(f"/kalender/pedagog/{token}.ics").status_code == 404
