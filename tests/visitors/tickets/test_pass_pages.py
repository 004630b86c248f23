"""Annual passes at the desk: what is scanned, said, asked and counted."""

import re

import pytest
import time_machine
from django.test import Client

from navet import codes
from tests.visitors.making import DAY, MORNING, desk, user
from tests.visitors.tickets.test_passes import admit, annual_pass
from visitors.models import Visit
from visitors.tickets import passes
from visitors.tickets.models import AnnualPass

pytestmark = pytest.mark.django_db
LIST = "/reception/arskort/"
NEW = {"kind": "family", "persons": "4", "first_date": str(DAY), "holder_name": "Maria Lind", "token": "t1"}


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING, tick=False):
        yield


def client(role: str = "desk") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def api(body: dict) -> object:
    full = {"category": "annual_pass", "count": 2} | body
    return client().post("/api/v1/visits/", full, content_type="application/json")


@pytest.mark.parametrize(
    ("role", "status"), [("desk", 200), ("planner", 200), ("educator", 403), ("finance", 403)]
)
def test_passes_are_for_the_desk_and_planners(role, status):
    assert client(role).get(LIST).status_code == status
    assert client(role).get(f"{LIST}nytt/").status_code == status


def test_a_pass_is_issued_once_however_often_the_tablet_sends_it_and_found_by_its_holder():
    browser = client()
    page = browser.post(f"{LIST}nytt/", NEW, follow=True).content.decode()
    browser.post(f"{LIST}nytt/", NEW)
    made = AnnualPass.objects.get()
    assert codes.pretty(made.code) in page
    assert "data:image/svg+xml" in page
    assert codes.pretty(made.code) in browser.get(f"{LIST}?sok=maria").content.decode()
    assert codes.pretty(made.code) in browser.get(f"{LIST}?sok={made.code.lower()}").content.decode()
    assert codes.pretty(made.code) not in browser.get(f"{LIST}?sok=olle").content.decode()


def test_the_code_of_a_pass_scanned_in_the_reception_goes_to_the_pass():
    made = annual_pass()
    answer = client().get("/reception/", {"sok": made.code})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{made.code}/")


def test_an_unknown_pass_is_told_politely():
    answer = client().get("/reception/", {"sok": codes.new_checked_code()}, follow=True)
    assert answer.status_code == 404
    assert "We know no pass with this code" in answer.content.decode()


def test_one_tap_lets_them_in_and_a_second_scan_asks():
    made = annual_pass()
    browser = client()
    path = f"{LIST}{made.code}/slapp-in/"
    page = browser.get(f"{LIST}{made.code}/").content.decode()
    assert re.findall(r'name="persons" value="(\d)"', page) == [
        "4",
        "1",
        "2",
        "3",
    ]  # all, or fewer: one tap each
    assert browser.post(path, {"persons": 3, "token": "a"}).status_code == 302
    assert browser.post(path, {"persons": 3, "token": "a"}).status_code == 302  # the same tap again
    assert Visit.objects.get().count == 3
    asked = browser.post(path, {"persons": 3, "token": "b"})
    assert asked.status_code == 409
    assert "They are others than those of earlier today" in asked.content.decode()
    assert browser.post(path, {"persons": 1, "again": "on", "token": "b"}).status_code == 302
    assert Visit.objects.count() == 2


def test_the_card_tells_the_name_and_nothing_else_of_its_holder():
    made = annual_pass(holder_name="Maria Lind", holder_email="maria@lind.example")
    page = client().get(f"{LIST}{made.code.lower()}/kort/").content.decode()
    assert "Maria Lind" in page
    assert "maria@lind.example" not in page
    assert "data:image/svg+xml" in page
    assert client("educator").get(f"{LIST}{made.code}/kort/").status_code == 403
    assert client().get(f"{LIST}{codes.new_checked_code()}/kort/").status_code == 404


def test_a_blocked_pass_says_so_and_shows_no_button():
    made = annual_pass()
    browser = client()
    browser.post(f"{LIST}{made.code}/sparra/", {"reason": "Borttappat"})
    page = browser.get(f"{LIST}{made.code}/").content.decode()
    assert "This pass is blocked" in page
    assert "slapp-in" not in page
    browser.post(f"{LIST}{made.code}/hav-sparr/")
    assert "slapp-in" in browser.get(f"{LIST}{made.code}/").content.decode()


def test_renewed_and_annulled_by_their_buttons():
    made = annual_pass()
    browser = client()
    browser.post(f"{LIST}{made.code}/fornya/")
    renewed = made.periods.latest("pk")
    page = browser.post(f"{LIST}period/{renewed.pk}/makulera/", follow=True).content.decode()
    assert "It is annulled" in page
    renewed.refresh_from_db()
    assert renewed.annulled_at == MORNING


def test_an_educator_sees_a_pass_but_neither_holder_nor_buttons():
    made = annual_pass(holder_name="Maria Lind")
    page = client("educator").get(f"{LIST}{made.code}/").content.decode()
    assert "Maria Lind" not in page
    assert "slapp-in" not in page
    for deed in ("slapp-in", "fornya", "sparra", "hav-sparr"):
        assert client("educator").post(f"{LIST}{made.code}/{deed}/").status_code == 403


def test_a_pass_by_the_api_counts_and_is_refused_with_a_code():
    made = annual_pass()
    answer = api({"annual_pass": made.code})
    assert (answer.status_code, answer.json()["count"]) == (201, 2)
    refused = api({"annual_pass": made.code})
    assert (refused.status_code, refused.json()["code"], refused.json()["persons"]) == (
        409,
        "pass_used_today",
        2,
    )
    assert api({"annual_pass": made.code, "again": True}).status_code == 201
    assert api({"annual_pass": codes.new_checked_code()}).json()["code"] == "no_such_pass"
    assert api({"annual_pass": made.code, "category": "adult"}).json()["code"] == "invalid"
    passes.block(made, reason="Borttappat", by=desk(), at=MORNING)
    assert api({"annual_pass": made.code}).json()["code"] == "pass_blocked"


@pytest.mark.parametrize("uses", [1, 8])
def test_a_pass_takes_as_many_queries_for_many_uses_as_for_one(uses, django_assert_max_num_queries):
    made = annual_pass()
    for _ in range(uses):
        admit(made, 1, again=True)
    browser = client()
    browser.get(f"{LIST}{made.code}/")
    with django_assert_max_num_queries(6):
        browser.get(f"{LIST}{made.code}/")
