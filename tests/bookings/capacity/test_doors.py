"""The API and the pages: each figure against its rows, the files, who may see what, wrong input."""

import csv
import datetime as dt
import io
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.capacity import sums
from tests.bookings.capacity.world import AFTER, NOW, World, counted_again
from tests.bookings.schools import classes, plans
from tests.bookings.tickets import shows

pytestmark = pytest.mark.django_db
API, PAGE = "/api/v1/capacity/", "/ledning/kapacitet/"
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}
MARS = {"fran": "2026-03-01", "till": "2026-03-31"}
SUMS = (
    "occasions",
    "offered",
    "held",
    "free",
    "bookable",
    "past_occasions",
    "past_offered",
    "past_held",
    "used",
    "missed",
)


@pytest.fixture(autouse=True)
def _now(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def management(client):
    client.force_login(classes.staff("management").user)
    return client


def figures(of: dict) -> dict[str, int]:
    return {name: of[name] for name in SUMS}


def behind(client, **asked) -> dict:
    answer = client.get(f"{API}occasions/", MARCH | asked)
    assert answer.status_code == 200
    return answer.json()


def test_every_figure_is_the_sum_of_the_occasions_behind_it(management):
    World()
    told = management.get(API, MARCH).json()
    again = [one for one in counted_again(AFTER).values() if one[0] != "lunch"]
    assert (told["occasions"], told["offered"], told["held"]) == (
        11,
        sum(o[1] for o in again),
        sum(o[2] for o in again),
    )
    groups = [({}, told)]
    groups += [({"kind": one["key"]}, one) for one in told["by_kind"]]
    groups += [({"programme": one["key"]}, one) for one in told["by_programme"]]
    groups += [({"room": one["key"]}, one) for one in told["by_room"]]
    groups += [({"weekday": one["weekday"]}, one) for one in told["by_weekday"]]
    groups += [({"hour": one["hour"]}, one) for one in told["by_hour"]]
    hours = [*told["by_weekday_and_hour"], *told["least_full_hours"]]
    groups += [({"weekday": one["weekday"], "hour": one["hour"]}, one) for one in hours]
    assert len(groups) > 25
    for asked, figure in groups:
        found = behind(management, **asked)
        rows = found["occasions"]
        assert figures(found["total"]) == figures(figure), asked
        assert [len(rows), *(sum(row[name] for row in rows) for name in ("offered", "held", "free"))] == [
            figure[name] for name in ("occasions", "offered", "held", "free")
        ]
        assert sum(row["used"] or 0 for row in rows) == figure["used"]
        assert sum(row["free"] for row in rows if row["can_be_booked"]) == figure["bookable"]
    assert sum(week["offered"] for week in told["by_week"]) == told["offered"]
    for only, name in (("free", "free"), ("bookable", "bookable"), ("over", "used")):
        assert figures(behind(management, only=only)["total"])[name] == told[name]
    assert behind(management, kind="lunch")["total"]["offered"] == 60
    assert behind(management, room=sums.NO_ROOM)["total"]["occasions"] == 5  # course days and meetings
    assert [one["weekday"] for one in told["by_weekday"]] == [1, 2, 5]


def test_the_files_have_the_same_figures(management):
    World()
    told = management.get(API, MARCH).json()
    answer = management.get(f"{API}csv/", MARCH)
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert lines[1][5:] == [
        str("" if told[name] is None else told[name]) for name in (*SUMS[:5], "fill", *SUMS[5:], "use")
    ]
    parts = 1 + sum(len(value) for name, value in told.items() if name.startswith("by_"))
    assert len(lines) == 1 + parts
    assert management.get(f"{API}xlsx/", MARCH).content.startswith(b"PK")
    assert management.get(f"{API}pdf/", MARCH).status_code == 404
    rows = management.get(f"{PAGE}rader.csv", MARS)
    assert len(rows.content.decode("utf-8-sig").splitlines()) == 1 + told["occasions"]
    assert management.get(f"{PAGE}rader.xlsx", MARS).content.startswith(b"PK")
    assert management.get(f"{PAGE}rader.csv", {"fran": "x"}).status_code == 404


def test_the_page_says_the_figures_of_the_api_and_each_opens_its_rows(management):
    World()
    told = management.get(API, MARCH).json()
    page = management.get(PAGE, MARS).text
    stats = re.findall(r'stat__figure"><a href="([^"]+)" data-figure>([^<]+)<', page)
    assert [int(number) for _url, number in stats] == [
        told[name] for name in ("offered", "held", "free", "bookable", "used")
    ]
    links = {
        url.replace("&amp;", "&") for url in re.findall(r'href="(/ledning/kapacitet/rader/[^"]+)"', page)
    }
    assert len(links) > 15
    for url in links:
        assert management.get(url).status_code == 200
    for (url, number), name in zip(stats, ("offered", "held", "free", None, "used"), strict=True):
        shown = management.get(url.replace("&amp;", "&")).text
        if name:
            assert f'data-sum="{name}">{number}<' in shown
    assert "Nothing with places" not in page
    empty = management.get(PAGE, {"fran": "2027-05-01", "till": "2027-05-02"})
    assert (empty.status_code, "data-figure" in empty.text) == (200, False)


def test_without_dates_it_is_the_next_four_weeks(management):
    page = management.get(PAGE).text
    assert 'value="2026-03-12"' in page
    assert 'value="2026-04-08"' in page
    assert 'value="2026-04-28"' in management.get(PAGE, {"fran": "2026-04-01"}).text


def test_links_lead_only_where_one_may_go(client):
    world = World()
    session = f"/planering/tillfalle/{world.last.pk}/"
    for role, plans_it, invites, counts in (
        ("planner", True, True, True),
        ("management", False, True, True),
        ("conference_host", False, False, False),
    ):
        client.force_login(classes.staff(role).user)
        page = client.get(PAGE, MARS).text
        assert (session in page, "/planering/rackvidd/?besok" in page, 'id="fyll"' in page) == (
            plans_it,
            invites,
            counts,
        )
        assert (client.get(API, MARCH).json()["what_if"] is not None) == counts


@pytest.mark.parametrize("role", ["desk", "educator", "finance", "data_protection", "administrator", None])
def test_who_may_not_see_it(client, role):
    if role:
        client.force_login(classes.staff(role).user)
    for path in (API, f"{API}csv/", f"{API}occasions/"):
        assert client.get(path, MARCH).status_code == (403 if role else 401)
    for path in (PAGE, f"{PAGE}rader/", f"{PAGE}rader.csv"):
        assert client.get(path, MARS).status_code == (403 if role else 302)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"to": "2026-03-31"}, "from"),
        ({"from": "2026-03-01"}, "to"),
        ({"from": "2026-03-03", "to": "2026-03-02"}, "to"),
        ({"from": "2026-01-01", "to": "2027-02-05"}, "to"),  # 401 days
        ({**MARCH, "kind": "conference"}, "kind"),
        ({**MARCH, "share": "0"}, "share"),
        ({**MARCH, "share": "101"}, "share"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_of_the_api(management, asked, field):
    answer = management.get(API, asked)
    assert answer.status_code == 400
    assert field in str(answer.json())


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", {"fran": "igår"}),
        ("", {"fran": "0001-01-01"}),
        ("", {"fran": "9999-12-31"}),
        ("", {"fran": "2026-03-03", "till": "2026-03-02"}),
        ("", {"fran": "2026-01-01", "till": "2027-02-05"}),
        ("", {"slag": "conference"}),
        ("", {"andel": "0"}),
        ("rader/", {"veckodag": "7"}),
        ("rader/", {"timme": "24"}),
        ("rader/", {"program": "x y"}),
        ("rader/", {"rum": "\x00"}),
        ("rader/", {"bara": "alla"}),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_of_the_pages(management, path, asked):
    assert management.get(PAGE + path, asked).status_code == 400


def test_the_longest_period_is_400_days(management):
    assert management.get(API, {"from": "2026-01-01", "to": "2027-02-04"}).status_code == 200


def test_as_many_queries_for_many_occasions_as_for_few(management):
    def counted(path, asked) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert management.get(path, asked).status_code == 200
        return len(queries)

    world = World()
    doors = [(API, MARCH), (PAGE, MARS), (f"{PAGE}rader/", MARS), (f"{API}occasions/", MARCH)]
    few = [counted(*door) for door in doors]
    for clock in ("10:00", "12:00", "14:00"):
        with_class = plans.create(world.light, world.east, day=dt.date(2026, 3, 11), clock=clock)
        plans.book(with_class, 9)
        shows.slot(day=dt.date(2026, 3, 25), clock=clock)
    assert [counted(*door) for door in doors] == few
    assert few[1] <= few[0] + 4


def test_what_is_over_stays_as_it_was_and_now_is_now(management):
    world = World()
    with time_machine.travel(NOW, tick=False):
        held = management.get(API, MARCH).json()["held"]
    assert held - management.get(API, MARCH).json()["held"] == world.held.pupils  # the hold ran out
