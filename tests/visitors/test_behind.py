"""Any figure opens the rows behind it, and they add up to it."""

import csv
import datetime as dt
import io
import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from navet import periods
from tests.visitors.figures import FIGURE, SUM, number
from tests.visitors.making import DAY, MORNING, arrival, desk, municipality, user
from visitors import behind, leafing, operations
from visitors.models import CountingRule, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING + dt.timedelta(hours=1), tick=False):
        yield


def client(role: str = "management") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def two_years() -> None:
    """Something in every corner: two years, several months and places, reversals, people who come again, what is to come."""
    places = [municipality(), municipality("1463", "Mark"), None]
    for year in (2025, 2026):
        for month, place in zip((1, 2, 3, 3, 11), (*places, *places), strict=False):
            at = periods.at(dt.date(year, month, 5), dt.time(10))
            if at > MORNING:
                continue
            for kind, category, adults in (("school_session", "pupil", 2), ("conference", "conference", 1)):
                party = arrival(
                    starts_at=at, kind=kind, municipality=place, participant_category=category,
                    adult_category="school_adult" if adults == 2 else category,
                )  # fmt: skip
                operations.check_in(party, participants=20 + month, adults=adults, by=desk(), at=at)
            gone = operations.check_in(
                arrival(starts_at=at, kind="conference"), participants=9, adults=0, by=desk(), at=at
            )
            operations.undo_check_in(gone, by=desk(), at=at)
            walk = operations.record_walk_in("family_child", 3, municipality=place, by=desk(), at=at)
            operations.record_walk_in("adult", 2, municipality=place, by=desk(), at=at)
            operations.undo_walk_in(walk, by=desk(), at=at)
            for category in ("course", "leisure"):
                for person in ("ann", f"bo {month}", "ann", ""):
                    Visit.objects.create(
                        at=at, day=at.date(), leaves_at=at, category=category, count=1, source="list",
                        person=person, municipality=place,
                    )  # fmt: skip
    Visit.objects.create(
        at=MORNING, day=DAY, leaves_at=MORNING, category="door_correction", count=-4, source="counter"
    )
    for days in (0, 3, 40, 300):
        arrival(starts_at=MORNING + dt.timedelta(days=days, hours=2), municipality=places[1])
        arrival(
            starts_at=MORNING + dt.timedelta(days=days, hours=3),
            kind="conference",
            participant_category="conference",
            adult_category="conference",
        )
    operations.withdraw(arrival(starts_at=MORNING + dt.timedelta(days=5)).code, at=MORNING)
    CountingRule.objects.create(year=2026, indicator="visitors", category="conference", counts=False)


@pytest.mark.parametrize(("year", "least"), [(2026, 150), (2025, 100)])
def test_every_figure_of_the_year_is_the_sum_of_the_rows_behind_it(year, least):
    two_years()
    browser = client()
    page = browser.get(f"/ledning/?ar={year}").content.decode()
    figures = FIGURE.findall(page)
    assert len(figures) > least
    assert sum(number(text) != 0 for _address, text in figures) > 20
    for address, text in figures:
        rows = browser.get(unescape(address))
        assert rows.status_code == 200, address
        assert int(SUM.search(rows.content.decode()).group(1)) == number(text), address


def test_the_figures_of_the_desk_are_the_sums_of_the_rows_behind_them():
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
    operations.record_walk_in("adult", 5, by=desk(), at=MORNING - dt.timedelta(hours=5))  # gone by now
    browser = client("desk")
    figures = FIGURE.findall(browser.get("/reception/").content.decode())
    assert FIGURE.findall(browser.get("/reception/i-huset/").content.decode()) == figures
    assert [number(text) for _address, text in figures] == [27, 22, 3, 2]
    for address, text in figures:
        rows = browser.get(unescape(address)).content.decode()
        assert int(SUM.search(rows).group(1)) == number(text), address


def test_the_figures_of_the_evacuation_list_are_the_sums_of_the_rows_behind_them():
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
    operations.record_walk_in("child", 4, by=desk(), at=MORNING)
    browser = client("desk")
    figures = FIGURE.findall(browser.get("/reception/utrymning/").content.decode())
    # In the house, by kind, the party, and who came without one.
    assert [number(text) for _address, text in figures] == [31, 22, 3, 2, 4, 25, 2, 4]
    for address, text in figures:
        rows = browser.get(unescape(address)).content.decode()
        assert int(SUM.search(rows).group(1)) == number(text), address


def test_a_check_in_opens_its_entries():
    done = operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    browser = client("desk")
    party = browser.get(f"/reception/{done.arrival.code}/").content.decode()
    address = re.search(r"/reception/rader/\?incheckning=\d+", party).group()
    page = browser.get(address).content.decode()
    assert 'data-sum="25"' in page
    assert "Herrljunga skola, 5A" in page
    assert "Rut Reception" in page


def test_the_api_gives_the_rows_of_a_figure():
    two_years()
    browser = client()
    for indicator in browser.get("/api/v1/indicators/?year=2026").json()["indicators"]:
        found, address = [], f"/api/v1/visits/?year=2026&indicator={indicator['code']}&page_size=7"
        while address:
            page = browser.get(address).json()
            found += page["results"]
            address = page["next"]
        assert sum(row["counts"] for row in found) == indicator["outcome"], indicator["code"]
        assert len({row["id"] for row in found}) == len(found)
        narrowed = browser.get(
            f"/api/v1/visits/?year=2026&indicator={indicator['code']}&month=3&municipality=unknown&page_size=200"
        ).json()["results"]
        assert all(row["municipality"] is None and row["day"].startswith("2026-03") for row in narrowed)


