"""What people type, and the school they mean."""

import pytest
from django.core.management import call_command

from navet.directory import operations, search
from navet.directory.models import SchoolUnit
from tests.navet.directory import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def the_29(repository):
    operations.ensure_municipalities()
    call_command(
        "import_schools", str(repository / "navet/directory/data/schools-sjuharad-y9.csv"), verbosity=0
    )
    search.forget_names()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("engelbrekt", "Engelbrektskolan 7-9"),
        ("Engelbrektskolan", "Engelbrektskolan 7-9"),
        ("engelbret", "Engelbrektskolan 7-9"),
        ("ENGELSKA", "Internationella Engelska Skolan Borås"),
        ("malmen montesori", "Malmen Montessori"),
        ("montessori malmen", "Malmen Montessori"),
        ("parlan", "Montessoriskolan Pärlan"),
        ("sarla", "Särlaskolan 7-9"),
        ("Ängskolan", "Ängskolan"),
        ("angskolan", "Ängskolan"),
        ("atradal", "Ätradalsskolan"),
        ("gullhog", "Gullhögskolan"),
        ("fredriksborg f-9", "Fredriksborgskolan F-9"),
        ("862158", "Engelbrektskolan 7-9"),
        ("84191", None),
        ("84179524", "Gullhögskolan"),
        ("vårgårda", "Gullhögskolan"),
        ("tranang tranemo", "Tranängskolan 7-9"),
        ("björkhöjd", "Björkhöjdskolan 7-9"),
        ("bjorkhojdsskolan", "Björkhöjdskolan 7-9"),
        ("zzzz", None),
        ("", None),
        ("   ", None),
        ("%_'\"\\", None),
        ("x" * 5000, None),
    ],
)
def test_find_schools_puts_the_meant_school_first(the_29, typed, first):
    found = search.find_schools(typed)
    assert (found[0].name if found else None) == first


def test_find_schools_tells_units_of_one_building_apart(the_29):
    names = [school.name for school in search.find_schools("altorp")]
    assert names == ["Altorpskolan A C", "Altorpskolan B D", "Daltorpskolan 7-9"]


def test_find_schools_finds_a_whole_municipality_and_keeps_to_the_limit(the_29):
    found = search.find_schools("herrljunga")
    assert {school.municipality.name for school in found} == {"Herrljunga"}
    assert len(search.find_schools("skolan", limit=3)) == 3


def test_find_schools_can_look_within_a_municipality(the_29):
    found = search.find_schools("skolan", limit=50, municipality="1463")
    assert found
    assert {school.municipality.code for school in found} == {"1463"}


def test_find_schools_leaves_out_the_closed(the_29):
    SchoolUnit.objects.filter(code="86215855").update(status=SchoolUnit.Status.CLOSED)
    assert "Engelbrektskolan 7-9" not in [school.name for school in search.find_schools("engelbrekt")]


def test_find_schools_takes_one_query_when_names_are_known(the_29, django_assert_num_queries):
    search.find_schools("skolan")
    with django_assert_num_queries(1):
        names = [
            (school.municipality.name, school.organiser.kind) for school in search.find_schools("skolan")
        ]
    assert len(names) == 8


def test_find_schools_finds_preschools_which_have_no_code():
    making.school("Förskolan Bävern", None)
    assert [school.name for school in search.find_schools("bavern")] == ["Förskolan Bävern"]
