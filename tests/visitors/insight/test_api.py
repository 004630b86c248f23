"""The year's figures by API, in five shapes that say the same."""

import csv
import datetime as dt
import io
import re
import zipfile

import pytest
import time_machine
from django.test import Client

from tests.bookings.schools import classes
from tests.visitors.making import DAY, MORNING, arrival, desk, municipality, user
from tests.visitors.test_behind import two_years
from tests.visitors.test_indicators import entry
from visitors import operations
from visitors.models import Visit

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/indicators/"


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING + dt.timedelta(hours=1), tick=False):
        yield


def client(role: str = "management") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def lines(browser: Client, query: str = "") -> dict[tuple[str, str, str, str], str]:
    text = browser.get(f"{ADDRESS}csv/{query}").content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return {(r["Indicator"], r["Part"], r["Key"], r["Measure"]): r["Value"] for r in rows}


def numbers(answer: dict) -> dict[tuple[str, str, str, str], float | None]:
    """Every number of the JSON, as the files name it."""
    found: dict[tuple[str, str, str, str], float | None] = {}
    for one in answer["indicators"]:
        ends = one["forecast"] or {"low": None, "middle": None, "high": None}
        year = {name: one[name] for name in (
            "target", "outcome", "same_day_last_year", "last_year", "booked_ahead", "expected_by_now", "share"
        )}  # fmt: skip
        year |= {"forecast_low": ends["low"], "forecast": ends["middle"], "forecast_high": ends["high"]}
        year["forecast_announced"] = one["forecast"] and one["forecast"]["announced"]
        parts = [("year", "", year)]
        parts += [("month", str(month.pop("month")), month) for month in one["by_month"]]
        for place in one["by_municipality"]:
            place.pop("name")
            parts.append(("municipality", place.pop("code") or "unknown", place))
        for part, key, values in parts:
            found |= {(one["code"], part, key, measure): value for measure, value in values.items()}
    return found


@pytest.mark.parametrize("query", ["", "?year=2025", "?as_of=2026-03-06"])
def test_all_shapes_say_the_same_numbers(query):
    two_years()
    browser = client()
    said = numbers(browser.get(f"{ADDRESS}{query}").json())
    assert len(said) > 200
    assert sum(1 for value in said.values() if value) > 20
    table = lines(browser, query)
    assert {key: float(value) if value else None for key, value in table.items()} == said
    assert _openmetrics(browser, query) == {key: value for key, value in said.items() if value is not None}
    assert _json_stat(browser, query) == said


def _openmetrics(browser: Client, query: str) -> dict[tuple[str, str, str, str], float]:
    answer = browser.get(f"{ADDRESS}openmetrics/{query}", headers={"accept": "application/openmetrics-text"})
    assert answer["Content-Type"].startswith("application/openmetrics-text; version=1.0.0")
    *text, end, nothing = answer.content.decode().split("\n")
    assert (end, nothing) == ("# EOF", "")
    found = {}
    for line in text:
        if line.startswith("navet_indicator_") and "{" in line:
            name, _brace, rest = line.removeprefix("navet_indicator_").partition("{")
            said, _brace, value = rest.partition("} ")
            labels = dict(pair.replace('"', "").split("=") for pair in said.split(","))
            part = next((part for part in ("month", "municipality") if name.startswith(f"{part}_")), "year")
            measure = name.removeprefix(f"{part}_") if part != "year" else name
            found[labels["indicator"], part, labels[part] if part != "year" else "", measure] = float(value)
            assert f"# TYPE navet_indicator_{name} gauge" in text
    return found


def _json_stat(browser: Client, query: str) -> dict[tuple[str, str, str, str], float | None]:
    answer = browser.get(f"{ADDRESS}json-stat/{query}").json()
    assert (answer["version"], answer["class"]) == ("2.0", "collection")
    found = {}
    for dataset in answer["link"]["item"]:
        part = dataset["id"][1]
        keys = [dataset["dimension"][name]["category"]["index"] for name in dataset["id"]]
        assert dataset["size"] == [len(one) for one in keys]
        values = iter(dataset["value"])
        every = {(i, k, m): next(values) for i in keys[0] for k in keys[1] for m in keys[2]}
        assert next(values, "none left") == "none left"
        found |= {(i, part, "" if part == "year" else k, m): value for (i, k, m), value in every.items()}
    # A statistical cube has a cell for each municipality and indicator; the others list those that came.
    listed = numbers(browser.get(f"{ADDRESS}{query}").json())
    assert all(value is None for key, value in found.items() if key not in listed)
    return {key: value for key, value in found.items() if key in listed}


