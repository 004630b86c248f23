"""A parent without a mouse: finds a show, books tickets by the code from the mail, and cancels; the desk sells one."""

import pytest

from bookings.common.models import Status
from bookings.tickets.models import TicketBooking
from tests.browser.hands import Hands, faults
from tests.browser.test_booking_by_keyboard import confirm
from tests.browser.test_reception_by_keyboard import log_in
from visitors.models import CheckIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARENT = "karin@hem.example"


def book(hands: Hands) -> None:
    hands.go("/biljetter/").follow("Boka Knallshow")
    hands.number("Vuxenbiljett", "1").number("Barnbiljett", "2")
    hands.write("Ditt namn", "Karin Ek").write("E-postadress", PARENT)
    hands.press("Fortsätt")
    hands.says("280 kr")
    confirm(hands, PARENT, "Bekräfta bokningen")
    hands.says("Det är bokat")
    made = TicketBooking.objects.get()
    assert (made.status, made.places, made.price_ore) == (Status.CONFIRMED, 3, 28_000)


def test_find_book_confirm_and_cancel(hands, world):
    assert world.slot
    her = hands()
    book(her)
    assert faults(her.page) == []
    her.follow("Avboka").press("Avboka")
    her.says("Bokningen är avbokad")
    assert TicketBooking.objects.get().status == Status.CANCELLED
    assert her.complaints == []


def test_book_without_scripts(open_context, world):
    assert world.slot
    book(Hands(open_context(java_script_enabled=False).new_page(), scripts=False))


def test_the_desk_sells_a_place_and_checks_in(hands, world):
    assert world.show_today
    his = hands()
    log_in(his, world, "desk").go("/reception/biljetter/").follow("Sälj Knallshow")
    his.number("Vuxenbiljett", "2").press("Sälj")
    his.says("2 biljetter sålda")
    assert TicketBooking.objects.get().at_desk
    assert CheckIn.objects.get().adults == 2
