import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from bookings.schools.models import Programme, SchoolBooking, Series, SeriesGap, Session
from navet import codes, periods
from navet.directory.models import Municipality, Organiser, SchoolUnit
from navet.house.models import Occasion
from navet.outbox.models import Effect
from visitors.tertials import operations as tertials
from worker import inviting, mails, summaries
from worker.models import Subscription

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 23)
Kind = Subscription.Kind
WEEKLY, MONTHLY, TERTIAL = Kind.WEEKLY_CAPACITY, Kind.MONTHLY_INDICATORS, Kind.TERTIAL_REPORT


@pytest.fixture(autouse=True)
def nobody_to_wake(settings):
    settings.OUTBOX_WAKE = "builtins.dict"


@pytest.fixture
def this_week(monday):
    with time_machine.travel(monday, tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    return Programme.objects.create(
        slug="ljus", title_sv="Ljus & <skugga>", title_en="Light", summary_sv="s", summary_en="s",
        subjects=["physics"], grades=["5"], languages=["sv"], length_minutes=90, max_pupils=30,
        price_half_ore=100, price_full_ore=200, is_published=True,
    )  # fmt: skip


@pytest.fixture
def session(programme):
    """Makes a session with 30 places: `session(day=0, hour=9)`, days after the Monday."""

    def make(day: int = 0, hour: int = 9, *, capacity: int = 30, status: str = "planned") -> Session:
        start = periods.at(MONDAY + dt.timedelta(days=day), dt.time(hour))
        occasion = Occasion.objects.create(
            kind="school_session", title_sv="Ljus", title_en="Light", capacity=capacity, status=status, max_groups=4,
            period=periods.period(start, start + dt.timedelta(minutes=90)),
            cancelled_at=start if status == "cancelled" else None,
        )  # fmt: skip
        return Session.objects.create(
            occasion=occasion, programme=programme, release_at=start - dt.timedelta(days=90)
        )

    return make


@pytest.fixture
def school() -> SchoolUnit:
    municipality = Municipality.objects.get_or_create(code="1466", defaults={"name": "Herrljunga"})[0]
    organiser = Organiser.objects.create(name="H", organisation_number="2120001520", kind="KOMMUN")
    return SchoolUnit.objects.create(
        code="12345678", name="Altorpskolan", organiser=organiser, municipality=municipality
    )


@pytest.fixture
def book(school, monday):
    def make(session: Session, pupils: int, status: str = "confirmed", **fields) -> SchoolBooking:
        return SchoolBooking.objects.create(
            code=codes.new_code(), session=session, school=school, class_name=codes.new_code(), grade="5",
            pupils=pupils, first_pupils=pupils, adults=2, contact_name="M", contact_email="m@s.example",
            contact_phone="+46700000000", status=status, created_at=monday,
            confirmed_at=monday if status == "confirmed" else None,
            waiting_since=monday if status == "waiting" else None, **fields,
        )  # fmt: skip

    return make


# --- What is due ------------------------------------------------------------------------------------------------


def promised() -> set[str]:
    return set(Effect.objects.values_list("key", flat=True))


def test_promise_due_promises_each_summary_once(planner, monday):
    Subscription.objects.create(user=planner, kind=WEEKLY)
    Subscription.objects.create(user=planner, kind=MONTHLY)
    assert summaries.promise_due(monday) == 2
    assert summaries.promise_due(monday + dt.timedelta(hours=1)) == 0
    assert promised() == {
        f"summary:weekly_capacity:2026-W48:{planner.pk}",
        f"summary:monthly_indicators:2026-11:{planner.pk}",
    }


@pytest.mark.parametrize(
    ("at", "key"),
    [
        (dt.datetime(2026, 11, 23, 4, 59, tzinfo=dt.UTC), None),  # Monday 05:59 in Borås
        (dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC), "2026-W48"),
        (dt.datetime(2026, 11, 29, 22, 59, tzinfo=dt.UTC), "2026-W48"),  # missed all week, made up on Sunday
        (dt.datetime(2026, 11, 29, 23, 0, tzinfo=dt.UTC), None),  # Monday 00:00
        (dt.datetime(2026, 7, 6, 4, 0, tzinfo=dt.UTC), "2026-W28"),  # summer time
        (dt.datetime(2027, 1, 1, 12, 0, tzinfo=dt.UTC), "2026-W53"),
    ],
)
def test_the_weekly_one_falls_due_on_monday_at_six_in_boras(planner, at, key):
    Subscription.objects.create(user=planner, kind=WEEKLY)
    summaries.promise_due(at)
    assert promised() == ({f"summary:weekly_capacity:{key}:{planner.pk}"} if key else set())


