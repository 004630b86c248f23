"""Free is a property of an agreement and its dates, never of the programme."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from navet import periods
from navet.directory import agreements
from navet.directory.models import Agreement, Municipality, Organiser
from tests.navet.directory import making

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


@pytest.fixture
def schools():
    independent = making.organiser("5565661815", Organiser.Kind.INDEPENDENT)
    return {
        "municipal": making.school("Engelbrektskolan", "86215855"),
        "independent": making.school("Kunskapsskolan", "10257640", run_by=independent),
        "unknown": making.school("Okända", "11111111", run_by=making.organiser("", Organiser.Kind.UNKNOWN)),
        "elsewhere": making.school("Bollebygdskolan", "60372258", municipality="1443"),
    }


def with_boras(**more):
    return Agreement.objects.create(
        municipality=Municipality.objects.get(code="1490"), valid=periods.date_range(FIRST, LAST), **more
    )


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (FIRST - dt.timedelta(days=1), False),
        (FIRST, True),
        (LAST, True),
        (LAST + dt.timedelta(days=1), False),
    ],
)
def test_an_agreement_holds_from_its_first_day_to_its_last(schools, day, free):
    agreement = with_boras()
    assert agreements.agreement_for(schools["municipal"], day) == (agreement if free else None)


def test_a_municipality_covers_its_own_schools_and_independent_ones_only_when_it_says_so(schools):
    agreement = with_boras()
    found = agreements.agreements_for(schools.values(), FIRST)
    assert {name: found[school.pk] for name, school in schools.items()} == {
        "municipal": agreement,
        "independent": None,
        "unknown": None,
        "elsewhere": None,
    }
    Agreement.objects.update(includes_independent=True)
    found = agreements.agreements_for(schools.values(), FIRST)
    assert found[schools["independent"].pk] == agreement
    assert found[schools["elsewhere"].pk] is None


def test_an_organisers_own_agreement_goes_before_its_municipalitys(schools):
    with_boras(includes_independent=True)
    own = Agreement.objects.create(
        organiser=schools["independent"].organiser, valid=periods.date_range(FIRST, LAST)
    )
    assert agreements.agreement_for(schools["independent"], FIRST) == own


@pytest.mark.parametrize("includes_independent", [True, False])
def test_what_is_said_of_one_and_of_many_agrees(schools, includes_independent):
    with_boras(includes_independent=includes_independent)
    of_many = agreements.agreements_for(schools.values(), FIRST)
    assert of_many == {school.pk: agreements.agreement_for(school, FIRST) for school in schools.values()}
    assert {bool(found) for found in of_many.values()} == {True, False}


def test_many_schools_take_one_query(schools, django_assert_num_queries):
    with_boras()
    with django_assert_num_queries(1):
        agreements.agreements_for(schools.values(), FIRST)


def test_two_agreements_with_one_municipality_never_overlap(schools):
    with_boras()
    with (
        pytest.raises(IntegrityError, match="one_agreement_with_a_municipality_at_a_time"),
        transaction.atomic(),
    ):
        with_boras()
