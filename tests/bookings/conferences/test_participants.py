"""The link for participants: what it shows, what it never shows, and to whom."""

import datetime as dt
import re

import pytest
import time_machine

from bookings.conferences import agenda
from bookings.conferences.models import Reservation
from bookings.conferences.operations import changing, leaving
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, GUEST, NOW
from tests.bookings.conferences.test_mails import mail_of
from tests.bookings.conferences.test_pages import text
from tests.bookings.schools.test_booking_pages import proved_client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def booked():
    """Two days, with meals, a show in a room of its own and a dinner without a time."""
    room, show, dinner = rooms.room(), rooms.show(), rooms.dinner()
    offer = room.conference_offer
    offer.access_sv = "Dörren är 90 cm bred."
    offer.save()
    first = rooms.day(room, package=rooms.package().slug, add_ons=(show, dinner))
    return rooms.booked(first, rooms.day(room, date=DAY + dt.timedelta(days=1)))


def page(made):
    return f"/konferens/program/{made.participants_key}/"


def test_it_shows_the_agenda_the_way_and_accessibility(client, settings):
    settings.HOUSE_ADDRESS = "Skaraborgsvägen 21, 504 30 Borås"
    made = booked()
    answer = client.get(page(made))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in text(answer)
    items = [
        (item.what, item.rooms) for item in agenda.days(agenda.find(made.participants_key, NOW))[0].items
    ]
    assert [what for what, _ in items] == ["Förmiddagsfika", "Lunch", "Show", "Eftermiddagsfika", "Middag"]
    assert items[2] == ("Show", ["Kuben"])
    for said in (
        "Ledningsdag",
        "tisdag 3 mars",
        "onsdag 4 mars",
        "14:00–14:45",
        "Kuben",
        "Skaraborgsvägen 21",
        "90 cm",
    ):
        assert said in text(answer)


def test_it_shows_no_price_no_name_and_no_way_into_the_booking(client):
    made = booked()
    shown = text(client.get(page(made)))
    for secret in (" kr", "Dahl", GUEST, "0174", "Företaget", made.code, "40 "):
        assert secret not in shown
    assert not re.search(r"/konferens/bokning/|/betalning/", shown)
    assert "Boka" not in text(client.get(f"/konferens/bokning/{made.participants_key}/"))


def test_it_is_for_whoever_has_the_key_of_something_booked_until_a_week_after(client):
    made = booked()
    option = rooms.reserve(rooms.wish(rooms.day(rooms.room("kammaren"))), asked="option")
    assert made.participants_key != option.participants_key
    assert len(made.participants_key) == 22
    asked = [
        page(option),
        "/konferens/program/x/",
        f"/konferens/program/{made.code}/",
        "/konferens/program/%00/",
    ]
    assert [client.get(one).status_code for one in asked] == [404] * 4
    with time_machine.travel(made.ends_at + dt.timedelta(days=8), tick=False):
        assert client.get(page(made)).status_code == 404
    leaving.cancel(made.code, by=rooms.guest(), at=NOW)
    assert "Konferensen är inställd" in text(client.get(page(made)))


def test_the_guest_has_the_link_on_her_page_and_in_the_mail():
    made = booked()
    assert page(made) in text(proved_client(GUEST).get(f"/konferens/bokning/{made.code}/"))
    assert page(made) in mail_of("confirmed").text
    assert Reservation.objects.get().participants_key == made.participants_key


def test_a_link_that_went_astray_is_replaced_by_the_guest_and_by_staff(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    made = booked()
    old = page(made)
    assert client.post(f"/konferens/bokning/{made.code}/ny-lank/").status_code in (302, 403)
    assert client.get(old).status_code == 200
    guest = proved_client(GUEST)
    assert page(made) not in text(guest.post(f"/konferens/bokning/{made.code}/ny-lank/", follow=True))
    new = page(Reservation.objects.get())
    assert [client.get(one).status_code for one in (old, new)] == [404, 200]
    changing.replace_link(made.code, by=rooms.host(), at=NOW)
    assert client.get(new).status_code == 404
