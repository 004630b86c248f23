"""Who is asked: those who came, once, and not those who want to be left in peace."""

import datetime as dt

import pytest
import time_machine

from bookings.courses.operations import attending
from bookings.feedback import mails as worded
from bookings.feedback.models import Asked
from bookings.feedback.operations import asking
from navet.outbox import opting, relay
from navet.outbox.models import Effect
from tests.bookings.feedback import came
from tests.bookings.schools import classes
from visitors import operations as visitors
from visitors.models import CheckIn

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_a_class_that_was_received_is_asked_once_and_not_before_its_time():
    booking = came.class_()
    assert asking.promise_due(at=came.after(booking) - HOUR) == 0
    assert asking.promise_due(at=came.after(booking)) == 1
    assert asking.promise_due(at=came.after(booking) + HOUR) == 0
    (effect,) = came.mails()
    assert effect.key == f"feedback.ask:{Asked.objects.get(booking=booking).pk}"


def test_who_booked_and_did_not_come_or_came_long_ago_is_not_asked():
    never = classes.confirmed()
    undone = came.class_()
    check_in = check_in_of(undone)
    visitors.undo_check_in(check_in, by=classes.staff("desk"), at=undone.session.occasion.starts_at)
    assert asking.promise_due(at=came.after(never)) == 0
    long_ago = came.class_()
    assert asking.promise_due(at=came.after(long_ago) + asking.LOOKS_BACK) == 0


def test_a_check_in_undone_before_the_mail_goes_keeps_it_back():
    booking = came.class_()
    asked = came.asked(booking)
    visitors.undo_check_in(
        check_in_of(booking), by=classes.staff("desk"), at=booking.session.occasion.starts_at
    )
    assert worded.ask(asked_id=asked.pk) is None


def test_nobody_is_asked_where_the_setting_is_nought(settings):
    settings.FEEDBACK = settings.FEEDBACK | {"delay_hours": 0}
    assert asking.promise_due(at=came.after(came.class_())) == 0


def test_who_opted_out_is_not_asked_and_who_does_so_later_gets_no_mail():
    quiet, willing = came.class_(contact_email="tyst@skola.example"), came.class_()
    opting.out(opting.Kind.FEEDBACK, " TYST@skola.example", on=classes.DAY)
    assert asking.promise_due(at=came.after(quiet)) == 1
    asked = Asked.objects.get()
    assert asked.booking == willing
    opting.out(opting.Kind.FEEDBACK, classes.TEACHER, on=classes.DAY)
    assert worded.ask(asked_id=asked.pk) is None
    assert opting.still_in(opting.Kind.INVITATIONS, [classes.TEACHER]) == {classes.TEACHER}


def test_persons_on_a_course_are_asked_after_its_last_day_each_by_herself():
    there = came.on_a_course(2, days=2)
    last = there[0].registration.round.days.last()
    assert asking.promise_due(at=last.occasion.ends_at + came.DELAY - HOUR) == 0
    people = attending.list_of(last)
    for day in last.round.days.all():  # the second was never there after all
        attending.take(
            day.pk,
            present=[people[0].pk],
            listed=[one.pk for one in people],
            by=classes.staff("educator"),
            at=day.occasion.starts_at,
        )
    assert asking.promise_due(at=last.occasion.ends_at + came.DELAY) == 1
    assert Asked.objects.get().participant == people[0]


def test_the_mail_is_in_the_bookers_language_and_says_how_to_be_left_in_peace(mailoutbox):
    booking = came.class_(mail_language="en")
    asked = came.asked(booking)
    with time_machine.travel(came.after(booking)):
        relay.relay(came.after(booking))
    assert not Effect.objects.filter(last_error__gt="").exists()
    (mail,) = [one for one in mailoutbox if one.subject.startswith("What did you think of Space")]
    assert mail.to == [classes.TEACHER]
    assert f"/tyck-till/{asked.pk}-" in mail.body
    assert "/nej-tack/" in mail.extra_headers["List-Unsubscribe"]
    assert booking.code not in mail.body  # the form's address says nothing of the booking


def check_in_of(booking):
    return CheckIn.objects.get(arrival__code=booking.code)
