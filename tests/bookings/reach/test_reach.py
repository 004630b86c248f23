"""Who came and who did not: by hand, from the ledger, and never a number of pupils that nobody knows."""

import csv
import datetime as dt
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.reach import fitting, reach
from bookings.reach.models import Invitation
from bookings.reach.reach import Wish
from navet.accounts.actor import Actor
from navet.directory.models import SchoolUnit
from tests.bookings.feedback import came
from tests.bookings.schools import classes
from visitors import operations as visitors
from visitors.models import CheckIn

pytestmark = pytest.mark.django_db
AT = classes.NOW + dt.timedelta(days=90)
NEXT_YEAR = dt.date(2026, 9, 8)
LATER = dt.date(2026, 5, 19)


def units(**wish) -> dict[str, reach.Unit]:
    """By name; without those that the makers of bookings made on the side."""
    found = reach.units(Wish(**{"year": 2025, **wish}), at=AT)
    return {one.school.name: one for one in found if not one.school.name.startswith("Skola ")}


def test_a_unit_came_when_a_class_was_checked_in_and_its_heads_are_the_ledgers():
    here, never = classes.school(name="Ek", pupils=100), classes.school(name="Al", pupils=300)
    for number in (18, 20):
        came.class_(on=classes.session(clock=f"{number - 8}:00"), came=number, school=here)
    undone = came.class_(on=classes.session(clock="08:00"), school=never)
    visitors.undo_check_in(
        CheckIn.objects.get(arrival__code=undone.code),
        by=classes.staff("desk"),
        at=undone.session.occasion.starts_at,
    )
    classes.confirmed(classes.session(day=dt.date(2026, 5, 5)), school=never)
    found = units()
    assert list(found) == ["Al", "Ek"]
    assert (found["Ek"].classes, found["Ek"].heads, found["Ek"].last_date) == (2, 38, classes.DAY)
    assert (found["Al"].classes, found["Al"].heads, found["Al"].to_come, found["Al"].came) == (
        0,
        0,
        1,
        "never",
    )
    assert units(came="never").keys() == units(came="not_this_year").keys() == {"Al"}
    assert units(came="came").keys() == {"Ek"}
    # The next school year she has been here, but not in it.
    with_last_year = units(year=2026)
    assert (with_last_year["Ek"].classes, with_last_year["Ek"].came) == (0, "not_this_year")
    assert units(year=2026, came="not_this_year").keys() == {"Al", "Ek"}


def test_shares_count_pupils_where_their_number_is_known_and_say_where_not():
    here = classes.school(name="Ek", pupils=100)
    came.class_(on=classes.session(), came=20, school=here)
    unknown = classes.school(name="Al", agreement=False)
    came.class_(on=classes.session(clock="12:00"), came=30, school=unknown, invoice_reference="1")
    classes.school(name="Asp", pupils=300)
    whole, by_municipality, by_form = reach.shares(units().values())
    assert (whole.units, whole.units_came, whole.units_never, whole.unknown) == (3, 2, 1, 1)
    assert (whole.pupils, whole.pupils_of_visitors, whole.of_pupils) == (400, 100, 0.25)
    assert (whole.heads, whole.all_heads, whole.visits_per_pupil) == (20, 50, 0.05)
    shown = [(one.name, one.units, one.of_pupils) for one in by_municipality]
    assert shown == [("Herrljunga", 2, 0.25), ("Vårgårda", 1, None)]
    assert [(str(one.name), one.units) for one in by_form] == [("Grundskola", 3)]


def test_municipality_form_and_closed_units():
    classes.school(name="Ek")
    classes.school(name="Al", agreement=False)
    classes.school(name="Stängd", status="UPPHORT")
    assert units(municipality="1442").keys() == {"Al"}
    assert units(form="GY") == {}
    assert units(form="GR").keys() == {"Al", "Ek"}


