"""The pages of conferences, by form and redirect, as a browser without scripts does it."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.db.models import F
from django.test import Client
from icalendar import Calendar

from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import payments
from navet.house.models import RoomUse
from navet.pages import formats
from navet.payments import tidying
from navet.payments.models import Order
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, GUEST, NOW
from tests.bookings.schools.test_booking_pages import proved_client, token_of
from tests.navet.house import making
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
BOOK = "/konferens/boka/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def form(*places, **fields: Any) -> dict[str, Any]:
    conference = {"date": DAY.isoformat(), "part": "heldag", "persons": 40, "furnishing": "theatre"}
    contact = {"contact_name": "Eva Dahl", "contact_email": GUEST, "contact_phone": "070-174 06 05"}
    payer = {"customer_type": "public", "organisation": "Borås Stad", "organisation_number": "212000-1561"}
    chosen = {"rooms": [one.slug for one in places], "title": "Ledningsdag", "asked": "book"}
    return {**conference, **contact, **payer, **chosen, **fields}


def sent(client: Client, *places, **fields: Any):
    return client.post(BOOK, form(*places, token=token_of(client.get(BOOK)), **fields))


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def test_the_start_page_tells_prices_and_what_is_free(client):
    room = rooms.room()
    rooms.package()
    rooms.booked(rooms.day(room, part="formiddag"))
    page = text(client.get(f"/konferens/?vecka={DAY.isoformat()}"))
    for said in (
        "5 000 kr exkl. moms",
        "6 250 kr inkl. moms",
        "Biosittning",
        "60 personer",
        "ingen hörslinga",
        "595 kr",
    ):
        assert said in page
    assert f"?date={DAY.isoformat()}&amp;part=eftermiddag&amp;rooms=salen" in page
    assert f"?date={DAY.isoformat()}&amp;part=formiddag&amp;rooms=salen" not in page
    assert f"?date={DAY.isoformat()}&amp;part=heldag&amp;rooms=salen" not in page
    assert client.get("/konferens/?vecka=imorgon").status_code == 200


def test_the_price_is_shown_as_it_changes_and_why_it_cannot_be(client):
    room, show = rooms.room(), rooms.show()
    page = text(client.post("/konferens/pris/", form(room, add_ons=[show.slug])))
    assert "9 500 kr" in page
    assert "Momsfritt" in page  # a room alone; the show is taxed as what it is
    assert "10 625 kr" in page
    assert "Ledigt den tiden." in page
    making.plan(making.hours(DAY, "09:00", "10:00"), rooms=(room,))
    taken = text(client.post("/konferens/pris/", form(room)))
    assert "Ledigt den tiden." not in taken
    assert "Salen" in taken
    assert "Välj datum" in text(client.post("/konferens/pris/", {}))


def test_a_municipality_books_on_invoice_by_the_mailed_code_and_cancels(client):
    room, show, lunch = rooms.room(), rooms.show(), rooms.lunch()
    answer = sent(client, room, add_ons=[show.slug, lunch.slug])
    made = Reservation.objects.get()
    assert answer["Location"] == f"/konferens/bokning/{made.code}/bekrafta/"
    done = client.post(answer["Location"], {"pin": rooms.pin_of(made.code)}, follow=True)
    assert "Det betalas mot faktura." in text(done)
    assert "20 125 kr" in text(done)
    assert Order.objects.get().settlement == "invoice"
    own = f"/konferens/bokning/{made.code}/"
    assert b"BEGIN:VEVENT" in client.get(f"{own}kalender.ics").content
    assert client.get(f"/bokning/{made.code}/")["Location"] == own
    assert "Ledningsdag" in text(client.get("/mina-bokningar/"))
    version = Reservation.objects.get().version
    assert "Att avboka nu kostar" in text(client.get(f"{own}avboka/"))
    client.post(f"{own}avboka/", {"version": version})
    assert Reservation.objects.get().status == Status.CANCELLED
    assert not RoomUse.objects.filter(holds=True).exists()


def test_a_private_person_is_led_to_the_payment():
    client, room = proved_client(GUEST), rooms.room()
    answer = sent(client, room, customer_type="private", organisation="", organisation_number="")
    made = Reservation.objects.get()
    assert made.status == Status.UNPAID
    page = text(client.get(answer["Location"]))
    assert f"/betalning/{Order.objects.get().code}/" in page
    assert client.get(f"/betalning/{Order.objects.get().code}/").status_code == 200


def test_a_quote_is_accepted_on_its_page():
    client, room = proved_client(GUEST), rooms.room()
    own = sent(client, room, asked="quote")["Location"]
    page = client.get(own)
    assert "Godkänn offerten" in text(page)
    assert "14 dagar före eller tidigare: 50 % av priset" in text(page)
    assert client.get(f"{own}offert.pdf").content.startswith(b"%PDF")
    assert proved_client("annan@foretaget.example").get(f"{own}offert.pdf")["Location"] == own
    done = client.post(f"{own}boka/", {"number": "1"}, follow=True)
    assert "Det är bokat" in text(done)
    assert Reservation.objects.get().status == Status.CONFIRMED
    assert Arrival.objects.count() == 1


def test_an_option_lapses_and_its_page_says_so():
    client, room = proved_client(GUEST), rooms.room()
    own = sent(client, room, asked="option")["Location"]
    assert "Lokalerna hålls åt dig till" in text(client.get(own))
    with time_machine.travel(Reservation.objects.get().holds_until, tick=False):
        client.force_login(rooms.host().user)
        assert "Inget är bokat" in text(client.get(own))
        assert rooms.reserve(
            rooms.wish(rooms.day(room)),
            email="annan@foretaget.example",
            at=Reservation.objects.get().holds_until,
        )


def test_the_guest_changes_the_number_and_says_the_last_word():
    client, room, lunch = proved_client(GUEST), rooms.room(), rooms.lunch()
    made = rooms.booked(rooms.day(room, add_ons=(lunch,)))
    count = f"/konferens/bokning/{made.code}/antal/"
    assert count in text(client.get(f"/konferens/bokning/{made.code}/"))
    said = {"version": made.version, "persons": 36, "diet_vegan": 3, "diet_gluten": ""}
    page = text(client.post(count, said, follow=True))
    assert "Veganskt: 3" in page
    assert Order.objects.get().payable_ore == (500_000 + 36 * 16_500) * 125 // 100
    again = client.post(count, said)
    assert again.status_code == 422, "an old page changes nothing"
    for wrong in ({"diet_vegan": 40}, {"persons": 0}, {"persons": 61}, {"diet_nuts": -1}):
        sent_now = {"version": Reservation.objects.get().version, "persons": 36, **wrong}
        assert client.post(count, sent_now).status_code == 422
    assert Reservation.objects.get().diets == {"vegan": 3}
    last = {"version": Reservation.objects.get().version, "persons": 35, "diet_vegan": 3, "is_final": "on"}
    client.post(count, last)
    assert Reservation.objects.get().final_at == NOW
    assert count not in text(client.get(f"/konferens/bokning/{made.code}/"))
    assert "Kontakta oss" in text(client.get(count, follow=True))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"persons": "-1"}, "persons"),
        ({"persons": "tjugo"}, "persons"),
        ({"date": "2026-02-30"}, "date"),
        ({"date": "2025-01-01"}, "date"),
        ({"rooms": ["slottet"]}, "rooms"),
        ({"rooms": []}, "rooms"),
        ({"part": "natt"}, "part"),
        ({"furnishing": "hängmattor"}, "furnishing"),
        ({"add_ons": ["tårta"]}, "add_ons"),
        ({"persons": 900}, "persons"),
        ({"organisation_number": "12"}, "organisation_number"),
        ({"organisation": ""}, "organisation"),
        ({"contact_email": "inte en adress"}, "contact_email"),
        ({"asked": "gratis"}, "asked"),
        ({"title": ""}, "title"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_nothing_is_made(fields, said):
    client, room = proved_client(GUEST), rooms.room()
    answer = sent(client, room, **fields)
    assert answer.status_code == 422
    assert f'id="id_{said}' in text(answer)
    assert re.search(rf'href="#id_{said}', text(answer)), "the summary leads to the field"
    assert not Reservation.objects.exists()


def test_nobody_sees_what_somebody_else_reserved():
    made = rooms.booked(rooms.day(rooms.room()))
    stranger = proved_client("annan@foretaget.example")
    own = f"/konferens/bokning/{made.code}/"
    page = text(stranger.get(own))
    assert "Eva Dahl" not in page
    assert "5 000 kr" not in page
    for tail in ("avboka/", "boka/", "antal/"):
        stranger.post(own + tail, {"version": made.version, "persons": 1})
    standing = Reservation.objects.get()
    assert (standing.status, standing.persons) == (Status.CONFIRMED, 40)
    assert stranger.get(f"{own}kalender.ics").status_code == 302
    assert Client().get("/konferens/bokning/0000000000/").status_code == 404


def test_what_was_not_paid_in_time_is_ordered_and_paid_anew():
    client, room = proved_client(GUEST), rooms.room()
    own = sent(client, room, customer_type="private", organisation="", organisation_number="")["Location"]
    order, late = Order.objects.get(), NOW + dt.timedelta(hours=2)
    with time_machine.travel(late, tick=False):
        assert "Inget är bokat" in text(client.get(own))
        assert "Förfallen" in text(Client().get(own)), "the locked page says so too"
        assert client.post(f"{own}boka/")["Location"] == f"/betalning/{order.code}/"
        order.refresh_from_db()
        assert (order.pay_by, Reservation.objects.get().status) == (late + dt.timedelta(hours=1), "unpaid")
        assert tidying.lapse_unpaid(at=late) == 0, "it has an hour again"
        assert payments.paid(order, at=late)
        Order.objects.update(paid_ore=F("payable_ore"))
        assert "Det är betalt" in text(client.get(own))
        Order.objects.update(paid_ore=F("payable_ore") - 1_250_00)
        page = client.get(own).content.decode()
        assert "1 250 kr" in page.replace("\xa0", " ")
        assert f'href="/betalning/{order.code}/"' in page, "it came to cost more: the rest is paid there"
        assert client.post(f"{own}boka/")["Location"] == own


def test_the_calendar_file_has_every_day():
    client, room = proved_client(GUEST), rooms.room()
    days = [rooms.day(room, date=DAY + dt.timedelta(days=n)) for n in (0, 1, 7)]
    made = rooms.booked(*days)
    events = Calendar.from_ical(client.get(f"/konferens/bokning/{made.code}/kalender.ics").content).events
    assert [event["dtstart"].dt.date() for event in events] == [day.date for day in days]
    assert [str(event["uid"]) for event in events] == [f"{made.code}{n}@navet" for n in ("", "-1", "-2")]


def test_the_heading_says_every_day():
    client, room = proved_client(GUEST), rooms.room()
    made = rooms.booked(*(rooms.day(room, date=DAY + dt.timedelta(days=n)) for n in (0, 1)))
    for tail in ("", "andra/", "antal/", "avboka/"):
        page = text(client.get(f"/konferens/bokning/{made.code}/{tail}"))
        heading = page.partition('class="page-header">')[2].partition("</div>")[0]
        days = [formats.local_date(DAY + dt.timedelta(days=n), "long") for n in (0, 1)]
        assert [day in heading for day in days] == [True, True]


def test_what_is_hers_of_other_lines_has_a_heading_that_is_true():
    rooms.booked(rooms.day(rooms.room()))
    assert "Biljetter, grupper och konferenser" in text(proved_client(GUEST).get("/mina-bokningar/"))


def changes(page, **said: Any) -> dict[str, Any]:
    """What the form of changes holds when it is opened, with this said instead."""
    found = {}
    for one in (page.context["form"], *page.context["days"]):
        for field in one:
            value = field.value()
            clock = isinstance(value, dt.time)
            found[field.html_name] = f"{value:%H:%M}" if clock else value
    return {
        name: value
        for name, value in {**found, **said}.items()
        if value not in (None, "") and value is not False
    }


def test_the_guest_sees_the_difference_before_anything_is_changed():
    client, room, lunch = proved_client(GUEST), rooms.room(), rooms.lunch()
    made = rooms.booked(rooms.day(room))
    change = f"/konferens/bokning/{made.code}/andra/"
    assert change in text(client.get(f"/konferens/bokning/{made.code}/"))
    said = changes(client.get(change), **{f"d0-add_{lunch.slug}": "on", "persons": 20})
    shown = client.post(change, said)
    assert shown.status_code == 200, re.findall(r'href="#id_[^<]*<', text(shown))
    # The bare room was exempt; with lunch it is a conference, (5 000 + 20 * 165) kronor and 25 %.
    assert "5 375 kr mer att betala" in text(shown)
    assert Order.objects.get().payable_ore == 500_000, "nothing is done yet"
    done = client.post(change, said | {"shown": str(shown.context["shown"])})
    assert done["Location"] == f"/konferens/bokning/{made.code}/"
    assert Order.objects.get().payable_ore == Reservation.objects.get().price_ore == 1_037_500
    assert client.post(change, said | {"shown": "1037500"}).status_code == 422, "an old page changes nothing"
    for wrong in ({"persons": "x"}, {"d0-date": "2026-02-30"}, {"d0-part": "natt"}, {"persons": 61}):
        assert client.post(change, changes(client.get(change)) | wrong).status_code == 422
    making.plan(making.hours(DAY, "18:00", "19:00"), rooms=(room,))
    taken = client.post(
        change, changes(client.get(change)) | {"d0-part": "kvall", f"d0-add_{lunch.slug}": ""}
    )
    assert taken.status_code == 422
    assert "Salen" in text(taken)
    assert proved_client("annan@foretaget.example").get(change)["Location"] == done["Location"]
