"""Planning one session: what is refused, and what follows for those concerned."""

import datetime as dt

import pytest
import time_machine

from bookings.schools.models import SchoolBooking, Session
from bookings.schools.operations import refusals, sessions
from navet.accounts.actor import Actor
from navet.api.etags import Stale
from navet.house import refusals as house
from navet.house.models import Closure, Duty, Occasion, RoomUse
from navet.outbox.models import Effect
from navet.periods import date_range
from tests.bookings.schools import plans
from tests.bookings.schools.plans import DAY, NOW
from tests.navet.house import making
from tests.navet.house.test_concurrency import at_once

pytestmark = pytest.mark.django_db


def mails(name: str) -> int:
    return Effect.objects.filter(payload__mail=f"school.{name}").count()


def test_create_takes_places_and_groups_of_the_programme():
    room = plans.house()
    made = plans.create(plans.programme(room, max_pupils=30, groups_at_once=2), room)
    occasion = made.occasion
    assert (occasion.capacity, occasion.max_groups) == (60, 2)
    assert occasion.ends_at - occasion.starts_at == dt.timedelta(minutes=90)
    assert made.release_at == NOW
    assert RoomUse.objects.get().period.upper == occasion.ends_at + dt.timedelta(minutes=15)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"starts_at": plans.at(dt.date(2026, 1, 9))}, sessions.SessionInThePast),
        ({"starts_at": NOW}, sessions.SessionInThePast),
        ({"release_at": plans.at()}, sessions.ReleasedTooLate),
        ({"rooms": []}, sessions.RoomMissing),
        ({"capacity": 0}, sessions.BadCapacity),
        ({"capacity": 1001}, sessions.BadCapacity),
        ({"max_groups": 0}, sessions.BadCapacity),
        ({"language": "en"}, refusals.LanguageNotOffered),
        ({"starts_at": plans.at(clock="16:00")}, house.OutsideOpeningHours),
        ({"starts_at": plans.at(dt.date(2026, 3, 7))}, house.OutsideOpeningHours),
        ({"starts_at": plans.at(dt.date(2026, 4, 3))}, house.HouseClosed),
    ],
)
def test_create_refuses(fields, refusal):
    room = plans.house()
    values = {"starts_at": plans.at(), "rooms": [room], "educators": [], "by": plans.planner(), "at": NOW}
    with pytest.raises(refusal):
        sessions.create_session(plans.programme(room, languages=["sv"]), **values | fields)
    assert not Session.objects.exists()
    assert not Occasion.objects.exists()


def test_create_refuses_a_room_the_programme_cannot_use_unless_a_planner_says_why():
    room, other = plans.house(), making.room("hall")
    programme = plans.programme(room)
    with pytest.raises(sessions.RoomNotForProgramme):
        plans.create(programme, other)
    nobody = Actor(user=making.user("desk@navet.test", "desk"))
    with pytest.raises(sessions.RoomNotForProgramme):
        plans.create(programme, other, override_reason="ombyggnad", by=nobody)
    assert plans.create(programme, other, override_reason="ombyggnad").occasion.override_reason == "ombyggnad"


def test_create_refuses_an_educator_who_does_not_lead_the_programme():
    room = plans.house()
    programme = plans.programme(room)
    with pytest.raises(sessions.EducatorCannotLead) as refused:
        plans.create(programme, room, educators=[plans.educator("bo")])
    assert refused.value.extra == {"educator": "Bo"}


def test_create_names_the_other_party_to_planners_when_the_room_is_taken():
    room = plans.house()
    first, second = plans.programme(room, title_sv="Vatten"), plans.programme(room)
    plans.create(first, room)
    with pytest.raises(house.RoomTaken) as refused:
        plans.create(second, room, clock="10:30")  # during the turnaround
    assert refused.value.extra["other"] == "Vatten"


def test_create_names_the_reason_when_the_house_is_closed():
    room = plans.house()
    Closure.objects.create(days=date_range(DAY, DAY), reason="Inventering")
    with pytest.raises(house.HouseClosed, match="Inventering"):
        plans.create(plans.programme(room), room)


def test_move_tells_everybody_and_keeps_the_length():
    room = plans.house()
    session = plans.create(plans.programme(room), room)
    plans.book(session, 20)
    plans.book(session, 25, status="waiting")
    moved = sessions.move_session(session, starts_at=plans.at(clock="13:00"), by=plans.planner(), at=NOW)
    assert moved.occasion.starts_at == plans.at(clock="13:00")
    assert moved.occasion.ends_at == plans.at(clock="14:30")
    assert mails("session_moved") == 2
    assert SchoolBooking.objects.get(status="confirmed").leaves_free


