"""Conferences of several days and meetings that come back: one reservation, whose clashes are seen before anything is booked."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bookings.conferences import repeating
from bookings.conferences.line import LINE
from bookings.conferences.models import Reservation, RoomOffer, Status
from bookings.conferences.operations import changing, leaving, occurrences
from bookings.conferences.operations.refusals import PartsTaken
from navet import periods
from navet.house.models import Closure, RoomUse
from navet.pages import formats
from navet.payments.models import Order
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, GUEST, NOW
from tests.bookings.conferences.test_pages import BOOK, form, text
from tests.bookings.schools.test_booking_pages import proved_client, token_of
from tests.navet.house import making

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def several(*places, **fields):
    """Every week for three weeks."""
    return form(*places, repeat="weeks", last=(DAY + 2 * WEEK).isoformat(), **fields)


def test_a_rule_gives_its_days_in_order_and_never_many_more_than_may_be():
    friday = dt.date(2026, 3, 6)
    assert repeating.dates("", friday, friday + WEEK) == [friday]
    assert [day.day for day in repeating.dates("workdays", friday, friday + WEEK)] == [6, 9, 10, 11, 12, 13]
    assert [day.day for day in repeating.dates("fortnights", friday, friday + 4 * WEEK)] == [6, 20, 3]
    assert len(repeating.dates("days", friday, dt.date(2099, 1, 1))) == repeating.MOST_DAYS + 1


def test_a_clash_is_shown_with_its_reason_before_anything_is_booked_and_left_out():
    client, room = proved_client(GUEST), rooms.room()
    making.plan(making.hours(DAY + WEEK, "09:00", "10:00"), rooms=(room,))
    seen = text(client.post("/konferens/pris/", several(room)))
    assert seen.count("ledigt<label") == 2
    assert "Salen är upptagen." in seen
    refused = client.post(BOOK, several(room, token=token_of(client.get(BOOK))))
    assert (refused.status_code, Reservation.objects.count()) == (422, 0)
    assert "Salen är upptagen." in text(refused)
    out = (DAY + WEEK).isoformat()
    assert "överhoppad" in text(client.post("/konferens/pris/", several(room, left_out=[out])))
    client.post(BOOK, several(room, left_out=[out], token=token_of(client.get(BOOK))))
    made = Reservation.objects.whole().get()
    assert [day.occasion.starts_at.date() for day in made.days.all()] == [DAY, DAY + 2 * WEEK]
    assert (made.status, Order.objects.get().payable_ore) == (Status.CONFIRMED, 2 * 500_000)
    leaving.cancel(made.code, by=rooms.guest(), at=NOW)
    assert not RoomUse.objects.filter(holds=True, occasion__kind="conference").exists()


def test_staff_are_told_what_has_the_room_and_a_guest_is_not():
    hall, _east, west = rooms.hall()
    taken = making.plan(making.hours(DAY, "09:00", "10:00"), title="Klimatförhandlingen", rooms=(west,))
    making.plan(
        making.hours(DAY + WEEK, "16:35", "17:00"), title="Lovkul", rooms=(hall,)
    )  # within its turnaround
    making.plan(making.hours(DAY, "17:30", "18:00"), title="Kvällsvisning", rooms=(hall,))
    assert taken.title == "Klimatförhandlingen"
    wish = rooms.wish(*(rooms.day(hall, date=DAY + number * WEEK) for number in range(2)))

    def said(by):
        with translation.override("sv"):
            return [one.reasons for one in occurrences.look(wish, by=by, at=NOW)]

    name = hall.name
    assert said(rooms.host()) == [
        [f"{name} är upptagen: Klimatförhandlingen 09:00–10:00."],
        [f"{name} är upptagen: Lovkul 16:35–17:00."],
    ]
    assert said(rooms.guest()) == said(None) == [[f"{name} är upptagen."], [f"{name} är upptagen."]]


def test_a_day_on_which_the_house_is_closed_says_why_and_no_more():
    room, show = rooms.room(), rooms.show()
    closed = DAY + WEEK
    Closure.objects.create(days=periods.date_range(closed, closed), reason="Städdag")
    days = [rooms.day(room, date=DAY + number * WEEK, add_ons=(show,)) for number in range(3)]
    with translation.override("sv"):
        found = occurrences.look(rooms.wish(*days), by=rooms.guest(), at=NOW)
        with pytest.raises(PartsTaken) as refused:
            rooms.reserve(rooms.wish(*days))
    assert [one.reasons for one in found] == [
        [],
        ["Huset är stängt tisdag 10 mars 2026: Städdag."],
        [],
    ]
    assert str(refused.value).startswith(
        "Upptaget eller stängt: Salen tis 10 mars 08:00–16:30. Allt är ledigt med första dag: "
    )
    assert refused.value.extra["taken"] == [{"date": "2026-03-10", "what": "salen", "why": "closed"}]


@pytest.mark.parametrize(
    "fields",
    [{"last": ""}, {"last": "2026-03-02"}, {"last": "x"}, {"repeat": "hourly"}, {"left_out": ["x"]}, {"last": "2026-12-01"}],
)  # fmt: skip
def test_days_that_cannot_be_are_said_so(client, fields):
    room = rooms.room()
    answer = client.post(BOOK, several(room, token=token_of(client.get(BOOK))) | fields)
    assert (answer.status_code, Reservation.objects.count()) == (422, 0)


def test_each_day_has_its_own_reasons_and_more_days_cost_no_more_queries():
    room, show = rooms.room(), rooms.show()
    days = [rooms.day(room, date=DAY + n * WEEK, add_ons=(show,)) for n in range(6)]
    making.plan(making.hours(DAY, "14:00", "15:00"), rooms=(show.rooms.get(),))
    soon = rooms.day(room, date=NOW.date() + dt.timedelta(days=1))
    counted = []
    for number in (2, 6):
        with CaptureQueriesContext(connection) as captured:
            found = occurrences.look(rooms.wish(soon, *days[:number]), by=rooms.guest(), at=NOW)
        counted.append(len(captured))
    assert [one.is_free for one in found] == [False, False, True, True, True, True, True]
    assert "show" in found[1].reasons[0].lower()
    assert counted[0] == counted[1]


def test_what_all_days_have_is_said_once_and_else_of_which_day_it_is():
    room, show, lunch = rooms.room(), rooms.show(), rooms.lunch()
    made = rooms.booked(
        rooms.day(room, add_ons=(show, lunch)), rooms.day(room, date=DAY + WEEK, add_ons=(show,))
    )
    told = dict(LINE.facts(Reservation.objects.whole().get(pk=made.pk)))
    assert told["Rum"] == "Salen, biosittning"
    first, second = told["Tillval"].split("\n")
    assert (str(lunch) in first, str(lunch) in second) == (True, False)
    assert all(str(show) in one for one in (first, second))
    assert [one.partition(":")[0] for one in (first, second)] == [
        formats.local_date(day, "day") for day in (DAY, DAY + WEEK)
    ]
    same = rooms.booked(*(rooms.day(room, date=DAY + n * WEEK, add_ons=(lunch,)) for n in (2, 3)))
    told = dict(LINE.facts(Reservation.objects.whole().get(pk=same.pk)))
    assert told["Tillval"].count(str(lunch)) == 1


def test_a_day_is_added_and_one_taken_away_at_their_price():
    client, room = proved_client(GUEST), rooms.room()
    made = rooms.booked(rooms.day(room), rooms.day(room, date=DAY + WEEK))
    page = f"/konferens/bokning/{made.code}/andra/"
    fields = {
        "version": made.version,
        "title": "Ledningsdag",
        "persons": 40,
        "more": (DAY + 2 * WEEK).isoformat(),
    }
    for number in (0, 1):
        day = {
            "date": (DAY + number * WEEK).isoformat(),
            "part": "heldag",
            "extra_hours": 0,
            "room_salen": "theatre",
        }
        fields |= {f"d{number}-{name}": value for name, value in day.items()}
    shown = client.post(page, fields)
    assert shown.context["difference"].more_ore == 500_000
    fields |= {"d0-leave_out": "on"}
    shown = client.post(page, fields)
    assert shown.context["difference"].more_ore == 0
    assert client.post(page, fields | {"shown": str(shown.context["shown"])}).status_code == 302
    made = Reservation.objects.whole().get()
    assert [day.occasion.starts_at.date() for day in made.days.all()] == [DAY + WEEK, DAY + 2 * WEEK]
    assert client.post(page, fields | {"d1-leave_out": "on", "more": ""}).status_code == 422


def test_what_is_booked_stays_when_it_is_no_longer_on_offer():
    client, room, lunch = proved_client(GUEST), rooms.room(), rooms.lunch()
    package = rooms.package()
    made = rooms.booked(rooms.day(room, package=package.slug, add_ons=(lunch,)))
    for thing in (room.conference_offer, lunch, package):
        thing.is_published = False
        thing.save()
    room.furnishings.filter(kind="theatre").update(capacity=30)
    assert not RoomOffer.objects.published().exists()
    shown = client.get(f"/konferens/bokning/{made.code}/andra/")
    begins = {field.html_name: field.value() for field in shown.context["days"][0]}
    kept = {name: begins[name] for name in ("d0-room_salen", "d0-add_lunch", "d0-package")}
    assert kept == {"d0-room_salen": "theatre", "d0-add_lunch": True, "d0-package": "heldag"}
    fields = {name: value for name, value in begins.items() if value}
    fields |= {"version": made.version, "title": "Ledningsdag", "persons": 30, "d0-date": DAY.isoformat(),
               "d0-at_lunch": "12:00", "d0-extra_hours": 0}  # fmt: skip
    priced = client.post(f"/konferens/bokning/{made.code}/andra/", fields)
    done = client.post(f"/konferens/bokning/{made.code}/andra/", fields | {"shown": priced.context["shown"]})
    assert done.status_code == 302
    changing.give_final_count(made.code, persons=20, diets={"vegan": 2}, by=rooms.guest(), at=NOW)
    made = Reservation.objects.whole().get()
    stands = changing.wish_of(made).days[0]
    assert (made.persons, stands.package, [one.add_on for one in stands.add_ons]) == (20, "heldag", ["lunch"])
    assert client.post(BOOK, form(room, token=token_of(client.get(BOOK)))).status_code == 422
