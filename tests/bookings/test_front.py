"""The addresses that are the same whatever was booked."""

import pytest
import time_machine

from tests.bookings.groups import parties
from tests.bookings.schools import classes
from tests.bookings.schools.test_booking_pages import proved_client
from tests.bookings.tickets import shows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(classes.NOW, tick=False):
        yield


def test_my_bookings_are_those_of_every_line_and_nobody_elses():
    classes.confirmed(contact_email=shows.VISITOR, class_name="7B")
    tickets, party = shows.confirmed(), parties.confirmed()
    other = shows.confirmed(contact_email="lars@hem.example")
    page = proved_client(shows.VISITOR).get("/mina-bokningar/").content.decode()
    assert "7B" in page
    assert f"/bokning/{tickets.code}/" in page
    assert f"/bokning/{party.code}/" in page
    assert other.code not in page


def test_who_proved_nothing_sees_nothing(client):
    made = shows.confirmed()
    assert made.code not in client.get("/mina-bokningar/").content.decode()


@pytest.mark.parametrize("code", ["HEJ", "7K3M9QX2ZD"])
def test_a_code_that_is_none_is_not_found(client, code):
    assert client.get(f"/bokning/{code}/").status_code == 404
