"""The planner without a mouse: a session, a series with a gap, a move and a cancellation that the teacher is told of."""

import datetime as dt

import pytest
from django.utils import timezone

from bookings.schools.models import Series, Session
from navet import periods
from tests.bookings.schools import classes
from tests.browser.hands import Hands, faults
from tests.browser.test_booking_by_keyboard import read_mail
from tests.browser.test_reception_by_keyboard import log_in
from tests.browser.world import DAY
from tests.navet.house import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def write_date(hands: Hands, label: str, day: dt.date) -> None:
    """In the browser's own field: its parts come in the order of the browser's own language."""
    hands.to_field(label)
    hands.page.keyboard.type(f"{day:%m%d%Y}")


def write_time(hands: Hands, label: str, time: str) -> None:
    hands.to_field(label)
    hands.page.keyboard.type(time)


def test_a_session_is_planned_moved_and_cancelled(hands, world):
    assert world.programme
    planner = log_in(hands(), world, "planner")
    planner.go("/planering/").follow("Nytt tillfälle").press("Fortsätt")

    write_date(planner, "Datum", DAY)
    write_time(planner, "Tid", "0900AM")
    planner.tick("Kuben").tick("Ada Pedagog")
    assert faults(planner.page) == []
    planner.press("Nytt tillfälle")
    session = Session.objects.get()
    assert session.occasion.starts_at == periods.at(DAY, dt.time(9))
    world.booking(session, at=timezone.now())

    planner.go(f"/planering/tillfalle/{session.pk}/").follow("Flytta")
    write_time(planner, "Tid", "1030AM")
    planner.press("Flytta")
    session.occasion.refresh_from_db()
    assert session.occasion.starts_at == periods.at(DAY, dt.time(10, 30))
    assert "10:30" in read_mail(planner, classes.TEACHER, "Flyttat")

    planner.follow("Ställ in").write("Orsak", "Pedagogen är sjuk")
    planner.press("Ställ in")
    session.occasion.refresh_from_db()
    assert session.occasion.status == "cancelled"
    assert "Pedagogen är sjuk" in read_mail(planner, classes.TEACHER, "Inställt av Navet")
    assert (planner.complaints, faults(planner.page)) == ([], [])


def test_a_series_shows_its_gap_before_and_after_it_is_planned(hands, world):
    assert world.programme
    making.plan(making.hours(dt.date(2026, 3, 10)), title="Uthyrning", rooms=(world.room,))
    planner = log_in(hands(), world, "planner")
    planner.go("/planering/").follow("Ny serie").press("Fortsätt")

    write_date(planner, "Första datum", DAY)
    write_date(planner, "Sista datum", dt.date(2026, 3, 24))
    planner.tick("Tisdag").write("Tider", "09:00").tick("Kuben")
    planner.press("Förhandsgranska")
    assert Series.objects.count() == 0
    assert "Uthyrning" in planner.text()
    assert faults(planner.page) == []

    planner.press("Planera 3 tillfällen")
    series = Series.objects.get()
    days = [periods.local_day(one.occasion.starts_at) for one in series.sessions.order_by("occasion__period")]
    assert days == [DAY, dt.date(2026, 3, 17), dt.date(2026, 3, 24)]
    assert periods.local_day(series.gaps.get().starts_at) == dt.date(2026, 3, 10)
    assert "Uthyrning" in planner.text()
    assert (planner.complaints, faults(planner.page)) == ([], [])
