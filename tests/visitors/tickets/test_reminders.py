"""The reminder to renew an annual pass: to whom, when, once, and what it says."""

import datetime as dt

import pytest
import time_machine

from navet.outbox.models import Effect
from tests.visitors.making import MORNING, desk
from tests.visitors.tickets.making import price
from tests.visitors.tickets.test_passes import annual_pass
from visitors.tickets import mails, passes, reminders
from visitors.tickets.models import AnnualPass

pytestmark = pytest.mark.django_db
MARIA = "maria@lind.example"
LAST = dt.datetime(2027, 3, 11, 9, 30, tzinfo=MORNING.tzinfo)  # in the morning of a pass's last day
DUE = LAST - dt.timedelta(days=14)


def reminded(at: dt.datetime) -> list[Effect]:
    reminders.promise_due(at=at)
    return list(Effect.objects.filter(payload__mail="passes.reminder"))


def test_whoever_left_an_address_is_reminded_once_some_days_before():
    annual_pass(holder_email="", holder_name="Olle Lind")
    annual_pass(holder_email=MARIA)
    assert reminded(DUE - dt.timedelta(days=1)) == []
    [promised] = reminded(DUE)
    Effect.objects.all().delete()  # as the house forgets what it sent
    assert reminded(DUE + dt.timedelta(days=1)) == []
    price("family_pass", 1100)
    with time_machine.travel(LAST, tick=False):
        mail = mails.reminder(**promised.payload["args"])
    assert (mail.to, mail.subject) == ([MARIA], "Ditt årskort gäller till och med 11 mars 2027")
    assert "Ett år till kostar 1\xa0100\xa0kr" in mail.text
    with time_machine.travel(LAST + dt.timedelta(days=1), tick=False):
        assert mails.reminder(**promised.payload["args"]) is None


def test_the_mail_is_in_the_language_of_the_holder():
    made = annual_pass(holder_email=MARIA, mail_language="en")
    with time_machine.travel(DUE, tick=False):
        mail = mails.reminder(period_id=made.periods.get().pk)
    assert mail.subject == "Your annual pass is valid until 11 March 2027"


def renewed(made: AnnualPass) -> None:
    passes.renew(made, by=desk(), at=MORNING)


def blocked(made: AnnualPass) -> None:
    passes.block(made, reason="Borttappat", by=desk(), at=MORNING)


def annulled(made: AnnualPass) -> None:
    passes.annul(made.periods.get(), by=desk(), at=MORNING)


@pytest.mark.parametrize("change", [renewed, blocked, annulled])
def test_nobody_is_reminded_of_what_needs_no_renewal(change):
    made = annual_pass(holder_email=MARIA)
    period = made.periods.get()
    change(made)
    assert reminded(DUE) == []
    with time_machine.travel(DUE, tick=False):
        assert mails.reminder(period_id=period.pk) is None


def test_nobody_is_reminded_where_the_house_does_not_want_it(settings):
    settings.VISITORS = {"pass_reminder_days": 0}
    annual_pass(holder_email=MARIA)
    assert reminded(LAST) == []
