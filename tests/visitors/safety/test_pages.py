"""The house now and the evacuation list, as staff open them."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from navet.periods import date_range
from tests.visitors.making import DAY, MORNING, arrival, desk, user
from tests.visitors.test_pages import in_a_room
from visitors import operations
from visitors.models import Visit
from visitors.safety.models import AssemblyNote, EvacuationListing, HouseLimit, LimitOverride

pytestmark = pytest.mark.django_db
HOUSE, LIST = "/reception/i-huset/", "/reception/utrymning/"


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING, tick=False):
        yield


def client(role: str = "desk") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def limit(heads: int = 20) -> HouseLimit:
    return HouseLimit.objects.create(heads=heads, valid=date_range(DAY, DAY))


@pytest.mark.parametrize("path", [HOUSE, LIST])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("desk", 200),
        ("planner", 200),
        ("management", 200),
        ("educator", 403),
        ("finance", 403),
        ("administrator", 403),
    ],
)
def test_the_list_is_for_the_desk_planners_and_management(path, role, status):
    assert client(role).get(path).status_code == status


def test_a_stranger_is_sent_to_the_log_in_and_nothing_is_kept():
    assert Client().get(LIST).status_code == 302
    assert not EvacuationListing.objects.exists()


def test_opening_the_list_is_kept_by_whom_and_when():
    operations.record_walk_in("adult", 3, by=desk(), at=MORNING)
    client("planner").get(LIST)
    kept = EvacuationListing.objects.get()
    assert (kept.who, kept.at, kept.heads) == ("The planner", MORNING, 3)


def heads(page: str) -> int:
    """How many the list says are in the house."""
    return int(re.search(r'evacuation__heads"><a [^>]*>(\d+)<', page).group(1))


def test_the_list_has_parties_rooms_contacts_walk_ins_staff_and_where_to_gather():
    AssemblyNote.objects.create(text_sv="Samling vid flaggstången", text_en="Gather at the flagpole")
    party = in_a_room()
    party.contact_name, party.contact_phone = "Maria Lind", "+46701740605"
    party.save()
    operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    operations.record_walk_in("family_child", 4, by=desk(), at=MORNING)
    page = client().get(LIST).content.decode()
    for words in (
        "Herrljunga skola, 5A",
        "Hall 0",
        "Educator 0",
        "Maria Lind",
        "070-174 06 05",
        "Rut Reception",
    ):
        assert words in page
    assert heads(page) == 29
    assert "data-figure>4</a></b> Child on a family ticket" in page
    assert "Gather at the flagpole" in page
    assert "09:30" in page


def test_who_is_not_here_is_not_in_the_list():
    arrival(label="Not yet here")
    undone = operations.check_in(arrival(label="Undone"), participants=5, adults=1, by=desk(), at=MORNING)
    operations.undo_check_in(undone, by=desk(), at=MORNING)
    operations.undo_walk_in(
        operations.record_walk_in("adult", 7, by=desk(), at=MORNING), by=desk(), at=MORNING
    )
    page = client().get(LIST).content.decode()
    assert "Not yet here" not in page
    assert "Undone" not in page
    assert heads(page) == 0


def test_a_party_whose_time_just_ended_is_listed_apart():
    earlier = arrival(starts_at=MORNING - dt.timedelta(hours=2, minutes=10), label="Putting on coats")
    operations.check_in(earlier, participants=9, adults=1, by=desk(), at=earlier.starts_at)
    page = client().get(LIST).content.decode()
    assert "Putting on coats" in page
    assert "may still be here" in page
    assert heads(page) == 0


def test_the_list_takes_as_many_queries_for_many_parties_as_for_one(django_assert_max_num_queries):
    browser = client()
    for number in range(5):
        if number in {1, 4}:
            with django_assert_max_num_queries(21):
                browser.get(LIST)
        done = in_a_room(MORNING + dt.timedelta(minutes=number))
        operations.check_in(done, participants=20, adults=1, by=desk(), at=MORNING)


def test_the_reception_shows_the_limit_and_warns_before_it():
    limit(20)
    operations.record_walk_in("adult", 18, by=desk(), at=MORNING)
    page = client().get("/reception/").content.decode()
    assert "of at most 20; room for 2 more" in page
    assert "The house is nearly full" in page


def test_the_desk_is_told_that_the_house_is_full_and_the_party_stays_expected():
    limit(20)
    party = arrival()
    answer = client().post(f"/reception/{party.code}/incheckning/", {"participants": 22, "adults": 2})
    assert answer.status_code == 409
    assert "0 of 20 are inside" in answer.content.decode()
    answer = client().post("/reception/besok/", {"category": "adult", "count": 21}, follow=True)
    assert "The house is full" in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_manager_lets_a_party_in_and_the_page_says_why():
    limit(20)
    party = arrival()
    body = {"who": party.code, "participants": 22, "adults": 2, "reason": "Ösregn", "token": "t1"}
    assert f"09:30 {party.label} (24 + 2)" in client("management").get(HOUSE).content.decode()
    page = client("management").post(HOUSE, body, follow=True).content.decode()
    assert "Ösregn" in page
    assert "The management" in page
    assert LimitOverride.objects.count() == 1


def test_walk_ins_are_let_in_beyond_the_limit_too():
    limit(20)
    body = {"who": "adult", "participants": 21, "reason": "Ösregn", "token": "t1"}
    for _tapped_twice in range(2):
        assert client("management").post(HOUSE, body).status_code == 302
    assert Visit.objects.get().count == 21


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "This field is required."),
        ({"participants": "-1"}, "greater than or equal to 0"),
        ({"who": "0000000000"}, "not one of the available choices"),
        ({"who": "digital"}, "not one of the available choices"),
    ],
)
def test_what_is_missing_is_told_and_nobody_comes_in(changed, said):
    limit(20)
    body = {"who": "adult", "participants": 21, "adults": 0, "reason": "Ösregn"} | changed
    answer = client("management").post(HOUSE, body)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Visit.objects.exists()


@pytest.mark.parametrize("role", ["desk", "planner"])
def test_nobody_but_a_manager_may_let_in_beyond_the_limit(role):
    limit(20)
    page = client(role).get(HOUSE).content.decode()
    assert "Let in beyond the limit</h2>" not in page
    answer = client(role).post(HOUSE, {"who": "adult", "participants": 21, "reason": "Ösregn"})
    assert answer.status_code == 403
    assert not Visit.objects.exists()


@pytest.mark.parametrize("path", [HOUSE, LIST, "/reception/"])
def test_the_house_has_its_name_at_the_foot(path):
    assert "<strong>Navet science center</strong>" in client().get(path).content.decode()
