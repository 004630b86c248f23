"""Management's pages about the doors."""

import datetime as dt
from decimal import Decimal
from html import unescape
from urllib.parse import quote

import pytest
import time_machine

from navet.accounts.actor import Actor
from tests.visitors.counters import making
from tests.visitors.counters.making import DAY, MORNING_AFTER, counter, manager, own, receive, registered
from tests.visitors.figures import FIGURE, SUM, number
from visitors.counters import days, operations
from visitors.counters.models import Correction, Counter, Factor
from visitors.models import Visit

pytestmark = pytest.mark.django_db
OVERVIEW, ONE_DAY = "/ledning/dorrar/", f"/ledning/dorrar/{DAY}/"


@pytest.fixture(autouse=True)
def the_morning_after(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING_AFTER, tick=False):
        yield


@pytest.fixture
def door() -> Counter:
    at_door = counter()
    receive(at_door, own(at_9=30, at_10=20))
    registered(42)
    return at_door


@pytest.fixture
def management(client):
    client.force_login(manager())
    return client


def test_the_overview_shows_days_side_by_side_in_as_many_queries_whatever_there_is(
    management, door, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = management.get(OVERVIEW).content.decode()
    assert "tors 12 mars" in page
    assert ">+8<" in page
    assert "Huvudentrén" in page


def test_a_day_shows_its_counters_hours_and_difference(management, door):
    page = management.get(ONE_DAY).content.decode()
    assert "torsdag 12 mars 2026" in page
    assert "Godkänn +8" in page
    assert "Per timme" in page


def test_every_figure_of_a_day_opens_rows_that_add_up_to_it(management, door):
    receive(counter("Bakdörren", "axis", direction="outwards"), making.axis(making.NOON, 5, 70))
    receive(Counter.objects.get(kind="axis"), making.axis(making.NOON + dt.timedelta(hours=1), 9, 82))
    registered(3, category="digital")
    operations.decide_factor(
        door,
        Decimal("1.1"),
        valid_from=DAY,
        valid_until=None,
        reason="Handräknat",
        by=Actor(user=manager()),
        at=MORNING_AFTER,
    )
    management.post(f"{ONE_DAY}rattelse/", {"difference": "25", "reason": "En grupp"})
    management.cookies["django_language"] = "en"

    opened: dict[str, int] = {}
    for page in (OVERVIEW, ONE_DAY, f"{ONE_DAY}rattat/", f"{ONE_DAY}skillnad/"):
        for link, said in FIGURE.findall(management.get(page).content.decode()):
            address = unescape(link)
            rows = management.get(address)
            assert (rows.status_code, SUM.search(rows.content.decode())[1]) == (200, str(number(said)))
            opened[address] = number(said)
    of_day = {address: heads for address, heads in opened.items() if str(DAY) in address and heads}
    back, desk = Counter.objects.get(kind="axis"), f"/reception/rader/?dag={DAY}"
    assert of_day == {
        f"{ONE_DAY}avlasningar/": 62,
        f"{ONE_DAY}avlasningar/?raknare={door.pk}": 50,
        f"{ONE_DAY}avlasningar/?raknare={back.pk}": 12,
        f"{ONE_DAY}avlasningar/?timme={DAY}T08:00Z": 30,
        f"{ONE_DAY}avlasningar/?timme={DAY}T09:00Z": 20,
        f"{ONE_DAY}avlasningar/?timme={DAY}T10:00Z": 12,  # its clock is an hour ahead
        f"{ONE_DAY}rattat/": 67,
        f"{ONE_DAY}rattat/?raknare={door.pk}": 55,
        f"{ONE_DAY}rattat/?raknare={back.pk}": 12,
        f"{ONE_DAY}skillnad/": 25,
        f"{desk}&dorr=1": 42,
        f"{desk}&dorr=1&kategori=adult": 42,
        f"{desk}&timme={quote(f'{DAY}T09:00Z')}&dorr=1": 42,
        f"{desk}&kalla=counter": 25,
    }
    page = management.get(f"{ONE_DAY}rattat/").content.decode()
    assert "Lena Ledning 1, 2026-03-13: Handräknat" in page


def test_the_readings_say_what_each_added_and_what_added_nothing(management, door):
    receive(counter("Bakdörren", "axis", direction="outwards"), making.axis(making.NOON, 5, 70))
    receive(Counter.objects.get(kind="axis"), making.axis(making.NOON + dt.timedelta(hours=1), 9, 82))
    receive(door, own(at_9=30, at_11=1))
    lines = days.readings(DAY, Counter.objects.get(kind="axis").pk)
    assert [(one.reading.entered, one.reading.left, *one.added) for one in lines] == [
        (5, 70, 0, 0),
        (9, 82, 12, 4),
    ]
    assert [one.added.entered for one in days.readings(DAY, door.pk)] == [30, 20, 1]
    assert days.readings(DAY + dt.timedelta(days=1)) == []
    hour = dt.datetime(2026, 3, 12, 10, tzinfo=dt.UTC)
    assert [one.added.entered for one in days.readings(DAY, hour=hour)] == [1, 0, 12]


@pytest.mark.parametrize(
    "asked",
    [
        "avlasningar/?raknare=x",
        "rattat/?raknare=x",
        "avlasningar/?timme=x",
        "avlasningar/?timme=2026-03-12T08:30Z",
        "avlasningar/?timme=1999-03-12T08:00Z",
    ],
)
def test_what_cannot_be_read_is_told(management, door, asked):
    assert management.get(f"{ONE_DAY}{asked}").status_code == 400


def test_a_manager_approves_sees_it_and_takes_it_back(management, door):
    done = management.post(f"{ONE_DAY}rattelse/", {"difference": "8", "reason": "En grupp"}, follow=True)
    assert "Rättelsen står i besöksliggaren." in done.content.decode()
    assert Visit.objects.get(source="counter").count == 8

    again = management.post(f"{ONE_DAY}rattelse/", {"difference": "8", "reason": "En grupp"})
    assert again.status_code == 409
    back = management.post(f"{ONE_DAY}ta-tillbaka/", {"reason": "Fel dag"}, follow=True)
    assert "Rättelsen är tillbakatagen." in back.content.decode()
    assert "Fel dag" in back.content.decode()
    assert list(Visit.objects.filter(source="counter").values_list("count", flat=True)) == [8, -8]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"difference": "7", "reason": "x"}, "Siffrorna har ändrats"),
        ({"difference": "8", "reason": ""}, "är obligatoriskt"),
        ({"difference": "många", "reason": "x"}, "heltal"),
        ({}, "är obligatoriskt"),
    ],
)
def test_approve_says_what_is_wrong_and_writes_nothing(management, door, fields, said):
    answer = management.post(f"{ONE_DAY}rattelse/", fields)
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert not Correction.objects.exists()