def test_xlsx_is_a_workbook():
    answer = client().get(f"{ADDRESS}xlsx/?year=2026")
    assert answer["Content-Disposition"] == 'attachment; filename="indikatorer-2026-2026-03-12.xlsx"'
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_a_figure_says_where_it_is_and_where_it_ends():
    days = [
        dt.date(year, 1, 1) + dt.timedelta(days=n) for year in (2023, 2024, 2025) for n in range(0, 364, 2)
    ]
    Visit.objects.bulk_create(entry(day, "pupil", 100) for day in days)
    Visit.objects.bulk_create(entry(DAY - dt.timedelta(days=n), "pupil", 100) for n in range(1, 70, 2))
    answer = client().get(ADDRESS).json()
    pupils = answer["indicators"][0]
    assert pupils["outcome"] == 3500
    assert 0.18 * 18_000 < pupils["expected_by_now"] < 0.2 * 18_000
    assert pupils["forecast"]["low"] < 18_200 < pupils["forecast"]["high"]
    assert (pupils["forecast"]["past_years"], pupils["forecast"]["assumed"]) == (3, False)
    assert pupils["status"] in {"on_track", "uncertain"}
    assert "80 % interval" in answer["status_rule"]
    assert answer["known_by"] is None


def test_reach_is_against_the_pupils_of_the_register():
    school = classes.school(name="Altorpskolan")
    type(school).objects.update(pupils=200)
    operations.check_in(
        arrival(municipality=school.municipality), participants=30, adults=2, by=desk(), at=MORNING
    )
    operations.check_in(
        arrival(municipality=municipality("1463", "Mark")), participants=9, adults=2, by=desk(), at=MORNING
    )
    pupils = client().get(ADDRESS).json()["indicators"][0]
    places = {place["code"]: place for place in pupils["by_municipality"]}
    assert (
        places[school.municipality.code]["pupils"],
        places[school.municipality.code]["per_100_pupils"],
    ) == (200, 15.0)
    assert (places["1463"]["pupils"], places["1463"]["per_100_pupils"]) == (None, None)


def test_a_day_in_the_past_says_that_it_is_answered_as_known_then():
    answer = client().get(f"{ADDRESS}?as_of=2026-03-01").json()
    assert (answer["as_of"], answer["known_by"]) == ("2026-03-01", "2026-03-01")


@pytest.mark.parametrize("kind", ["pdf", "CSV", "json", "%00"])
def test_other_shapes_are_not_found(kind):
    assert client().get(f"{ADDRESS}{kind}/").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("desk", 403), ("educator", 403), ("planner", 200)])
def test_the_files_are_for_those_who_see_indicators(role, status):
    assert client(role).get(f"{ADDRESS}csv/").status_code == status


def test_an_entry_is_in_the_next_answer_which_says_when_it_was_counted_and_is_not_kept():
    browser = client()
    before = browser.get(ADDRESS)
    operations.check_in(arrival(), participants=30, adults=2, by=desk(), at=MORNING)
    after = browser.get(ADDRESS)
    came = [answer.json()["indicators"][0]["outcome"] for answer in (before, after)]
    assert came[1] - came[0] == 30
    assert dt.datetime.fromisoformat(after.json()["counted_at"]) == MORNING + dt.timedelta(hours=1)
    assert "no-store" in after["Cache-Control"]


def test_pictures_have_plain_numbers_for_a_plane_however_wide():
    """A day from three in the night to eight in the evening is a heat map more than a thousand units wide."""
    night = MORNING.replace(hour=2) - dt.timedelta(days=1)
    for at in (night, night + dt.timedelta(hours=17)):
        Visit.objects.create(at=at, day=at.date(), leaves_at=at, category="adult", count=3, source="desk")
    planes = re.findall('viewBox="([^"]*)"', client().get("/ledning/").content.decode())
    assert all(re.fullmatch(r"[0-9]+ [0-9]+ [0-9]+ [0-9]+", plane) for plane in planes), planes
    assert any(int(plane.split()[2]) > 1000 for plane in planes)
