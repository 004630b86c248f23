"""The year's figures against the same sums in plain Python."""

import datetime as dt
import random

import pytest

from navet import periods
from navet.house.models import Occasion
from tests.visitors.making import arrival, desk, municipality
from visitors import behind, indicators, operations, readding
from visitors.models import Category, CountingRule, Indicator, Target, Visit

pytestmark = pytest.mark.django_db


def entry(
    day: dt.date, category: str = "adult", count: int = 1, *, clock: dt.time = dt.time(12), **more
) -> Visit:
    at = periods.at(day, clock)
    return Visit(
        at=at,
        day=day,
        leaves_at=at + dt.timedelta(hours=1),
        category=category,
        count=count,
        source="counter" if category == "door_correction" else "import",
        **more,
    )


def figure(code: str, year: int, as_of: dt.date) -> indicators.Figure:
    report = indicators.report(year, as_of=as_of)
    return next(one for one in report.figures if one.code == code)


def test_report_equals_plain_addition():
    chance = random.Random(7)
    places = [municipality("1490", "Borås"), municipality("1466", "Herrljunga"), None]
    days = [dt.date(2025, 1, 1) + dt.timedelta(days=n) for n in range(730)]
    entries = [
        entry(
            chance.choice(days),
            chance.choice(Category.values),
            chance.randint(1, 40),
            municipality=chance.choice(places),
        )
        for _ in range(600)
    ]
    Visit.objects.bulk_create(entries)
    as_of, same_day = dt.date(2026, 8, 14), dt.date(2025, 8, 14)
    found = figure("visitors", 2026, as_of)
    counted = [one for one in entries if one.category != "digital"]
    now = [one for one in counted if one.day.year == 2026 and one.day <= as_of]
    before = [one for one in counted if one.day.year == 2025]
    assert found.outcome == sum(one.count for one in now)
    assert found.same_day_last_year == sum(one.count for one in before if one.day <= same_day)
    assert found.last_year == sum(one.count for one in before)
    assert [month.outcome for month in found.by_month] == [
        sum(one.count for one in now if one.day.month == month) for month in range(1, 13)
    ]
    assert [month.last_year for month in found.by_month] == [
        sum(one.count for one in before if one.day.month == month) for month in range(1, 13)
    ]
    assert {place.code: place.outcome for place in found.by_municipality} == {
        code: sum(one.count for one in now if (one.municipality.code if one.municipality else None) == code)
        for code in ("1490", "1466", None)
    }
    assert found.share == round(found.outcome / 65_000, 4)


def test_check_ins_move_pupils_and_visitors():
    at = periods.at(dt.date(2026, 3, 12), dt.time(9, 30))
    done = operations.check_in(arrival(starts_at=at), participants=22, adults=3, by=desk(), at=at)
    assert (figure("pupils", 2026, at.date()).outcome, figure("visitors", 2026, at.date()).outcome) == (
        22,
        25,
    )
    operations.undo_check_in(done, by=desk(), at=at)
    assert (figure("pupils", 2026, at.date()).outcome, figure("visitors", 2026, at.date()).outcome) == (0, 0)


def test_the_year_turns_at_midnight_in_boras():
    last = periods.at(dt.date(2025, 12, 31), dt.time(23, 59))
    operations.record_walk_in("adult", 3, by=desk(), at=last)
    operations.record_walk_in("adult", 5, by=desk(), at=last + dt.timedelta(minutes=1))
    assert figure("visitors", 2025, dt.date(2026, 6, 1)).outcome == 3
    assert figure("visitors", 2026, dt.date(2026, 6, 1)).outcome == 5


def test_29_february_is_compared_with_28_february():
    Visit.objects.bulk_create(
        [
            entry(dt.date(2028, 2, 29), count=7),
            entry(dt.date(2027, 2, 28), count=2),
            entry(dt.date(2027, 3, 1), count=4),
        ]
    )
    found = figure("visitors", 2028, dt.date(2028, 2, 29))
    assert (found.outcome, found.same_day_last_year, found.last_year) == (7, 2, 6)
    after = figure("visitors", 2029, dt.date(2029, 2, 28))
    assert (after.same_day_last_year, after.last_year) == (0, 7)


def test_individuals_count_once_a_year_in_their_first_month():
    boras, herrljunga = municipality(), municipality("1466", "Herrljunga")
    Visit.objects.bulk_create(
        [
            entry(dt.date(2026, 2, 3), "course", person="a", municipality=boras),
            entry(dt.date(2026, 5, 3), "course", person="a", municipality=herrljunga),
            entry(dt.date(2026, 5, 3), "course", person="b", municipality=herrljunga),
            entry(dt.date(2025, 5, 3), "course", person="a", municipality=boras),
            entry(dt.date(2026, 5, 4), "course", person=""),
            entry(dt.date(2026, 9, 4), "course", person="c"),
            entry(dt.date(2026, 5, 4), "leisure", person="d"),
        ]
    )
    found = figure("educators", 2026, dt.date(2026, 6, 1))
    assert (found.outcome, found.same_day_last_year) == (2, 1)
    assert [month.outcome for month in found.by_month][:6] == [0, 1, 0, 0, 1, 0]
    assert [(place.code, place.outcome) for place in found.by_municipality] == [("1490", 1), ("1466", 1)]
    assert figure("leisure", 2026, dt.date(2026, 6, 1)).outcome == 1


def test_a_reversed_visit_does_not_make_an_individual():
    first = entry(dt.date(2026, 2, 3), "course", person="a")
    first.save()
    mirror = entry(dt.date(2026, 2, 3), "course", -1, person="a", reverses=first)
    mirror.save()
    assert figure("educators", 2026, dt.date(2026, 6, 1)).outcome == 0


