"""The leader's list: one child in two clubs is one of the year, whom to call is for the day, and what is forgotten stays counted."""

import datetime as dt

import pytest

from bookings.leisure import mails
from bookings.leisure.models import Attendance, Enrolment, Meeting
from bookings.leisure.operations import attending, enrolling, refusals, telling
from navet.accounts.actor import Actor
from navet.outbox.models import Effect
from navet.retention import engine, rules
from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import GUARDIAN, NOW
from tests.bookings.schools import classes
from visitors import audit, indicators, readding
from visitors.models import Indicator, Visit

pytestmark = pytest.mark.django_db
ADA = {"contact_email": GUARDIAN, "child_name": "Ada Ek", "birth_year": 2016}


def children() -> int:
    return next(
        one.outcome
        for one in indicators.report(2026, as_of=dt.date(2026, 6, 1)).figures
        if one.code == Indicator.LEISURE
    )


def take(meeting: Meeting, present, *, listed=None, by=None, at=None) -> int:
    return attending.take(
        meeting.pk,
        present=[one.pk for one in present],
        listed=[one.pk for one in (present if listed is None else listed)],
        by=by or clubs.planner(),
        at=at or meeting.occasion.starts_at,
    )


def test_whoever_is_ticked_is_a_visit_and_unticked_it_is_taken_back():
    group = clubs.group()
    there = [clubs.enrolled(group, municipality=classes.municipality()) for _n in range(3)]
    meeting = group.meetings.first()
    assert children() == 0
    assert take(meeting, there[:2], listed=there) == 2
    assert take(meeting, there[:2], listed=there) == 2
    assert take(meeting, there[1:], listed=there) == 2
    assert sum(Visit.objects.values_list("count", flat=True)) == 2
    assert take(meeting, [], listed=[]) == 0  # nobody was on that page
    assert Attendance.objects.count() == 2
    visit = Visit.objects.standing().first()
    assert (visit.category, visit.source, visit.municipality.code) == ("leisure", "list", "1466")
    assert (visit.day, visit.note) == (clubs.DAY, "")
    assert children() == 2


def test_everybody_else_is_here_with_one_press():
    group = clubs.group()
    there = [clubs.enrolled(group) for _n in range(3)]
    (meeting, *_later) = group.meetings.all()
    for away in there[1:]:
        mother = clubs.guardian(away.contact_email)
        telling.absent(away.code, meeting_id=meeting.pk, by=mother, at=NOW)
    take(meeting, there[1:2])  # who came all the same
    wish = {"by": clubs.planner(), "at": meeting.occasion.starts_at}
    late = clubs.enrolled(group)  # after the list was opened
    assert attending.take_all(meeting.pk, listed=[one.pk for one in there], **wish) == 2
    assert set(Attendance.objects.values_list("enrolment_id", flat=True)) == {there[0].pk, there[1].pk}
    assert late.pk not in Attendance.objects.values_list("enrolment_id", flat=True)
    with pytest.raises(refusals.NotYourGroup):
        attending.take_all(meeting.pk, listed=[late.pk], by=Actor(user=clubs.leader()), at=wish["at"])


def test_one_child_in_two_clubs_is_one_and_stays_one_when_she_is_forgotten():
    for n in range(2):
        group = clubs.group(day=clubs.DAY + dt.timedelta(days=n))
        ada = clubs.enrolled(group, **ADA | {"child_name": ("Ada Ek", " ada  EK")[n]})
        sibling = clubs.enrolled(group, **ADA | {"child_name": "Bo Ek", "birth_year": 2014})
        for meeting in group.meetings.all()[:2]:
            take(meeting, [ada, sibling] if n else [ada])
    assert (Visit.objects.count(), children()) == (6, 2)
    engine.run(rules.every(), why="night", at=NOW + dt.timedelta(days=500))
    for one in Enrolment.objects.all():
        assert (one.child_name, one.birth_year, one.emergency_name, one.emergency_phone) == ("", None, "", "")
        assert one.contact_email.endswith("@removed.invalid")
    assert (Visit.objects.count(), children()) == (6, 2)
    assert [*audit.of_the_desk(), *readding.of_every_year()] == []


