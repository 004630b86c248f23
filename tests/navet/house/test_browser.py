"""The house in Chromium: axe finds nothing, and a telephone needs no sideways scrolling of the page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import sync_playwright

from navet.accounts.roles import Role
from tests.browser.hands import FAULTS_ALONE
from tests.navet.house import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser_of_ours(chromium):
    # Playwright's event loop lives in this thread, where Django would refuse to reach the database; a browser of
    # our own ends with the module, so that other modules keep Django's guard.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            yield browser
            browser.close()


@pytest.fixture
def page(browser_of_ours):
    with browser_of_ours.new_context(locale="sv-SE") as context:
        yield context.new_page()


@pytest.fixture
def house_page(page, live_server, client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    making.open_weekdays()
    hall, east, _west = making.divisible_hall()
    ada = making.user("ada@navet.test", Role.EDUCATOR)
    making.plan(rooms=(hall,), educators=(ada,), title="Ljus och färg")
    making.plan(making.hours(start="13:00", end="14:30"), rooms=(east,), title="Vatten")
    making.plan(title="Stadsvandring")
    client.force_login(ada)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return lambda path: page.goto(live_server.url + path) and page


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "path", ["/huset/?datum=2026-03-03", "/huset/?datum=2026-03-03&vy=dag", "/huset/?datum=x"]
)
def test_axe_finds_nothing_and_the_page_fits(house_page, page, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    shown = house_page(path)
    found = Axe().run(shown, options=FAULTS_ALONE).response["violations"]
    assert [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found] == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert [text for text in complaints if "400 (Bad Request)" not in text] == []