def test_conferences_are_parties_checked_in():
    at = periods.at(dt.date(2026, 3, 12), dt.time(9, 30))
    facts = {
        "kind": Occasion.Kind.CONFERENCE,
        "participant_category": "conference",
        "adult_category": "conference",
    }
    party = arrival(starts_at=at, **facts)
    arrival(starts_at=at + dt.timedelta(days=1), **facts)
    operations.check_in(party, participants=80, adults=0, by=desk(), at=at)
    found = figure("conferences", 2026, at.date())
    assert (found.outcome, found.booked_ahead, found.categories) == (1, 1, [])


def test_a_conference_of_several_days_is_one_wherever_it_is_counted():
    at = periods.at(dt.date(2026, 3, 30), dt.time(9, 30))
    facts = {"kind": "conference", "participant_category": "conference", "adult_category": "conference"}
    first, *later = (
        arrival(code=code, party="C0NF0000A0", starts_at=at + dt.timedelta(days=days), **facts)
        for code, days in (("C0NF0000A0", 0), ("C0NF0000B0", 1), ("C0NF0000C0", 2), ("C0NF0000D0", 290))
    )
    ahead = figure("conferences", 2026, at.date())
    assert (ahead.outcome, ahead.booked_ahead) == (0, 1)
    assert figure("visitors", 2026, at.date()).booked_ahead == 3 * (24 + 2)
    assert behind.ahead("conferences", 2026, as_of=at.date()).get() == first
    assert figure("conferences", 2027, at.date()).booked_ahead == 0
    mistaken = operations.check_in(first, participants=80, adults=0, by=desk(), at=at)
    for party in later[:2]:
        operations.check_in(party, participants=80, adults=0, by=desk(), at=party.starts_at)
    assert [month.outcome for month in figure("conferences", 2026, dt.date(2026, 6, 1)).by_month[2:4]] == [
        1,
        0,
    ]
    assert figure("conferences", 2026, dt.date(2026, 6, 1)).booked_ahead == 0
    operations.undo_check_in(mistaken, by=desk(), at=at)
    operations.check_in(later[2], participants=80, adults=0, by=desk(), at=later[2].starts_at)
    found = figure("conferences", 2026, dt.date(2026, 6, 1))
    assert (found.outcome, figure("conferences", 2027, dt.date(2027, 6, 1)).outcome) == (1, 0)
    assert figure("visitors", 2026, dt.date(2026, 6, 1)).outcome == 160
    assert behind.total(behind.entries(behind.Wanted("conferences", year=2026))) == (1, 1)
    assert list(readding.of_every_year()) == []


def test_booked_ahead_is_what_is_still_expected_this_year():
    at = periods.at(dt.date(2026, 3, 12), dt.time(9, 30))
    came = arrival(starts_at=at)
    operations.check_in(came, participants=20, adults=2, by=desk(), at=at)
    arrival(starts_at=at - dt.timedelta(days=1))
    arrival(starts_at=at + dt.timedelta(hours=1), expected_participants=25, expected_adults=2)
    arrival(starts_at=at + dt.timedelta(days=60), expected_participants=10, expected_adults=1)
    arrival(starts_at=periods.at(dt.date(2027, 1, 1), dt.time(0)), expected_participants=99)
    operations.withdraw(arrival(starts_at=at + dt.timedelta(days=3)).code, at=at)
    pupils = figure("pupils", 2026, at.date())
    assert pupils.booked_ahead == 35
    assert {month.month: month.booked_ahead for month in pupils.by_month if month.booked_ahead} == {
        3: 25,
        5: 10,
    }
    assert figure("visitors", 2026, at.date()).booked_ahead == 38
    assert figure("pupils", 2025, at.date()).booked_ahead == 0
    assert figure("educators", 2026, at.date()).booked_ahead is None


def test_targets_and_rules_come_from_the_latest_year_that_has_them():
    assert figure("pupils", 2026, dt.date(2026, 6, 1)).target == 18_000
    Target.objects.create(year=2025, indicator=Indicator.PUPILS, value=17_000)
    Target.objects.create(year=2027, indicator=Indicator.PUPILS, value=19_000)
    CountingRule.objects.create(year=2026, indicator="visitors", category="conference", counts=False)
    Visit.objects.bulk_create(
        [entry(dt.date(2026, 2, 3), "conference", 9), entry(dt.date(2025, 2, 3), "conference", 4)]
    )
    assert figure("pupils", 2026, dt.date(2026, 6, 1)).target == 17_000
    assert figure("pupils", 2027, dt.date(2026, 6, 1)).target == 19_000
    assert figure("visitors", 2026, dt.date(2026, 6, 1)).outcome == 0
    assert figure("visitors", 2025, dt.date(2026, 6, 1)).outcome == 4


def test_definitions_name_what_counts_in_both_languages():
    found = figure("visitors", 2026, dt.date(2026, 6, 1))
    assert set(found.definitions) == {"sv", "en"}
    assert "every category except digital or off-site participation" in found.definitions["en"]
    assert figure("pupils", 2026, dt.date(2026, 6, 1)).categories == ["pupil"]


@pytest.mark.parametrize("entries", [1, 300])
def test_report_takes_its_queries_whatever_the_ledger_holds(entries, django_assert_num_queries):
    Visit.objects.bulk_create(
        [entry(dt.date(2026, 1, 1) + dt.timedelta(days=n % 300)) for n in range(entries)]
    )
    with django_assert_num_queries(15):
        indicators.report(2026, as_of=dt.date(2026, 12, 31))
