"""A browser that runs no script: booking and check-in go by forms and redirects all the same."""

import pytest

from bookings.schools.models import SchoolBooking
from tests.browser.hands import Hands
from tests.browser.test_booking_by_keyboard import TEACHER, confirm
from tests.browser.test_reception_by_keyboard import heads, log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(open_context):
    return Hands(open_context(java_script_enabled=False).new_page(), scripts=False)


def test_book(plain, world):
    assert world.open
    assert world.school

    plain.go("/skolprogram/").choose("Årskurs", "Årskurs 5").press("Sök")
    plain.follow("Boka Rymden")
    plain.write("Skola", "altorp", role="searchbox").write("Klass", "5A")
    plain.number("Elever", "24").number("Medföljande vuxna", "2")
    plain.write("Ditt namn", "Maria Lind").write("E-postadress", TEACHER).write("Telefon", "070-174 06 05")
    plain.press("Fortsätt")
    plain.says("Kostnadsfritt")
    confirm(plain, TEACHER, "Bekräfta bokningen")

    plain.says("Klassen är bokad")
    assert SchoolBooking.objects.get().status == SchoolBooking.Status.CONFIRMED


def test_check_in(plain, world):
    assert world.today
    log_in(plain, world, "desk").follow("Annat antal")
    plain.number("Elever och deltagare", "17").number("Vuxna", "3").press("Checka in")

    plain.says("17 + 3")
    assert heads() == {"pupil": 17, "school_adult": 3}
