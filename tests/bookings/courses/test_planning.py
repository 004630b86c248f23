"""Rounds: all their days or none, the minimum and its decision, places, and calling off."""

import datetime as dt

import pytest

from bookings.common.models import Status
from bookings.courses import after_mails
from bookings.courses.models import Registration, Round
from bookings.courses.operations import planning, refusals
from navet import periods
from navet.house.models import Occasion
from navet.house.refusals import OutsideOpeningHours, RoomTaken
from tests.bookings.courses import lessons
from tests.bookings.courses.lessons import DAY, NOW, WEEK
from tests.navet.house import making

pytestmark = pytest.mark.django_db


def test_a_series_takes_its_room_every_day_or_not_at_all():
    room = making.room("labbet")
    made = lessons.round_(days=3, rooms=[room])
    assert [one.starts_at.date() for one in made.occasions()] == [DAY, DAY + WEEK, DAY + 2 * WEEK]
    assert room.uses.count() == 3
    with pytest.raises(RoomTaken):
        lessons.round_(days=2, day=DAY - WEEK, rooms=[room])
    with pytest.raises(OutsideOpeningHours):
        lessons.round_(day=DAY + dt.timedelta(days=5))
    assert (Round.objects.count(), Occasion.objects.count()) == (1, 3)


def test_what_cannot_be_planned_is_refused():
    with pytest.raises(refusals.NoDays):
        planning.plan_round(lessons.course(), days=[], capacity=5, by=lessons.planner(), at=NOW)
    with pytest.raises(refusals.InThePast):
        lessons.round_(at=periods.at(DAY, dt.time(14)))
    with pytest.raises(refusals.DecidedTooLate):
        lessons.round_(least=4, decide_by=DAY)
    with pytest.raises(refusals.DecidedInThePast):
        lessons.round_(least=4, decide_by=(NOW - 2 * WEEK).date())
    assert lessons.round_(least=4).decide_by == DAY - WEEK
    soon = dt.datetime.combine(DAY - dt.timedelta(days=2), dt.time(9), tzinfo=NOW.tzinfo)
    assert lessons.round_(least=4, at=soon).decide_by == soon.date()


def test_a_round_under_its_minimum_waits_for_a_decision_and_all_are_told():
    on = lessons.round_(least=4)
    lessons.registered(on, 2)
    assert [one.pk for one in planning.to_decide(NOW)] == [on.pk]
    for _again in range(2):
        planning.assure(on.pk, by=lessons.planner(), at=NOW)
    assert (list(planning.to_decide(NOW)), len(lessons.mails("assured"))) == ([], 1)


def test_calling_off_frees_every_day_and_tells_everybody():
    room = making.room("labbet")
    on = lessons.round_(days=2, rooms=[room], capacity=2)
    first = lessons.registered(on, 2)
    lessons.registered(on, 2, waiting_list=True)
    her = first.participants.exclude(email=first.contact_email).first()
    assert after_mails.participant_called_off(participant_id=her.pk) is None
    for _again in range(2):
        planning.call_off(on.pk, reason="Sjukdom", by=lessons.planner(), at=NOW)
    assert set(Occasion.objects.values_list("status", flat=True)) == {"cancelled"}
    assert not room.uses.filter(holds=True).exists()
    assert set(Registration.objects.values_list("status", flat=True)) == {Status.CANCELLED}
    assert len(lessons.mails("called_off")) == 2
    assert len(lessons.mails("participant_called_off")) == 4  # of whom none is a contact
    said = after_mails.participant_called_off(participant_id=her.pk)
    assert (said.to, "Sjukdom" in said.text, first.code in said.text) == ([her.email], True, False)


def test_more_places_go_to_the_waiting_list_and_never_fewer_than_taken():
    on = lessons.round_(capacity=2)
    lessons.registered(on, 2)
    waiting = lessons.registered(on, 1, waiting_list=True)
    with pytest.raises(refusals.FewerThanTaken):
        planning.change_capacity(on.pk, capacity=1, by=lessons.planner(), at=NOW)
    planning.change_capacity(on.pk, capacity=3, by=lessons.planner(), at=NOW)
    waiting.refresh_from_db()
    assert waiting.queued_at is None
