"""Applying and enrolling: the window, who comes first, siblings, those who continue, the queue that moves by itself."""

import datetime as dt

import pytest

from bookings.common.models import Status
from bookings.common.refusals import ChangedMeanwhile, NotYourBooking
from bookings.leisure import mails
from bookings.leisure.models import Enrolment
from bookings.leisure.operations import drawing, enrolling, planning, refusals, tidying
from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import CLOSES, DRAWN, GUARDIAN, NOW

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def placed(group) -> set[str]:
    return set(Enrolment.objects.filter(group=group).placed().values_list("child_name", flat=True))


def waiting(group) -> list[str]:
    return list(Enrolment.objects.filter(group=group).waiting().values_list("child_name", flat=True))


def test_without_a_window_who_comes_first_has_a_place_and_the_next_moves_up():
    group = clubs.group(capacity=2)
    first, _second, third, fourth = (clubs.enrolled(group, at=NOW + n * MINUTE) for n in range(4))
    assert (first.queued_at, third.queued_at) == (None, NOW + 2 * MINUTE)
    enrolling.leave(first.code, by=clubs.guardian(first.contact_email), at=NOW)
    assert waiting(group) == [fourth.child_name]
    assert third.child_name in placed(group)
    assert [one.payload["args"]["booking_id"] for one in clubs.mails("let_in")] == [third.pk]
    planning.change_capacity(group.pk, capacity=3, by=clubs.planner(), at=NOW)
    assert waiting(group) == []
    with pytest.raises(refusals.FewerThanTaken):
        planning.change_capacity(group.pk, capacity=2, by=clubs.planner(), at=NOW)


def test_a_code_confirms_and_one_that_comes_late_gets_what_there_is():
    group = clubs.group(capacity=1)
    late = enrolling.request(group.pk, **clubs.wish(contact_email=GUARDIAN))
    assert late.status == Status.HELD
    assert clubs.enrolled(group).queued_at == NOW  # the hold takes the place
    over = NOW + dt.timedelta(minutes=31)
    assert tidying.tidy(at=over) == 1
    assert len(placed(group)) == 1
    late.refresh_from_db()
    assert late.status == Status.LAPSED
    known = enrolling.confirm(late.code, pin=clubs.pin_of(late.code), at=NOW + dt.timedelta(minutes=9))
    assert known.status == Status.CONFIRMED
    assert waiting(group) == [late.child_name]
    assert len(clubs.mails("queued")) == 2


def test_what_is_refused():
    group = clubs.group()
    mine = clubs.enrolled(group, contact_email=GUARDIAN, child_name="Ada Ek")
    for refused, fields in (
        (refusals.AlreadyEnrolled, {"contact_email": GUARDIAN, "child_name": " ada  EK"}),
        (refusals.WrongAge, {"birth_year": 2018}),
        (refusals.WrongAge, {"birth_year": 2013}),
        (refusals.ChildMissing, {"child_name": " "}),
        (refusals.NotOpen, {"at": NOW - 2 * clubs.WEEK}),
        (refusals.GroupOver, {"at": group.ends_at}),
    ):
        with pytest.raises(refused):
            clubs.enrolled(group, **fields)
    with pytest.raises(NotYourBooking):
        enrolling.leave(mine.code, by=clubs.guardian("another@hem.example"), at=NOW)
    with pytest.raises(ChangedMeanwhile):
        enrolling.leave(mine.code, version=mine.version + 1, by=clubs.guardian(), at=NOW)
    planning.call_off(group.pk, reason="Sjuk ledare", by=clubs.planner(), at=NOW)
    mine.refresh_from_db()
    assert (mine.status, len(clubs.mails("called_off"))) == (Status.CANCELLED, 1)
    with pytest.raises(refusals.CalledOff):
        clubs.enrolled(group)


def test_in_the_window_it_does_not_matter_who_is_first_and_the_draw_is_held_by_itself():
    group = clubs.group(capacity=3, closes_at=CLOSES)
    applied = [clubs.enrolled(group, at=NOW + n * MINUTE) for n in range(8)]
    assert placed(group) == set()
    assert [one.ticket for one in applied] == list(range(1, 9))
    unproved = enrolling.request(group.pk, **clubs.wish(at=CLOSES))
    after = clubs.enrolled(group, at=CLOSES + MINUTE)
    assert tidying.tidy(at=DRAWN - MINUTE) == 0
    with pytest.raises(refusals.NotDrawnYet):
        drawing.hold(group.pk, at=DRAWN - MINUTE)
    tidying.tidy(at=DRAWN)
    group.refresh_from_db()
    held = group.draw
    assert drawing.agrees(held)
    assert (held.places, len(held.parties), len(placed(group))) == (3, 8, 3)
    names = {one.ticket: one.child_name for one in applied}
    assert waiting(group) == [*(names[ticket] for (ticket,) in held.waiting), after.child_name]
    assert (len(clubs.mails("drawn")), len(clubs.mails("not_drawn"))) == (3, 5)
    assert drawing.hold(group.pk, at=DRAWN + MINUTE).drawn_at == DRAWN  # held again, nothing changes
    late = enrolling.prove(unproved.code, at=DRAWN + MINUTE)
    assert waiting(group)[-1] == late.child_name
    mine = Enrolment.objects.filter(group=group).placed().first()
    enrolling.leave(mine.code, by=clubs.planner(), at=DRAWN)
    assert names[held.waiting[0][0]] in placed(group)


