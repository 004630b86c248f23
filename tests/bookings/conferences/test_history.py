"""The staff page says what of a conference was changed. Each change is a transaction of its own, as in the house."""

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.conferences import history
from bookings.conferences.models import Reservation
from bookings.conferences.operations import changing
from bookings.conferences.wishes import AddOnWish, RoomWish
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = dt.timedelta(days=7)


def booked(count: int = 3, **day) -> Reservation:
    """So many Tuesdays in the hall."""
    hall = rooms.room()
    days = [rooms.day(hall, date=DAY + number * WEEK, **day) for number in range(count)]
    return rooms.booked(*days)


def changed(it: Reservation, change) -> list[str]:
    """What the last step of the history says when the days have become what `change` makes of them."""
    wish = changing.wish_of(Reservation.objects.whole().get(pk=it.pk))
    changing.change(it.code, change(wish), by=rooms.host(), at=NOW)
    return [what for what in history.of(Reservation.objects.get(pk=it.pk))[-1].what if "Pris" not in what]


def each(wish, **fields):
    return dataclasses.replace(wish, days=tuple(dataclasses.replace(day, **fields) for day in wish.days))


def one(wish, number: int, **fields):
    days = list(wish.days)
    days[number] = dataclasses.replace(days[number], **fields)
    return dataclasses.replace(wish, days=tuple(days))


def test_another_room_of_a_series_is_told_once():
    it = booked()
    rooms.room("kammaren")
    to = (RoomWish("kammaren", "classroom"),)
    assert changed(it, lambda wish: dataclasses.replace(each(wish, rooms=to), persons=20)) == [
        "Personer: 40 → 20",
        "Rum: Salen (biosittning) → Kammaren (klassrum)",
    ]


def test_another_time_of_one_day_names_the_day():
    assert changed(booked(), lambda wish: one(wish, 1, part="kvall")) == ["Tid tis 10 mars: Heldag → Kväll"]


def test_days_that_go_and_come_are_named():
    assert changed(booked(), lambda wish: one(wish, 2, date=DAY + 3 * WEEK)) == [
        "Dagar som togs bort: tis 17 mars",
        "Dagar som lades till: tis 24 mars",
    ]
    it = Reservation.objects.get()
    assert changed(it, lambda wish: dataclasses.replace(wish, days=wish.days[:2])) == [
        "Dagar som togs bort: tis 24 mars"
    ]


def test_a_package_and_hours_more_are_told():
    it = booked(2)
    rooms.package()
    assert changed(it, lambda wish: each(wish, package="heldag")) == ["Paket: – → Konferens heldag"]
    assert changed(it, lambda wish: one(wish, 0, extra_hours=2)) == [
        "Tid tis 3 mars: Heldag → Heldag och 2 tim till"
    ]


def test_add_ons_that_come_go_and_are_for_more_are_told():
    it = booked(2)
    lunch = rooms.lunch().slug
    assert changed(it, lambda wish: each(wish, add_ons=(AddOnWish(lunch),))) == [
        "Tillval: – → 12:00 Lunch (40)"
    ]
    assert changed(it, lambda wish: one(wish, 1, add_ons=(AddOnWish(lunch, persons=10),))) == [
        "Tillval tis 10 mars: 12:00 Lunch (40) → 12:00 Lunch (10)"
    ]
    assert changed(it, lambda wish: one(wish, 0, add_ons=())) == ["Tillval tis 3 mars: 12:00 Lunch (40) → –"]


def test_a_change_of_what_the_old_trail_kept_is_told_too():
    """Before November 2026 the trail kept no row that was taken away."""
    it = booked()
    changed(it, lambda wish: one(wish, 2, date=DAY + 3 * WEEK))
    for name in ("ReservationDayEvent", "ReservedRoomEvent", "AdditionEvent"):
        model = history.apps.get_model("conferences", name)
        model._default_manager.filter(pgh_label="delete").delete()
    assert history.of(it)[-1].what[-2:] == [
        "Dagar som togs bort: tis 17 mars",
        "Dagar som lades till: tis 24 mars",
    ]


def test_the_history_takes_as_many_queries_for_more():
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            history.of(it)
        return len(captured)

    it, package, lunch = booked(), rooms.package().slug, rooms.lunch().slug
    changed(it, lambda wish: each(wish, package=package, add_ons=(AddOnWish(lunch),)))
    few = asked()
    for part in ("kvall", "formiddag", "heldag"):
        changed(it, lambda wish, part=part: one(wish, 1, part=part, package="", add_ons=()))
    assert asked() == few
