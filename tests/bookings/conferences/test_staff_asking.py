"""A host books for whoever rings."""

import datetime as dt

import pytest
import time_machine

from bookings.conferences.models import Reservation, Status
from navet.payments.models import Order
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import GUEST, NOW
from tests.bookings.conferences.test_pages import form, text
from tests.bookings.schools.test_booking_pages import token_of
from tests.navet.house import making

pytestmark = pytest.mark.django_db
NEW = "/planering/konferenser/ny/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def host(client):
    client.force_login(making.user("host@navet.example", "conference_host", name="Hedda Host"))
    return client


def write(client, room, **fields):
    said = {"mail_language": "en", "asked": "option", "token": token_of(client.get(NEW)), **fields}
    return client.post(NEW, form(room, **said))


def test_an_option_until_a_day_with_a_note_and_the_guest_has_it_by_mail(host):
    answer = write(host, rooms.room(), until="2026-02-20", note="Ringer igen på fredag")
    made = Reservation.objects.get()
    assert answer["Location"] == f"/planering/konferenser/bokning/{made.code}/"
    assert (made.status, made.contact_email, made.mail_language) == (Status.OPTION, GUEST, "en")
    assert (made.holds_until.date(), made.note) == (dt.date(2026, 2, 20), "Ringer igen på fredag")
    assert made.booked_by.email == "host@navet.example"
    assert len(rooms.mails("option")) == 1


def test_a_quote_and_one_booked_at_once_for_today_by_invoice_to_a_private_person(host):
    room = rooms.room()
    write(host, room, asked="quote", until="2026-02-10")
    quote = Reservation.objects.get().quotes.get()
    assert quote.valid_until.date() == dt.date(2026, 2, 10)
    private = {
        "customer_type": "private",
        "organisation": "",
        "organisation_number": "",
        "settlement": "invoice",
    }
    today = {"date": NOW.date().isoformat(), "part": "eftermiddag", "asked": "book"}
    assert write(host, room, **private, **today).status_code == 422  # an invoice goes to an address
    write(host, room, **private, **today, street="Storgatan 1", postal_code="503 30", city="Borås")
    assert Reservation.objects.filter(status=Status.CONFIRMED).count() == 1
    assert Order.objects.get().settlement == "invoice"


def test_sent_twice_it_is_one_and_what_is_written_is_kept_when_only_the_price_is_asked_for(host):
    room = rooms.room()
    token = token_of(host.get(NEW))
    shown = text(write(host, room, recalculate="1", note="Bord vid fönstret", token=token))
    assert "Bord vid fönstret" in shown
    assert "5 000 kr" in shown
    assert [write(host, room, token=token).status_code for _ in range(2)] == [302, 302]
    assert Reservation.objects.count() == 1


def test_it_is_for_those_who_look_after_conferences(client):
    assert client.get(NEW).status_code == 302
    client.force_login(making.user("e@navet.example", "educator"))
    assert client.get(NEW).status_code == 403