def test_a_school_that_closed_keeps_its_year_and_is_not_invited(client):
    closed = {
        name: classes.school(name=name, pupils=50)
        for name in ("Kom", "Bjöds in", "Bokade", "Inget", "Kom förr")
    }
    came.class_(on=classes.session(clock="09:00"), came=19, school=closed["Kom"])
    classes.confirmed(classes.session(day=LATER), of=closed["Bokade"])
    before = classes.session(day=dt.date(2025, 3, 4), release_at=classes.NOW - dt.timedelta(days=500))
    came.class_(on=before, school=closed["Kom förr"], at=classes.NOW - dt.timedelta(days=400))
    by = classes.planner().user
    Invitation.objects.create(
        school=closed["Bjöds in"],
        term="2025-HT",
        sessions=1,
        is_to_contact=False,
        sent_by=by,
        sent_at=AT - dt.timedelta(days=120),
    )
    SchoolUnit.objects.filter(pk__in=[one.pk for one in closed.values()]).update(
        status="UPPHORT", closed_date=dt.date(2026, 2, 28)
    )
    shown = units()
    assert {name: (one.classes, one.heads, one.school.is_open) for name, one in shown.items()} == {
        "Kom": (1, 19, False), "Bjöds in": (0, 0, False), "Bokade": (0, 0, False),
    }  # fmt: skip
    whole, _by_municipality, _by_form = reach.shares(shown.values())
    assert (whole.units, whole.units_came, whole.heads) == (3, 1, 19)
    assert units(year=2024).keys() == {"Kom förr"}
    assert fitting.units(shown.values(), through=LATER, at=AT) == []
    client.force_login(by)
    with time_machine.travel(AT):
        page = client.get("/planering/rackvidd/").text
        told = client.get("/api/v1/school-reach/").json()
        one = client.get(f"/planering/rackvidd/{closed['Kom'].pk}/").text
        file = client.get("/planering/rackvidd/fil.csv").content.decode("utf-8-sig")
    assert page.count("Skolan har stängt 28 februari") == 3
    assert "3 enheter har stängt sedan dess" in page
    assert all(f'name="unit" value="{school.pk}"' not in page for school in closed.values())
    is_open = {row["school"]["name"]: row["school"]["is_open"] for row in told["units"]}
    assert {name for name, here in is_open.items() if not here} == shown.keys()
    assert "bjuds inte in" in one
    listed = {row["Skola"]: row["I registret"] for row in csv.DictReader(io.StringIO(file), delimiter=";")}
    assert {name for name, said in listed.items() if said == "Stängd"} == shown.keys()


def test_the_queries_are_as_many_for_one_unit_as_for_three():
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            units()
        return len(queries)

    came.class_()
    one = counted()
    for clock in ("07:00", "15:00"):
        came.class_(on=classes.session(clock=clock))
    assert counted() == one <= 7


@pytest.mark.parametrize(("role", "sees", "invites"), [("planner", 200, 200), ("management", 200, 403), ("desk", 403, 403)])  # fmt: skip
def test_who_sees_reach_and_who_invites(client, role, sees, invites):
    school = classes.school(name="Ek")
    client.force_login(classes.staff(role).user)
    for page in ("", "fil.csv", "fil.xlsx"):
        assert client.get(f"/planering/rackvidd/{page}").status_code == sees
    assert client.get("/api/v1/school-reach/").status_code == sees
    assert client.get(f"/planering/rackvidd/{school.pk}/").status_code == invites
    answer = client.post("/planering/rackvidd/inbjudan/", {"unit": school.pk})
    assert answer.status_code == invites


def test_page_file_and_api_say_the_same(client):
    here = classes.school(name="Ek", pupils=100)
    came.class_(on=classes.session(), came=19, school=here)
    classes.school(name="=Al")
    client.force_login(classes.planner().user)
    with time_machine.travel(AT):
        page = client.get("/planering/rackvidd/?besok=not_this_year").text
        file = client.get("/planering/rackvidd/fil.csv?lasar=2025").content.decode("utf-8-sig")
        told = client.get("/api/v1/school-reach/?school_year=2025").json()
        assert client.get("/planering/rackvidd/?kommun=x").status_code == 400
        assert client.get("/planering/rackvidd/fil.csv?kommun=x").status_code == 404
        assert client.get("/api/v1/school-reach/?visits=x").json()["status"] == 400
    assert "=Al" in page
    assert ">Ek<" not in page
    found = csv.DictReader(io.StringIO(file), delimiter=";")
    rows = [row for row in found if not row["Skola"].startswith("Skola ")]
    listed = [one for one in told["units"] if not one["school"]["name"].startswith("Skola ")]
    assert [(row["Skola"], row["Elever"], row["Elever som kom"]) for row in rows] == [
        ("'=Al", "", "0"), ("Ek", "100", "19"),
    ]  # fmt: skip
    assert [(one["school"]["name"], one["school"]["pupils"], one["heads"], one["visits"]) for one in listed] == [
        ("=Al", None, 0, "never"), ("Ek", 100, 19, "came"),
    ]  # fmt: skip
    assert told["share"]["units_of_unknown_size"] == len(told["units"]) - 1
    assert "email" not in str(told)


def test_nobody_asks_without_logging_in(client):
    assert client.get("/api/v1/school-reach/").status_code == 401
    assert Actor(email="x@skola.example").has_capability("reach.view") is False
