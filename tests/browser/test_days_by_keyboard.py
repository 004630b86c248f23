"""A guest without a mouse leaves out two days of a series faster than the page answers: both stay left out."""

import datetime as dt

import pytest
from playwright.sync_api import Route

from tests.browser.hands import faults
from tests.browser.world import DAY
from tests.navet.house import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WEEK = dt.timedelta(days=7)


def test_two_days_are_left_out_before_the_first_answer(hands, world):
    hall = world.hall
    for number in (1, 2):
        making.plan(making.hours(DAY + number * WEEK, "09:00", "10:00"), rooms=(hall.room,))
    guest = hands()
    guest.go(f"/konferens/boka/?date={DAY}&part=heldag&persons=20&rooms={hall.room.slug}")
    guest.choose("Antal dagar", "Varje vecka").to_field("Sista dag")
    guest.page.keyboard.type(f"{DAY + 3 * WEEK:%m%d%Y}")
    guest.press("Visa priset").says("Konferenssalen är upptagen.")

    asked: list[Route] = []
    guest.page.route("**/konferens/pris/", lambda route: asked.append(route))
    for day in ("10 mars", "17 mars"):
        guest.to("checkbox", day)
        with guest.page.expect_request("**/konferens/pris/"):
            guest.page.keyboard.press("Space")
    for one in asked:
        one.continue_()

    guest.says("Ledigt den tiden.")
    assert guest.page.get_by_role("checkbox", name="Hoppa över", checked=True).count() == 2
    assert (guest.complaints, faults(guest.page)) == ([], [])
