"""Alerts: each happening is told of once, with what to do; again only when it was over and came back, or went on for long."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from bookings.schools.models import SchoolBooking
from navet import periods
from navet.accounts.models import User
from navet.outbox import relay
from navet.outbox.models import DeliveredMail, Effect
from tests.bookings.courses import lessons
from tests.bookings.schools import classes
from tests.visitors.test_indicators import entry
from visitors.models import Visit
from worker.alerts import findings, telling, thresholds
from worker.models import Happening, Subscription, Threshold

pytestmark = pytest.mark.django_db
Kind = Subscription.Kind
DAY = classes.DAY
MONDAY_BEFORE = DAY - dt.timedelta(days=DAY.weekday() + 7)
AT = periods.at(MONDAY_BEFORE, dt.time(8, 15))  # the week before
HOUR, A_DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
MARKS = thresholds.DEFAULTS


@pytest.fixture(autouse=True)
def _quiet(settings):
    settings.OUTBOX_WAKE = "builtins.dict"
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


def user(role: str, *kinds: str) -> User:
    made = User.objects.create_user(f"{role}@navet.example", name=role, roles=[role])
    for kind in kinds:
        Subscription.objects.create(user=made, kind=kind)
    return made


def behind_since_january() -> None:
    """Two years of 18 200 pupils, and a year in which half as many come."""
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for year in (2024, 2025) for n in range(0, 364, 7)]
    Visit.objects.bulk_create(entry(day, "pupil", 350) for day in days)
    this_year = [
        dt.date(2026, 1, 1) + dt.timedelta(days=n)
        for n in range(0, (AT.date() - dt.date(2026, 1, 1)).days, 7)
    ]
    Visit.objects.bulk_create(entry(day, "pupil", 170) for day in this_year)


def found(kind: str, at: dt.datetime = AT) -> list[findings.Finding]:
    return findings.found([kind], at=at, marks=thresholds.in_force())


def watch(at: dt.datetime) -> int:
    """A beat, and what it promised is sent."""
    with time_machine.travel(at, tick=False):
        told = telling.watch(at)
        relay.relay(at)
    return told


def letters() -> list[DeliveredMail]:
    return list(DeliveredMail.objects.filter(subject__startswith="Larm: ").order_by("pk"))


# --- What there is to tell of ------------------------------------------------------------------------------------


def test_an_indicator_is_told_of_when_its_status_says_behind():
    with time_machine.travel(AT, tick=False):
        assert found(Kind.ALERT_BEHIND) == []  # no earlier year: it cannot be said
        behind_since_january()
        one, visitors = found(Kind.ALERT_BEHIND)
    assert visitors.subject == "indicator:2026:visitors"  # pupils are visitors too
    assert (one.subject, one.places[0][1]) == ("indicator:2026:pupils", "/ledning/#i-pupils")
    assert "18\xa0000" in one.what


def test_a_session_and_a_round_are_told_of_so_many_days_before():
    session = classes.session()
    round_ = lessons.round_(day=DAY + dt.timedelta(days=28), least=5, decide_by=DAY)
    lessons.round_(day=DAY + dt.timedelta(days=42), least=5, decide_by=DAY + dt.timedelta(days=30))
    one, other = found(Kind.ALERT_MINIMUM)
    assert (one.subject, other.subject) == (f"session:{session.pk}", f"round:{round_.pk}")
    assert one.places[0][1] == f"/planering/tillfalle/{session.pk}/"
    assert other.places[0][1] == f"/planering/kurser/omgang/{round_.pk}/"
    Threshold.objects.create(name="minimum_days", value=2)
    assert found(Kind.ALERT_MINIMUM) == []
    Threshold.objects.update(value=14)
    classes.confirmed(session)
    assert [one.subject for one in found(Kind.ALERT_MINIMUM)] == [f"round:{round_.pk}"]


def test_a_week_of_the_coming_four_is_told_of_below_the_mark():
    session = classes.session()
    (one,) = found(Kind.ALERT_WEEK)
    assert one.subject == "week:{}-W{:02d}".format(*DAY.isocalendar()[:2])
    capacity = session.occasion.capacity
    pupils = classes.confirmed(session).pupils
    fill = 100 * pupils // capacity
    Threshold.objects.create(name="week_fill", value=fill)
    assert found(Kind.ALERT_WEEK) == []
    Threshold.objects.update(value=fill + 1)
    assert len(found(Kind.ALERT_WEEK)) == 1
    assert found(Kind.ALERT_WEEK, periods.at(DAY, dt.time(7))) == []  # it is this week: too late to fill


# --- Telling of it once ------------------------------------------------------------------------------------------


def test_it_is_told_once_and_again_only_when_it_was_over_for_a_day_and_came_back():
    user("planner", Kind.ALERT_MINIMUM)
    Threshold.objects.create(name="week_fill", value=0)
    session = classes.session()
    assert [watch(AT), watch(AT + HOUR), watch(AT + A_DAY)] == [1, 0, 0]
    booking = classes.confirmed(session)
    watch(AT + A_DAY + HOUR)
    assert Happening.objects.get().ended_at == AT + A_DAY + HOUR
    SchoolBooking.objects.filter(pk=booking.pk).update(status="cancelled", cancelled_at=AT)
    assert watch(AT + A_DAY + 2 * HOUR) == 0  # changed and changed again: the same happening
    assert Happening.objects.get().ended_at is None
    SchoolBooking.objects.filter(pk=booking.pk).update(status="confirmed", cancelled_at=None)
    watch(AT + A_DAY + 3 * HOUR)
    SchoolBooking.objects.filter(pk=booking.pk).update(status="cancelled", cancelled_at=AT)
    assert watch(AT + 3 * A_DAY) == 1
    assert len(letters()) == 2


def test_what_goes_on_is_told_again_after_as_long_as_management_says():
    user("planner", Kind.ALERT_MINIMUM)
    round_ = lessons.round_(day=DAY + dt.timedelta(days=56), least=5, decide_by=DAY)
    assert [watch(AT), watch(AT + 27 * A_DAY), watch(AT + 28 * A_DAY), watch(AT + 29 * A_DAY)] == [1, 0, 1, 0]
    assert (Happening.objects.get().times, len(letters())) == (2, 2)
    Threshold.objects.create(name="repeat_days", value=0)
    assert watch(AT + 60 * A_DAY) == 0
    assert round_.least == 5


def test_one_mail_gathers_what_is_new_to_her_and_says_what_to_do_and_where():
    planner = user("planner", Kind.ALERT_MINIMUM, Kind.ALERT_WEEK)
    manager = user("management", Kind.ALERT_BEHIND, Kind.ALERT_WEEK)
    session = classes.session()
    behind_since_january()
    assert watch(AT) == 4
    by = {letter.recipients[0]: letter for letter in letters()}
    assert set(by) == {planner.email, manager.email}
    hers, his = by[planner.email], by[manager.email]
    assert f"/planering/tillfalle/{session.pk}/" in hers.text
    assert f"/planering/tillfalle/{session.pk}/" in hers.html
    assert "Bjud in skolor" in hers.text
    assert "/ledning/#i-pupils" not in hers.text
    assert "/ledning/#i-pupils" in his.text
    assert "Vecka" in his.text
    pictured = {f"cid:{one['cid']}" for one in his.attachments}
    assert {"cid:pupils@navet", "cid:visitors@navet"} == pictured
    assert all(f'src="{cid}"' in his.html for cid in pictured)
    assert hers.attachments == []
    assert ["List-Id", "<alerts.navet.example>"] in hers.headers


def test_what_is_over_when_the_mail_is_sent_or_no_longer_hers_is_not_told():
    planner = user("planner", Kind.ALERT_MINIMUM)
    Threshold.objects.create(name="week_fill", value=0)
    session = classes.session()
    with time_machine.travel(AT, tick=False):
        telling.watch(AT)
        classes.confirmed(session)
        relay.relay(AT)
    assert letters() == []
    Effect.objects.all().delete()
    SchoolBooking.objects.update(status="cancelled", cancelled_at=AT)
    with time_machine.travel(AT + 3 * A_DAY, tick=False):
        telling.watch(AT)
        Happening.objects.all().delete()
        assert telling.watch(AT + 3 * A_DAY) == 1
        planner.roles = ["desk"]
        planner.save()
        relay.relay(AT + 3 * A_DAY)
    assert letters() == []


def test_who_may_not_see_it_is_promised_nothing():
    user("desk", Kind.ALERT_MINIMUM, Kind.ALERT_BEHIND, Kind.ALERT_WEEK)
    classes.session()
    assert watch(AT) == 2
    assert not Effect.objects.filter(payload__mail="alerts.new").exists()


# --- The marks ---------------------------------------------------------------------------------------------------


def test_management_sets_the_marks_and_their_history_says_who():
    manager = user("management")
    browser = Client(headers={"accept-language": "sv"})
    browser.force_login(manager)
    page = browser.get("/ledning/larm/").content.decode()
    assert 'name="week_fill" value="50"' in page
    answer = browser.post("/ledning/larm/", {"week_fill": "40", "minimum_days": "14", "repeat_days": "28"})
    assert answer.status_code == 302
    assert thresholds.in_force() == MARKS | {"week_fill": 40}
    event = Threshold.pgh_event_model.objects.get()
    assert (event.value, event.pgh_context.metadata["user"]) == (40, manager.pk)
    refused = browser.post("/ledning/larm/", {"week_fill": "101", "minimum_days": "14", "repeat_days": "28"})
    assert refused.status_code == 422
    planner = Client()
    planner.force_login(user("planner"))
    assert planner.post("/ledning/larm/", {"week_fill": "1"}).status_code == 403
    assert "<form" not in planner.get("/ledning/larm/").content.decode().split("<main")[1].split("</main")[0]
    assert thresholds.in_force()["week_fill"] == 40
