"""The pages of courses, by form and redirect, as a browser without scripts does it."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.common.models import Status
from bookings.courses import mails
from bookings.courses.models import Course, Registration, Round
from bookings.courses.operations import registering
from tests.bookings.courses import lessons
from tests.bookings.courses.lessons import NOW, TEACHER
from tests.bookings.schools import classes
from tests.bookings.schools.test_booking_pages import proved_client, token_of
from tests.navet.house import making
from visitors.models import Visit

pytestmark = pytest.mark.django_db
TEAM = "Ada Ek, ada@skola.example\nBo Alm <Bo@skola.example>\n\ncia@skola.example Cia Ås"


@pytest.fixture(autouse=True)
def now(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        yield


def form(**fields: Any) -> dict[str, Any]:
    return {"participants": TEAM, "contact_name": "Maria Lind", "contact_email": TEACHER, **fields}


def staff(role: str) -> Client:
    client = Client()
    client.force_login(making.user(f"{role}@navet.example", role, name="Pia"))
    return client


def test_the_list_has_what_is_open_and_asks_a_fixed_number_of_queries(client, django_assert_num_queries):
    for n in range(4):
        lessons.registered(lessons.round_(lessons.course(title_sv=f"Kurs {n}"), capacity=2 + n), 2)
    lessons.course(title_sv="Utan datum", field="science", forms=["GY"])
    lessons.round_(lessons.course(title_sv="Dold", is_published=False))
    with django_assert_num_queries(4):
        page = client.get("/kurser/").content.decode()
    assert (page.count("/kurser/anmal/"), page.count("Väntelista")) == (4, 1)
    assert "Dold" not in page
    found = client.get("/kurser/?om=science&skolform=GY").content.decode()
    assert "Utan datum" in found
    assert "Kurs 1" not in found
    assert client.get("/kurser/?om=x").status_code == 400


def test_a_team_registers_confirms_changes_and_cancels(client):
    on, school = lessons.round_(), classes.school(name="Altorpskolan")
    address = f"/kurser/anmal/{on.pk}/"
    sent = form(school_text="Altorpskolan", token=token_of(client.get(address)))
    held = client.post(address, sent)
    made = Registration.objects.get()
    assert held["Location"] == f"/kurser/anmalan/{made.code}/bekrafta/"
    assert client.post(address, sent)["Location"] == held["Location"]
    assert (made.school, made.persons) == (school, 3)
    assert {one.email for one in made.participants.all()} == {
        f"{x}@skola.example" for x in ("ada", "bo", "cia")
    }
    own = f"/kurser/anmalan/{made.code}/"
    assert "ada@" not in client.get(own).content.decode()  # whoever knows the code alone sees nobody
    assert client.post(held["Location"], {"pin": lessons.pin_of(made.code)})["Location"] == own
    page = client.get(own).content.decode()
    assert "Ni är anmälda" in page
    assert "Ada Ek, ada@skola.example" in page
    changed = client.post(f"{own}andra/", {"participants": "Ada Ek, ada@skola.example", "version": 2})
    assert changed["Location"] == own
    assert client.post(f"{own}andra/", {"participants": TEAM, "version": 2}).status_code == 422
    assert client.get(f"{own}kalender.ics").content.count(b"BEGIN:VEVENT") == 1
    assert client.post(f"{own}avboka/", {"version": 3})["Location"] == own
    made.refresh_from_db()
    assert (made.status, made.persons) == (Status.CANCELLED, 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"participants": "Ada"}, "Rad 1 behöver"),
        ({"participants": "Ada a@b"}, "Rad 1 behöver"),
        ({"participants": "A a@skola.example\nB a@skola.example"}, "står där två gånger"),
        ({"school_text": "Finns inte"}, "hittar ingen sådan skola"),
        ({"contact_email": "x"}, "giltig mejladress"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, fields, words):
    on = lessons.round_()
    classes.school(name="Altorpskolan")
    answer = client.post(f"/kurser/anmal/{on.pk}/", form(school_text="Altorpskolan") | fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Maria Lind" in answer.content.decode()
    assert not Registration.objects.exists()


def test_who_will_wait_is_told_of_no_places_held(client):
    on = lessons.round_(capacity=3)
    classes.school(name="Altorpskolan")
    address, held = f"/kurser/anmal/{on.pk}/", "hålls"
    empty = client.get(address).content.decode()
    lessons.registered(on, 3)
    full = client.get(address).content.decode()
    assert (held in empty, held in full) == (True, False)
    assert "Inget är klart förrän" in full
    sent = form(school_text="Altorpskolan", waiting_list="on", token=token_of(client.get(address)))
    page = client.get(client.post(address, sent)["Location"]).content.decode()
    assert held not in page
    assert 'name="pin"' in page
    assert "Skriv in koden för att stå i kö" in page
    assert "Bekräfta platsen i kön" in page
    assert "boka" not in page.partition("<main")[2].partition("</main>")[0].lower()


def test_who_pays_sees_the_price_before_and_gives_a_reference():
    on = lessons.round_()
    classes.school(name="Vårgårdaskolan", agreement=False)
    client, address = proved_client(), f"/kurser/anmal/{on.pk}/"
    sent = form(school_text="Vårgårdaskolan", token=token_of(client.get(address)))
    shown = client.post(address, sent)
    assert shown.status_code == 200
    assert "1 500" in shown.content.decode().replace("\xa0", " ")
    refused = client.post(address, sent | {"shown_price": "150000"})
    assert refused.status_code == 422
    assert "fakturareferens" in refused.content.decode()
    client.post(address, sent | {"shown_price": "150000", "invoice_reference": "ZZ 1"})
    assert Registration.objects.get().price_ore == 150_000


def test_planners_make_a_course_a_round_and_decide():
    client = staff("planner")
    making.open_weekdays()
    course = {
        "slug": "ai", "title_sv": "AI", "title_en": "AI", "summary_sv": "S", "summary_en": "S", "field": "ai",
        "forms": ["GR"], "price": "0", "vat_permille": "250", "is_published": "on",
    }  # fmt: skip
    assert client.post("/planering/kurser/ny/", course)["Location"] == "/planering/kurser/ai/"
    assert client.post("/planering/kurser/ny/", course | {"slug": "omgang"}).status_code == 422
    days = {
        "days": "2026-03-03, 2026-03-10",
        "begins": "13:00",
        "ends": "16:00",
        "capacity": "8",
        "least": "4",
    }
    bad = client.post("/planering/kurser/ai/omgang/", days | {"days": "2026-03-03 x"})
    assert bad.status_code == 422
    assert client.post("/planering/kurser/ai/omgang/", days | {"days": "2026-03-08"}).status_code == 422
    made = client.post("/planering/kurser/ai/omgang/", days)
    on = Round.objects.get()
    assert made["Location"] == (page := f"/planering/kurser/omgang/{on.pk}/")
    lessons.registered(on, 2)
    assert "2 av minst 4" in client.get(page).content.decode()
    assert "2 av minst 4" in client.get("/planering/kurser/").content.decode()
    assert client.post(f"{page}platser/", {"capacity": "1"}).status_code == 422
    assert client.post(f"{page}blir-av/")["Location"] == page
    assert client.post(f"{page}stall-in/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}stall-in/", {"reason": "Sjukdom"})["Location"] == page
    assert Course.objects.get().title_sv == "AI"


def test_the_list_of_the_day_is_taken_at_the_door():
    on = lessons.round_()
    lessons.registered(on, 3)
    (day,) = on.days.all()
    client, page = staff("educator"), f"/reception/kurser/{day.pk}/"
    assert "närvaro tas" in client.get(page).content.decode().lower()
    with time_machine.travel(day.occasion.starts_at, tick=False):
        client = staff("planner")
        assert page in client.get("/reception/kurser/").content.decode()
        ids = [str(one.pk) for one in on.registrations.get().participants.all()]
        assert client.post(page, {"listed": ids, "present": [*ids[:2], "x", "9" * 30]})["Location"] == page
        assert "2 av 3" in client.get(page).content.decode()
        assert client.post(page, {"listed": ids, "everybody": "1"})["Location"] == page
        assert "3 av 3" in client.get(page).content.decode()
    assert Visit.objects.count() == 3
    assert staff("finance").get(page).status_code == 403


def test_mails_say_what_holds_when_they_are_sent():
    on = lessons.round_(days=2, least=3, capacity=3)
    first = lessons.registered(on, 2)
    waits = lessons.registered(on, 2, waiting_list=True, mail_language="en")
    said = mails.confirmed(booking_id=first.pk)
    assert said is not None
    assert "minst 3 personer" in said.text
    assert said.attachments
    assert mails.confirmed(booking_id=waits.pk) is None
    assert "waiting list" in mails.queued(booking_id=waits.pk).text
    assert mails.reminder(booking_id=waits.pk, starts_at=on.occasion.starts_at.isoformat()) is None
    assert mails.reminder(booking_id=first.pk, starts_at=on.occasion.starts_at.isoformat()) is not None
    assert mails.changed(booking_id=first.pk) is not None
    assert mails.assured(booking_id=first.pk) is not None
    registering.cancel(first.code, by=classes.teacher(TEACHER), at=NOW)
    assert mails.let_in(booking_id=waits.pk) is not None
    assert mails.cancelled(booking_id=first.pk) is not None
    assert mails.queued(booking_id=waits.pk) is None
