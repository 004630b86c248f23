"""A guest pays in Chromium, with the sandbox's own pages and webhooks: a card that is declined, another that is not, and the receipt."""

import os

import pytest
from playwright.sync_api import Page, expect

from navet.outbox.models import Effect
from navet.payments.models import Payment
from tests.browser.hands import faults
from tests.browser.test_reception_by_keyboard import log_in
from tests.faults.launching import wait_until
from tests.navet.payments import line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def clock() -> None:
    """The sandbox is a process of its own and lives now."""


@pytest.fixture(autouse=True)
def sold(monkeypatch) -> None:
    """Something that can be ordered, of no other room of the house."""
    line.register(monkeypatch)


def test_pay_by_card_after_a_declined_one_and_see_the_receipt(hands, sandbox, world):
    order = line.order(title="Konferens för 40")
    her = hands()
    her.go(f"/betalning/{order.code}/")
    seen(her.page, "1-pay")
    her.press("Betala 29")
    page = her.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Betala 29\xa0750,00\xa0kr")
    expect(page.get_by_role("note")).to_contain_text("Sandlåda")
    seen(page, "2-checkout")
    assert faults(page) == []
    page.get_by_label("4000 0000 0000 0002").check()
    page.get_by_role("button", name="Betala med kort").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("nekades")
    page.get_by_label("4242 4242 4242 4242").check()
    page.get_by_role("button", name="Betala med kort").press("Enter")
    her.says("Vi väntar på besked från banken")
    seen(page, "3-waiting")
    wait_until(lambda: Effect.objects.filter(kind="stripe.event").exists())
    line.relay_all()
    her.says("Det är betalt")  # the page asks by itself
    assert Payment.objects.get().state == Payment.State.PAID
    seen(page, "4-paid")
    her.follow("Se kvittot")
    her.says("Betald med kort")
    seen(page, "5-receipt")
    his = hands()
    log_in(his, world, "finance").go("/ekonomi/betalningar/")
    seen(his.page, "6-list")
    his.follow("Konferens för 40").follow("Återbetala")
    his.write("Belopp, kronor", "100,50").write("Varför", "Projektorn var trasig")
    seen(his.page, "7-refund")


def seen(page: Page, name: str) -> None:
    """Pictures for whoever asks for them: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        held = page.viewport_size
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size(held)