@pytest.mark.parametrize("day", ["igår", "2026-02-30", "20260312", "1999-01-01", "2026-3-12", "10000-01-01"])
def test_a_day_that_is_none_is_404(management, day):
    assert management.get(f"/ledning/dorrar/{day}/").status_code == 404


@pytest.mark.parametrize("till", ["igår", "0001-01-01", "9999-12-31", ""])
def test_the_overview_takes_today_for_a_day_it_cannot_read(management, till):
    assert management.get(OVERVIEW, {"till": till}).status_code == 200


def test_a_factor_is_decided_with_its_author_and_reason(management, door):
    fields = {
        "counter": door.pk,
        "factor": "1,1",
        "valid_from": "2026-03-01",
        "valid_until": "",
        "reason": "Handräknat",
    }
    page = management.post(f"{OVERVIEW}faktorer/", fields, follow=True).content.decode()
    assert "Faktorn är beslutad." in page
    decided = Factor.objects.get()
    assert (str(decided.factor), decided.by, decided.decided_at) == ("1.1000", manager(), MORNING_AFTER)
    assert "Godkänn +13" in management.get(ONE_DAY).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"factor": "9"}, {"valid_until": "2026-02-01"}, {"reason": " "}, {"counter": "0"}]
)
def test_a_wrong_factor_is_told_and_not_kept(management, door, wrong):
    fields = {
        "counter": door.pk,
        "factor": "1.1",
        "valid_from": "2026-03-01",
        "reason": "Handräknat",
        **wrong,
    }
    assert management.post(f"{OVERVIEW}faktorer/", fields).status_code == 409
    assert not Factor.objects.exists()


def test_a_planner_looks_and_decides_nothing_and_the_desk_sees_nothing(client, door):
    client.force_login(making.user("planner", email="planner@navet.example"))
    page = client.get(ONE_DAY).content.decode()
    assert "Ingen har godkänt skillnaden." in page
    assert client.post(f"{ONE_DAY}rattelse/", {"difference": "8", "reason": "x"}).status_code == 403
    fields = {"counter": door.pk, "factor": "1.1", "valid_from": "2026-03-01", "reason": "x"}
    client.post(f"{OVERVIEW}faktorer/", fields)
    assert not Factor.objects.exists()
    client.force_login(making.user("desk"))
    assert client.get(OVERVIEW).status_code == 403


def test_a_gap_is_told_in_words(management):
    at_door = counter()
    receive(at_door, own(at_9=5, at_14=5), at=MORNING_AFTER)
    page = management.get(ONE_DAY).content.decode()
    assert (
        "Huvudentrén: tyst från tors 12 mars 10:00 till tors 12 mars 14:00; de som passerade då är inte räknade."
        in page
    )


def test_an_administrator_puts_up_a_counter_with_a_key_of_its_own(client, settings):
    settings.DOOR_COUNTERS = {"hosts": ["10.0.0.7"], "passwords": {}}
    admin = making.user("administrator", email="admin@navet.example")
    client.force_login(admin)
    answer = client.post("/personal/enheter/", {"name": "Räknare entré", "role": "door_counter"})
    assert answer.status_code == 200
    device = making.devices.DeviceToken.objects.get()
    fields = {
        "name": "Entré", "kind": "axis", "door": "Huvudentrén", "direction": "inwards", "placed_from": "2026-03-01",
        "drift_tolerance_seconds": "120", "silence_minutes": "90", "device": device.pk, "is_active": "on",
    }  # fmt: skip
    refused = client.post("/admin/counters/counter/add/", {**fields, "poll_address": "http://10.0.0.8"})
    assert "Värden finns inte i DOOR_COUNTER_HOSTS" in refused.content.decode()
    assert (
        client.post("/admin/counters/counter/add/", {**fields, "poll_address": "http://10.0.0.7"}).status_code
        == 302
    )
    put_up = Counter.objects.get()
    assert (put_up.device, put_up.poll_address) == (device, "http://10.0.0.7")
    assert dt.date(2026, 3, 1) == put_up.placed_from
