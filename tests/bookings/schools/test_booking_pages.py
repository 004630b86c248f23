"""The pages of booking, as a browser without script uses them."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.common import links
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import changing
from navet.accounts.roles import STAFF_ROLES
from navet.directory import search
from navet.directory.models import SchoolUnit
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW, TEACHER

pytestmark = pytest.mark.django_db
Status = SchoolBooking.Status


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def filled(school, /, **fields: Any) -> dict[str, Any]:
    return {
        "school_text": school.name,
        "school": str(school.pk),
        "class_name": "5A",
        "grade": "5",
        "pupils": "20",
        "adults": "2",
        "language": "sv",
        "lunch": "",
        "contact_name": "Maria Lind",
        "contact_email": TEACHER,
        "contact_phone": "070-174 06 05",
        **fields,
    }


def proved_client(email: str = TEACHER, *, at: dt.datetime = NOW) -> Client:
    client = Client()
    session = client.session
    session["verified_email"] = {"email": email, "at": at.isoformat()}
    session.save()
    return client


def token_of(page: Any) -> str:
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def test_book_confirm_by_code_change_and_cancel(client):
    on, school = classes.session(), classes.school()
    page = client.get(f"/boka/{on.pk}/?arskurs=5&elever=24")
    assert 'value="24"' in page.content.decode()
    answer = client.post(f"/boka/{on.pk}/", filled(school, token=token_of(page)))
    made = SchoolBooking.objects.get()
    assert answer.url == f"/bokning/{made.code}/bekrafta/"
    assert (made.status, made.contact_phone) == (Status.HELD, "+46701740605")
    page = client.get(answer.url).content.decode()
    assert "one-time-code" in page
    assert (TEACHER in page, TEACHER in Client().get(answer.url).text) == (
        True,
        False,
    )  # who asked sees what she wrote
    answer = client.post(answer.url, {"pin": classes.pin_of(made.code)}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/bokning/{made.code}/"
    assert TEACHER in answer.content.decode()
    made.refresh_from_db()
    assert made.status == Status.CONFIRMED
    change = client.get(f"/bokning/{made.code}/andra/")
    assert change.status_code == 200
    answer = client.post(
        f"/bokning/{made.code}/andra/",
        {"version": made.version, "pupils": "18", "adults": "3", "class_name": "5A", "language": "sv", "lunch": "", "bus_at": "08:40",
         "need_wheelchair": "1"},
    )  # fmt: skip
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.pupils, made.adults, made.bus_at, made.needs) == (18, 3, dt.time(8, 40), {"wheelchair": 1})
    assert client.get(f"/bokning/{made.code}/avboka/").status_code == 200
    answer = client.post(f"/bokning/{made.code}/avboka/", {"version": made.version, "reason": "Annan dag"})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.status, made.owed_ore) == (Status.CANCELLED, 0)
    assert client.get(f"/bokning/{made.code}/").status_code == 200


def test_the_same_form_sent_twice_books_once(client):
    on, school = classes.session(), classes.school()
    sent = filled(school, token=token_of(client.get(f"/boka/{on.pk}/")))
    urls = {client.post(f"/boka/{on.pk}/", sent).url for _ in range(2)}
    assert urls == {f"/bokning/{SchoolBooking.objects.get().code}/bekrafta/"}


def test_who_proved_her_address_sees_the_price_and_books_in_one_step():
    on, school, client = classes.session(), classes.school(), proved_client()
    page = client.post(f"/boka/{on.pk}/", filled(school))
    assert page.status_code == 200
    assert not SchoolBooking.objects.exists()
    assert 'name="shown_price" value="0"' in page.content.decode()
    answer = client.post(f"/boka/{on.pk}/", filled(school, shown_price="0"))
    assert SchoolBooking.objects.get().status == Status.CONFIRMED
    assert answer.url == f"/bokning/{SchoolBooking.objects.get().code}/"


def test_a_school_typed_without_choosing_gives_choices_and_loses_nothing(client):
    on = classes.session()
    for place in ("Norra", "Södra"):
        classes.school(name=f"Mörlandaskolan {place}")
    page = client.post(f"/boka/{on.pk}/", filled(classes.school(), school="", school_text="Mörlandaskolan"))
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count('type="radio" name="school"') == 2
    assert 'value="070-174 06 05"' in text
    assert not SchoolBooking.objects.exists()


def test_the_name_of_a_closed_school_is_never_taken_for_another_that_is_like_it(client):
    on = classes.session()
    gone, like = classes.school(name="Sätilaskolan 7-9"), classes.school(name="Särlaskolan 7-9")
    SchoolUnit.objects.filter(pk=gone.pk).update(status=SchoolUnit.Status.CLOSED)
    search.forget_names()
    page = client.post(f"/boka/{on.pk}/", filled(like, school="", school_text="Sätilaskolan 7-9"))
    text = page.content.decode()
    assert page.status_code == 422
    assert not SchoolBooking.objects.exists()
    assert f'name="school" value="{like.pk}">' in text  # offered, not chosen
    client.post(f"/boka/{on.pk}/", filled(like, school="", school_text="särlask"))
    assert SchoolBooking.objects.get().school == like


def test_typing_help_lists_schools(client):
    school = classes.school(name="Altorpskolan")
    text = client.get("/boka/skolor/?school_text=altorp").content.decode()
    assert f'value="{school.pk}" checked' in text


def test_a_full_session_offers_the_waiting_list(client):
    on, school = classes.session(), classes.school()
    classes.confirmed(on, pupils=25)
    page = client.post(f"/boka/{on.pk}/", filled(school))
    assert page.status_code == 422
    assert 'name="waiting_list"' in page.content.decode()
    client.post(f"/boka/{on.pk}/", filled(school, waiting_list="on"))
    assert SchoolBooking.objects.latest("pk").status == Status.REQUESTED


def test_the_price_panel_asks_for_a_reference_where_the_school_pays(client):
    on, school = classes.session(), classes.school(agreement=False)
    page = client.post(f"/boka/{on.pk}/pris/", {"school": school.pk, "pupils": "20"}).content.decode()
    assert re.search(r'name="invoice_reference"[^>]* required', page)
    assert "aria-invalid" not in page  # nothing is sent yet
    sent = {"school": school.pk, "pupils": "20", "invoice_reference": "REF 7"}
    assert 'value="REF 7"' in client.post(f"/boka/{on.pk}/pris/", sent).text
    assert 'name="shown_price" value="300000"' in page
    free = client.post(
        f"/boka/{on.pk}/pris/", {"school": classes.school().pk, "pupils": "20"}
    ).content.decode()
    assert 'name="invoice_reference"' not in free
    for pupils in ("", "x", "0", "-1", "99999999999999999999", "²"):
        assert client.post(f"/boka/{on.pk}/pris/", {"school": "9" * 30, "pupils": pupils}).status_code == 200


def test_a_missing_reference_is_asked_for(client):
    on, school = classes.session(), classes.school(agreement=False)
    page = client.post(f"/boka/{on.pk}/", filled(school))
    assert page.status_code == 422
    assert 'id="id_invoice_reference_error"' in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pupils", ""), ("pupils", "0"), ("pupils", "-3"), ("pupils", "tjugo"), ("pupils", "1e9"), ("pupils", "31"),
        ("pupils", "4"), ("pupils", "9" * 40), ("adults", "-1"), ("adults", "101"), ("adults", ""), ("grade", "9"),
        ("grade", "99"), ("grade", ""), ("language", "de"), ("class_name", ""), ("class_name", "A" * 41),
        ("class_name", " "), ("contact_name", ""), ("contact_email", "maria"), ("contact_email", "a@b"),
        ("contact_email", "x" * 300 + "@skola.example"), ("contact_phone", "12"), ("contact_phone", "ring mig"),
        ("contact_phone", ""), ("bus_at", "25:00"), ("bus_at", "åtta"), ("lunch", "1"), ("lunch", "abc"),
        ("school_text", "Hogwarts"), ("need_wheelchair", "-1"), ("need_wheelchair", "40"), ("class_name", "\x00"),
    ],
)  # fmt: skip
def test_wrong_input_is_told_and_nothing_is_booked(client, field, value):
    wrong = {field: value} | ({"school": ""} if field == "school_text" else {})
    page = client.post(f"/boka/{classes.session().pk}/", filled(classes.school(), **wrong))
    assert page.status_code == 422
    assert "error-summary" in page.content.decode()
    assert not SchoolBooking.objects.exists()


def test_a_class_of_the_wrong_size_is_told_with_the_other_faults(client):
    page = client.post(f"/boka/{classes.session().pk}/", filled(classes.school(), pupils="31", class_name=""))
    assert {"class_name", "pupils"} == set(page.context["form"].errors)
    assert page.context["form"].errors.as_data()["pupils"][0].code == "group_too_large"


def test_sessions_and_codes_that_do_not_exist_are_not_found(client):
    for url in (
        "/boka/999999/",
        f"/boka/{10**30}/",
        "/bokning/ABC/",
        "/bokning/0000000000/",
        "/bokning/%00/",
    ):
        assert client.get(url).status_code == 404


def test_a_session_that_cannot_be_booked_says_so_and_shows_no_form(client):
    later = NOW + dt.timedelta(days=3)
    page = client.get(f"/boka/{classes.session(release_at=later).pk}/").content.decode()
    assert 'name="class_name"' not in page


PAGES = ["", "andra/", "antal/", "byt/", "avboka/", "kalender.ics", "qr.svg"]


@pytest.mark.parametrize("page", PAGES)
def test_the_code_alone_shows_no_contact(page):
    made = classes.confirmed()
    for client in (Client(), proved_client("somebody@skola.example")):
        answer = client.get(f"/bokning/{made.code}/{page}", follow=True)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert TEACHER not in text
        assert made.class_name not in text
        assert "Maria Lind" not in text


@pytest.mark.parametrize("page", ["andra/", "antal/", "byt/", "avboka/", "svara/"])
def test_the_code_alone_changes_nothing(page):
    made = classes.confirmed()
    Client().post(
        f"/bokning/{made.code}/{page}", {"version": 1, "pupils": 5, "adults": 1, "answer": "decline"}
    )
    made.refresh_from_db()
    assert (made.status, made.version, made.pupils) == (Status.CONFIRMED, 1, 20)


@pytest.mark.parametrize("page", PAGES)
def test_the_contact_sees_every_page(page):
    made = classes.confirmed(needs={"wheelchair": 1})
    classes.session(made.session.programme, day=dt.date(2026, 3, 10))
    assert proved_client().get(f"/bokning/{made.code}/{page}").status_code == 200


def test_the_mails_link_opens_its_booking_and_no_other(client):
    made, other = classes.confirmed(), classes.confirmed()
    url = links.mail_url(made).partition("//")[2].partition("/")[2]
    assert client.get(f"/{url}").url == f"/bokning/{made.code}/"
    assert TEACHER in client.get(f"/bokning/{made.code}/").content.decode()
    assert TEACHER not in client.get(f"/bokning/{other.code}/").content.decode()
    wrong = f"/bokning/{other.code}/?nyckel={links.key_of(made)}"
    assert TEACHER not in client.get(wrong).content.decode()


def test_move_shows_the_price_and_moves():
    made, client = classes.confirmed(), proved_client()
    to = classes.session(made.session.programme, day=dt.date(2026, 3, 10))
    assert f"?till={to.pk}" in client.get(f"/bokning/{made.code}/byt/").content.decode()
    assert client.get(f"/bokning/{made.code}/byt/?till={to.pk}").status_code == 200
    answer = client.post(f"/bokning/{made.code}/byt/", {"session": to.pk, "version": 1, "lunch": ""})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert made.session_id == to.pk


def test_a_stale_page_changes_nothing():
    made, client = classes.confirmed(), proved_client()
    changing.change(made.code, pupils=19, by=classes.teacher(), at=NOW)
    answer = client.post(f"/bokning/{made.code}/antal/", {"version": 1, "pupils": "10", "adults": "1"})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.pupils == 19


def test_an_offer_is_accepted_on_the_page():
    on = classes.session()
    first = classes.confirmed(on, pupils=30, contact_email="o@skola.example")
    waiting, client = classes.queued(on), proved_client()
    assert client.get(f"/bokning/{waiting.code}/").status_code == 200
    changing.cancel(first.code, by=None, at=NOW)
    assert b'value="accept"' in client.get(f"/bokning/{waiting.code}/").content
    client.post(f"/bokning/{waiting.code}/svara/", {"answer": "accept"})
    waiting.refresh_from_db()
    assert waiting.status == Status.CONFIRMED


def test_my_bookings_after_the_code(client):
    made = classes.confirmed()
    other = classes.confirmed(contact_email="o@skola.example")
    assert client.post("/mina-bokningar/", {"email": TEACHER}).url == "/mina-bokningar/kod/"
    assert client.get("/mina-bokningar/kod/").status_code == 200
    client.post("/mina-bokningar/kod/", {"pin": classes.pin_of("")})
    text = client.get("/mina-bokningar/").content.decode()
    assert made.code in text
    assert other.code not in text
    client.post("/mina-bokningar/glom/")
    assert made.code not in client.get("/mina-bokningar/").content.decode()


def test_what_was_cancelled_is_not_among_what_comes():
    made = classes.confirmed()
    client = proved_client()
    assert "Avbokade eller förfallna" not in client.get("/mina-bokningar/").text
    changing.cancel(made.code, by=classes.teacher(), at=NOW)
    coming, gone = client.get("/mina-bokningar/").text.split("Avbokade eller förfallna")
    assert (made.code in coming, made.code in gone) == (False, True)


def test_unknown_addresses_get_the_same_reply(client):
    assert client.post("/mina-bokningar/", {"email": "nobody@skola.example"}).url == "/mina-bokningar/kod/"


def test_guesses_are_counted(client, settings):
    answers = [client.get(f"/bokning/000000{n:04d}/").status_code for n in range(35)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_the_list_takes_the_same_number_of_queries(django_assert_num_queries):
    client = proved_client()
    counts = []
    for _ in range(2):
        classes.confirmed()
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get("/mina-bokningar/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_planner_books_with_an_exception_and_cancels_without_a_fee(client):
    planner = classes.planner().user
    client.force_login(planner)
    on, school = classes.session(capacity=40), classes.school()
    sent = filled(school, pupils="34", override_reason="Two classes as one")
    assert client.post(f"/boka/{on.pk}/", sent).status_code == 302
    made = SchoolBooking.objects.get()
    assert (made.status, made.pupils) == (Status.CONFIRMED, 34)
    with time_machine.travel(on.occasion.starts_at - dt.timedelta(days=1)):
        client.force_login(planner)
        asked = {"version": made.version, "reason": "Snow", "waive_fee": "on"}
        client.post(f"/bokning/{made.code}/avboka/", asked)
    made.refresh_from_db()
    assert (made.status, made.owed_ore) == (Status.CANCELLED, 0)


ACTS = ["andra", "antal", "byt", "avboka", "kontakt", "kontakt/kod", "svara"]


@pytest.mark.parametrize("role", [role.value for role in STAFF_ROLES])
def test_staff_who_only_look_at_bookings_are_led_to_nothing_that_changes_one(settings, role):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    on = classes.session()
    booked = classes.confirmed(on, pupils=30)
    waits = classes.confirmed(on, pupils=20, waiting_list=True)
    changing.cancel(booked.code, by=None, at=classes.NOW)  # the one who waits is offered the places
    stands = classes.confirmed(classes.session(clock="13:00"))
    client, user = Client(), classes.staff(role).user
    client.force_login(user)
    own = f"/bokning/{stands.code}/"
    page = client.get(own).text
    sees, acts = user.has_capability("schools.view_bookings"), user.has_capability("schools.book_for")
    links = {tail for tail in ACTS if f"{own}{tail}/" in page}
    assert (links >= {"andra", "avboka", "kontakt"}) == acts
    assert bool(links) == acts
    assert (f"/bokning/{waits.code}/svara/" in client.get(f"/bokning/{waits.code}/").text) == acts
    got = {tail: client.get(f"{own}{tail}/").status_code for tail in ACTS if tail != "svara"}
    sent = {tail: client.post(f"{own}{tail}/", {"version": stands.version}).status_code for tail in ACTS}
    if acts:
        assert got["andra"] == got["avboka"] == 200
    else:  # 403 for whoever sees it, the page that asks for a code for everybody else
        assert set(got.values()) | set(sent.values()) == {403 if sees else 302}
    stands.refresh_from_db()
    assert acts or (stands.status, stands.version) == (SchoolBooking.Status.CONFIRMED, 1)


def test_somebody_of_finance_who_is_the_contact_herself_acts_by_the_link_in_her_mail(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    booked, client = classes.confirmed(), Client()
    client.force_login(classes.staff("finance").user)
    assert client.get(f"/bokning/{booked.code}/avboka/").status_code == 403
    client.get(links.mail_url(booked))
    assert client.get(f"/bokning/{booked.code}/avboka/").status_code == 200
