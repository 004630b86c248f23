"""A child under two guardians' addresses is shown to planners, who say that she is one; a protected child never is."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from bookings.leisure import persons
from bookings.leisure.models import Enrolment
from bookings.leisure.operations import attending
from navet.retention import engine, rules
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes
from visitors import audit, behind, doubles, indicators, individuals, readding
from visitors.doubles import Person, Reason
from visitors.models import Indicator, IndividualDecision, Visit

pytestmark = pytest.mark.django_db
DOUBLES = "/planering/individer/?ar=2026"
MUM, DAD = "mum@hem.example", "dad@hem.example"
ADA = {"contact_email": MUM, "child_name": "Ada Ek", "birth_year": 2016}


@pytest.fixture
def group():
    return clubs.group(meetings=2, capacity=20)


def came(group, **child) -> str:
    """She was at the first meeting; her pseudonym."""
    enrolment = clubs.enrolled(group, **ADA | child)
    meeting = group.meetings.first()
    at = meeting.occasion.starts_at
    attending.take(meeting.pk, present=[enrolment.pk], listed=[enrolment.pk], by=clubs.planner(), at=at)
    return Visit.objects.standing().latest("pk").person


def children() -> int:
    """By the report, by its rows and by the audit, which agree."""
    assert [*readding.of_every_year(), *individuals.differences(), *audit.of_the_desk()] == []
    day = dt.date(2026, 6, 1)
    figures = indicators.report(2026, as_of=day).figures
    number = next(one.outcome for one in figures if one.code == Indicator.LEISURE)
    assert behind.total(behind.entries(behind.Wanted("leisure", year=2026, until=day))) == (number, number)
    return number


def shown() -> list[tuple[str, set[str]]]:
    return [(pair.reason, {pair.one.address, pair.other.address}) for pair in doubles.pairs(persons.known(2026))]  # fmt: skip


def planner() -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(classes.staff("planner").user)
    return browser


def test_a_child_with_two_guardians_is_shown_and_becomes_one_and_stays_one(group, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    one, other = came(group), came(group, contact_email=DAD, child_name="ada  EK")
    assert one != other
    assert (children(), shown()) == (2, [(Reason.GUARDIANS, {MUM, DAD})])
    with time_machine.travel(clubs.NOW + dt.timedelta(days=60), tick=False):
        browser = planner()
        page = browser.get(DOUBLES).content.decode()
        assert "two guardians" in page
        assert "born 2016" in page
        assert MUM in page
        browser.post(DOUBLES, {"one": one, "other": other, "verdict": "same"})
        assert children() == 1
        assert "One person" in browser.get(DOUBLES).content.decode()
    engine.run(rules.every(), why="night", at=clubs.NOW + dt.timedelta(days=500))
    assert set(Enrolment.objects.values_list("child_name", flat=True)) == {""}
    assert (children(), list(persons.known(2026))) == (1, [])
    assert IndividualDecision.objects.count() == 1
    with time_machine.travel(clubs.NOW + dt.timedelta(days=501), tick=False):
        assert MUM not in planner().get(DOUBLES).content.decode()


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"contact_email": DAD, "child_name": "Ada Eek"}, Reason.GUARDIANS),
        ({"child_name": "Adda Ek"}, Reason.CHILD),
        ({"birth_year": 2015}, Reason.CHILD),
        ({"child_name": "Bo Ek", "birth_year": 2014}, None),  # a sibling
        ({"contact_email": DAD, "birth_year": 2014}, None),  # a namesake
        ({"contact_email": DAD, "child_name": "Eva Ström"}, None),
    ],
)
def test_who_may_be_one_child(group, second, reason):
    came(group), came(group, **second)
    assert [why for why, _addresses in shown()] == ([reason] if reason else [])
    assert children() == 2


def test_a_protected_child_is_never_shown(group):
    came(group, is_protected=True), came(group, contact_email=DAD)
    assert [one.address for one in persons.known(2026)] == [DAD]
    assert shown() == []
    later = clubs.group(meetings=1, day=clubs.DAY + dt.timedelta(days=2))
    came(later)  # the same child and guardian, where nobody ticked it
    assert [one.address for one in persons.known(2026)] == [DAD]
    assert children() == 2


def test_a_child_is_never_one_with_a_grown_up():
    grown_up = Person("a", "Ada Ek", MUM, "Altorpskolan")
    child = Person("b", "Ada Ek", MUM, "2016", born=2016)
    assert doubles.pairs([grown_up, child]) == []


def test_who_was_not_there_after_all_is_not_shown(group):
    came(group), came(group, contact_email=DAD)
    meeting = group.meetings.first()
    everybody = list(Enrolment.objects.values_list("pk", flat=True))
    attending.take(meeting.pk, present=[], listed=everybody, by=clubs.planner(), at=meeting.occasion.starts_at)  # fmt: skip
    assert (shown(), children()) == ([], 0)


def test_names_are_read_in_one_query(group, django_assert_num_queries):
    for n in range(3):
        came(group, contact_email=f"g{n}@hem.example")
    with django_assert_num_queries(1):
        assert len(list(persons.known(2026))) == 3
