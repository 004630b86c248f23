"""A course of one school's own: asked for, planned for it alone, or declined; and forgotten on time."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connections

from bookings.courses import wish_mails
from bookings.courses.models import OwnCourse, Registration, Round
from bookings.courses.operations import planning, refusals, registering, wishes
from navet import periods
from navet.retention import engine, rules
from tests.bookings.courses import lessons
from tests.bookings.courses.lessons import DAY, NOW, TEACHER
from tests.bookings.schools import classes
from tests.bookings.schools.test_booking_pages import token_of
from tests.navet.house import making


@pytest.fixture(autouse=True)
def now(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        yield


def wanted(**fields):
    times = [(periods.at(DAY, dt.time(13)), periods.at(DAY, dt.time(16)))]
    return {"days": times, "capacity": 25, "by": lessons.planner(), "at": NOW, **fields}


@pytest.mark.django_db
def test_a_school_asks_and_the_form_sent_twice_asks_once(client):
    classes.school(name="Altorpskolan")
    page = client.get("/kurser/onskemal/")
    sent = {
        "school_text": "Altorpskolan", "what": "AI", "persons": "25", "when": "Vecka 12", "contact_name": "Maria Lind",
        "contact_email": TEACHER, "token": token_of(page),
    }  # fmt: skip
    for _twice in range(2):
        assert client.post("/kurser/onskemal/", sent)["Location"] == "/kurser/onskemal/tack/"
    made = OwnCourse.objects.get()
    assert (made.school.name, made.persons, made.status) == ("Altorpskolan", 25, "asked")
    assert len(lessons.mails("own_asked")) == 1
    for wrong in (
        {"school_text": "Ingen"},
        {"what": " "},
        {"persons": "0"},
        {"when": ""},
        {"contact_email": "x"},
        {"course": "9"},
    ):
        answer = client.post("/kurser/onskemal/", sent | wrong | {"token": ""})
        assert answer.status_code == 422, wrong
        assert "Maria Lind" in answer.content.decode()
    assert OwnCourse.objects.count() == 1


@pytest.mark.django_db
def test_it_is_planned_for_the_school_alone_which_is_told(client):
    making.open_weekdays()
    wish, course = lessons.wished(), lessons.course(is_published=False)
    client.force_login(lessons.planner().user)
    page = f"/planering/kurser/onskemal/{wish.pk}/"
    assert "Vecka 12" in client.get(page).content.decode()
    sent = {
        "course": course.pk,
        "days": str(DAY),
        "begins": "13:00",
        "ends": "16:00",
        "capacity": "25",
        "least": "1",
    }
    assert (
        client.post(page, sent | {"days": "2026-03-08"}).status_code == 422
    )  # a Sunday: the house is closed
    assert OwnCourse.objects.get().status == "asked"
    made = client.post(page, sent)
    on = Round.objects.get()
    assert made["Location"] == f"/planering/kurser/omgang/{on.pk}/"
    assert on.reserved_for == wish.school
    assert client.post(page, sent).status_code == 422
    told = wish_mails.own_planned(wish_id=wish.pk)
    assert f"/kurser/anmal/{on.pk}/" in told.text
    assert wish_mails.own_asked(wish_id=wish.pk) is None
    assert course.title_sv not in client.get("/kurser/").content.decode()
    with pytest.raises(refusals.ForAnotherSchool):
        registering.request(on.pk, **lessons.proved(2, school=classes.school(name="Annan")))
    assert registering.request(on.pk, **lessons.proved(2, school=wish.school)).status == "confirmed"
    assert Registration.objects.count() == 1


@pytest.mark.django_db
def test_whoever_asked_is_told_when_it_is_called_off_before_anybody_of_hers_is_registered():
    making.open_weekdays()
    planner = lessons.planner()
    for registers in (False, True):
        day = DAY + dt.timedelta(days=registers)
        times = [(periods.at(day, dt.time(13)), periods.at(day, dt.time(16)))]
        wish = lessons.wished()
        on = wishes.plan(wish.pk, course=lessons.course(), **wanted(days=times))
        if registers:
            lessons.registered(on, 2, school=wish.school)  # by the same address
        assert wish_mails.own_called_off(wish_id=wish.pk) is None
        for _again in range(2):
            planning.call_off(on.pk, reason="Läraren är sjuk", by=planner, at=NOW)
        assert len(lessons.mails("own_called_off")) == 1
        assert len(lessons.mails("called_off")) == registers
        said = wish_mails.own_called_off(wish_id=wish.pk).text
        assert "Läraren är sjuk" in said
        assert "13:00" in said
        assert wish_mails.own_planned(wish_id=wish.pk) is None


@pytest.mark.django_db
def test_it_is_declined_with_a_reason_and_once(client):
    wish = lessons.wished(mail_language="en")
    client.force_login(lessons.planner().user)
    page = f"/planering/kurser/onskemal/{wish.pk}/avboj/"
    assert client.post(page, {"reason": " "}).status_code == 422
    assert client.post(page, {"reason": "Vi har fullt"})["Location"] == "/planering/kurser/onskemal/"
    assert client.post(page, {"reason": "Igen"}).status_code == 422
    assert "Vi har fullt" in wish_mails.own_declined(wish_id=wish.pk).text
    assert "We cannot give you" in wish_mails.own_declined(wish_id=wish.pk).text
    assert "Vi har fullt" in client.get("/planering/kurser/onskemal/").content.decode()
    client.force_login(classes.staff("educator").user)
    for closed in (page, "/planering/kurser/onskemal/", f"/planering/kurser/onskemal/{wish.pk}/"):
        assert client.get(closed).status_code == 403


@pytest.mark.django_db
def test_one_address_asks_for_five_at_a_time():
    for _n in range(5):
        lessons.wished()
    with pytest.raises(refusals.TooManyWishes):
        lessons.wished()


@pytest.mark.django_db
def test_a_year_later_nobody_is_left_in_it():
    wish = lessons.wished(contact_phone="+46701740605")
    wishes.decline(wish.pk, reason="Maria hinner inte", by=lessons.planner(), at=NOW)
    engine.run(rules.every(), why="night", at=NOW + dt.timedelta(days=366))
    wish.refresh_from_db()
    assert (wish.contact_name, wish.contact_phone, wish.what, wish.answer) == ("", "", "", "")
    assert (wish.contact_email, wish.persons) == (f"{wish.pk}@removed.invalid", 25)
    assert wish_mails.own_declined(wish_id=wish.pk) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_planners_at_once_one_is_told():
    making.open_weekdays()
    wish, course, by = lessons.wished(), lessons.course(), lessons.planner()
    said = []

    def plan(day):
        times = [(periods.at(day, dt.time(13)), periods.at(day, dt.time(16)))]
        try:
            said.append(wishes.plan(wish.pk, course=course, **wanted(days=times, by=by)))
        except refusals.AlreadyAnswered as refused:
            said.append(refused)
        finally:
            connections.close_all()

    both = [threading.Thread(target=plan, args=[DAY + n * dt.timedelta(days=1)]) for n in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=30)
    assert sorted(type(one).__name__ for one in said) == ["AlreadyAnswered", "Round"]
    assert Round.objects.count() == 1
