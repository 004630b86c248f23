"""Registering for a course, the waiting list, and leaving."""

import datetime as dt

import pytest

from bookings.common.models import Status
from bookings.common.refusals import Began, HoldLapsed, NotYourBooking, SchoolClosed
from bookings.courses.models import Registration
from bookings.courses.operations import refusals, registering
from bookings.courses.operations.registering import Person
from navet.payments.models import Charge
from tests.bookings.courses import lessons
from tests.bookings.courses.lessons import NOW, TEACHER
from tests.bookings.schools import classes

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def test_a_team_is_held_until_the_code_and_then_has_its_places():
    on = lessons.round_()
    held = registering.request(on.pk, **lessons.wish(3))
    assert (held.status, held.persons, held.price_ore) == (Status.HELD, 3, 0)
    assert lessons.mails("confirmed") == []
    done = registering.confirm(held.code, pin=lessons.pin_of(held.code), at=NOW)
    assert (done.status, done.participants.count()) == (Status.CONFIRMED, 3)
    assert len(lessons.mails("confirmed")) == 1
    registering.prove(held.code, at=NOW)
    assert len(lessons.mails("confirmed")) == 1


def test_the_same_form_sent_twice_registers_once():
    on = lessons.round_()
    asked = lessons.proved(2, code="2345678923")
    assert registering.request(on.pk, **asked).pk == registering.request(on.pk, **asked).pk
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("people", "refusal"),
    [
        ([], refusals.NobodyNamed),
        ([Person("", "a@skola.example")], refusals.NobodyNamed),
        ([Person("Ada", "a@skola.example"), Person("Bo", "A@skola.example")], refusals.NamedTwice),
        (lessons.people(31), refusals.TooManyAtOnce),
        (lessons.people(11), refusals.RoundFull),
        ([Person("Ada", "first0@skola.example")], refusals.AlreadyRegistered),
    ],
)
def test_who_comes_is_named_once_and_fits(people, refusal):
    on = lessons.round_(capacity=12)
    lessons.registered(on, 2, prefix="first")
    with pytest.raises(refusal):
        registering.request(on.pk, **lessons.proved() | {"participants": people})
    assert Registration.objects.count() == 1


def test_not_open_not_published_or_begun_is_refused():
    soon, hidden, on = (
        lessons.round_(opens_at=NOW + HOUR),
        lessons.round_(lessons.course(is_published=False)),
        lessons.round_(),
    )
    for chosen, refusal, at in (
        (soon, refusals.NotOpen, NOW),
        (hidden, refusals.NotOpen, NOW),
        (on, Began, on.occasion.starts_at),
    ):
        with pytest.raises(refusal):
            registering.request(chosen.pk, **lessons.proved() | {"at": at})
    assert registering.request(hidden.pk, **lessons.wish(by=lessons.planner())).status == Status.CONFIRMED
    with pytest.raises(refusals.NoSuchRound):
        registering.request(0, **lessons.proved())


def test_a_school_that_has_closed_neither_registers_nor_asks_for_a_course_of_its_own():
    on, closed = lessons.round_(), classes.school(status="UPPHORT")
    for ask in (lambda: lessons.registered(on, 1, school=closed), lambda: lessons.wished(school=closed)):
        with pytest.raises(SchoolClosed):
            ask()
    assert not Registration.objects.exists()


def test_the_waiting_list_lets_in_the_first_that_fits_and_tells_her():
    on = lessons.round_(capacity=4)
    first = lessons.registered(on, 3)
    with pytest.raises(refusals.RoundFull):
        lessons.registered(on, 2)
    big = lessons.registered(on, 4, waiting_list=True)
    small = lessons.registered(on, 2, waiting_list=True)
    assert [one.queued_at for one in (first, big, small)] == [None, NOW, NOW]
    assert len(lessons.mails("queued")) == 2
    few = registering.change(
        first.code, participants=lessons.people(2, "kept"), by=classes.teacher(TEACHER), at=NOW
    )
    assert (few.persons, len(lessons.mails("let_in"))) == (2, 1)
    big.refresh_from_db()
    small.refresh_from_db()
    assert (big.queued_at, small.queued_at) == (NOW, None)
    registering.cancel(first.code, by=classes.teacher(TEACHER), at=NOW)
    big.refresh_from_db()
    assert big.queued_at == NOW  # two are free, and four wait
    registering.cancel(small.code, by=classes.teacher(TEACHER), at=NOW)
    big.refresh_from_db()
    assert big.queued_at is None


def test_a_late_code_takes_the_places_again_only_while_they_are_free():
    on = lessons.round_(capacity=3)
    late = registering.request(on.pk, **lessons.wish(2))
    lessons.registered(on, 1)
    pin, after = lessons.pin_of(late.code), NOW + dt.timedelta(minutes=40)
    registering.tidy(at=after)
    late.refresh_from_db()
    assert late.status == Status.LAPSED
    lessons.registered(on, 2, at=after)
    with pytest.raises(HoldLapsed):
        registering.prove(late.code, at=after)
    assert pin


def test_changing_who_comes_is_hers_alone_and_never_more_than_places():
    on = lessons.round_(capacity=4)
    mine = lessons.registered(on, 2)
    with pytest.raises(NotYourBooking):
        registering.change(
            mine.code, participants=lessons.people(1), by=classes.teacher("x@y.example"), at=NOW
        )
    with pytest.raises(refusals.RoundFull):
        registering.change(mine.code, participants=lessons.people(5), by=classes.teacher(TEACHER), at=NOW)
    changed = registering.change(
        mine.code, participants=lessons.people(4, "new"), by=classes.teacher(TEACHER), at=NOW
    )
    assert (changed.persons, changed.participants.count(), changed.version) == (4, 4, mine.version + 1)
    same = registering.change(
        mine.code, participants=lessons.people(4, "new"), by=classes.teacher(TEACHER), at=NOW
    )
    assert same.version == changed.version


def test_a_school_outside_the_agreements_pays_once_when_it_has_begun():
    on = lessons.round_()
    outside = classes.school(agreement=False)
    with pytest.raises(refusals.ReferenceMissing):
        lessons.registered(on, 2, school=outside)
    paying = lessons.registered(on, 2, school=outside, invoice_reference="ZZ 12")
    lessons.registered(on, 2)
    waits = lessons.registered(on, 9, school=outside, invoice_reference="ZZ 12", waiting_list=True)
    assert (paying.price_ore, waits.queued_at) == (100_000, NOW)
    registering.tidy(at=NOW)
    assert not Charge.objects.exists()
    for _again in range(2):
        registering.tidy(at=on.occasion.starts_at)
    charge = Charge.objects.get()
    assert (charge.amount_ore, charge.vat_permille, charge.reference) == (100_000, 250, "ZZ 12")
    assert charge.key == f"course:{paying.code}"
