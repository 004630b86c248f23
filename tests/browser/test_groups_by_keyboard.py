"""A parent without a mouse: finds a party, books a time by the code from the mail; the desk receives a group."""

import pytest

from bookings.common.models import Status
from bookings.groups.models import GroupBooking
from tests.browser.hands import Hands, faults
from tests.browser.test_booking_by_keyboard import confirm
from tests.browser.test_reception_by_keyboard import heads, log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARENT = "karin@hem.example"


def book(hands: Hands) -> None:
    hands.go("/grupper/").follow("Raketkalas").follow("11:00")
    hands.write("Gruppens namn", "Elsas kalas").number("Deltagare", "10").number("Medföljande vuxna", "2")
    hands.write("Ditt namn", "Karin Ek").write("E-postadress", PARENT).write("Telefon", "070-174 06 05")
    hands.press("Fortsätt")
    hands.says("700 kr")
    confirm(hands, PARENT, "Bekräfta bokningen")
    hands.says("Det är bokat")
    made = GroupBooking.objects.get()
    assert (made.status, made.heads, made.price_ore) == (Status.CONFIRMED, 10, 170_000)


def test_find_and_book_a_birthday_party(hands, world):
    assert world.package
    her = hands()
    book(her)
    assert faults(her.page) == []
    assert her.complaints == []


def test_book_without_scripts(open_context, world):
    assert world.package
    book(Hands(open_context(java_script_enabled=False).new_page(), scripts=False))


def test_the_desk_receives_a_group_that_nobody_expected(hands, world):
    his = hands()
    log_in(his, world, "desk").go("/reception/grupp/")
    his.choose("Slags grupp", "Förening eller annan grupp").write("Gruppens namn", "PRO Fristad")
    his.number("Deltagare", "14").number("Medföljande vuxna", "1").press("Checka in")
    his.says("PRO Fristad")
    assert heads() == {"group": 15}
