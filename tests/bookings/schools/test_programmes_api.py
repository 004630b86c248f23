"""The API of finding and planning: shapes, roles, wrong input."""

import datetime as dt

import pytest
import time_machine
from rest_framework.test import APIClient

from bookings.schools.models import Session
from navet.accounts.roles import Role
from tests.bookings.schools import plans
from tests.bookings.schools.plans import DAY, NOW
from tests.navet.house import making

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture(autouse=True)
def _now(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def room():
    return plans.house()


@pytest.fixture
def public():
    return APIClient()


@pytest.fixture
def planner():
    client = APIClient()
    client.force_login(plans.planner().user)
    return client


def body(programme, room, /, **fields):
    values = {"programme": programme.slug, "starts_at": "2026-03-03T09:00:00+01:00", "rooms": [room.slug]}
    return values | fields


def test_programmes_are_found_by_grade(public, room):
    plans.programme(room, slug="vatten", grades=["5"])
    plans.programme(room, slug="utkast", is_published=False)
    found = public.get(f"{API}/programmes/", {"grade": "5"}).json()["results"]
    assert [one["slug"] for one in found] == ["vatten"]
    assert found[0]["price_half"] == {"amount": "2000.00", "currency": "SEK"}
    assert public.get(f"{API}/programmes/", {"grade": "7"}).json()["results"] == []
    assert public.get(f"{API}/programmes/vatten/").json()["rooms"][0]["slug"] == "kuben"
    assert public.get(f"{API}/programmes/utkast/").status_code == 404


def test_sessions_say_what_is_free_page_by_page(public, room):
    programme = plans.programme(room)
    sessions = [plans.create(programme, room, clock=clock) for clock in ("09:00", "11:00", "13:00")]
    plans.book(sessions[0], 30)
    first = public.get(f"{API}/sessions/", {"page_size": 2}).json()
    assert [(one["id"], one["free_places"], one["bookable"]) for one in first["results"]] == [
        (sessions[0].pk, 0, False),
        (sessions[1].pk, 30, True),
    ]
    second = public.get(first["next"]).json()
    assert [one["id"] for one in second["results"]] == [sessions[2].pk]
    free = public.get(f"{API}/sessions/", {"free": "true"}).json()["results"]
    assert [one["id"] for one in free] == [sessions[1].pk, sessions[2].pk]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_list_says_of_a_session_what_its_own_address_says(public, room, language):
    hall = making.room(
        "sal", *making.Cell.objects.bulk_create([making.Cell(name="a"), making.Cell(name="b")])
    )
    programme = plans.programme(room, hall, title_en="", slug="vatten")
    sessions = [
        plans.create(programme, room, rooms=[room, hall], language="en", max_groups=2),
        plans.create(programme, room, clock="13:00", release_at=NOW + dt.timedelta(days=1)),
        plans.create(plans.programme(hall, title_en="Water"), hall, clock="15:00", capacity=12),
    ]
    plans.book(sessions[0], 8)
    plans.book(sessions[2], 12)
    headers = {"accept-language": language}
    listed = public.get(f"{API}/sessions/", headers=headers).json()["results"]
    assert listed == [public.get(f"{API}/sessions/{one.pk}/", headers=headers).json() for one in sessions]
    assert [len(one["rooms"]) for one in listed] == [2, 1, 1]


def test_a_list_of_sessions_is_leafed_through_forth_and_back(public, room):
    programme = plans.programme(room)
    sessions = [plans.create(programme, room, day=DAY + dt.timedelta(days=n)) for n in (0, 1, 2, 3, 6)]
    for asked in ({}, {"grade": "5", "free": "true"}, {"programme": programme.slug, "pupils": 10}):
        first = public.get(f"{API}/sessions/", {"page_size": 2, **asked}).json()
        second = public.get(first["next"]).json()
        last = public.get(second["next"]).json()
        pages = [[one["id"] for one in page["results"]] for page in (first, second, last)]
        pks = [session.pk for session in sessions]
        assert (pages, last["next"]) == ([pks[:2], pks[2:4], pks[4:]], None)
        assert public.get(last["previous"]).json()["results"] == second["results"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"grade": "12"}, "grade"),
        ({"subject": "x"}, "subject"),
        ({"from": "2026-3-1"}, "from"),
        ({"from": "x"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"pupils": "0"}, "pupils"),
        ({"pupils": "x"}, "pupils"),
        ({"pupils": "99999999999999999999"}, "pupils"),
        ({"language": "de"}, "language"),
        ({"programme": "å"}, "programme"),
        ({"free": "yes"}, "free"),
        ({"grad": "5"}, "grad"),
        ({"cursor": "x"}, "cursor"),
        ({"page_size": "0"}, "page_size"),
    ],
)
def test_a_search_with_bad_input_names_the_parameter(public, query, field):
    answer = public.get(f"{API}/sessions/", query)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_planner_plans_changes_moves_and_cancels(planner, public, room):
    programme = plans.programme(room)
    made = planner.post(f"{API}/sessions/", body(programme, room))
    assert made.status_code == 201
    address, etag = made["Location"], made["ETag"]
    assert public.get(address).json()["free_places"] == 30
    assert planner.patch(address, {"capacity": 20}).status_code == 428
    changed = planner.patch(address, {"capacity": 20}, headers={"if-match": etag})
    assert changed.json()["capacity"] == 20
    assert planner.patch(address, {"capacity": 25}, headers={"if-match": etag}).status_code == 412
    moved = planner.post(f"{address}move/", {"starts_at": "2026-03-03T13:00:00+01:00"})
    assert moved.json()["starts_at"] == "2026-03-03T13:00:00+01:00"
    assert planner.post(f"{address}cancellation/", {"reason": "Sjukdom"}).json()["status"] == "cancelled"
    assert planner.post(f"{address}cancellation/", {"reason": "Sjukdom"}).status_code == 409


