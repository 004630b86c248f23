"""Two desks lose the network in the middle of the rush; afterwards the ledger holds each party and each walk-in once."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.conf import settings as django_settings
from django.db.models import F, QuerySet, Sum
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from navet.accounts.actor import Actor
from tests.browser import cable
from tests.browser.conftest import PATIENCE
from tests.browser.hands import faults
from tests.browser.world import NOW
from tests.visitors import making
from visitors.models import Arrival, CheckIn, Visit
from visitors.tickets import audit, prices, till

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PARTIES, WALK_INS = 30, 50
FAMILY, FAMILY_KRONOR = "Familj, 2 vuxna och 2 barn", 320
KEYS = {
    "Vuxen": {"adult": 1},
    "Barn": {"child": 1},
    FAMILY: {"family_adult": 2, "family_child": 2},
    "Gruppbesök": {"group": 1},
    "Fri entré": {"free": 1},
}
UNDO = re.compile("^Ångra ")
SYNCED = 2 * PATIENCE  # a device that is back sends everything it has before it says so


@pytest.fixture(autouse=True)
def family_price() -> None:
    """A family's ticket costs something, and is one line of the till."""
    economist = Actor(user=making.user("finance", email="eva@navet.example"))
    price = {"price_ore": 100 * FAMILY_KRONOR, "vat_permille": 60, "first_date": NOW.date()}
    prices.begin("family", **price, by=economist, at=NOW)


@pytest.fixture
def parties() -> list[Arrival]:
    return [
        making.arrival(starts_at=NOW + dt.timedelta(minutes=5 * n), label=f"Skola {n:02}, 5A")
        for n in range(PARTIES)
    ]


@pytest.fixture
def as_desk(live_server):
    """Logs somebody in, beside whoever is logged in elsewhere."""

    def give(context: BrowserContext, name: str) -> None:
        client = Client()
        client.force_login(making.user("desk", email=f"{name.lower()}@navet.example", name=name))
        session = django_settings.SESSION_COOKIE_NAME
        value = client.cookies[session].value
        context.add_cookies([{"name": session, "value": value, "url": live_server.url}])

    return give


@pytest.fixture
def reception(open_context, as_desk):
    """Opens the reception as somebody at the desk, and waits until the device has the day."""

    def open_it(name: str, context: BrowserContext | None = None) -> Page:
        context = context or open_context()
        as_desk(context, name)
        page = context.new_page()
        page.goto("/reception/")
        is_kept(page)
        return page

    return open_it


