"""The pages of tickets, by form and redirect, as a browser without scripts does it."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from bookings.common import links
from bookings.common.models import Status
from bookings.tickets.models import Event, Slot, TicketBooking
from bookings.tickets.operations import booking
from tests.bookings.schools import classes
from tests.bookings.schools.test_booking_pages import proved_client, token_of
from tests.bookings.tickets import shows
from tests.bookings.tickets.shows import NOW, VISITOR
from visitors.models import CheckIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def form(**fields: Any) -> dict[str, Any]:
    return {"adult": 1, "child": 2, "contact_name": "Karin Ek", "contact_email": VISITOR, **fields}


def test_the_list_shows_what_is_free_and_what_is_sold_out(client, django_assert_max_num_queries):
    event = shows.event()
    for clock in ("10:00", "11:00", "12:00"):
        shows.slot(event, clock=clock, capacity=3)
    shows.confirmed(Slot.objects.order_by("pk").first())
    with django_assert_max_num_queries(6):
        page = client.get("/biljetter/").content.decode()
    assert page.count("3 lediga platser") == 2
    assert page.count("Fullbokat") == 1
    assert page.count("/biljetter/boka/") == 2
    assert "120" in page


def test_the_list_says_what_is_wrong_with_a_date(client):
    assert client.get("/biljetter/?fran=x").status_code == 400


def test_book_confirm_by_code_and_cancel(client):
    on = shows.slot()
    page = client.get(f"/biljetter/boka/{on.pk}/")
    sent = form(token=token_of(page))
    held = client.post(f"/biljetter/boka/{on.pk}/", sent)
    made = TicketBooking.objects.get()
    assert held["Location"] == f"/biljetter/bokning/{made.code}/bekrafta/"
    assert client.post(f"/biljetter/boka/{on.pk}/", sent)["Location"] == held["Location"]  # sent twice: once
    assert "280" in client.get(held["Location"]).content.decode()
    wrong = client.post(held["Location"], {"pin": "12"})
    assert wrong.status_code == 422
    done = client.post(held["Location"], {"pin": shows.pin_of(made.code)}, follow=True)
    assert "Bokat" in done.content.decode()
    own = f"/biljetter/bokning/{made.code}/"
    assert client.get(f"{own}qr.svg")["Content-Type"] == "image/svg+xml"
    assert b"BEGIN:VEVENT" in client.get(f"{own}kalender.ics").content
    version = TicketBooking.objects.get().version
    gone = client.post(f"{own}avboka/", {"version": version, "reason": "Sjuka"}, follow=True)
    assert gone.status_code == 200
    assert TicketBooking.objects.get().status == Status.CANCELLED


def test_whoever_proved_her_address_sees_the_sum_before_it_is_booked():
    client, on = proved_client(VISITOR), shows.slot()
    url = f"/biljetter/boka/{on.pk}/"
    first = client.post(url, form(token=token_of(client.get(url))))
    assert (first.status_code, TicketBooking.objects.count()) == (200, 0)
    assert "280" in first.content.decode()
    price = re.search(r'name="shown_price" value="(\d+)"', first.content.decode())[1]
    done = client.post(url, form(token=token_of(first), shown_price=price))
    assert done["Location"] == f"/biljetter/bokning/{TicketBooking.objects.get().code}/"
    assert TicketBooking.objects.get().status == Status.CONFIRMED


def test_a_refusal_comes_back_with_the_form(client):
    on = shows.slot(capacity=2)
    page = client.post(f"/biljetter/boka/{on.pk}/", form())
    assert page.status_code == 422
    assert "Bara 2 platser är kvar." in page.content.decode()
    assert "Karin Ek" in page.content.decode()


def test_the_code_alone_shows_no_contact_and_cancels_nothing(client):
    made = shows.confirmed()
    own = f"/biljetter/bokning/{made.code}/"
    page = client.get(own).content.decode()
    assert "Karin" not in page
    assert made.event.title in page
    assert client.post(f"{own}avboka/", {"version": 1})["Location"] == own
    assert TicketBooking.objects.get().status == Status.CONFIRMED
    assert client.get("/biljetter/bokning/7K3M9QX2ZD/").status_code == 404


def test_the_address_of_every_mail_leads_to_the_booking(client):
    made = shows.confirmed()
    there = client.get(links.mail_url(made), follow=True)
    assert there.redirect_chain[-1][0] == f"/biljetter/bokning/{made.code}/"
    assert "Karin Ek" in there.content.decode()
    assert client.get(f"/bokning/{made.code}/")["Location"] == f"/biljetter/bokning/{made.code}/"
    school = classes.confirmed()
    assert client.get(f"/bokning/{school.code}/").status_code == 200


def test_planners_make_an_event_plan_its_times_and_call_one_off():
    room, client = shows.house(), Client()
    client.force_login(shows.planner().user)
    said = {
        "slug": "lovdag", "title_sv": "Lovdag", "title_en": "Day off", "summary_sv": "Prova.", "summary_en": "Try.",
        "length_minutes": 60, "capacity": 20, "most_tickets": 8, "rooms": [room.pk], "adult": "100", "companion": "on",
        "vat_permille": 60, "is_published": "on",
    }  # fmt: skip
    assert client.post("/planering/biljetter/nytt/", said).status_code == 302
    event = Event.objects.get()
    assert dict(event.prices.values_list("kind", "price_ore")) == {"adult": 10_000, "companion": 0}
    times = {"first": "2026-03-03", "last": "2026-03-08", "times": "11:00, 13:30", "rooms": [room.pk]}
    page = client.post("/planering/biljetter/lovdag/tider/", times)
    assert Slot.objects.count() == 8  # Tuesday to Friday; the weekend is closed, and told
    assert page.content.decode().count("inte öppet") + page.content.decode().count("stängt") >= 2
    on = Slot.objects.first()
    shows.confirmed(on, tickets={"adult": 2})
    whole = client.get(f"/planering/biljetter/tid/{on.pk}/").content.decode()
    assert "Karin Ek" in whole
    assert client.post(f"/planering/biljetter/tid/{on.pk}/platser/", {"capacity": 1}).status_code == 422
    assert (
        client.post(f"/planering/biljetter/tid/{on.pk}/stall-in/", {"reason": "Sjukdom"}).status_code == 302
    )
    assert TicketBooking.objects.get().status == Status.CANCELLED


def test_the_desk_sells_and_checks_in_once_however_often_it_is_sent():
    on, client = shows.slot(day=NOW.date()), Client()
    client.force_login(classes.staff("desk").user)
    assert "Sälj" in client.get("/reception/biljetter/").content.decode()
    url = f"/reception/biljetter/{on.pk}/"
    said = {"adult": 2, "check_in": "on", "token": token_of(client.get(url))}
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 302
    assert TicketBooking.objects.get().at_desk
    assert CheckIn.objects.get().adults == 2


@pytest.mark.parametrize("path", ["/planering/biljetter/", "/planering/biljetter/nytt/"])
def test_only_planners_plan(client, path):
    assert client.get(path).status_code == 302
    client.force_login(classes.staff("desk").user)
    assert client.get(path).status_code == 403


def test_the_mail_has_the_sum_the_link_the_qr_and_the_calendar():
    from bookings.tickets import mails

    made = shows.confirmed()
    mail = mails.confirmed(booking_id=made.pk)
    assert "280" in mail.text
    assert links.mail_url(made) in mail.text
    assert [one.content_type.split(";")[0] for one in mail.attachments] == ["text/calendar", "image/png"]
    booking.cancel(made.code, by=None, at=NOW)
    assert mails.confirmed(booking_id=made.pk) is None
    assert b"METHOD:CANCEL" in mails.cancelled(booking_id=made.pk).attachments[0].content