def test_the_same_post_twice_is_one_session(planner, room):
    programme = plans.programme(room)
    key = {"idempotency-key": "a" * 36}
    answers = [planner.post(f"{API}/sessions/", body(programme, room), headers=key) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"starts_at": "2026-03-03T09:00:00"}, 400, "starts_at"),
        ({"starts_at": "2026-03-07T09:00:00+01:00"}, 409, "starts_at"),
        ({"starts_at": "2026-01-03T09:00:00+01:00"}, 409, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+00:00"}, 400, "starts_at"),
        ({"rooms": []}, 400, "rooms"),
        ({"rooms": "kuben"}, 400, "rooms"),
        ({"rooms": ["ingen"]}, 400, "rooms[0]"),
        ({"educators": [999]}, 400, "educators[0]"),
        ({"educators": [2**62]}, 400, "educators[0]"),
        ({"educators": ["1"]}, 400, "educators"),
        ({"programme": "ingen"}, 400, "programme"),
        ({"capacity": "7"}, 400, "capacity"),
        ({"capacity": 0}, 400, "capacity"),
        ({"language": "de"}, 400, "language"),
        ({"release_at": "2026-04-01T00:00:00+02:00"}, 409, "release_at"),
        ({"colour": "red"}, 400, "colour"),
    ],
)
def test_a_session_with_bad_input_is_not_made(planner, room, fields, status, field):
    answer = planner.post(f"{API}/sessions/", body(plans.programme(room), room, **fields))
    assert answer.status_code == status
    assert [error["field"].partition("[")[0] for error in answer.json()["errors"]] == [
        field.partition("[")[0]
    ]
    assert not Session.objects.exists()


def series_body(programme, room, /, **fields):
    values = {
        "programme": programme.slug,
        "first_date": "2026-03-03",
        "last_date": "2026-03-31",
        "weekdays": [1],
    }
    return values | {"times": ["09:00"], "rooms": [room.slug]} | fields


def test_a_series_is_previewed_and_planned(planner, room):
    programme = plans.programme(room)
    plans.create(plans.programme(room), room)
    preview = planner.post(f"{API}/session-series/preview/", series_body(programme, room)).json()
    assert preview["would_be_made"] == 4
    assert [one["code"] for one in preview["occurrences"]] == ["room_taken", "", "", "", ""]
    made = planner.post(f"{API}/session-series/", series_body(programme, room))
    assert made.status_code == 201
    assert made.json()["gaps"] == [one for one in preview["occurrences"] if one["code"]]
    assert planner.get(made["Location"]).json() == made.json()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"weekdays": [7]}, 400),
        ({"weekdays": []}, 400),
        ({"times": ["24:00"]}, 400),
        ({"times": [900]}, 400),
        ({"last_date": "2026-03-01"}, 400),
        ({"last_date": "2099-12-31"}, 400),
        ({"week_interval": 0}, 400),
        ({"skip_breaks_of": "0000"}, 400),
        ({"weekdays": [6], "last_date": "2026-03-04"}, 409),
    ],
)
def test_a_series_with_bad_input_is_refused(planner, room, fields, status):
    for path in ("session-series/", "session-series/preview/"):
        answer = planner.post(f"{API}/{path}", series_body(plans.programme(room), room, **fields))
        assert answer.status_code == status


@pytest.mark.parametrize("role", [None, Role.DESK, Role.EDUCATOR, Role.MANAGEMENT, Role.ADMINISTRATOR])
def test_only_planners_plan(room, role):
    client = APIClient()
    if role:
        client.force_login(making.user("someone@navet.test", role))
    session = plans.create(plans.programme(room), room)
    for path in (
        "sessions/",
        f"sessions/{session.pk}/move/",
        f"sessions/{session.pk}/cancellation/",
        "session-series/",
    ):
        assert client.post(f"{API}/{path}", {}).status_code == (403 if role else 401)
    assert client.patch(f"{API}/sessions/{session.pk}/", {}).status_code == (403 if role else 401)


def test_an_unknown_session_is_not_found(planner, public):
    for pk in (1, 2**63, 10**30):
        assert public.get(f"{API}/sessions/{pk}/").status_code == 404