def test_move_to_another_educator_tells_nobody():
    room = plans.house()
    programme = plans.programme(room)
    ada, bo = plans.educator("ada", programme), plans.educator("bo", programme)
    session = plans.create(programme, room, educators=[ada])
    plans.book(session, 20)
    sessions.swap_educator(session, leaving=ada, coming=bo, by=plans.planner(), at=NOW)
    assert [duty.educator for duty in Duty.objects.all()] == [bo]
    assert mails("session_moved") == 0


def test_move_into_a_taken_room_changes_nothing():
    room, hall = plans.house(), making.room("hall")
    programme = plans.programme(room, hall)
    session, _other = plans.create(programme, room), plans.create(programme, hall)
    plans.book(session, 20)
    with pytest.raises(house.RoomTaken):
        sessions.move_session(session, rooms=[hall], by=plans.planner(), at=NOW)
    assert RoomUse.objects.get(occasion=session.pk).room == room
    assert mails("session_moved") == 0


def test_change_refuses_fewer_places_than_are_held():
    room = plans.house()
    session = plans.create(plans.programme(room), room)
    plans.book(session, 20)
    plans.book(session, 5, status="held")
    with pytest.raises(sessions.CapacityBelowHeld) as refused:
        sessions.change_session(session, capacity=24, by=plans.planner(), at=NOW)
    assert refused.value.extra == {"held_places": 25, "held_groups": 2}
    later = NOW + dt.timedelta(hours=1)  # the hold has run out
    assert sessions.change_session(session, capacity=24, by=plans.planner(), at=later).occasion.capacity == 24


def test_change_offers_more_places_to_those_who_wait():
    room = plans.house()
    session = plans.create(plans.programme(room, groups_at_once=2), room, capacity=30)
    plans.book(session, 30)
    queued = plans.book(session, 20, status="waiting")
    sessions.change_session(session, capacity=60, by=plans.planner(), at=NOW)
    queued.refresh_from_db()
    assert queued.status == "offered"


def test_change_of_a_version_nobody_has_any_more_is_refused():
    room = plans.house()
    session = plans.create(plans.programme(room), room)
    seen = session.occasion.version
    sessions.change_session(session, capacity=29, version=seen, by=plans.planner(), at=NOW)
    with pytest.raises(Stale):
        sessions.change_session(session, capacity=28, version=seen, by=plans.planner(), at=NOW)


def test_cancel_frees_room_and_educator_and_tells_everybody():
    room = plans.house()
    programme = plans.programme(room)
    ada = plans.educator("ada", programme)
    session = plans.create(programme, room, educators=[ada])
    plans.book(session, 20)
    plans.book(session, 25, status="waiting")
    sessions.cancel_session(session, reason="Sjukdom", by=plans.planner(), at=NOW)
    assert set(SchoolBooking.objects.values_list("status", "owed_ore")) == {("cancelled", 0)}
    assert mails("session_cancelled") == 2
    assert plans.create(programme, room, educators=[ada]).occasion.status == "planned"


def test_cancel_wants_a_reason_and_happens_once():
    room = plans.house()
    session = plans.create(plans.programme(room), room)
    with pytest.raises(refusals.ReasonMissing):
        sessions.cancel_session(session, reason="  ", by=plans.planner(), at=NOW)
    sessions.cancel_session(session, reason="Sjukdom", by=plans.planner(), at=NOW)
    with pytest.raises(sessions.SessionCancelled):
        sessions.cancel_session(session, reason="Sjukdom", by=plans.planner(), at=NOW)


def test_nothing_is_changed_once_the_session_has_begun():
    room = plans.house()
    session = plans.create(plans.programme(room), room)
    begun = {"by": plans.planner(), "at": plans.at()}
    with pytest.raises(sessions.SessionHasBegun):
        sessions.move_session(session, starts_at=plans.at(clock="13:00"), **begun)
    with pytest.raises(sessions.SessionHasBegun):
        sessions.cancel_session(session, reason="Sjukdom", **begun)


@pytest.mark.django_db(transaction=True)
def test_of_two_planners_after_one_room_one_gets_it_and_the_other_is_told():
    room = plans.house()
    programme, by = plans.programme(room), plans.planner()
    with time_machine.travel(NOW, tick=True):
        outcome = at_once([lambda: plans.create(programme, room, by=by)] * 2)
    assert outcome == {"done": 1, "room_taken": 1}
    assert Session.objects.count() == 1