def test_the_list_is_the_leaders_and_of_those_with_a_place():
    lo, other = clubs.leader(), clubs.leader()
    group = clubs.group(educators=[lo], capacity=1)
    has = clubs.enrolled(group, child_name="Ada Ek", is_protected=True)
    waits = clubs.enrolled(group)
    meeting = group.meetings.first()
    (line,) = attending.list_of(meeting, by=Actor(user=lo))
    assert (line.name, line.pk) == ("Ada", has.pk)
    assert str(has) == "Visas inte"
    for by in (Actor(user=other), classes.staff("desk"), Actor(email=GUARDIAN), Actor()):
        with pytest.raises(refusals.NotYourGroup):
            attending.list_of(meeting, by=by)
        with pytest.raises(refusals.NotYourGroup):
            take(meeting, [has], by=by)
    assert take(meeting, [waits]) == 0
    for at in (meeting.occasion.starts_at - dt.timedelta(days=1), meeting.occasion.ends_at + attending.LATE):
        with pytest.raises(refusals.NotThatDay):
            take(meeting, [has], at=at)
    assert not Visit.objects.exists()


def test_whom_to_call_is_for_the_leader_on_the_day_alone():
    lo = clubs.leader()
    group = clubs.group(educators=[lo])
    clubs.enrolled(group, child_name="Ada Ek", emergency_name="Mormor Siv")
    first, second, *_rest = group.meetings.all()
    starts = first.occasion.starts_at
    (one,) = attending.to_call(first, by=Actor(user=lo), at=starts)
    assert (one.child, one.name, one.phone) == ("Ada Ek", "Mormor Siv", "+46701740605")
    assert attending.to_call(first, by=Actor(user=lo), at=starts.replace(hour=1))
    for meeting, at in (
        (first, starts - dt.timedelta(days=1)),
        (first, starts + dt.timedelta(days=1)),
        (second, starts),
    ):
        with pytest.raises(refusals.OnTheDayOnly):
            attending.to_call(meeting, by=Actor(user=lo), at=at)
        with pytest.raises(refusals.NotYourGroup):
            attending.to_call(meeting, by=Actor(user=clubs.leader()), at=at)


def test_a_guardian_says_that_the_child_will_not_come():
    group = clubs.group()
    mine, by = clubs.enrolled(group, **ADA), clubs.guardian()
    meeting = group.meetings.first()
    for _again in range(2):
        assert telling.absent(mine.code, meeting_id=meeting.pk, by=by, at=NOW)
    (line,) = attending.list_of(meeting, by=clubs.planner())
    assert (line.is_absent, line.is_there) == (True, False)
    telling.absent(mine.code, meeting_id=meeting.pk, is_absent=False, by=by, at=NOW)
    assert not attending.list_of(meeting, by=clubs.planner())[0].is_absent
    elsewhere = clubs.group(day=clubs.DAY + dt.timedelta(days=1)).meetings.first()
    with pytest.raises(refusals.NoSuchMeeting):
        telling.absent(mine.code, meeting_id=elsewhere.pk, by=by, at=NOW)
    with pytest.raises(refusals.MeetingOver):
        telling.absent(mine.code, meeting_id=meeting.pk, by=by, at=meeting.occasion.ends_at)


def test_a_message_goes_once_to_each_guardian_of_a_child_with_a_place():
    lo = clubs.leader()
    group = clubs.group(capacity=3, educators=[lo])
    for child in ("Ada Ek", "Bo Ek"):
        clubs.enrolled(group, contact_email=GUARDIAN, child_name=child)
    left, waits = clubs.enrolled(group), clubs.enrolled(group)
    enrolling.leave(left.code, by=clubs.planner(), at=NOW)
    enrolling.leave(waits.code, by=clubs.planner(), at=NOW)
    sent = telling.write(
        group.pk, subject="Ta med 100 % regn", text="Kläder efter väder.", by=Actor(user=lo), at=NOW
    )
    assert sent.recipients == 1
    (effect,) = clubs.mails("message")
    assert "regn" not in str(Effect.objects.filter(pk=effect.pk).values().get())
    mail = mails.message(**effect.payload["args"])
    assert mail.subject.startswith("Ta med 100 % regn")
    assert (mail.to, "Kläder efter väder." in mail.text) == ([GUARDIAN], True)
    with pytest.raises(refusals.NotYourGroup):
        telling.write(group.pk, subject="a", text="b", by=Actor(user=clubs.leader()), at=NOW)
    with pytest.raises(refusals.NothingToSay):
        telling.write(group.pk, subject="a", text=" ", by=Actor(user=lo), at=NOW)
