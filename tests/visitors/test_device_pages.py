"""What the device is given: the day without people, the page that needs no network, and the worker that keeps it."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client

from navet.house.models import Occasion
from tests.visitors.making import MORNING, arrival, desk, user
from tests.visitors.test_pages import in_a_room
from visitors import operations

pytestmark = pytest.mark.django_db
LIST, SHELL, WORKER = "/reception/pa-enheten/", "/reception/utan-nat/", "/reception/arbetare.js"


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING, tick=False):
        yield


def client(role: str = "desk", **options) -> Client:
    browser = Client(headers={"accept-language": "sv"}, **options)
    browser.force_login(user(role, email=f"{role}@navet.example"))
    return browser


def test_the_device_is_given_the_day_without_names_or_numbers():
    party = in_a_room()
    operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    arrival(starts_at=MORNING + dt.timedelta(days=1))
    arrival(
        starts_at=MORNING + dt.timedelta(hours=1), contact_name="Maria Lind", contact_phone="+46701740605"
    )
    answer = client().get(LIST)
    day = answer.json()
    assert "csrftoken" in answer.cookies
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert (day["now"], day["day"]) == ("2026-03-12T09:30:00+01:00", "2026-03-12")
    assert (day["can_check_in"], day["can_walk_in"]) == (True, True)
    first, second = day["parties"]
    assert first == {
        "code": party.code,
        "label": "Herrljunga skola, 5A",
        "title": "Rymden",
        "starts_at": "2026-03-12T08:30:00+00:00",
        "ends_at": "2026-03-12T10:30:00+00:00",
        "booked": 24,
        "participants": 24,
        "adults": 2,
        "needs": [{"label": "Rullstol", "count": 2}],
        "rooms": ["Sal 0"],
        "status": "expected",
        "check_in": {"participants": 22, "adults": 3},
    }
    assert second["check_in"] is None
    said = answer.content.decode()
    assert not any(word in said for word in ("Maria", "701740605", "Educator", "Rut Reception"))


def test_who_bought_tickets_is_a_code_on_the_device():
    period = (MORNING, MORNING + dt.timedelta(hours=1))
    show = Occasion.objects.create(
        kind=Occasion.Kind.PUBLIC, title_sv="Knallshow", title_en="Bang", period=period
    )
    bought = arrival(
        kind=Occasion.Kind.PUBLIC, occasion=show, label="Knallshow, Maria Lind", contact_name="Maria Lind"
    )
    day = client().get(LIST).content.decode()
    assert "Maria" not in day
    (party,) = json.loads(day)["parties"]
    assert party["label"] == f"Knallshow, {bought.code[:5]}-{bought.code[5:]}"
    assert party["title"] == ""


@pytest.mark.parametrize(
    ("kind", "title", "label", "contact", "kept"),
    [
        (
            "group_visit",
            "Födelsedagskalas",
            "Elsa 7 år, Födelsedagskalas",
            "Maria Lind",
            "Födelsedagskalas, {code}",
        ),
        ("group_visit", None, "Elsas kalas, Kalas", "", "Gruppbesök, {code}"),
        ("conference", "Elsas 40-årsfest", "Maria Lind, Elsas 40-årsfest", "Maria Lind", "Konferens, {code}"),
        (
            "conference",
            "Elsas avtackning",
            "Knallen AB, Elsas avtackning",
            "Maria Lind",
            "Knallen AB, Konferens",
        ),
    ],
)
def test_a_private_person_is_a_code_on_the_device_and_an_organisation_its_name(
    kind, title, label, contact, kept
):
    made = None
    if title:
        period = (MORNING, MORNING + dt.timedelta(hours=1))
        made = Occasion.objects.create(kind=kind, title_sv=title, title_en=title, period=period)
    party = arrival(kind=kind, occasion=made, label=label, contact_name=contact)
    day = client().get(LIST)
    (found,) = day.json()["parties"]
    assert (found["label"], found["title"]) == (kept.format(code=f"{party.code[:5]}-{party.code[5:]}"), "")
    assert not any(name in day.content.decode() for name in ("Elsa", "Maria"))


def test_an_association_that_comes_as_a_group_keeps_its_name_on_the_device():
    party = arrival(
        kind="group_visit", label="PRO Herrljunga, Förening", contact_name="Maria Lind", is_organisation=True
    )
    day = client().get(LIST).content.decode()
    (found,) = json.loads(day)["parties"]
    assert (found["label"], found["code"], "Maria" in day) == ("PRO Herrljunga, Förening", party.code, False)


@pytest.mark.parametrize("parties", [1, 20])
def test_the_devices_day_takes_a_fixed_number_of_queries(parties, django_assert_max_num_queries):
    caller = client()
    for _ in range(parties):
        operations.check_in(in_a_room(), participants=22, adults=3, by=desk(), at=MORNING)
    with django_assert_max_num_queries(6):  # two of them are the session and its user
        assert len(caller.get(LIST).json()["parties"]) == parties


@pytest.mark.parametrize(
    ("role", "status"), [("desk", 200), ("educator", 200), ("finance", 403), (None, 302)]
)
def test_the_devices_day_is_for_those_who_see_arrivals(role, status):
    caller = client(role) if role else Client()
    assert caller.get(LIST).status_code == status


def test_an_educators_device_may_look_but_not_count():
    day = client("educator").get(LIST).json()
    assert (day["can_check_in"], day["can_walk_in"]) == (False, False)


def test_the_page_without_a_network_is_the_same_for_everybody():
    party = arrival()
    stranger = Client(headers={"accept-language": "sv"}).get(SHELL).content.decode()
    assert client().get(SHELL).content.decode() == stranger
    assert party.code not in stranger
    assert "csrfmiddlewaretoken" not in stranger
    assert not re.search(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", stranger
    )  # the policy would stop it


def test_the_worker_keeps_the_page_and_every_file_it_names():
    answer = Client(headers={"accept-language": "sv"}).get(WORKER)
    assert answer["Content-Type"] == "text/javascript"
    assert "no-store" in answer["Cache-Control"]
    script = answer.content.decode()
    kept = json.loads(re.search(r'JSON\.parse\("(.*)"\)', script)[1].encode().decode("unicode_escape"))
    assert kept["shell"] == SHELL
    names = [address.removeprefix("/static/") for address in kept["assets"]]
    assert {"visitors/offline.js", "visitors/desk.css", "navet/base.css"} <= set(names)
    assert all(finders.find(name) for name in names)


def test_another_language_is_another_worker():
    def version(language: str) -> str:
        return Client(headers={"accept-language": language}).get(WORKER).content.decode().splitlines()[3]

    assert version("sv") == version("sv") != version("en")


def test_the_walk_ins_alone_are_shown_anew():
    caller = client()
    caller.post("/reception/besok/", {"category": "adult", "count": "3"})
    answer = caller.get("/reception/?del=besok", headers={"HX-Request": "true"}).content.decode()
    assert 'id="walk-ins"' in answer
    assert 'id="day"' not in answer
