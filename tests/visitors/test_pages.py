"""The reception's and the management's pages, without JavaScript and with htmx."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from navet.house.models import Duty, Occasion, Room, RoomUse
from tests.visitors.making import DAY, MORNING, arrival, desk, user
from visitors import operations
from visitors.models import Arrival, CheckIn, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING, tick=False):
        yield


def client(role: str = "desk") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def in_a_room(starts_at: dt.datetime = MORNING) -> Arrival:
    """A party on an occasion with a room and an educator."""
    period = (starts_at, starts_at + dt.timedelta(hours=2))
    number = Occasion.objects.count()
    occasion = Occasion.objects.create(
        kind="school_session", title_sv="Rymden", title_en="Space", period=(period[0], period[1])
    )
    room = Room.objects.create(slug=f"room-{number}", name_sv=f"Sal {number}", name_en=f"Hall {number}")
    cell = room.cells.create(name=f"cell {number}")
    RoomUse.objects.create(occasion=occasion, room=room, cell=cell, period=period)
    educator = user("educator", email=f"e{number}@navet.example", name=f"Educator {number}")
    Duty.objects.create(occasion=occasion, educator=educator, period=period)
    return arrival(starts_at=starts_at, occasion=occasion, needs={"wheelchair": 2}, bus_at=dt.time(9, 10))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("desk", 200),
        ("educator", 200),
        ("planner", 200),
        ("finance", 403),
        ("management", 403),
        ("administrator", 403),
    ],
)
def test_the_reception_is_for_those_who_see_arrivals(role, status):
    assert client(role).get("/reception/").status_code == status


@pytest.mark.parametrize(
    ("role", "status"), [("management", 200), ("planner", 200), ("desk", 403), ("educator", 403)]
)
def test_the_indicators_are_for_those_who_see_them(role, status):
    assert client(role).get("/ledning/").status_code == status
    assert client(role).get("/ledning/rader/?indikator=pupils&ar=2026").status_code == status


@pytest.mark.parametrize(
    "path", ["/reception/", "/reception/dagslista/", "/ledning/", "/reception/0000000000/"]
)
def test_strangers_are_sent_to_the_log_in(path):
    answer = Client().get(path)
    assert answer.status_code == 302
    assert "/konto/" in answer["Location"]


@pytest.mark.parametrize(
    "path",
    [
        "/reception/", "/reception/arskort/", "/reception/arskort/nytt/", "/reception/grupp/", "/reception/biljetter/",
        "/reception/i-huset/", "/reception/rader/", "/reception/dagslista/", "/kassa/",
    ],
)  # fmt: skip
def test_every_page_of_the_desk_hears_a_scanner(path):
    page = client().get(path).content.decode()
    assert "visitors/wedge.js" in page
    assert 'data-home="/reception/"' in page


def test_an_educator_cannot_check_in_or_count():
    party = arrival()
    form = {"participants": 22, "adults": 2}
    assert client("educator").post(f"/reception/{party.code}/incheckning/", form).status_code == 403
    assert client("educator").post("/reception/besok/", {"category": "adult", "count": 1}).status_code == 403
    assert not Visit.objects.exists()


def test_the_day_says_who_comes_where_and_with_what():
    in_a_room()
    page = client().get("/reception/").content.decode()
    for words in (
        "Herrljunga skola, 5A",
        "Space",
        "Hall 0",
        "Educator 0",
        "Wheelchair",
        "× 2",
        "Bus 09:10",
        "24 + 2",
    ):
        assert words in page


@pytest.mark.parametrize("parties", [1, 30])
def test_the_day_takes_a_fixed_number_of_queries(parties, django_assert_max_num_queries):
    for n in range(parties):
        in_a_room(MORNING + dt.timedelta(minutes=n))
    browser = client()
    browser.get("/reception/")
    with django_assert_max_num_queries(
        13
    ):  # session, user, five of the day, four of the house, two of the till
        browser.get("/reception/")
    with django_assert_max_num_queries(6):
        browser.get("/reception/dagslista/")


def test_a_large_day_is_leafed_through_those_awaited_first(django_assert_max_num_queries):
    for n in range(27):
        arrival(starts_at=MORNING + dt.timedelta(minutes=n), label=f"Klass {n:02d}")
    first = Arrival.objects.get(label="Klass 00")
    operations.check_in(first, participants=20, adults=2, by=desk(), at=MORNING)
    operations.withdraw(Arrival.objects.get(label="Klass 26").code, at=MORNING)
    browser = client()
    with django_assert_max_num_queries(13):
        page = browser.get("/reception/").content.decode()
    assert "25 parties expected" in page
    assert "1 checked in" in page
    assert "1–25 of 27 parties" in page
    assert page.index("Klass 01") < page.index("Klass 25")
    assert "Klass 00" not in page
    second = browser.get("/reception/?sida=2").content.decode()
    assert second.index("Klass 00") < second.index("Klass 26")
    assert "Klass 01" not in second
    assert (
        browser.get("/reception/?sida=2", headers={"HX-Request": "true"}).content.decode().count("<li id")
        == 2
    )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("x", "Klass 01"), ("-1", "Klass 26"), ("0", "Klass 26"), ("99", "Klass 26"), ("²", "Klass 01")],
)
def test_a_page_that_is_not_there_is_the_nearest_one(asked, shown):
    for n in range(27):
        arrival(starts_at=MORNING + dt.timedelta(minutes=n), label=f"Klass {n:02d}")
    assert shown in client().get("/reception/", {"sida": asked}).content.decode()


def test_a_search_looks_through_the_whole_day_and_counts_what_it_found():
    for n in range(60):
        arrival(starts_at=MORNING + dt.timedelta(minutes=n), label=f"Klass {n:02d}")
    arrival(starts_at=MORNING + dt.timedelta(hours=3), label="Altorpskolan, 7B")
    page = client().get("/reception/?sok=altorp").content.decode()
    assert "Altorpskolan" in page
    assert "1 party expected" in page
    assert "Klass" not in page


def test_states_are_said_in_words():
    late = arrival(starts_at=MORNING - dt.timedelta(minutes=20), label="Late class")
    done = arrival(label="Here class")
    operations.check_in(done, participants=22, adults=3, by=desk(), at=MORNING)
    gone = arrival(label="Cancelled class")
    operations.withdraw(gone.code, at=MORNING)
    page = client().get("/reception/").content.decode()
    for words in ("Late</span>", "Checked in</span>", "at 09:30 by Rut Reception", "Cancelled</span>"):
        assert words in page, words
    assert late.label in page


def test_check_in_by_form_and_back_to_the_list():
    party = arrival()
    shown = client().get(f"/reception/{party.code}/")
    assert 'value="24"' in shown.content.decode()
    form = {"participants": 21, "adults": 3, "token": "T1"}
    browser = client()
    answer = browser.post(f"/reception/{party.code}/incheckning/", form)
    assert (answer.status_code, answer["Location"]) == (302, f"/reception/#p{party.code}")
    assert "21 participants, 3 adults" in browser.get("/reception/").content.decode()
    assert CheckIn.objects.get().by.name == "The desk"


def test_a_double_tap_checks_in_once_and_does_not_complain():
    party, browser = arrival(), client()
    form = {"participants": 21, "adults": 3, "token": "T1"}
    answers = [browser.post(f"/reception/{party.code}/incheckning/", form).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert CheckIn.objects.count() == 1


def test_another_desk_is_told_who_was_first():
    party = arrival()
    operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
    answer = client().post(
        f"/reception/{party.code}/incheckning/", {"participants": 21, "adults": 3, "token": "T2"}
    )
    assert answer.status_code == 409
    assert "Already checked in at 09:30 by Rut Reception." in answer.content.decode()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"participants": "", "adults": ""}, 400),
        ({"participants": "x", "adults": "1"}, 400),
        ({"participants": "-1", "adults": "1"}, 400),
        ({"participants": "9" * 400, "adults": "1"}, 400),
        ({"participants": "501", "adults": "1"}, 409),
        ({"participants": "0", "adults": "0"}, 409),
        ({"participants": "1", "adults": "1", "token": "x" * 400}, 400),
    ],
)
def test_a_wrong_check_in_says_so_and_changes_nothing(form, status):
    party = arrival()
    assert client().post(f"/reception/{party.code}/incheckning/", form).status_code == status
    assert not CheckIn.objects.exists()


def test_undo_and_again():
    party, browser = arrival(), client()
    form = {"participants": 21, "adults": 3}
    browser.post(f"/reception/{party.code}/incheckning/", form)
    browser.post(f"/reception/{party.code}/angra/")
    assert CheckIn.objects.get().undone_by.name == "The desk"
    browser.post(f"/reception/{party.code}/angra/")
    browser.post(f"/reception/{party.code}/incheckning/", form)
    assert CheckIn.objects.filter(undone_at=None).count() == 1


def test_a_walk_in_is_one_tap_and_two_keys_are_two():
    browser = client()
    for category in ("adult", "adult", "child"):
        browser.post("/reception/besok/", {"category": category, "count": 1, "token": "T1"})
    assert sorted(Visit.objects.values_list("category", flat=True)) == ["adult", "child"]
    page = browser.get("/reception/").content.decode()
    assert "Counted lately" in page
    browser.post(f"/reception/besok/{Visit.objects.first().pk}/angra/")
    assert sorted(Visit.objects.values_list("count", flat=True)) == [-1, 1, 1]


@pytest.mark.parametrize(
    "form", [{}, {"category": "dog", "count": 1}, {"category": "adult", "count": "many"}]
)
def test_a_wrong_walk_in_counts_nobody(form):
    assert client().post("/reception/besok/", form, follow=True).status_code == 200
    assert not Visit.objects.exists()


def test_htmx_gets_the_parts_that_change():
    party = arrival()
    headers = {"HX-Request": "true"}
    answer = client().post(
        f"/reception/{party.code}/incheckning/",
        {"participants": 24, "adults": 2, "token": "T", "dag": str(DAY)},
        headers=headers,
    )
    page = answer.content.decode()
    assert "<html" not in page
    assert 'id="day"' in page
    assert 'id="house"' in page
    assert "is checked in" in page
    walked = (
        client()
        .post("/reception/besok/", {"category": "adult", "count": 2}, headers=headers)
        .content.decode()
    )
    assert 'id="walk-ins"' in walked
    assert "Adult: +2" in walked


@pytest.mark.parametrize("form", ["{code}", "{lower}", "http://127.0.0.1:8000/bokning/{code}/"])
def test_a_scanned_code_goes_straight_to_the_party(form):
    party = arrival()
    text = form.format(code=party.code, lower=party.code.lower())
    answer = client().get("/reception/", {"sok": text})
    assert (answer.status_code, answer["Location"]) == (302, f"/reception/{party.code}/")


def test_an_unknown_code_finds_nobody():
    arrival()
    assert "Nobody by that name" in client().get("/reception/", {"sok": "7K3M9QX2ZD"}).content.decode()


def test_another_day_can_be_seen_and_not_checked_in():
    party = arrival(starts_at=MORNING + dt.timedelta(days=1))
    page = client().get("/reception/", {"dag": "2026-03-13"}).content.decode()
    assert party.label in page
    assert "All came" not in page
    answer = client().post(f"/reception/{party.code}/incheckning/", {"participants": 1, "adults": 1})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "query", ["dag=tomorrow", "dag=0001-01-01", "dag=9999-12-31", "sok=" + "x" * 500, "sok=%00"]
)
def test_a_day_that_cannot_be_read_shows_today(query):
    assert client().get(f"/reception/?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/reception/0000000000/", "/reception/x/", "/reception/besok/999/angra/"])
def test_what_is_not_there_is_404(path):
    browser = client()
    answer = browser.post(path) if path.endswith("angra/") else browser.get(path)
    assert answer.status_code == 404


def test_forms_need_their_csrf_token():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user("desk"))
    assert browser.post("/reception/besok/", {"category": "adult", "count": 1}).status_code == 403
    assert not Visit.objects.exists()


def test_management_shows_figures_definitions_and_rows():
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    page = client("management").get("/ledning/").content.decode()
    assert "18,000" in page
    assert '<a href="?ar=2026" aria-current="page">2026</a>' in page
    assert "ar=2026&amp;indikator=pupils&amp;manad=3" in page
    assert "2,026" not in page
    assert "Every pupil who was checked in" in page
    rows = client("management").get("/ledning/rader/?indikator=visitors&ar=2026&manad=3").content.decode()
    assert '<b data-sum="25">25</b> visits, added up from 2 rows' in rows
    assert client("management").get("/ledning/rader/?indikator=visitors&ar=2026&manad=4").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "indikator=x&ar=2026", "indikator=pupils&ar=1", "indikator=pupils&ar=2026&manad=13"]
)
def test_rows_refuse_what_they_do_not_know(query):
    assert client("management").get(f"/ledning/rader/?{query}").status_code == 400


@pytest.mark.parametrize("entries", [1, 90])
def test_rows_take_a_fixed_number_of_queries(entries, django_assert_max_num_queries):
    for n in range(entries):
        operations.check_in(
            arrival(starts_at=MORNING - dt.timedelta(minutes=n)),
            participants=2,
            adults=0,
            by=desk(),
            at=MORNING,
        )
    browser = client("management")
    with django_assert_max_num_queries(6):  # session, user, rules, sum, the last row seen, rows
        browser.get("/ledning/rader/?indikator=pupils&ar=2026")