@pytest.fixture
def tablet(browser_type_launch_args, our_browser, live_server, tmp_path):
    """A browser with a profile on the disk, which may be killed and opened again."""
    opened = []

    def open_it() -> BrowserContext:
        context = our_browser.browser_type.launch_persistent_context(
            str(tmp_path / "profile"),
            base_url=live_server.url,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            **browser_type_launch_args,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    open_it.profile = tmp_path / "profile"
    yield open_it
    opened[-1].close()


def is_kept(page: Page) -> None:
    """The list and the page that needs no network are on the device."""
    expect(page.locator(".desk-fresh")).to_contain_text("Listan hämtades")
    # A worker that is ready has what it needs.
    kept = page.evaluate("navigator.serviceWorker.ready.then(() => caches.keys())")
    assert any(name.startswith("navet-desk-") for name in kept)


def cut(page: Page) -> None:
    """Take the network away, and wait until the page has seen it."""
    page.context.set_offline(True)
    expect(page.get_by_text("Inget nät")).to_be_visible()


def check_in(page: Page, party: Arrival) -> None:
    all_came = page.get_by_role("button", name=re.compile(rf"^Alla kom ?: {party.label}$"))
    all_came.click()
    expect(all_came).to_have_count(0)


def walk_in(page: Page, number: int) -> None:
    """One tap on a key that changes from tap to tap; the page says that it has it."""
    label = list(KEYS)[number % len(KEYS)]
    page.locator("#messages").evaluate("place => place.replaceChildren()")
    page.get_by_role("button", name=re.compile(rf"^{label}( \d+\skr)?$")).click()
    expect(page.locator("#messages")).to_contain_text(f"{label}: +1")


def waiting(page: Page, count: int) -> None:
    words = f"; {count} väntar på nätet" if count else ""
    expect(page.locator(".desk-fresh [data-fresh]")).to_have_text(
        re.compile(rf"^Listan hämtades \d\d:\d\d{words}$"), timeout=SYNCED
    )


def with_a_network(anna: Page, bert: Page, parties: list[Arrival]) -> None:
    """Five parties and eight walk-ins each; then answers get lost: the server has counted, and the desk does not know."""
    for n in range(5):
        check_in(anna, parties[n])
        check_in(bert, parties[5 + n])
    for n in range(8):
        walk_in(anna, n)
        walk_in(bert, n)
    cable.lose_answers(anna, "/api/v1/visits/")
    cable.lose_answers(bert, "/api/v1/check-ins/")
    walk_in(anna, 8)
    check_in(bert, parties[10])


def without_a_network(page: Page, parties: list[Arrival], walk_ins: range) -> None:
    for party in parties:
        check_in(page, party)
    for n in walk_ins:
        walk_in(page, n)


def test_thirty_check_ins_and_fifty_walk_ins_from_two_desks_without_a_network_count_once(
    reception, tablet, parties, as_desk
):
    context = tablet()
    anna, bert = reception("Anna", context), reception("Bert")
    with_a_network(anna, bert, parties)
    cut(anna)
    cut(bert)
    bert.unroute_all(behavior="wait")

    # Both go on, and both receive the same six parties; one of them is killed in the middle of it.
    without_a_network(anna, parties[11:16], range(9, 17))
    cable.kill(context, tablet.profile)
    context = tablet()
    context.set_offline(True)
    anna = context.new_page()
    anna.goto("/reception/")
    waiting(anna, 14)
    assert faults(anna) == []
    without_a_network(anna, parties[16:24], range(17, 25))
    without_a_network(bert, parties[18:30], range(8, 25))
    # A slip of the thumb, taken back before anybody heard of it.
    walk_in(bert, 2)
    bert.locator("#device-waiting").get_by_role("button", name=UNDO).last.click()
    waiting(anna, 30)
    waiting(bert, 30)
    assert (CheckIn.objects.count(), taps().count()) == (11, 17)

    # Back again, first the one, then the other. A killed browser has forgotten who was logged in.
    as_desk(context, "Anna")
    context.set_offline(False)
    waiting(anna, 0)
    bert.context.set_offline(False)
    waiting(bert, 0)

    each_counts_once(parties)
    sum_of_families = f"{WALK_INS // len(KEYS) * FAMILY_KRONOR:,} kr".replace(",", " ")
    expect(bert.locator("#walk-ins")).to_contain_text(f"Till kassan i dag: {sum_of_families}")
    late = Visit.objects.filter(check_in__arrival__in=parties[11:16])
    assert set(late.values_list("via", flat=True)) == {"offline"}
    expect(anna.locator("#device-told .notice")).to_have_count(0)
    is_told_who_was_first(bert, parties[18:24])


def taps() -> QuerySet[Visit]:
    """The first entry of each."""
    return Visit.objects.filter(ticket__first=F("pk"))


def each_counts_once(parties: list[Arrival]) -> None:
    received = Counter(CheckIn.objects.values_list("arrival__code", flat=True))
    assert received == {party.code: 1 for party in parties}
    assert Visit.objects.exclude(check_in=None).count() == 2 * PARTIES  # participants and adults
    each = WALK_INS // len(KEYS)
    assert Counter(taps().values_list("ticket__kind__name_sv", flat=True)) == dict.fromkeys(KEYS, each)
    assert Counter(taps().values_list("by__name", flat=True)) == {"Anna": 25, "Bert": 25}
    # A family is one tap, four people, and one line of the till.
    walked = Visit.objects.filter(check_in=None).values("category")
    heads = {category: each * n for party in KEYS.values() for category, n in party.items()}
    assert dict(walked.annotate(heads=Sum("count")).values_list("category", "heads")) == heads
    assert till.sum_of(NOW.date()) == each * 100 * FAMILY_KRONOR
    assert list(audit.disagreements()) == []
    assert not Visit.objects.filter(at__gt=timezone.now()).exists()


def is_told_who_was_first(desk: Page, parties: list[Arrival]) -> None:
    """In the page's language, until that desk says that it has understood."""
    told = desk.locator("#device-told .notice")
    expect(told).to_have_count(len(parties))
    for n, party in enumerate(parties):
        expect(told.nth(n)).to_contain_text(f"{party.label}: Redan incheckade")
        expect(told.nth(n)).to_contain_text("av Anna.")
    assert faults(desk) == []
    desk.reload()
    expect(told).to_have_count(len(parties))
    for left in reversed(range(len(parties))):
        told.first.get_by_role("button", name="Uppfattat").click()
        expect(told).to_have_count(left)
    desk.reload()
    is_kept(desk)
    expect(told).to_have_count(0)


def test_an_expired_session_keeps_what_waits_until_somebody_logs_in(reception, parties, as_desk):
    anna = reception("Anna")
    cut(anna)
    check_in(anna, parties[0])
    anna.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    anna.context.set_offline(False)
    expect(anna.locator("#device-log-in")).to_contain_text("Du är utloggad.", timeout=SYNCED)
    waiting(anna, 1)
    assert not CheckIn.objects.exists()
    assert faults(anna) == []

    as_desk(anna.context, "Bert")
    anna.goto("/reception/")
    expect(anna.locator("#device-others")).to_contain_text("loggar in här: 1.")
    assert not CheckIn.objects.exists()

    as_desk(anna.context, "Anna")
    anna.goto("/reception/")
    waiting(anna, 0)
    assert CheckIn.objects.get().by.name == "Anna"


def test_what_the_server_refuses_afterwards_is_said_and_not_lost(reception, parties):
    anna = reception("Anna")
    cut(anna)
    check_in(anna, parties[0])
    Arrival.objects.filter(pk=parties[0].pk).update(status="cancelled")
    anna.context.set_offline(False)

    told = anna.locator("#device-told .notice")
    expect(told).to_contain_text(f"{parties[0].label}: Besöket är avbokat.", timeout=SYNCED)
    expect(told).to_contain_text("Din inmatning (24 + 2, kl. 09:0")
    anna.reload()
    expect(told).to_have_count(1)
    assert not CheckIn.objects.exists()


def test_a_party_is_found_counted_and_received_without_a_network(reception, parties):
    anna = reception("Anna")
    cut(anna)
    anna.goto(f"/reception/?sok={parties[3].code}")
    anna.locator("#id_participants").fill("20")
    expect(anna.locator("[data-difference]")).to_have_text("färre")
    assert faults(anna) == []
    anna.get_by_role("button", name="Checka in").click()
    anna.wait_for_url(
        f"**/reception/#p{parties[3].code}"
    )  # else the next line writes in the page that is left
    waiting(anna, 1)

    anna.get_by_label("Skola, grupp eller kod").fill("skol 07")
    anna.keyboard.press("Enter")
    expect(anna.locator("#device-rows .rows__title")).to_have_text([parties[7].label])
    anna.context.set_offline(False)
    expect(anna.locator("#day")).to_be_visible(timeout=SYNCED)
    received = CheckIn.objects.get()
    assert (received.arrival, received.participants, received.adults) == (parties[3], 20, 2)


def test_what_was_sent_and_taken_back_is_undone(reception, parties):
    """Nobody knows whether it arrived: so it is sent again under its key, and then undone."""
    anna = reception("Anna")
    cable.lose_answers(anna, "/api/v1/check-ins/")
    check_in(anna, parties[0])
    cut(anna)
    anna.unroute_all(behavior="wait")
    anna.locator("#device-waiting").get_by_role("button", name=UNDO).click()
    expect(anna.locator("#device-waiting")).to_contain_text("kommer att ångras")
    anna.context.set_offline(False)
    waiting(anna, 0)
    assert CheckIn.objects.get().undone_at is not None
    assert sum(Visit.objects.values_list("count", flat=True)) == 0


def test_logging_out_empties_the_device_after_asking(reception, parties, live_server):
    anna = reception("Anna")
    cut(anna)
    walk_in(anna, 0)
    cable.lose_answers(anna, "/api/v1/visits/")
    anna.context.set_offline(False)
    anna.get_by_role("button", name="Logga ut").click()
    expect(anna.locator("#confirm")).to_contain_text("Något på enheten har inte nått servern än.")
    anna.get_by_role("button", name="Ja").click()
    anna.wait_for_url(f"{live_server.url}/")
    kept = """async () => {
        const db = await new Promise((done) => { indexedDB.open("navet-desk").onsuccess = (event) => done(event.target.result); });
        const count = (store) => new Promise((done) => {
            db.transaction(store).objectStore(store).count().onsuccess = (event) => done(event.target.result);
        });
        return [await count("events"), await count("facts")];
    }"""
    assert anna.evaluate(kept) == [0, 0]


def test_a_page_that_is_being_left_fetches_nothing_that_would_lead_elsewhere(reception, parties):
    anna = reception("Anna")
    # The answer to the log-out stays away as long as the test looks.
    anna.evaluate(
        """document.addEventListener("submit", (event) => {
            event.preventDefault();
            document.documentElement.dataset.left = "yes";
        })"""
    )
    anna.get_by_role("button", name="Logga ut").click()
    expect(anna.locator("html")).to_have_attribute("data-left", "yes")
    asked = []
    anna.on("request", lambda request: asked.append(request.url))
    anna.evaluate("htmx.trigger('#day', 'renew')")
    anna.wait_for_timeout(300)
    assert asked == []


def test_no_name_and_no_number_of_a_contact_is_on_the_device(reception):
    making.arrival(
        starts_at=NOW, contact_name="Maria Lind", contact_phone="+46701740605", needs={"wheelchair": 1}
    )
    anna = reception("Anna")
    kept = anna.evaluate("Desk.store.list().then(JSON.stringify)")
    assert "Rullstol" in kept
    assert "Maria" not in kept
    assert "0701740605" not in kept.replace("+46", "0")
