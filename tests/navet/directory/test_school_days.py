"""Terms, breaks and staff days, the municipality's and the school's own."""

import datetime as dt

import pytest

from navet import periods
from navet.directory import school_days
from navet.directory.models import SchoolPeriod
from tests.navet.directory import making

pytestmark = pytest.mark.django_db
Kind = SchoolPeriod.Kind


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def school():
    return making.school("Engelbrektskolan", "86215855")


@pytest.fixture
def calendar(school):
    """Borås 2024/25, in part (DOMAIN.md section 2)."""
    for kind, name, first, last in [
        (Kind.TERM, "HT", "2024-08-21", "2024-12-20"),
        (Kind.TERM, "VT", "2025-01-08", "2025-06-13"),
        (Kind.STAFF_DAY, "Studiedag", "2024-10-28", "2024-10-30"),
        (Kind.BREAK, "Höstlov", "2024-10-31", "2024-11-01"),
        (Kind.BREAK, "Sportlov", "2025-02-10", "2025-02-14"),
    ]:
        SchoolPeriod.objects.create(
            municipality=school.municipality,
            kind=kind,
            name=name,
            days=periods.date_range(day(first), day(last)),
        )


@pytest.mark.parametrize(
    ("date", "open_", "name"),
    [
        ("2024-08-20", False, ""),  # before the term
        ("2024-08-21", True, ""),
        ("2024-10-29", False, "Studiedag"),
        ("2024-10-31", False, "Höstlov"),
        ("2024-11-04", True, ""),
        ("2024-12-20", True, ""),
        ("2024-12-23", False, ""),
        ("2025-01-06", False, "Trettondedag jul"),
        ("2025-02-12", False, "Sportlov"),
        ("2025-02-15", False, ""),  # a Saturday
        ("2025-04-18", False, "Långfredagen"),
        ("2025-06-13", True, ""),
    ],
)
def test_the_municipalitys_calendar(school, calendar, date, open_, name):
    assert school_days.is_school_day(school, day(date)) == open_
    assert school_days.break_name(school, day(date)) == name


def test_a_schools_own_row_goes_before_its_municipalitys(school, calendar):
    other = making.school("Bodaskolan", "67454907")
    own = [(Kind.SCHOOL_DAY, "Lovskola", "2025-02-12"), (Kind.STAFF_DAY, "Egen studiedag", "2025-03-10")]
    for kind, name, date in own:
        SchoolPeriod.objects.create(
            school=school, kind=kind, name=name, days=periods.date_range(day(date), day(date))
        )
    assert school_days.is_school_day(school, day("2025-02-12"))
    assert school_days.break_name(school, day("2025-02-12")) == ""
    assert school_days.break_name(school, day("2025-03-10")) == "Egen studiedag"
    assert not school_days.is_school_day(other, day("2025-02-12"))
    assert school_days.is_school_day(other, day("2025-03-10"))


def test_without_known_terms_every_working_day_is_a_school_day(school):
    assert school_days.is_school_day(school, day("2025-03-03"))
    assert not school_days.is_school_day(school, day("2025-03-01"))
    assert not school_days.is_school_day(school, day("2025-05-01"))


def test_a_year_takes_one_query(school, calendar, django_assert_num_queries):
    with django_assert_num_queries(1):
        year = school_days.SchoolCalendar.of(school, day("2024-08-01"), day("2025-08-01"))
        count = sum(year.is_school_day(date) for date in periods.dates(year.first, year.end))
    assert 170 < count < 190
    with pytest.raises(LookupError):
        year.is_school_day(day("2025-08-01"))


def test_breaks_between_are_in_time_order(school, calendar):
    found = school_days.breaks_between(day("2024-08-01"), day("2025-08-01"))
    assert [period.name for period in found] == ["Höstlov", "Sportlov"]
    assert school_days.breaks_between(day("2024-08-01"), day("2025-08-01"), []) == []
