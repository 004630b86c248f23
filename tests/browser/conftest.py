"""One Chromium for each module, a clock that runs from a Monday morning, and mails that come to the mailbox page."""

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from playwright.sync_api import expect, sync_playwright

from navet.accounts.models import User
from tests.bookings.schools import classes
from tests.browser import places
from tests.browser.hands import Hands
from tests.browser.world import NOW, World
from tests.sandboxes import RunningSandbox

# How long a page may take on a machine that does other things too; nothing is measured, and what holds is seen at once.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def our_browser(browser_type_launch_args):
    # Playwright's event loop lives in this thread, where Django would refuse to reach the database; a browser of
    # our own ends with the module, so that other modules keep Django's guard.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**browser_type_launch_args)
            yield browser
            browser.close()


@pytest.fixture(autouse=True)
def clock():
    """Monday morning, and time goes on: sessions and holds are real, only the day is chosen."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(autouse=True)
def demo_house(settings, live_server):
    """As the embedded house is set; the worker's part is done by the tests themselves, with its own relay."""
    settings.EMBEDDED = settings.MAILBOX_ENABLED = True
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    settings.OUTBOX_WAKE = "builtins.dict"
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    settings.SITE_URL = live_server.url
    # A page that offers card and Swish asks nobody; what is paid there is in tests/navet/payments.
    settings.STRIPE = {"api_key": "sk_test_of_the_browser", "webhook_secret": "", "api_base": ""}


@pytest.fixture
def sandbox(tmp_path, settings, live_server, demo_house):
    """Stripe's stand-in, a process of its own, which lives now whatever `clock` says."""
    made = RunningSandbox(tmp_path, webhook=f"{live_server.url}/stripe/webhook/").start()
    settings.STRIPE = made.settings
    yield made
    made.kill()


@pytest.fixture(autouse=True)
def static_files_are_kept(monkeypatch):
    """By browsers, as in the real house; asked for anew with each page they took as long as the page. `clock` lies back in time."""
    answer = StaticFilesHandlerMixin.serve

    def serve(handler, request):
        served = answer(handler, request)
        served["Cache-Control"] = "max-age=315360000, immutable"
        return served

    monkeypatch.setattr(StaticFilesHandlerMixin, "serve", serve)


@pytest.fixture
def open_context(our_browser, live_server):
    """Makes browser contexts, each somebody else's browser; closes them afterwards."""
    opened = []

    def make(**options):
        context = our_browser.new_context(
            base_url=live_server.url,
            **{
                "locale": "sv-SE",
                "timezone_id": "Europe/Stockholm",
                "viewport": {"width": 1280, "height": 900},
                **options,
            },
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def hands(open_context):
    """Makes somebody at a keyboard, in a browser of her own."""
    return lambda: Hands(open_context().new_page())


@pytest.fixture
def world(clock):
    return World()


@pytest.fixture
def logged_in(client, live_server):
    """Gives a browser context the test client's session, logged in as `user` where one is given."""

    def give(context, user: User | None) -> None:
        if user is not None:
            client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return give


@pytest.fixture
def context_of(open_context, world, logged_in, client, settings):
    """A browser as that person of `places` has it, in a house that also has the addresses where things go wrong."""
    settings.ROOT_URLCONF = "tests.browser.urls"

    def make(who: str, **options):
        context = open_context(**options)
        if who == places.BOOKER:
            session = client.session
            session["verified_email"] = {"email": classes.TEACHER, "at": classes.NOW.isoformat()}
            session.save()
            logged_in(context, None)
        elif who != places.NOBODY:
            logged_in(context, world.educator if who == "ada" else world.user(who))
        return context

    return make