def test_siblings_come_together_or_wait_together():
    group = clubs.group(capacity=2, closes_at=CLOSES)
    family = [clubs.enrolled(group, contact_email=GUARDIAN, with_siblings=True) for _n in range(2)]
    alone = [clubs.enrolled(group) for _n in range(2)]
    drawing.hold(group.pk, at=DRAWN)
    names = {one.child_name for one in family}
    assert placed(group) in (names, {one.child_name for one in alone})
    for one in Enrolment.objects.filter(group=group).placed():
        enrolling.leave(one.code, by=clubs.planner(), at=DRAWN)
    assert placed(group) in (names, {one.child_name for one in alone})
    assert waiting(group) == []


def test_the_queue_passes_over_siblings_who_do_not_fit_until_they_do():
    group = clubs.group(capacity=1, closes_at=CLOSES)
    family = [clubs.enrolled(group, contact_email=GUARDIAN, with_siblings=True) for _n in range(2)]
    drawing.hold(group.pk, at=DRAWN)
    assert placed(group) == set()
    alone = clubs.enrolled(group, at=DRAWN + MINUTE)
    assert placed(group) == {alone.child_name}
    planning.change_capacity(group.pk, capacity=3, by=clubs.planner(), at=DRAWN + MINUTE)
    assert placed(group) == {alone.child_name, *(one.child_name for one in family)}


def test_who_continues_comes_first_and_staff_can_say_so():
    robots = clubs.club()
    spring = clubs.group(robots, meetings=2)
    old = clubs.enrolled(spring, contact_email=GUARDIAN, child_name="Ada Ek")
    parallel = clubs.group(robots, day=clubs.DAY + dt.timedelta(days=1), meetings=2)
    assert not clubs.enrolled(parallel, contact_email=GUARDIAN, child_name="Ada Ek").continues
    at = spring.ends_at + clubs.WEEK
    autumn = clubs.group(
        robots, day=dt.date(2026, 9, 1), capacity=2, opens_at=at, closes_at=at + clubs.WEEK, at=at
    )
    new = [clubs.enrolled(autumn, at=at) for _n in range(5)]
    hers = clubs.enrolled(autumn, contact_email=GUARDIAN, child_name="ada ek", at=at)
    assert (hers.continues, new[0].continues) == (True, False)
    by = clubs.planner()
    enrolling.set_continues(new[4].code, continues=True, by=by, at=at)
    drawing.hold(autumn.pk, at=at + clubs.WEEK + dt.timedelta(minutes=30))
    assert placed(autumn) == {"ada ek", new[4].child_name}
    with pytest.raises(refusals.DrawnAlready):
        enrolling.set_continues(new[0].code, continues=True, by=by, at=at)
    assert old.continues is False


def test_what_the_mails_say():
    group = clubs.group(capacity=1, closes_at=CLOSES, fee_ore=80_000)
    shy = clubs.enrolled(group, child_name="Ada Ek", is_protected=True)
    said = mails.applied(booking_id=shy.pk)
    assert "nummer 1" in said.text
    assert "Ada" not in said.text + said.html + said.subject
    assert "Mormor" not in said.text + said.html
    assert mails.placed(booking_id=shy.pk) is None
    clubs.enrolled(group)
    drawing.hold(group.pk, at=DRAWN)
    has, lost = Enrolment.objects.order_by("queued_at")
    has, lost = (lost, has) if has.queued_at else (has, lost)
    assert "800 kr" in mails.drawn(booking_id=has.pk).text.replace("\xa0", " ")
    assert "väntelistan" in mails.not_drawn(booking_id=lost.pk).text
    assert mails.applied(booking_id=lost.pk) is None


def test_a_term_that_has_begun_costs_what_is_left_of_it():
    group = clubs.group(fee_ore=100_000, meetings=3)
    begun = group.occasion.starts_at + MINUTE
    assert clubs.enrolled(group).price_ore == 100_000
    assert clubs.enrolled(group, at=begun).price_ore == 66_600
