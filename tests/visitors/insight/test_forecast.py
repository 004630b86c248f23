"""The forecast's arithmetic, and how it does on houses that never were."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from navet import periods
from visitors.insight import almanac, backtest, simulated, words
from visitors.insight.forecast import Lift, Reason, Year, forecast, profile
from visitors.insight.outlook import Status, status


def days(year: int) -> int:
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days


def flat(year: int, a_day: int = 10) -> Year:
    return Year(year, [a_day] * days(year))


def test_years_alike_are_told_to_end_alike():
    made = forecast(Year(2026, [10] * 100), [flat(year) for year in range(2021, 2026)])
    assert made.middle == pytest.approx(3650, rel=0.01)
    assert made.low < made.middle < made.high
    assert made.expected_share == pytest.approx(100 / 365, abs=0.01)
    assert (made.past_years, made.assumed) == (5, False)


def test_a_year_at_double_pace_is_told_to_end_higher_but_not_yet_double():
    past = [flat(year) for year in range(2021, 2026)]
    early, late = (forecast(Year(2026, [20] * day), past).middle for day in (30, 300))
    assert 3650 < early < late
    assert late == pytest.approx(7300, rel=0.01)


def test_the_season_decides_what_is_expected_not_the_calendar():
    spring_only = [Year(year, [10] * 100 + [0] * (days(year) - 100)) for year in (2023, 2024, 2025)]
    assert forecast(Year(2026, [10] * 150), spring_only).expected_share == 1
    assert forecast(Year(2026, [10] * 150), spring_only).middle == 1500


def test_nothing_is_foretold_without_a_past_year():
    assert forecast(Year(2026, [10] * 100), []) is None
    assert forecast(Year(2026, [10] * 100), [Year(2025, [0] * 365)]) is None
    assert profile([], 2026) == []


def test_one_past_year_says_that_its_interval_is_assumed():
    made = forecast(Year(2026, [10] * 100), [flat(2025)])
    assert made.assumed
    assert made.high - made.low > 300


def test_a_year_that_is_over_ends_as_it_ended():
    made = forecast(flat(2025, 7), [flat(2024)])
    assert (made.low, made.middle, made.high) == (2555, 2555, 2555)


def test_more_is_foretold_than_what_is_booked_and_comes():
    past = [flat(year, 1) for year in (2023, 2024, 2025)]
    assert forecast(Year(2026, [1] * 300, booked=5000), past, show_rate=0.9).middle >= 300 + 4500


def test_bookings_count_where_past_years_tell_what_they_came_to():
    past = [Year(year, [10] * days(year), booked=1000) for year in (2022, 2023, 2024, 2025)]
    usual = forecast(Year(2026, [10] * 100, booked=1000), past).middle
    double = forecast(Year(2026, [10] * 100, booked=2000), past).middle
    assert usual == pytest.approx(3650, abs=15)
    assert double > usual + 500


def test_a_strike_month_makes_the_rest_less_sure_and_hardly_smaller():
    past = [Year(year, [10 + (n * year) % 3 for n in range(days(year))]) for year in range(2021, 2026)]
    so_far = list(past[-1].daily[:150])
    calm = forecast(Year(2026, so_far), past)
    struck = forecast(Year(2026, [*so_far[:122], *[0] * 28]), past)
    rest_calm, rest_struck = calm.middle - sum(so_far), struck.middle - sum(so_far[:122])
    assert rest_struck == pytest.approx(rest_calm, rel=0.05)
    assert struck.high - struck.low > 1.5 * (calm.high - calm.low)


def test_a_new_exhibition_widens_the_interval_and_moves_its_middle():
    past = [Year(year, [10 + (n * year) % 3 for n in range(days(year))]) for year in range(2021, 2026)]
    so_far = list(past[-1].daily[:300])
    calm = forecast(Year(2026, so_far), past)
    more = forecast(Year(2026, [*so_far[:244], *(round(1.35 * n) for n in so_far[244:])]), past)
    assert more.middle - calm.middle > 1.3 * (sum(so_far[244:]) * 0.35)  # what came, and that it goes on
    assert more.high - more.low > 1.5 * (calm.high - calm.low)
    assert more.unusual
    assert not calm.unusual


def test_what_is_booked_and_what_has_come_disagree_and_it_is_said():
    past = [Year(year, [10] * days(year), booked=1000) for year in (2022, 2023, 2024, 2025)]
    usual, double = (forecast(Year(2026, [10] * 100, booked=n), past) for n in (1000, 2000))
    assert double.unusual
    assert not usual.unusual
    assert double.high / double.low > usual.high / usual.low


def test_what_was_announced_moves_the_middle_as_far_as_it_was_told_and_widens_the_interval():
    past = [Year(year, [10 + (n * year) % 3 for n in range(days(year))]) for year in range(2021, 2026)]
    so_far = list(past[-1].daily[:150])
    autumn = sum(past[-1].daily[243:])
    calm, more, heads, shut = (
        forecast(Year(2026, so_far), past, lifts=lifts)
        for lifts in ([], [Lift(243, 365, part=0.25)], [Lift(243, 365, heads=500)], [Lift(243, 365, part=-1)])
    )
    assert (calm.announced, heads.announced) == (0, 500)
    assert more.announced == pytest.approx(0.25 * autumn, rel=0.06)
    for one in (more, heads, shut):
        assert one.middle - calm.middle == pytest.approx(one.announced, rel=0.05)
        assert one.high - one.low > 1.2 * (calm.high - calm.low)
    assert more.reason is Reason.ANNOUNCED
    assert shut.middle == pytest.approx(calm.middle - autumn, rel=0.05)


def test_what_was_announced_and_has_come_is_not_counted_twice_and_how_wrong_it_was_told_is_learned():
    past = [Year(year, [10 + (n * year) % 3 for n in range(days(year))]) for year in range(2021, 2026)]
    usual = list(past[-1].daily)
    told = [Lift(181, 365, part=0.25)]
    for came in (1.25, 1.35):
        so_far = [*usual[:181], *(came * n for n in usual[181:310])]
        made = forecast(Year(2026, so_far), past, lifts=told)
        assert made.middle == pytest.approx(sum(so_far) + came * sum(usual[310:]), rel=0.01)
    before = forecast(Year(2026, usual[:181]), past, lifts=told)
    began = forecast(Year(2026, so_far[:265]), past, lifts=told)
    assert (began.high - began.low) / (began.middle - sum(so_far[:265])) < 0.8 * (
        before.high - before.low
    ) / (before.middle - sum(usual[:181]))


def test_what_is_booked_already_is_not_added_to_what_was_announced():
    past = [Year(year, [10] * days(year), booked=1000) for year in (2022, 2023, 2024, 2025)]
    told = [Lift(243, 365, part=0.5)]
    rest, more = 2650, 0.5 * 10 * (365 - 243)
    unaware, booked = (
        forecast(Year(2026, [10] * 100, n), past, lifts=told) for n in (1000, round(1000 * (1 + more / rest)))
    )
    for made in (unaware, booked):  # bookings that know of it, or do not: neither is told
        assert made.middle == pytest.approx(3650 + more, abs=more / 3)
        assert made.low < 3650 + more < made.high


def test_what_weighs_most_in_a_wide_interval_is_said():
    past = [Year(year, [10 + (n * year) % 3 for n in range(days(year))]) for year in range(2021, 2026)]
    usual = list(past[-1].daily)
    lasting = forecast(Year(2026, [*usual[:216], *(round(1.4 * n) for n in usual[216:272])]), past)
    passing = forecast(Year(2026, [*usual[:122], *[0] * 28, *usual[150:178]]), past)
    assert (lasting.reason, lasting.cause.more, lasting.cause.lasts) == (Reason.LASTING, True, True)
    assert lasting.cause.first == pytest.approx(216, abs=7)
    assert (passing.reason, passing.cause.more, passing.cause.lasts) == (Reason.PASSING, False, False)
    assert (passing.cause.first, passing.cause.last) == (122, 150)
    with override("en"):
        assert words.why(lasting) == "Since about week 32 more than before has come, and it seems to go on."
        assert words.why(passing) == "Weeks 18–22 brought unusually few, which most likely does not go on."
    with override("sv"):
        assert "vecka 32" in words.why(lasting)
    apart = [Year(year, [10] * days(year), booked=1000) for year in (2022, 2023, 2024, 2025)]
    assert forecast(Year(2026, [10] * 100, booked=2000), apart).reason is Reason.APART


def test_days_are_compared_by_weekday():
    for day in range(1, 365):
        there = almanac.day_of(2026, day, 2025)
        assert abs(there - day) <= 3
        if 4 < day < 361:
            this = dt.date(2026, 1, 1) + dt.timedelta(days=day - 1)
            assert (dt.date(2025, 1, 1) + dt.timedelta(days=there - 1)).weekday() == this.weekday()
    assert almanac.day_of(2028, 366, 2025) == 365
    assert almanac.day_of(2025, 0, 2024) == 0


def date_of(year: int, day: int) -> dt.date:
    return dt.date(year, 1, 1) + dt.timedelta(days=day)


EVERY_PAIR = [(year, other) for year in range(2015, 2036) for other in range(2015, 2036)]


def test_easter_and_lov_are_held_against_themselves_wherever_they_lie():
    for year, other in EVERY_PAIR:
        there = [date_of(other, day) for day in almanac.alike(year, other)]
        easter = next(n for n in range(days(year)) if "Påskdagen" in periods.holiday_name(date_of(year, n)))
        assert "Påskdagen" in periods.holiday_name(there[easter])
        for week in (almanac.SPORTLOV_WEEK, almanac.HOSTLOV_WEEK):
            monday = dt.date.fromisocalendar(year, week, 1).timetuple().tm_yday - 1
            assert [one.isocalendar()[1:] for one in there[monday : monday + 7]] == [
                (week, weekday) for weekday in range(1, 8)
            ]


def test_a_day_beside_easter_is_not_held_against_one_in_it_and_no_day_of_spring_serves_twice():
    """Good Friday of the one year must not stand for a school day of the other, nor a school day for Good Friday."""
    for year, other in EVERY_PAIR:
        alike = almanac.alike(year, other)
        spring = alike[14:340]
        assert len(set(spring)) == len(spring)
        assert all(
            date_of(year, day).weekday() == date_of(other, there).weekday()
            for day, there in enumerate(alike[7:350], start=7)
        )


def test_an_early_easter_moves_what_is_expected_by_the_end_of_march():
    """2024 had its Easter in March; years whose Easter was in April say how many had come by then."""

    def school_year(year: int) -> Year:
        return Year(year, [10 * simulated.is_school_day(date_of(year, n)) for n in range(days(year))])

    past = [school_year(year) for year in (2019, 2020, 2022, 2023)]  # Easter on 21, 12, 17 and 9 April
    true = school_year(2024)
    expected = profile(past, 2024)[90]  # 31 March is over
    came = sum(true.daily[:91]) / sum(true.daily)
    assert expected == pytest.approx(came, abs=0.006)
    by_date = sum(past[-1].daily[:90]) / sum(past[-1].daily)
    assert abs(by_date - came) > 0.02  # what it would have been held against without


def test_weeks_that_past_years_do_not_agree_on_say_less():
    """A term that begins a week later is no sign that fewer come."""

    def house(year: int, begins: int) -> list[int]:
        return [10 * (day < 160 or day >= begins) for day in range(days(year))]

    late = Year(2026, house(2026, 238)[:244])
    agreed = [Year(year, house(year, 231)) for year in range(2021, 2026)]
    moving = [
        Year(year, house(year, begins))
        for year, begins in zip(range(2021, 2026), (224, 238, 228, 235, 231), strict=True)
    ]
    true = sum(house(2026, 238))
    assert abs(forecast(late, moving).middle - true) < abs(forecast(late, agreed).middle - true)


def test_with_a_single_past_year_the_interval_is_wider_but_not_useless():
    trials = [
        trial
        for years in (2, 3)
        for trial in backtest.simulate("ordinary", houses=8, years=years, last=2025, first_seed=700)
        if trial.month >= backtest.FROM_MONTH
    ]
    assert 0.65 < sum(one.held for one in trials) / len(trials) < 0.97


def test_an_unquiet_house_is_told_to_be_less_sure():
    """The same errors so far, but weeks that vary more."""

    def year(number: int, swing: int) -> list[int]:
        return [100 + swing * (1 if (day // 28) % 2 else -1) for day in range(days(number))]

    def width(swing: int) -> int:
        past = [Year(number, year(number, swing * (1 if number % 2 else -1))) for number in range(2021, 2026)]
        made = forecast(Year(2026, year(2026, -swing)[:200]), past)
        return made.high - made.low

    assert width(2) < width(30)


@settings(max_examples=40, deadline=None)
@given(
    chance=st.randoms(use_true_random=True),
    years=st.integers(0, 3),
    day=st.integers(0, 364),
    highest=st.sampled_from([0, 1, 300]),
    booked=st.none() | st.integers(0, 10**6),
    lifts=st.lists(
        st.builds(
            Lift, st.integers(0, 180), st.integers(181, 365), st.floats(-1, 3), st.floats(-(10**5), 10**5)
        ),
        max_size=3,
    ),
)
def test_whatever_came_the_interval_is_in_order_and_never_below_what_has_come(
    chance, years, day, highest, booked, lifts
):
    past = [Year(2026 - n, [chance.randint(0, highest) for _ in range(365)], booked) for n in range(years)]
    so_far = [chance.randint(-5, highest) for _ in range(day)]
    made = forecast(Year(2027, so_far, booked), past, lifts=lifts)
    if made is not None:
        assert sum(so_far) <= made.low <= made.middle <= made.high
        assert 0 <= made.expected_share <= 1


@pytest.mark.parametrize(
    ("outcome", "high", "middle", "over", "said"),
    [
        (100, 120, 110, False, Status.MET),
        (50, 120, 101, False, Status.ON_TRACK),
        (50, 101, 90, False, Status.UNCERTAIN),
        (50, 99, 90, False, Status.BEHIND),
        (99, 99, 99, True, Status.MISSED),
    ],
)
def test_the_rule_of_the_status(outcome, high, middle, over, said):
    made = forecast(Year(2026, [1] * 30), [flat(2025)])
    made = type(made)(0.5, 0, middle, high, 3, assumed=False)
    assert status(outcome, 100, made, over=over) is said


def test_nothing_can_be_said_without_a_target_or_a_past():
    assert status(5, 0, None, over=False) is Status.UNKNOWN
    assert status(5, 10, None, over=False) is Status.UNKNOWN


def test_the_same_seed_makes_the_same_house():
    first, again = (
        simulated.house(3, years=2, last=2025, scenario="strike", schools_only=True) for _ in range(2)
    )
    assert first == again
    may = slice(120, 151)
    assert sum(first[1].daily[may]) < 0.2 * sum(first[0].daily[may])


def test_ordinary_years_are_foretold_better_than_by_either_simple_way():
    trials = backtest.simulate("ordinary", houses=3, years=5, last=2025, first_seed=500)
    months, everything = backtest.table(trials)[:-1], backtest.table(trials)[-1]
    assert everything.better
    assert everything.ours < 0.04
    assert 0.6 <= everything.held <= 1
    assert len(months) == 11
    assert all(row.trials == 6 for row in months)


def test_the_command_prints_a_table_for_each_scenario():
    out = io.StringIO()
    call_command("backtest", houses=1, years=2, seed=9, stdout=out)
    for scenario in simulated.SCENARIOS:
        assert f"{scenario}: 1 houses, two indicators, 1 years to learn from" in out.getvalue()
    assert "exhibition, announced: 1 houses" in out.getvalue()
    assert out.getvalue().count("from March") == 5


def test_the_demo_command_asks_of_other_histories_of_the_demo():
    out = io.StringIO()
    call_command("backtest_demo", seeds=2, seed=5, years=3, stdout=out)
    assert "pupils: 2 histories of 3 years up to" in out.getvalue()
    assert "visitors: 2 histories of 3 years up to" in out.getvalue()
    months = [line.split() for line in out.getvalue().splitlines() if line.startswith("end of ")]
    assert len(months) == 2 * 11
    assert {row[3] for row in months} == {"4"}  # two years of each history have one before them