@pytest.mark.parametrize(
    ("role", "status"), [("desk", 200), ("management", 200), ("finance", 200), ("administrator", 403)]
)
def test_the_ledger_in_the_api_is_for_those_who_see_visits(role, status):
    assert client(role).get("/api/v1/visits/").status_code == status


def test_the_rows_are_leafed_through_without_a_gap():
    for n in range(7):
        operations.record_walk_in("adult", n + 1, by=desk(), at=MORNING - dt.timedelta(days=n // 3))
    seen, after = [], None
    while True:
        leaf = leafing.leaf(behind.entries(behind.Wanted(year=2026)), by="day", after=after, size=2)
        seen += [(visit.day, visit.pk) for visit in leaf.rows]
        after = leaf.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen)


def test_a_page_names_the_next_and_keeps_what_was_asked(monkeypatch):
    monkeypatch.setitem(leafing.leaf.__kwdefaults__, "size", 2)
    for n in range(5):
        operations.record_walk_in("adult", n + 1, by=desk(), at=MORNING)
    browser, address, sizes = client(), "/ledning/rader/?ar=2026&kategori=adult", []
    while address:
        page = browser.get(address).content.decode()
        assert 'data-sum="15"' in page
        sizes.append(page.count('<th scope="row"'))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found and "/ledning/rader/" + unescape(found.group(1))
    assert sizes == [2, 2, 1]
    assert 'rel="start" href="?ar=2026&amp;kategori=adult"' in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("base", ["/ledning/rader", "/ledning/vantade", "/reception/rader"])
def test_the_rows_are_a_file_too(base, kind):
    two_years()
    role = "desk" if base.startswith("/reception") else "management"
    query = "dag=2026-03-05" if role == "desk" else "ar=2026&indikator=pupils"
    answer = client(role).get(f"{base}.{kind}?{query}")
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    if kind == "csv" and role == "management":
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
        page = client().get(f"{base}/?{query}").content.decode()
        assert sum(int(row["Counts"]) for row in rows) == int(SUM.search(page).group(1)) > 0


def test_a_file_is_not_longer_than_a_spreadsheet_bears(monkeypatch):
    monkeypatch.setattr("visitors.rows_pages.MOST_EXPORTED", 1)
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    answer = client().get("/ledning/rader.csv?ar=2026")
    assert answer.status_code == 409
    assert "There are 2 rows; a file holds 1." in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/ledning/rader/?ar=2026", "/ledning/vantade/?ar=2026&indikator=pupils", "/ledning/rader.csv?ar=2026"],
)
def test_the_rows_of_a_year_are_not_for_the_desk(address):
    assert client("desk").get(address).status_code == 403
    assert client("administrator").get("/reception/rader/").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/ledning/rader/?indikator=pupils",
        "/ledning/rader/?ar=1999",
        "/ledning/rader/?ar=2026&kommun=14",
        "/ledning/rader/?ar=2026&kommun=１４９０",
        "/ledning/rader/?ar=2026&till=i+dag",
        "/ledning/rader/?ar=2026&till=2026-02-30",
        "/ledning/rader/?ar=2026&kategori=hund",
        "/ledning/rader/?ar=2026&kalla=rykte",
        "/ledning/rader/?ar=2026&efter=0",
        "/ledning/rader/?ar=2026&efter=99999999999999999999",
        "/ledning/rader/?ar=2026&regler=x",
        "/ledning/rader.csv?ar=",
        "/ledning/vantade/?ar=2026",
        "/ledning/vantade/?ar=2026&indikator=pupils&manad=13",
    ],
)
def test_what_cannot_be_asked_is_said(address):
    answer = client().get(address)
    assert answer.status_code == 400
    assert (
        'class="error' in answer.content.decode()
        or "errorlist" in answer.content.decode()
        or "error-summary" in answer.content.decode()
    )


@pytest.mark.parametrize("query", ["dag=1999-01-01", "dag=x", "kategori=hund", "incheckning=-1", "efter=x"])
def test_what_the_desk_cannot_ask_is_said(query):
    assert client("desk").get(f"/reception/rader/?{query}").status_code == 400


@pytest.mark.parametrize("kind", ["pdf", "CSV", "csv/"])
def test_there_is_no_other_kind_of_file(kind):
    assert client().get(f"/ledning/rader.{kind}?ar=2026").status_code == 404


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("year=2026&date=2026-03-12", "date", "invalid"),
        ("indicator=pupils", "indicator", "invalid"),
        ("month=3", "month", "invalid"),
        ("until=2026-03-12", "until", "invalid"),
        ("year=2026&month=13", "month", "max_value"),
        ("year=1999", "year", "min_value"),
        ("year=2026&municipality=Borås", "municipality", "invalid"),
        ("category=hund", "category", "invalid_choice"),
        ("source=", "source", "invalid_choice"),
        ("years=2026", "years", "unknown_parameter"),
    ],
)
def test_the_api_says_what_cannot_be_asked(query, field, code):
    answer = client().get(f"/api/v1/visits/?{query}")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
