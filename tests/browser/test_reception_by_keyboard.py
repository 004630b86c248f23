"""The receptionist without a mouse: the day's list, check-in and undo, walk-ins, and the figure that moves."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import Hands, faults
from tests.browser.world import PASSWORD
from visitors.models import CheckIn, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def log_in(hands: Hands, world, role: str) -> Hands:
    user = world.user(role)
    hands.go("/konto/login/").write("E-postadress", user.email).write("Lösenord", PASSWORD)
    return hands.press("Logga in")


def heads() -> dict[str, int]:
    """The ledger's sums by category."""
    sums: dict[str, int] = {}
    for visit in Visit.objects.all():
        sums[visit.category] = sums.get(visit.category, 0) + visit.count
    return {category: count for category, count in sums.items() if count}


def test_a_class_is_checked_in_undone_and_checked_in_again(hands, world):
    arrival = world.today
    desk = log_in(hands(), world, "desk")
    assert desk.page.url.endswith("/reception/")
    desk.says("Altorpskolan")
    assert faults(desk.page) == []

    desk.follow("Annat antal")
    assert faults(desk.page) == []
    desk.number("Elever och deltagare", "17").number("Vuxna", "3")
    desk.press("Checka in")
    desk.says("17 + 3")
    assert heads() == {"pupil": 17, "school_adult": 3}

    desk.to("button", "Ångra")
    assert arrival.label in desk.focused()[1]
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("button", name="Alla kom").wait_for()
    assert heads() == {}

    desk.to("button", "Alla kom")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("button", name="Ångra").wait_for()
    assert heads() == {"pupil": 20, "school_adult": 2}
    assert CheckIn.objects.count() == 2
    assert faults(desk.page) == []

    manager = log_in(hands(), world, "management")
    manager.go("/ledning/")
    visitors = manager.page.locator(".board .stat", has_text="Besökare totalt").locator(".stat__figure a")
    assert visitors.inner_text() == "22"
    assert desk.complaints == manager.complaints == []


def test_a_walk_in_and_its_undo(hands, world):
    desk = log_in(hands(), world, "desk")

    desk.number("Antal", "4")
    desk.to("button", "Vuxen")
    desk.page.keyboard.press("Space")
    desk.page.get_by_role("button", name="Ångra 4 Vuxen").wait_for()
    assert heads() == {"adult": 4}
    expect(desk.page.locator("#house .desk-now")).to_have_text("4")

    desk.to("button", "Ångra 4 Vuxen")
    desk.page.keyboard.press("Space")
    desk.page.get_by_role("button", name="Ångra 4 Vuxen").wait_for(state="detached")
    assert heads() == {}
    expect(desk.page.locator("#house .desk-now")).to_have_text("0")

    # By hand: a touch in the field, and what is typed is the number.
    desk.page.locator("#walk_count").click()
    desk.page.keyboard.type("40")
    expect(desk.page.locator("#walk_count")).to_have_value("40")
    assert (desk.complaints, faults(desk.page)) == ([], [])
