"""The common pages in Chromium: axe finds nothing, 320 px needs no sideways scrolling, nothing breaks the policy."""

import os
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.browser.hands import FAULTS_ALONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PUBLIC = [
    "/",
    "/tillganglighet/",
    "/integritet/",
    "/kontakt/",
    "/styleguide/",
    "/konto/login/",
    "/finns-inte/",
]
STAFF = ["/konto/2fa/", "/konto/reauthenticate/", "/konto/password/change/"]


@pytest.fixture(scope="module")
def our_browser(chromium):
    # Playwright's event loop lives in this thread, where Django would refuse to reach the database.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def visit(our_browser, live_server, settings):
    """Open a path; returns the page and what its console complained of."""
    settings.EMBEDDED = True
    context = our_browser.new_context(locale="sv-SE")

    def go(path, *, width=1280, scheme="light", cookies=()):
        for cookie in cookies:
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        complaints = []
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page, complaints

    yield go
    context.close()


def faults(page):
    answer = Axe().run(page, options=FAULTS_ALONE).response
    assert len(answer["passes"]) > 10  # it did look
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in answer["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing(visit, path, scheme):
    page, complaints = visit(path, scheme=scheme)

    assert faults(page) == []
    assert [text for text in complaints if "404" not in text] == []


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_scrolls_sideways_at_320_px(visit, path):
    page, _complaints = visit(path, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert faults(page) == []


@pytest.mark.parametrize("path", STAFF)
def test_the_pages_of_an_account_are_ours(visit, client, settings, django_user_model, path):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    password = "a long password 1"
    django_user_model.objects.create_user("eva@navet.example", password, roles=["planner"], name="Eva")
    client.post("/konto/login/", {"login": "eva@navet.example", "password": password})

    page, complaints = visit(path, cookies=client.cookies.values())

    assert urlsplit(page.url).path == path
    assert page.locator("html").get_attribute("lang") == "sv"
    assert page.locator(".staff-bar").count() == 1
    assert faults(page) == []
    assert complaints == []


def test_the_first_tab_leads_past_the_menu(visit):
    page, _complaints = visit("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_dangerous_button_asks_first(visit):
    page, _complaints = visit("/styleguide/")
    address = page.url

    page.get_by_role("button", name="Fråga först").click()
    dialog = page.get_by_role("dialog")
    assert "Ska bokningen avbokas?" in dialog.inner_text()
    dialog.get_by_role("button", name="Nej, gå tillbaka").click()
    assert page.url == address
    assert page.evaluate("document.activeElement.textContent") == "Fråga först"

    page.get_by_role("button", name="Fråga först").click()
    dialog.get_by_role("button", name="Ja, fortsätt").click()
    page.wait_for_url(address + "?")


def test_a_form_with_faults_starts_at_its_summary(visit):
    page, _complaints = visit("/styleguide/")

    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_faulty-email"
