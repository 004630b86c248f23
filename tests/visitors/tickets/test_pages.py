"""The till's sums and the prices, as desk and finance open them."""

import csv
import io
import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from tests.visitors.making import DAY, MORNING, desk, user
from tests.visitors.tickets.making import price
from visitors import operations
from visitors.models import Visit
from visitors.tickets import passes
from visitors.tickets.models import Price

pytestmark = pytest.mark.django_db
TILL, PRICES = "/kassa/", "/kassa/priser/"
NEW = {"product": "adult", "kronor": "120.50", "vat_permille": "250", "heads": "1", "first_date": str(DAY)}


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING, tick=False):
        yield


def client(role: str = "desk") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


@pytest.mark.parametrize(
    ("role", "till", "prices"),
    [
        ("desk", 200, 403),
        ("finance", 200, 200),
        ("planner", 200, 403),
        ("management", 200, 403),
        ("educator", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_who_sees_the_till_and_who_sets_prices(role, till, prices):
    browser = client(role)
    assert [browser.get(TILL).status_code, browser.get(PRICES).status_code] == [till, prices]
    assert browser.post(PRICES, NEW).status_code == (302 if prices == 200 else 403)
    assert Price.objects.count() == (prices == 200)


def test_the_day_adds_up_and_says_that_it_agrees():
    price()
    operations.record_walk_in("adult", 3, by=desk(), at=MORNING)
    page = client().get(TILL).content.decode()
    assert "SEK\xa0360" in page
    assert "Agrees with the ledger" in page


def test_a_day_that_does_not_agree_says_so():
    price()
    Visit.objects.create(at=MORNING, day=DAY, leaves_at=MORNING, category="adult", count=2, source="desk")
    assert "The till and the ledger disagree" in client().get(TILL).content.decode()


@pytest.mark.parametrize(
    "query", ["fran=x", "fran=2026-03-12&till=2026-03-01", "fran=2024-01-01&till=2026-03-01"]
)
def test_days_that_cannot_be_are_told(query):
    assert client().get(f"{TILL}?{query}").status_code == 400
    assert client().get(f"{TILL}fil/csv/?{query}").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_finance_takes_the_sums_as_a_file(kind):
    price("child", 60, vat_permille=60)
    operations.record_walk_in("child", 3, by=desk(), at=MORNING)
    answer = client("finance").get(f"{TILL}fil/{kind}/?fran={DAY}&till={DAY}")
    assert answer.status_code == 200
    if kind == "csv":
        (_heading, row) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
        assert row == [str(DAY), "Child", "60,00", "6", "3", "180,00", "10,19", "169,81", "Entry at the desk"]


def test_a_file_of_another_kind_is_no_page():
    assert client("finance").get(f"{TILL}fil/pdf/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kronor": "-1"}, "greater than or equal to 0"),
        ({"kronor": "1.005"}, "no more than 2 decimal"),
        ({"vat_permille": "130"}, "not one of the available choices"),
        ({"vat_permille": ""}, "required"),
        ({"heads": "0"}, "greater than or equal to 1"),
        ({"first_date": "2026-03-01"}, "begins today or later"),
        ({"first_date": "0001-01-01"}, "between the years"),
        ({"product": "pupil"}, "not one of the available choices"),
    ],
)
def test_a_price_that_cannot_be_is_told_at_its_field(changed, said):
    answer = client("finance").post(PRICES, NEW | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Price.objects.exists()


def test_finance_ends_a_price_and_is_told_when_it_has_ended():
    made = price()
    browser = client("finance")
    assert "has ended" in browser.post(f"{PRICES}{made.pk}/avsluta/", follow=True).content.decode()
    assert "has ended already" in browser.post(f"{PRICES}{made.pk}/avsluta/", follow=True).content.decode()
    assert client("desk").post(f"{PRICES}{made.pk}/avsluta/").status_code == 403


def test_the_desk_sees_prices_on_its_keys_and_what_a_tap_and_its_undo_do_to_the_sum():
    price()
    browser = client()
    assert "SEK\xa0120" in browser.get("/reception/").content.decode()
    page = browser.post("/reception/besok/", {"category": "adult", "count": 2}, follow=True).content.decode()
    assert "To the till: SEK\xa0240. The day&#x27;s sum is now SEK\xa0240." in page
    visit = Visit.objects.get()
    page = browser.post(f"/reception/besok/{visit.pk}/angra/", follow=True).content.decode()
    assert "To the till: \u2212SEK\xa0240. The day&#x27;s sum is now SEK\xa00." in page


def test_the_api_answers_with_the_receipt_line():
    price()
    answer = client().post(
        "/api/v1/visits/", {"category": "adult", "count": 2}, content_type="application/json"
    )
    assert answer.json()["receipt"] == {
        "product": "adult",
        "tickets": 2,
        "unit_price": {"amount": "120.00", "currency": "SEK"},
        "amount": {"amount": "240.00", "currency": "SEK"},
        "vat": {"amount": "48.00", "currency": "SEK"},
        "vat_permille": 250,
    }
    back = (
        client()
        .post(f"/api/v1/visits/{answer.json()['id']}/undo/", {}, content_type="application/json")
        .json()
    )
    assert back["receipt"]["amount"]["amount"] == "-240.00"
    without = client().post(
        "/api/v1/visits/", {"category": "group", "count": 2}, content_type="application/json"
    )
    assert without.json()["receipt"] is None


def test_every_sum_of_the_till_opens_the_rows_it_is_added_up_from():
    price("adult", 120)
    visit = operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
    operations.record_walk_in("adult", 3, by=desk(), at=MORNING)
    operations.undo_walk_in(visit, by=desk(), at=MORNING)
    price("person_pass", 450)
    passes.issue(kind="person", persons=1, first_date=DAY, by=desk(), at=MORNING)
    browser = client()
    sums = browser.get(TILL).content.decode()
    found = {}
    for link in set(re.findall(r'href="(/kassa/rader/[^"]*)" data-figure', sums)):
        rows = browser.get(unescape(link)).content.decode()
        found[re.search(r"produkt=(\w+)", link)[1] if "produkt" in link else "all"] = (
            int(re.search(r'data-sum="(-?\d+)"', rows)[1]),
            rows.count("<tr><td"),
        )
    assert found == {"adult": (36_000, 3), "person_pass": (45_000, 1), "all": (81_000, 4)}
    assert browser.get("/kassa/rader/?pris=x").status_code == 400
    assert client("educator").get("/kassa/rader/").status_code == 403