@pytest.mark.parametrize(
    ("at", "key"),
    [
        (dt.datetime(2026, 12, 1, 4, 59, tzinfo=dt.UTC), None),
        (dt.datetime(2026, 12, 1, 5, 0, tzinfo=dt.UTC), "2026-12"),
        (dt.datetime(2026, 12, 24, 5, 0, tzinfo=dt.UTC), "2026-12"),
    ],
)
def test_the_monthly_one_falls_due_on_the_first_at_six_in_boras(planner, at, key):
    Subscription.objects.create(user=planner, kind=MONTHLY)
    summaries.promise_due(at)
    assert promised() == ({f"summary:monthly_indicators:{key}:{planner.pk}"} if key else set())


def test_nobody_who_has_left_is_promised_anything(planner, monday):
    Subscription.objects.create(user=planner, kind=WEEKLY)
    planner.is_active = False
    planner.save()
    assert summaries.promise_due(monday) == 0


# --- Capacity ---------------------------------------------------------------------------------------------------


def test_capacity_counts_places_of_four_weeks(session, book, monday):
    book(session(0), 25)
    book(session(0, 12), 10)
    session(8)
    session(1, status="cancelled")
    session(28)  # the fifth week
    session(-1)  # the week before
    weeks = summaries.capacity(MONDAY, at=monday).weeks
    assert [(w.number, w.sessions, w.offered, w.held, w.free, w.fill) for w in weeks] == [
        (48, 2, 60, 35, 25, 58),
        (49, 1, 30, 0, 30, 0),
        (50, 0, 0, 0, 0, None),
        (51, 0, 0, 0, 0, None),
    ]


def test_capacity_counts_a_held_place_until_its_time_is_out(session, book, monday):
    book(session(0), 20, "held", holds_until=monday + dt.timedelta(minutes=30))
    assert summaries.capacity(MONDAY, at=monday).weeks[0].held == 20
    assert summaries.capacity(MONDAY, at=monday + dt.timedelta(minutes=30)).weeks[0].held == 0


def test_capacity_lists_the_least_full_first_and_neither_full_nor_begun_ones(session, book, monday):
    book(session(1), 20)
    empty = session(2)
    book(session(3), 30)
    session(0, 6)  # began an hour ago
    lines = summaries.capacity(MONDAY, at=monday).least_full
    assert [(line.row.free, line.row.fill) for line in lines] == [(30, 0), (10, 67)]
    assert lines[0].url.endswith(f"/planering/tillfalle/{empty.pk}/")


def test_capacity_lists_queues_gaps_and_empty_days(session, book, programme, monday):
    full = session(1)
    book(full, 30)
    book(full, 25, "waiting")
    book(full, 12, "waiting")
    series = Series.objects.create(
        programme=programme, first_date=MONDAY, last_date=MONDAY, weekdays=[0], times=[dt.time(9)]
    )
    SeriesGap.objects.create(series=series, starts_at=monday, code="closed", reason="Stängt")
    found = summaries.capacity(MONDAY, at=monday)
    assert [(line.waiting_parties, line.waiting_pupils) for line in found.waiting] == [(2, 37)]
    assert [gap.reason for gap in found.gaps] == ["Stängt"]
    assert MONDAY + dt.timedelta(days=1) not in found.days_without
    assert MONDAY in found.days_without
    assert MONDAY + dt.timedelta(days=5) not in found.days_without  # a Saturday


def test_capacity_asks_as_many_questions_for_many_sessions_as_for_one(
    session, monday, django_assert_num_queries
):
    for day in range(5):
        session(day)
    with django_assert_num_queries(7):
        summaries.capacity(MONDAY, at=monday)


# --- What they say ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("this_week")
def test_weekly_capacity_says_the_figures_in_the_subscribers_language(planner, session, book, monday):
    Subscription.objects.create(user=planner, kind=WEEKLY)
    book(session(4), 24)
    swedish = mails.weekly_capacity(user_id=planner.pk, period="2026-W48")
    assert swedish.subject == "Platser vecka 48 till 51"
    assert "30 platser, 24 bokade, 6 lediga, 80 % fyllt" in swedish.text
    assert "Ljus &amp; &lt;skugga&gt;" in swedish.html or "Ljus" not in swedish.html
    assert 'width="80%"' in swedish.html
    assert (swedish.list_id, swedish.to) == ("capacity", ["planerare@navet.example"])
    planner.language = "en"
    planner.save()
    assert mails.weekly_capacity(user_id=planner.pk, period="2026-W48").subject == "Places in weeks 48 to 51"


