"""One person once: by address until staff decide otherwise, without touching the ledger, and for good."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from bookings.courses.models import Participant
from bookings.courses.operations import attending
from navet import periods
from navet.retention import engine, rules
from tests.bookings.courses import lessons
from tests.bookings.schools import classes
from tests.visitors import people
from tests.visitors.making import user
from visitors import attendance, audit, behind, doubles, individuals, readding
from visitors.doubles import Person, Reason
from visitors.individuals import APART, SAME, Known
from visitors.models import Individual, IndividualDecision, Visit

YEAR = 2026
DAY = dt.date(YEAR, 3, 3)


def came(name, address, *, by, day=DAY):
    at = periods.at(day, dt.time(13))
    leaves = at + dt.timedelta(hours=3)
    visit = attendance.record(
        "course", identity=address, name=name, came_at=at, leaves_at=leaves, municipality_id=None, by=by
    )
    return visit.person


@pytest.fixture
def by(db):
    return classes.staff("planner")


def say(one, other, verdict, by):
    at = periods.at(DAY, dt.time(18))
    individuals.decide(one, other, year=YEAR, verdict=verdict, by=by, at=at)


def counted() -> int:
    """By the report, by its rows, and by the audit, which agree."""
    assert [*readding.of_every_year(), *individuals.differences(), *audit.of_the_desk()] == []
    number = people.count(YEAR)
    assert behind.total(behind.entries(behind.Wanted(indicator="educators", year=YEAR))) == (number, number)
    return number


def test_a_person_is_the_same_after_the_secret_was_replaced_where_the_old_one_is_kept(settings):
    before = attendance.pseudonym("anna@skola.example", year=2026)
    settings.SECRET_KEY = "another secret, of fifty characters or so, made today"
    assert attendance.pseudonym("anna@skola.example", year=2026) == before
    settings.PSEUDONYM_KEY = settings.SECRET_KEY
    assert attendance.pseudonym("anna@skola.example", year=2026) != before


def test_two_addresses_become_one_person_and_two_again(by):
    work, home = came("Ada Ek", "ada@skola.example", by=by), came("Ada Ek", "ada@hem.example", by=by)
    before = list(Visit.objects.order_by("pk").values())
    assert counted() == 2
    for verdict, number in ((SAME, 1), (SAME, 1), (APART, 2), (SAME, 1)):
        say(home, work, verdict, by)
        assert counted() == number
    assert IndividualDecision.objects.count() == 3
    assert list(Visit.objects.order_by("pk").values()) == before
    assert came("Ada Ek", "ada@skola.example", by=by, day=DAY + dt.timedelta(days=7)) == work
    assert counted() == 1


def test_two_under_one_address_count_once_until_they_are_parted(by):
    ada, bo = came("Ada Ek", "info@skola.example", by=by), came("Bo Alm", "INFO@skola.example", by=by)
    assert ada != bo
    assert counted() == 1
    say(ada, bo, APART, by)
    assert counted() == 2
    came("ek  ADA", "info@skola.example", by=by, day=DAY + dt.timedelta(days=1))
    assert counted() == 2
    cia = came("Cia Ås", "info@skola.example", by=by)
    assert counted() == 2  # with the one who was there first, until somebody says otherwise
    say(bo, cia, SAME, by)
    assert counted() == 1  # she is with both now
    say(ada, cia, APART, by)
    assert counted() == 2


def test_a_new_name_under_an_address_that_was_joined_is_of_the_joined(by):
    one, other = came("Ada Ek", "a@skola.example", by=by), came("Ada Ek", "b@skola.example", by=by)
    say(one, other, SAME, by)
    came("Ada Eek", "b@skola.example", by=by)
    came("Ada Eek", "a@skola.example", by=by)
    assert counted() == 1


def test_an_entry_from_before_names_counts_with_its_address(by):
    at = periods.at(DAY, dt.time(9))
    attendance.record(
        "course", identity="a@skola.example", came_at=at, leaves_at=at, municipality_id=None, by=by
    )
    ada = came("Ada Ek", "a@skola.example", by=by)
    other = came("Ada Ek", "b@skola.example", by=by)
    assert counted() == 2
    say(ada, other, SAME, by)
    assert counted() == 1


def test_a_year_is_a_year(by):
    one = came("Ada Ek", "a@skola.example", by=by)
    before = came("Ada Ek", "b@skola.example", by=by, day=dt.date(2025, 12, 31))
    with pytest.raises(individuals.NobodyOfThisYear):
        say(one, before, SAME, by)
    with pytest.raises(individuals.NobodyOfThisYear):
        say(one, one, SAME, by)
    assert (counted(), people.count(2025)) == (1, 1)


def test_decisions_are_never_changed(by):
    say(came("Ada Ek", "a@x.example", by=by), came("Ada Ek", "b@x.example", by=by), SAME, by)
    for change in (
        lambda: IndividualDecision.objects.update(verdict=APART),
        lambda: IndividualDecision.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            change()
    Individual.objects.update(counts_as="x")
    assert {one.expected for one in individuals.differences()} == {1}


def test_who_hangs_together_is_worked_out_without_a_database():
    known = [Known("h1", "h1"), Known("a", "h1"), Known("b", "h1"), Known("h2", "h2"), Known("c", "h2")]
    assert individuals.counted_as(known, {}) == {"h1": "h1", "a": "h1", "b": "h1", "h2": "h2", "c": "h2"}
    parted = {("a", "b"): APART, ("a", "c"): APART}
    assert individuals.counted_as(known, parted) == {"h1": "h1", "a": "h1", "b": "b", "h2": "h2", "c": "h2"}
    assert set(individuals.counted_as(known, {("b", "c"): SAME}).values()) == {"h1"}
    assert individuals.counted_as(known, parted | {("b", "c"): SAME})["b"] == "b"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (("Ada Ek", "a@x.se", "S"), ("EK, Ada", "b@y.se", "S"), Reason.NAME),
        (("Ada Lindgren", "a@x.se", "S"), ("Ada Lingdren", "b@y.se", "S"), Reason.SPELLING),
        (("Ada Maria Ek", "a@x.se", "S"), ("Ada Ek", "b@y.se", "S"), Reason.SPELLING),
        (("Ada Ek", "ada.ek@x.se", "S"), ("Ada Ek", "ada.ek@y.se", "T"), Reason.MAILBOX),
        (("Ada Ek", "ada.ek@x.se", "S"), ("Ada Ek", "ada.ke@x.se", "T"), Reason.ADDRESS),
        (("Ada Ek", "info@x.se", "S"), ("Bo Alm", "INFO@x.se", "S"), Reason.SHARED),
        (("Ada Ek", "info@x.se", "S"), ("Ada Eek", "info@x.se", "S"), None),
        (("Ada Ek", "a@x.se", "S"), ("Ada Ek", "q@y.se", "T"), None),
        (("Ada Ek", "a@x.se", "S"), ("Bo Alm", "b@x.se", "S"), None),
    ],
)
def test_why_two_are_shown(one, other, reason):
    pair = (Person("1", *one), Person("2", *other))
    assert doubles.reason_of(*pair) == doubles.reason_of(*reversed(pair)) == reason


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("ada", "ada", 0),
        ("ada", "aad", 1),
        ("ada", "adda", 1),
        ("ada", "bo", 3),
        ("a", "abcd", 3),
        ("abcd", "badc", 2),
    ],
)
def test_letters_apart(one, other, apart):
    assert doubles.distance(one, other, most=2) == doubles.distance(other, one, most=2) == apart


@pytest.mark.django_db
def test_three_hundred_against_the_truth():
    """The arithmetic of the simulation; the whole, 5 000, is `make bench BENCH=individuals`."""
    staff = user("planner")
    town = people.Town(attendances=300, persons=120, schools=8, seed=7)
    years = town.come(classes.staff("planner"))
    told = {number: people.judged(number, year, staff) for number, year in years.items()}
    assert told == {
        2025: people.Result(humans=85, first=91, after=85, shown=7, right=6, wanted=6, found=6),
        2026: people.Result(humans=85, first=98, after=85, shown=16, right=15, wanted=15, found=15),
    }
    assert (told[2026].precision, told[2026].recall) == (15 / 16, 1.0)
    assert [*individuals.differences(), *readding.of_every_year()] == []


@pytest.mark.django_db
def test_staff_see_names_decide_and_the_figure_stays_when_they_are_gone(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    on, again = lessons.round_(), lessons.round_(day=lessons.DAY + dt.timedelta(days=1))
    school = classes.school(name="Altorpskolan")
    for number, round_ in enumerate((on, again)):
        made = lessons.registered(round_, 1, school=school)
        made.participants.update(name="Ada Ek", email=f"ada{number}@skola.example")
        (day,) = round_.days.all()
        ids = [one.pk for one in attending.list_of(day)]
        at = day.occasion.starts_at
        attending.take(day.pk, present=ids, listed=ids, by=classes.staff("educator"), at=at)
    assert counted() == 2
    page = "/planering/individer/?ar=2026"
    client.force_login(classes.staff("planner").user)
    with time_machine.travel(lessons.DAY, tick=False):
        client.force_login(classes.staff("planner").user)
        shown = client.get(page)
        (pair,) = [one.pair for one in shown.context["page"]]
        assert "ada1@skola.example" in shown.content.decode()
        sent = {"one": pair.one.pseudonym, "other": pair.other.pseudonym, "verdict": "same"}
        assert client.post(page, sent | {"verdict": "x"})["Location"] == page
        assert client.post(page, sent | {"one": "y"})["Location"] == page
        assert counted() == 2
        assert client.post(page, sent)["Location"] == page
        assert counted() == 1
        after = client.get(page)
        assert (list(after.context["page"]), len(after.context["decided"])) == ([], 1)
        client.force_login(classes.staff("educator").user)
        assert client.get(page).status_code == 403
        assert client.post(page, sent | {"verdict": "apart"}).status_code == 403
    engine.run(rules.every(), why="night", at=classes.NOW + dt.timedelta(days=500))
    assert not Participant.objects.filter(name="Ada Ek").exists()
    assert counted() == 1
    with time_machine.travel(lessons.DAY, tick=False):
        client.force_login(classes.staff("planner").user)
        assert "1 beslut gäller" in client.get(page).content.decode()


@pytest.mark.django_db
def test_the_page_asks_a_fixed_number_of_queries(client, settings, by):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    settings.PERSON_SOURCES = ["tests.visitors.test_individuals.crowd"]
    client.force_login(by.user)
    client.get("/planering/individer/?ar=2026")
    asked = set()
    for size in (2, 40):
        CROWD[:] = [Person(f"{n}", "Ada Ek", f"a{n}@x.se", "S") for n in range(size)]
        with CaptureQueriesContext(connection) as queries:
            shown = client.get("/planering/individer/?ar=2026")
        assert len(shown.context["page"].paginator.object_list) == size * (size - 1) // 2
        asked.add(len(queries))
    assert len(asked) == 1


CROWD: list[Person] = []


def crowd(year: int) -> list[Person]:
    return CROWD


@pytest.mark.django_db(transaction=True)
def test_two_at_once_who_join_and_two_who_come_leave_one_answer(settings):
    by = classes.staff("planner")
    people_ = [came("Ada Ek", f"a{n}@skola.example", by=by) for n in range(4)]

    def aside(work):
        try:
            work()
        finally:
            connections.close_all()

    works = [
        lambda: say(people_[0], people_[1], SAME, by),
        lambda: say(people_[1], people_[2], SAME, by),
        lambda: say(people_[2], people_[3], SAME, by),
        lambda: came("Ada Eek", "a2@skola.example", by=by),
        lambda: came("Ada Eek", "a2@skola.example", by=by),
    ]
    threads = [threading.Thread(target=aside, args=[work]) for work in works]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=30)
    assert counted() == 1
    assert Individual.objects.values("counts_as").distinct().count() == 1
