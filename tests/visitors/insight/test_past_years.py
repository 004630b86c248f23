"""Years that are over are kept, and read only as long as they say what the ledger says."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from navet import periods
from tests.visitors.making import arrival, municipality
from tests.visitors.test_indicators import entry
from visitors import indicators, individuals, readding
from visitors.insight import day_sums, history, past_years
from visitors.models import CheckIn, CountingRule, Indicator, Individual, PastYear, Visit, YearTouched

THIS = periods.local_day(timezone.now()).year  # the triggers go by the clock
NOW = periods.at(dt.date(THIS, 3, 2), dt.time(3))
DAY = dt.date(THIS, 3, 1)


def some_years() -> None:
    place = municipality("1490", "Borås")
    days = [
        dt.date(year, month, 5)
        for year in range(THIS - 3, THIS + 1)
        for month in (1, 2, 9)
        if month < 9 or year < THIS
    ]
    Visit.objects.bulk_create(
        one
        for n, day in enumerate(days)
        for one in (
            entry(day, "pupil", 20 + n, municipality=place),
            entry(day, "adult", 3 + n, municipality=place),
            entry(day, "course", 1, person=f"{day.year}-{n % 2}", municipality=place),
        )
    )


def keep() -> int:
    day_sums.close_if_due(at=NOW)
    return past_years.keep_if_due(at=NOW)


def figures(year: int = THIS) -> list[indicators.Figure]:
    return indicators.report(year, as_of=DAY).figures


def read(
    year: int = THIS - 1, code: str = Indicator.VISITORS, known: dt.date | None = None
) -> list[int] | None:
    """As kept; None where it is not, or may not be read."""
    categories = {code: frozenset(figures()[list(Indicator).index(code)].categories)}
    return past_years.kept([year], known).get(past_years.key(year, code, categories))


@pytest.mark.django_db
def test_every_figure_is_the_same_from_kept_years():
    some_years()
    plain = figures(), figures(THIS - 1)
    assert keep() == 6
    assert (figures(), figures(THIS - 1)) == plain
    assert sum(read()) == sum(plain[0][2].daily[THIS - 1]) > 0
    assert keep() == 0
    assert list(readding.of_kept_years()) == []


@pytest.mark.django_db
def test_kept_years_are_what_is_read(django_assert_num_queries):
    """The ledger is not asked for years that are kept: what is kept shows, were it wrong."""
    some_years()
    keep()
    PastYear.objects.filter(year=THIS - 1, indicator=Indicator.PUPILS).update(daily=[7] * 365)
    categories = {figure.code: frozenset(figure.categories) for figure in figures()}
    with django_assert_num_queries(8):
        found = history.read(THIS, as_of=DAY, categories=categories, known_by=None)
    assert sum(found.daily[Indicator.PUPILS][THIS - 1]) == 7 * 365
    assert [difference.found for difference in readding.of_kept_years()] == [7 * 365]


# Words are one for a transaction, and a test's own would be the same one.
@pytest.mark.django_db(transaction=True)
def test_a_year_that_changed_is_not_read_until_it_is_added_up_again():
    some_years()
    party = arrival(starts_at=periods.at(dt.date(THIS - 1, 4, 4), dt.time(9)))
    keep()
    changes = (
        lambda: entry(dt.date(THIS - 1, 4, 4), "adult", 9).save(),
        lambda: CheckIn.objects.create(arrival=party, participants=1, checked_in_at=party.starts_at),
        lambda: CheckIn.objects.update(undone_at=party.starts_at),
        lambda: transaction.atomic(individuals.know)(f"{THIS - 1}-0", address=f"{THIS - 1}-1", year=THIS - 1),
        lambda: Individual.objects.all().delete(),
    )
    for change in changes:
        assert read() is not None
        change()
        assert read() is None
        assert read(THIS - 2) is not None
        changed = figures()
        assert keep() == 1
        assert figures() == changed
    with transaction.atomic():
        inner = transaction.savepoint()
        entry(dt.date(THIS - 1, 4, 4), "adult", 9).save()
        transaction.savepoint_rollback(inner)
    assert read() is not None  # taken back, and its word with it
    with transaction.atomic():
        before = YearTouched.objects.count()
        for day in (4, 5):
            entry(dt.date(THIS - 1, 4, day), "adult", 9).save()
        assert YearTouched.objects.count() == before + 1


@pytest.mark.django_db
def test_an_evening_before_the_last_entry_of_a_year_does_not_read_it():
    some_years()
    late = entry(dt.date(THIS - 1, 4, 4), "adult", 9)
    late.source = Visit.Source.DESK
    late.entered_at = periods.at(dt.date(THIS, 2, 1), dt.time(9))
    late.save()
    keep()
    assert read(known=dt.date(THIS, 1, 31)) is None
    assert read(known=dt.date(THIS, 2, 1)) is not None
    evening = dt.date(THIS, 1, 31)
    known = indicators.report(THIS, as_of=evening, known=evening).figures
    PastYear.objects.all().delete()
    assert indicators.report(THIS, as_of=evening, known=evening).figures == known


@pytest.mark.django_db
def test_other_rules_are_other_years():
    some_years()
    keep()
    CountingRule.objects.create(year=THIS, indicator=Indicator.VISITORS, category="pupil", counts=False)
    assert read() is None
    keep()
    assert sum(read()) == sum(figures()[2].daily[THIS - 1])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM visitors_pastyear WHERE year = %s AND indicator = 'visitors'", [THIS - 1]
        )
        assert cursor.fetchone()[0] == 2


@pytest.mark.django_db
def test_nothing_is_kept_before_days_are_closed():
    some_years()
    assert past_years.keep_if_due(at=NOW) == 0
    assert not PastYear.objects.exists()
