"""What educators are told of the sessions they lead: who, once, in which words, with which calendar."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string
from icalendar import Calendar

from bookings.schools.models import SchoolBooking, SeriesGap
from bookings.schools.operations import educators, series, sessions
from navet.house.models import Closure, Duty
from navet.house.refusals import RoomTaken
from navet.outbox.models import Effect
from navet.periods import date_range
from tests.bookings.schools import classes, plans
from tests.bookings.schools.plans import NOW
from tests.navet.house import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def told() -> list[tuple[str, str]]:
    """Who has been promised mail about what, oldest first."""
    effects = Effect.objects.filter(payload__mail="school.duties").order_by("pk")
    names = {one.pk: one.email.partition("@")[0] for one in making.User.objects.all()}
    args = [effect.payload["args"] for effect in effects]
    return [(names[one["educator_id"]], one["change"]) for one in args]


def said() -> Any:
    """The newest of those mails, as the worker would build it."""
    payload = Effect.objects.filter(payload__mail="school.duties").latest("pk").payload
    return import_string(settings.MAIL_BUILDERS[payload["mail"]])(**payload["args"])


def events(mail: Any) -> list[Any]:
    return Calendar.from_ical(mail.attachments[0].content).walk("VEVENT")


def two_of_them():
    """A room, a programme and the two who can lead it."""
    room = plans.house()
    programme = plans.programme(room, title_sv="Rymden", title_en="Space")
    return room, programme, plans.educator("ada", programme), plans.educator("bo", programme)


def test_a_planned_session_is_told_to_those_who_lead_it():
    room, programme, ada, bo = two_of_them()
    made = plans.create(programme, room, educators=[ada, bo])
    assert told() == [("ada", "planned"), ("bo", "planned")]
    mail = said()
    assert mail.to == ["bo@navet.test"]
    assert mail.subject == "Du leder: Rymden, tis 3 mars"
    for text in (mail.text, mail.html):
        assert "tisdag 3 mars 2026 09:00–10:30" in text
        assert f"{settings.SITE_URL}/planering/mina-dagar/?first=2026-03-03" in text
        assert "Ada, Bo" in text
    (event,) = events(mail)
    assert event["DTSTART"].dt == made.occasion.starts_at
    assert mail.attachments[0].content_type == "text/calendar; method=PUBLISH"


def test_a_mail_is_in_the_educators_language():
    room, programme, ada, _bo = two_of_them()
    ada.language = "en"
    ada.save()
    plans.create(programme, room, educators=[ada])
    mail = said()
    assert mail.subject == "You lead: Space, Tue 3 March"


def test_a_series_is_one_mail_with_the_list_and_its_cancelling_another():
    room, programme, ada, bo = two_of_them()
    making.room("hall")
    made = series.plan_series(plans.series(programme, room, educators=[ada, bo]), by=plans.planner(), at=NOW)
    assert told() == [("ada", "planned"), ("bo", "planned")]
    mail = said()
    assert mail.subject == "Du leder 10 tillfällen: Rymden"
    assert "tis 3 mars: 09:00–10:30, Kuben" in mail.text
    assert "tors 2 april: 09:00–10:30" in mail.text
    assert len(events(mail)) == 10
    series.cancel_series(made, reason="Ombyggnad", by=plans.planner(), at=NOW)
    assert told()[2:] == [("ada", "cancelled"), ("bo", "cancelled")]
    mail = said()
    assert mail.subject == "10 tillfällen inställda: Rymden"
    assert "Ombyggnad" in mail.text
    assert [event["STATUS"] for event in events(mail)] == ["CANCELLED"] * 10


def test_a_gap_that_is_filled_is_told_as_one_session():
    room, programme, ada, _bo = two_of_them()
    closed = Closure.objects.create(days=date_range(plans.DAY, plans.DAY), reason="Inventering")
    series.plan_series(plans.series(programme, room, educators=[ada]), by=plans.planner(), at=NOW)
    closed.delete()
    series.try_again(
        SeriesGap.objects.get(), rooms=[room], educators=[ada], language="sv", by=plans.planner(), at=NOW
    )
    assert told() == [("ada", "planned"), ("ada", "planned")]


def test_a_move_is_told_to_who_stays_comes_and_leaves():
    room, programme, ada, bo = two_of_them()
    cleo = plans.educator("cleo", programme)
    session = plans.create(programme, room, educators=[ada, bo])
    later = plans.at(clock="13:00")
    sessions.move_session(session, starts_at=later, educators=[bo, cleo], by=plans.planner(), at=NOW)
    assert told()[2:] == [("ada", "taken_off"), ("cleo", "put_on"), ("bo", "moved")]
    mail = said()
    assert "tisdag 3 mars 2026 09:00" in mail.text
    assert events(mail)[0]["SEQUENCE"] == 2


def test_another_room_is_told_as_that():
    room, programme, ada, _bo = two_of_them()
    hall = making.room("hall")
    programme.rooms.add(hall)
    session = plans.create(programme, room, educators=[ada])
    sessions.move_session(session, rooms=[hall], by=plans.planner(), at=NOW)
    mail = said()
    assert told()[-1] == ("ada", "moved")
    assert "annat rum" in mail.text


def test_nothing_is_told_of_a_move_that_moves_nothing():
    room, programme, ada, _bo = two_of_them()
    session = plans.create(programme, room, educators=[ada])
    sessions.move_session(session, rooms=[room], educators=[ada], by=plans.planner(), at=NOW)
    sessions.change_session(session, capacity=29, educators=[ada], by=plans.planner(), at=NOW)
    assert told() == [("ada", "planned")]


def test_a_change_of_educators_is_told_to_both_and_takes_it_out_of_the_calendar():
    room, programme, ada, bo = two_of_them()
    session = plans.create(programme, room, educators=[ada])
    sessions.swap_educator(session, leaving=ada, coming=bo, by=plans.planner(), at=NOW)
    assert told()[1:] == [("ada", "taken_off"), ("bo", "put_on")]
    payload = Effect.objects.get(key__contains="taken_off").payload
    mail = import_string(settings.MAIL_BUILDERS[payload["mail"]])(**payload["args"])
    assert events(mail)[0]["STATUS"] == "CANCELLED"
    assert mail.attachments[0].content_type == "text/calendar; method=CANCEL"


def test_a_cancelled_session_is_told_with_its_reason():
    room, programme, ada, _bo = two_of_them()
    session = plans.create(programme, room, educators=[ada])
    sessions.cancel_session(session, reason="Sjukdom", by=plans.planner(), at=NOW)
    mail = said()
    assert told()[-1] == ("ada", "cancelled")
    assert "Sjukdom" in mail.text


def test_who_made_the_change_is_not_told_of_it():
    room, programme, ada, bo = two_of_them()
    ada.roles = ["educator", "planner"]
    ada.save()
    plans.create(programme, room, educators=[ada, bo], by=making.acting(ada))
    assert told() == [("bo", "planned")]
    mail = said()
    assert "Ändrat av: Ada" in mail.text


def test_who_no_longer_works_here_is_not_told():
    room, programme, ada, bo = two_of_them()
    plans.create(programme, room, educators=[ada])
    ada.is_active = False
    ada.save()
    assert said() is None
    programme.educators.add(ada)
    educators.tell(educators.PLANNED, {ada: [], bo: []}, by=None, at=NOW)
    assert told() == [("ada", "planned")]


def test_what_is_refused_is_told_to_nobody():
    room, programme, ada, bo = two_of_them()
    plans.create(programme, room, educators=[ada])
    with pytest.raises(RoomTaken):
        plans.create(programme, room, educators=[bo])
    assert told() == [("ada", "planned")]


def test_nothing_is_said_of_what_is_no_longer_true():
    room, programme, ada, bo = two_of_them()
    session = plans.create(programme, room, educators=[ada])
    sessions.swap_educator(session, leaving=ada, coming=bo, by=plans.planner(), at=NOW)
    first = Effect.objects.filter(payload__mail="school.duties").earliest("pk").payload
    assert import_string(settings.MAIL_BUILDERS[first["mail"]])(**first["args"]) is None


def test_the_same_change_is_promised_once():
    room, programme, ada, _bo = two_of_them()
    session = plans.create(programme, room, educators=[ada])
    educators.tell(educators.PLANNED, {ada: [session]}, by=None, at=NOW + dt.timedelta(hours=1))
    assert told() == [("ada", "planned")]


@pytest.mark.parametrize("many", [1, 3])
def test_a_mail_about_a_series_is_worded_in_as_many_queries_however_long(many, django_assert_max_num_queries):
    room, programme, ada, _bo = two_of_them()
    last = plans.DAY + dt.timedelta(weeks=many)
    plan = plans.series(programme, room, educators=[ada], last_date=last)
    series.plan_series(plan, by=plans.planner(), at=NOW)
    with django_assert_max_num_queries(9):
        said()


def test_a_class_that_wants_another_language_than_the_session_is_seen_by_who_leads_and_plans_it():
    ada = plans.educator("ada")
    on = classes.session()
    Duty.objects.create(occasion=on.occasion, educator=ada, period=on.occasion.period)
    classes.confirmed(on)
    ada_sees, planner_sees = Client(), Client()
    ada_sees.force_login(ada)
    planner_sees.force_login(plans.planner().user)
    pages = [
        (ada_sees, "/planering/mina-dagar/?first=2026-03-03"),
        (planner_sees, f"/planering/tillfalle/{on.pk}/"),
    ]
    assert all("Engelska" not in client.get(path).text for client, path in pages)
    SchoolBooking.objects.update(language="en")
    assert all("Engelska" in client.get(path).text for client, path in pages)
