"""Only truth: what is shown as free was free at the time of asking, in constant queries."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.schools import lists, search
from bookings.schools.models import Session
from bookings.schools.operations import booking, places, waiting
from bookings.schools.search import Wish
from navet.errors import Refused
from navet.house.models import Occasion
from tests.bookings.schools import classes, plans
from tests.bookings.schools.plans import DAY, NOW

pytestmark = pytest.mark.django_db


def found(at=NOW, **wish):
    return [session.pk for session in search.sessions(Wish(**wish), at=at)]


def test_search_by_what_a_class_looks_for():
    fifth = classes.session(classes.programme(grades=["4", "5"], subjects=["physics"], slug="rymden"))
    seventh = classes.session(
        classes.programme(grades=["7"], subjects=["biology"]), day=DAY + dt.timedelta(days=1), language="en"
    )
    assert found() == [fifth.pk, seventh.pk]
    assert found(grade="5") == [fifth.pk]
    assert found(subject="biology") == [seventh.pk]
    assert found(programme="rymden") == [fifth.pk]
    assert found(language="en") == [seventh.pk]
    assert found(first=DAY + dt.timedelta(days=1)) == [seventh.pk]
    assert found(last=DAY) == [fifth.pk]
    assert found(first=DAY, last=DAY) == [fifth.pk]


def test_search_shows_only_what_can_be_booked():
    classes.session(release_at=NOW + dt.timedelta(seconds=1))
    classes.session(classes.programme(is_published=False))
    gone = classes.session()
    Occasion.objects.filter(pk=gone.pk).update(status="cancelled", cancelled_at=NOW)
    now = classes.session(release_at=NOW)
    assert found() == [now.pk]
    assert found(at=now.occasion.starts_at) == []


@pytest.mark.parametrize(("pupils", "fits"), [(4, False), (5, True), (10, True), (11, False), (31, False)])
def test_search_by_group_size_wants_room_and_the_programmes_size(pupils, fits):
    session = classes.session(classes.programme(min_pupils=5, max_pupils=30), capacity=30)
    plans.book(session, 20)
    assert bool(found(pupils=pupils)) is fits


def test_a_session_without_a_free_group_has_no_free_places():
    session = classes.session(capacity=60, max_groups=1)
    plans.book(session, 20)
    shown = search.sessions(Wish(), at=NOW).get()
    assert (shown.held_places, shown.free_groups, shown.free_places) == (20, 0, 0)
    assert found(only_free=True) == []


def test_a_hold_frees_its_places_when_its_time_is_out_and_not_before():
    session = classes.session(capacity=30)
    hold = plans.book(session, 20, status="held")
    before = hold.holds_until - dt.timedelta(microseconds=1)
    assert search.sessions(Wish(), at=before).get().free_places == 10
    assert search.sessions(Wish(), at=hold.holds_until).get().free_places == 30


def test_places_that_those_who_wait_will_be_offered_are_not_shown_as_free():
    session = classes.session(capacity=30)
    hold = plans.book(session, 30, status="held")
    plans.book(session, 15, status="waiting")
    shown = search.sessions(Wish(), at=hold.holds_until).get()
    assert shown.free_places == 0
    waiting.tidy(at=hold.holds_until)
    assert search.sessions(Wish(), at=hold.holds_until).get().free_places == 15


def test_a_party_that_waits_but_does_not_fit_keeps_nobody_out():
    session = classes.session(capacity=30)
    plans.book(session, 20)
    plans.book(session, 25, status="waiting")
    assert search.sessions(Wish(), at=NOW).get().free_places == 10


def test_free_places_are_what_a_recount_says():
    rng = random.Random(20260303)
    for number in range(12):
        session = classes.session(
            capacity=rng.randint(20, 60), max_groups=rng.randint(1, 4), clock=f"{9 + number % 3:02}:00"
        )
        for _party in range(rng.randint(0, 4)):
            status = rng.choice(["confirmed", "held", "offered", "cancelled", "lapsed"])
            plans.book(session, rng.randint(1, 20), status=status)
    for at in (NOW, NOW + dt.timedelta(minutes=30), NOW + dt.timedelta(hours=49)):
        for shown in search.sessions(Wish(), at=at):
            taken = places.count(shown.occasion, at)
            free = taken.free_places(shown.occasion) if taken.has_group_left(shown.occasion) else 0
            assert (shown.free_places, shown.held_places, shown.held_groups) == (
                free,
                taken.places,
                taken.groups,
            )


@pytest.mark.parametrize("extra", [0, 1])
def test_a_place_shown_as_free_can_be_booked_and_one_more_cannot(extra):
    session = classes.session(classes.programme(max_pupils=60), capacity=30)
    plans.book(session, 12)
    free = search.sessions(Wish(), at=NOW).get().free_places
    request = classes.wish(
        pupils=free + extra, contact_name="M", contact_email=classes.TEACHER, contact_phone="0701234567"
    )
    values = {"by": None, "at": NOW, "verified_email": classes.TEACHER}
    if extra:
        with pytest.raises(Refused):
            booking.request(session.pk, **request | values)
    else:
        assert booking.request(session.pk, **request | values).status == "confirmed"
        assert search.sessions(Wish(), at=NOW).get().free_places == 0


def test_a_programmes_card_has_its_next_three_and_says_how_many_there_are():
    programme = classes.programme()
    for number in range(5):
        classes.session(programme, day=DAY + dt.timedelta(days=number))
    alone = classes.programme()
    hits = search.programmes(Wish(), at=NOW)
    assert [(hit.programme, len(hit.sessions), hit.total) for hit in hits] == [
        (programme, 3, 5),
        (alone, 0, 0),
    ]
    assert [hit.programme for hit in search.programmes(Wish(first=DAY), at=NOW)] == [programme]


def test_a_programmes_card_shows_free_sessions_before_full_ones():
    programme = classes.programme()
    full, free = classes.session(programme), classes.session(programme, day=DAY + dt.timedelta(days=1))
    plans.book(full, 30)
    (hit,) = search.programmes(Wish(), at=NOW)
    assert (set(hit.sessions), hit.total, hit.free) == ({full, free}, 2, 1)
    for number in range(2, 5):
        classes.session(programme, day=DAY + dt.timedelta(days=number))
    (hit,) = search.programmes(Wish(), at=NOW)
    assert (full in hit.sessions, hit.sessions[0], hit.free) == (False, free, 4)


def test_month_counts_free_few_and_full_by_day():
    programme = classes.programme(max_pupils=30)
    for taken in (0, 10, 30):
        session = classes.session(programme, capacity=30)
        if taken:
            plans.book(session, taken)
    days = search.month(DAY.replace(day=1), Wish(), at=NOW)
    assert len(days) == 31
    assert days[DAY.day - 1].counts == {"free": 1, "few": 1, "full": 1}
    assert [day.state for day in days[:3]] == ["none", "none", "free"]


def test_the_last_evening_of_a_month_belongs_to_it_in_boras():
    classes.session(day=dt.date(2026, 3, 31), clock="23:30")
    march, april = dt.date(2026, 3, 1), dt.date(2026, 4, 1)
    assert search.month(march, Wish(), at=NOW)[-1].state == "free"
    assert search.month(april, Wish(), at=NOW)[0].state == "none"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: search.programmes(Wish(grade="5"), at=NOW),
        lambda: search.month(DAY.replace(day=1), Wish(), at=NOW),
        lambda: [search.rooms_of(one) for one in search.with_rooms(search.sessions(Wish(), at=NOW))],
        lambda: lists.queue(at=NOW),
        lambda: list(search.with_rooms(lists.sessions(lists.Filter(DAY, DAY), at=NOW))),
    ],
)
def test_as_many_queries_for_one_session_as_for_thirty(ask):
    def make(number):
        session = classes.session(clock=f"{8 + number % 8:02}:{number % 60:02}")
        plans.book(session, 5)
        plans.book(session, 30, status="waiting")

    make(0)
    with CaptureQueriesContext(connection) as one:
        ask()
    for number in range(1, 30):
        make(number)
    assert Session.objects.count() == 30
    with CaptureQueriesContext(connection) as thirty:
        ask()
    assert len(thirty) == len(one) <= 3


def test_the_queue_shows_who_was_passed_over():
    session = classes.session(capacity=30)
    plans.book(session, 20)
    plans.book(session, 25, status="waiting", passed_over=1, passed_over_at=NOW)
    plans.book(session, 10, status="waiting", waiting_since=NOW + dt.timedelta(hours=1))
    (shown,) = lists.queue(at=NOW)
    assert [(one.pupils, one.passed_over, one.fits_now) for one in shown.parties] == [
        (25, 1, False),
        (10, 0, True),
    ]


def test_an_educator_sees_her_own_days_with_the_classes_that_come():
    room = plans.house()
    programme = plans.programme(room)
    ada, bo = plans.educator("ada", programme), plans.educator("bo", programme)
    session = plans.create(programme, room, educators=[ada])
    plans.book(session, 20, needs={"wheelchair": 1})
    plans.book(session, 5, needs={"wheelchair": 2})
    plans.book(session, 30, status="waiting")
    (duty,) = lists.duties(ada, DAY, DAY)[DAY]
    assert (duty.pupils, duty.adults, [many for _need, many in duty.needs]) == (25, 4, [3])
    assert lists.duties(bo, DAY, DAY) == {}
    assert lists.duties(ada, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=9)) == {}
