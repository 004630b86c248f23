"""What the mails say, and when they say nothing."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.utils.module_loading import import_string
from icalendar import Calendar

from bookings.schools import mails
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import changing, following, reminders, waiting
from navet.outbox.models import Effect
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW, TEACHER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def said(kind: str):
    """The newest promised mail of a kind, as the worker would build it."""
    payload = Effect.objects.filter(payload__mail=f"school.{kind}").latest("pk").payload
    return import_string(settings.MAIL_BUILDERS[payload["mail"]])(**payload["args"])


@pytest.mark.parametrize(("language", "word"), [("sv", "Bokat"), ("en", "Booked")])
def test_the_confirmation_has_calendar_qr_and_link_in_the_bookers_language(language, word):
    made = classes.confirmed(mail_language=language)
    mail = said("confirmed")
    assert (mail.to, mail.language) == ([TEACHER], language)
    assert mail.subject.startswith(word)
    for text in (mail.text, mail.html):
        assert f"{settings.SITE_URL}/bokning/{made.code}/?nyckel=" in text
        assert made.class_name in text
    calendar, qr = mail.attachments
    event = Calendar.from_ical(calendar.content).walk("VEVENT")[0]
    assert event["DTSTART"].dt == made.session.occasion.starts_at
    assert qr.content.startswith(b"\x89PNG")


def test_every_mail_of_a_bookings_life_can_be_built():
    on = classes.session()
    holder = classes.confirmed(on, pupils=30, contact_email="o@skola.example")
    large, small = classes.queued(on, pupils=25), classes.queued(on, pupils=8)
    assert "2" in said("waiting").text
    changing.change(holder.code, pupils=22, by=None, at=NOW)
    assert said("changed") is not None
    assert said("passed_over") is not None
    assert "tack" in said("offered").text.lower() or said("offered").text
    reminders.promise_due(at=classes.near(on))
    for kind in ("final_count", "reminder"):
        assert said(kind).to == ["o@skola.example"]
    classes.in_a_transaction(following.session_moved, on, was=on.occasion.period, by=None, at=NOW)
    assert said("session_moved") is not None
    late = NOW + dt.timedelta(hours=49)
    with time_machine.travel(late, tick=False):
        assert said("offered") is None  # the offer is over, so nothing is left to say
    waiting.tidy(at=late)
    assert said("offer_lapsed") is not None
    changing.cancel(holder.code, by=None, at=NOW)
    assert said("cancelled").attachments[0].content_type.endswith("CANCEL")
    classes.in_a_transaction(following.session_cancelled, on, reason="Burst pipe", by=None, at=NOW)
    text = said("session_cancelled").text
    assert "Burst pipe" in text
    assert "Just nu har inget annat tillfälle" in text
    other = classes.session(on.programme, day=dt.date(2026, 3, 17), clock="13:00")
    text = said("session_cancelled").text
    assert f"tisdag 17 mars 2026 13:00: {other.programme}" in text
    assert "?nyckel=" in text  # its page has a button for each
    assert {large.pk, small.pk} <= set(SchoolBooking.objects.values_list("pk", flat=True))


def test_nothing_is_said_of_what_is_no_longer_true():
    made = classes.confirmed()
    moved_to = classes.session(day=dt.date(2026, 3, 10))
    start = made.session.occasion.starts_at.isoformat()
    changing.move(made.code, session_id=moved_to.pk, by=None, at=NOW)
    assert mails.reminder(booking_id=made.pk, starts_at=start) is None
    reminders.promise_due(at=classes.near(moved_to))
    changing.give_final_count(made.code, pupils=20, adults=2, by=None, at=NOW)
    assert said("final_count") is None
    changing.cancel(made.code, by=None, at=NOW)
    assert mails.confirmed(booking_id=made.pk) is None
    assert mails.confirmed(booking_id=10**9) is None


def test_a_late_cancellation_says_what_is_owed():
    made = classes.confirmed()
    changing.cancel(made.code, by=None, at=made.session.occasion.starts_at - dt.timedelta(hours=1))
    text = said("cancelled").text
    assert "Ska faktureras: 3\N{NO-BREAK SPACE}000" in text
    assert "Kostnadsfritt" not in text
    assert "utan kod" not in text  # its link leads to the search