def test_weekly_capacity_counts_whom_the_places_fit_and_names_no_contact(planner, school, session, book):
    """A session eleven days ahead: a unit of its grades counts, one that is expected or for others does not."""
    at = periods.at(MONDAY, dt.time(7))
    open_one = session(11, capacity=60)
    SchoolUnit.objects.update(grades=["5"])
    expected = SchoolUnit.objects.create(
        code="12345679", name="Annerskolan", organiser=school.organiser, municipality=school.municipality, grades=["5"]
    )  # fmt: skip
    SchoolUnit.objects.create(
        code="12345670", name="Gymnasiet", organiser=school.organiser, municipality=school.municipality, grades=["G1"]
    )  # fmt: skip
    booked = book(open_one, 10)
    SchoolBooking.objects.filter(pk=booked.pk).update(school=expected)
    assert inviting.to_invite(MONDAY, 4, at=at) == inviting.ToInvite(1, [("Herrljunga", 1)])
    assert inviting.to_invite(MONDAY, 1, at=at).units == 0  # it is in the second week
    Subscription.objects.create(user=planner, kind=WEEKLY)
    with time_machine.travel(at, tick=False):
        letter = mails.weekly_capacity(user_id=planner.pk, period="2026-W48")
        planner.roles = ["conference_host"]
        planner.save()
        without = mails.weekly_capacity(user_id=planner.pk, period="2026-W48")
    assert "- Herrljunga: 1" in letter.text
    address = re.search(r"/planering/rackvidd/\S+", letter.text).group()
    planner.roles = ["planner"]
    planner.save()
    client = Client()
    client.force_login(planner)
    with time_machine.travel(at, tick=False):
        listed = client.get(address).context["units"]
        later = client.get(f"{address}&besok=never").context["units"]
        rows = client.get(address.replace("/rackvidd/", "/rackvidd/fil.csv")).content.decode().splitlines()
    assert [one.school for one in listed] == [school] == [one.school for one in later]
    assert len(rows) == 2
    assert client.get("/planering/rackvidd/?passar_till=1812-01-01").status_code == 400
    assert "Altorpskolan" not in letter.text + letter.html
    assert "rackvidd" not in without.text + without.html


OF_TODAY = [
    (mails.weekly_capacity, WEEKLY, "2026-W48"),
    (mails.monthly_indicators, MONTHLY, "2026-11"),
    (mails.tertial_report, TERTIAL, "2026-2"),
]


@pytest.mark.parametrize(("build", "kind", "period"), OF_TODAY)
def test_a_summary_is_not_sent_to_one_who_left_unsubscribed_or_may_no_longer_see_it(
    planner, build, kind, period
):
    with time_machine.travel(periods.at(dt.date(2026, 9, 25) if kind == TERTIAL else MONDAY, dt.time(7))):
        tertials.give_out_due(periods.at(dt.date(2026, 9, 1), dt.time(1)))
        assert build(user_id=planner.pk, period=period) is None
        Subscription.objects.create(user=planner, kind=kind)
        assert build(user_id=planner.pk, period=period).to == ["planerare@navet.example"]
        planner.roles = ["desk"]
        planner.save()
        assert build(user_id=planner.pk, period=period) is None
        planner.roles, planner.is_active = ["planner"], False
        planner.save()
        assert build(user_id=planner.pk, period=period) is None
        assert build(user_id=0, period=period) is None


@pytest.mark.parametrize(
    ("build", "kind", "period", "too_late"),
    [
        (mails.weekly_capacity, WEEKLY, "2026-W48", dt.date(2026, 11, 30)),
        (mails.monthly_indicators, MONTHLY, "2026-11", dt.date(2026, 12, 1)),
        (mails.tertial_report, TERTIAL, "2026-2", dt.date(2026, 10, 2)),
    ],
)
def test_what_was_promised_and_waited_until_its_time_was_out_is_not_sent(
    planner, build, kind, period, too_late
):
    tertials.give_out_due(periods.at(dt.date(2026, 9, 1), dt.time(1)))
    Subscription.objects.create(user=planner, kind=kind)
    with time_machine.travel(periods.at(too_late, dt.time(7)), tick=False):
        assert build(user_id=planner.pk, period=period) is None
    with time_machine.travel(periods.at(too_late - dt.timedelta(days=1), dt.time(7)), tick=False):
        assert build(user_id=planner.pk, period=period) is not None


def test_the_tertial_s_report_falls_due_the_morning_after_at_six_and_for_a_month(planner):
    Subscription.objects.create(user=planner, kind=TERTIAL)
    assert summaries.promise_due(periods.at(dt.date(2026, 9, 1), dt.time(5, 59))) == 0
    assert summaries.promise_due(periods.at(dt.date(2026, 9, 1), dt.time(6))) == 1
    assert promised() == {f"summary:tertial_report:2026-2:{planner.pk}"}
    assert summaries.promise_due(periods.at(dt.date(2026, 10, 1), dt.time(6))) == 0
    Effect.objects.all().delete()
    assert summaries.promise_due(periods.at(dt.date(2026, 10, 2), dt.time(6))) == 0
    assert summaries.promise_due(periods.at(dt.date(2027, 1, 1), dt.time(6))) == 1


def test_who_declined_a_day_s_list_is_promised_nothing_else_for_it(planner, monday):
    """It is a row too."""
    Subscription.objects.create(user=planner, kind=Subscription.Kind.EDUCATOR_DAY, wanted=False)
    assert summaries.promise_due(monday) == 0


def test_who_lost_the_role_is_promised_nothing(planner, monday):
    Subscription.objects.create(user=planner, kind=MONTHLY)
    planner.roles = ["desk"]
    planner.save()
    assert summaries.promise_due(monday) == 0
