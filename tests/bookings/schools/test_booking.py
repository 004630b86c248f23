"""Request and confirm."""

import datetime as dt

import pytest

from bookings.common.refusals import SchoolClosed
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import booking, refusals, reminders
from navet import codes, periods
from navet.accounts.operations import CodeExpired, WrongCode
from navet.house.models import Occasion
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
Status = SchoolBooking.Status
LATER = NOW + dt.timedelta(minutes=31)


def test_a_proved_address_is_confirmed_at_once():
    made = classes.confirmed(needs={"wheelchair": 1}, bus_at=dt.time(8, 40))
    stored = SchoolBooking.objects.get()
    assert (stored.status, stored.confirmed_at, stored.holds_until) == (Status.CONFIRMED, NOW, None)
    assert codes.is_code(stored.code)
    arrival = Arrival.objects.get(code=made.code)
    assert (arrival.expected_participants, arrival.expected_adults) == (20, 2)
    assert arrival.needs == {"wheelchair": 1}
    assert arrival.label == f"{made.school.name}, {made.class_name}"


def test_it_promises_one_confirmation_a_final_count_and_a_reminder_at_their_times():
    made = classes.confirmed()
    kinds = ("confirmed", "final_count", "reminder")
    assert [len(classes.mails(kind)) for kind in kinds] == [1, 0, 0]
    reminders.promise_due(at=classes.near(made.session))
    assert {kind: [e.due_at for e in classes.mails(kind)] for kind in kinds} == {
        "confirmed": [NOW],
        "final_count": [periods.at(dt.date(2026, 2, 24), dt.time(7))],
        "reminder": [periods.at(dt.date(2026, 2, 27), dt.time(7))],  # Friday before a Tuesday
    }


def test_who_books_when_the_visit_is_near_is_promised_everything_at_once():
    on = classes.session()
    classes.confirmed(on, at=classes.near(on))
    assert [len(classes.mails(kind)) for kind in ("final_count", "reminder")] == [1, 1]
    assert reminders.promise_due(at=classes.near(on)) == 0


@pytest.mark.parametrize("working_days", [0, 1, 2, 5, 20])
def test_no_mail_is_due_before_its_visit_is_near(settings, working_days):
    settings.SCHOOL_BOOKING = {**settings.SCHOOL_BOOKING, "reminder_working_days": working_days}
    for day in periods.dates(dt.date(2026, 1, 1), dt.date(2032, 1, 1)):
        starts_at = periods.at(day, dt.time(9))
        assert all(starts_at < reminders.near(due) for due in reminders.due(starts_at).values()), day


def test_who_books_within_the_week_is_not_asked_for_a_final_count():
    classes.confirmed(at=periods.at(dt.date(2026, 2, 26), dt.time(12)))
    assert classes.mails("final_count") == []
    assert len(classes.mails("reminder")) == 1


def test_an_unproved_address_holds_the_places_for_thirty_minutes():
    on = classes.session()
    held = booking.request(on.pk, **classes.wish())
    assert (held.status, held.holds_until) == (Status.HELD, NOW + dt.timedelta(minutes=30))
    assert not Arrival.objects.exists()
    with pytest.raises(refusals.SessionFull) as full:
        booking.request(on.pk, **classes.wish(contact_email="other@skola.example", pupils=11))
    assert full.value.extra == {"free_places": 10, "waiting_list_possible": True}


def test_an_expired_hold_frees_its_places_without_tidying():
    on = classes.session()
    booking.request(on.pk, **classes.wish())
    taken = booking.request(on.pk, **classes.proved(contact_email="o@skola.example", pupils=30, at=LATER))
    assert taken.status == Status.CONFIRMED


def test_the_code_confirms():
    held = booking.request(classes.session().pk, **classes.wish())
    done = booking.confirm(held.code, pin=classes.pin_of(held.code), at=NOW + dt.timedelta(minutes=5))
    assert done.status == Status.CONFIRMED
    assert Arrival.objects.filter(code=held.code).exists()
    assert len(classes.mails("confirmed")) == 1


def test_a_wrong_code_changes_nothing():
    held = booking.request(classes.session().pk, **classes.wish())
    wrong = f"{(int(classes.pin_of(held.code)) + 1) % 10**6:06d}"
    with pytest.raises(WrongCode):
        booking.confirm(held.code, pin=wrong, at=NOW)
    held.refresh_from_db()
    assert held.status == Status.HELD


def test_the_code_of_another_booking_does_not_confirm():
    first = booking.request(classes.session().pk, **classes.wish())
    second = booking.request(classes.session().pk, **classes.wish())
    pin = classes.pin_of(first.code)
    if pin == classes.pin_of(second.code):
        pytest.skip("one in a million")
    with pytest.raises(WrongCode):
        booking.confirm(second.code, pin=pin, at=NOW)


def test_the_same_code_twice_is_one_confirmation():
    held = booking.request(classes.session().pk, **classes.wish())
    pin = classes.pin_of(held.code)
    booking.confirm(held.code, pin=pin, at=NOW)
    with pytest.raises(CodeExpired):
        booking.confirm(held.code, pin=pin, at=NOW)
    assert len(classes.mails("confirmed")) == 1


def test_a_lapsed_hold_is_confirmed_while_there_is_room():
    held = booking.request(classes.session().pk, **classes.wish())
    booking.send_code_again(held.code, at=LATER)
    assert booking.confirm(held.code, pin=classes.pin_of(held.code), at=LATER).status == Status.CONFIRMED


def test_a_lapsed_hold_without_room_is_told_how_many_places_are_left():
    on = classes.session()
    held = booking.request(on.pk, **classes.wish())
    classes.confirmed(on, pupils=25, contact_email="o@skola.example", at=LATER)
    booking.send_code_again(held.code, at=LATER)
    with pytest.raises(refusals.HoldLapsed) as lapsed:
        booking.confirm(held.code, pin=classes.pin_of(held.code), at=LATER)
    assert lapsed.value.extra == {"free_places": 5}


def test_a_tidied_hold_is_confirmed_too():
    from bookings.schools.operations import waiting

    held = booking.request(classes.session().pk, **classes.wish())
    assert waiting.tidy(at=LATER) == 1
    booking.send_code_again(held.code, at=LATER)
    assert booking.confirm(held.code, pin=classes.pin_of(held.code), at=LATER).status == Status.CONFIRMED


def test_staff_book_on_a_schools_behalf():
    planner = classes.planner()
    made = booking.request(classes.session().pk, **classes.wish(by=planner))
    assert (made.status, made.booked_by) == (Status.CONFIRMED, planner.user)


def test_the_desk_does_not_book_for_schools():
    made = booking.request(classes.session().pk, **classes.wish(by=classes.staff("desk")))
    assert made.status == Status.HELD


def test_the_same_class_books_a_session_once():
    on, school = classes.session(), classes.school()
    booking.request(on.pk, **classes.proved(of=school))
    with pytest.raises(refusals.AlreadyBooked):
        booking.request(
            on.pk, **classes.proved(of=school, contact_email=classes.TEACHER.upper(), class_name=" 5A ")
        )
    assert SchoolBooking.objects.count() == 1


def test_a_second_schools_5a_is_another_class():
    on = classes.session(capacity=60)
    booking.request(on.pk, **classes.proved())
    booking.request(on.pk, **classes.proved())
    assert SchoolBooking.objects.confirmed().count() == 2


def test_who_let_the_hold_run_out_may_ask_again():
    on, school = classes.session(), classes.school()
    first = booking.request(on.pk, **classes.wish(school))
    again = booking.request(on.pk, **classes.wish(school, at=LATER))
    first.refresh_from_db()
    assert (first.status, again.status) == (Status.LAPSED, Status.HELD)


def test_one_address_holds_at_most_five_unconfirmed_bookings():
    for _ in range(5):
        booking.request(classes.session().pk, **classes.wish())
    with pytest.raises(refusals.TooManyHolds):
        booking.request(classes.session().pk, **classes.wish())


def test_the_waiting_list_takes_who_does_not_fit():
    on = classes.session()
    classes.confirmed(on, pupils=25)
    wished = booking.request(on.pk, **classes.wish(waiting_list=True))
    assert (wished.status, wished.holds_until) == (Status.REQUESTED, None)
    done = booking.confirm(wished.code, pin=classes.pin_of(wished.code), at=NOW)
    assert (done.status, done.waiting_since) == (Status.WAITING, NOW)
    assert len(classes.mails("waiting")) == 1


def test_the_waiting_list_confirms_who_fits():
    assert classes.queued(classes.session()).status == Status.CONFIRMED


def test_nobody_waits_for_a_session_that_is_too_small():
    on = classes.session(capacity=15)
    with pytest.raises(refusals.SessionFull) as full:
        classes.queued(on)
    assert full.value.extra["waiting_list_possible"] is False


def test_a_session_takes_so_many_groups():
    on = classes.session(capacity=60, max_groups=1)
    classes.confirmed(on)
    with pytest.raises(refusals.GroupsFull):
        classes.confirmed(on)


def test_adults_take_no_places_but_eat_lunch():
    on, sitting = classes.session(), classes.lunch(capacity=33)
    with pytest.raises(refusals.LunchFull) as full:
        classes.confirmed(on, pupils=30, adults=4, lunch_id=sitting.pk)
    assert full.value.extra == {"free_seats": 33}
    made = classes.confirmed(on, pupils=30, adults=3, lunch_id=sitting.pk)
    assert made.lunch == sitting
    assert Arrival.objects.get(code=made.code).lunch_at == sitting.starts_at


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"pupils": 4}, refusals.TooSmallGroup),
        ({"pupils": 31}, refusals.TooLargeGroup),
        ({"grade": "9"}, refusals.GradeNotServed),
        ({"needs": {"wheelchair": 23}}, refusals.BadNeeds),
        ({"needs": {"wheelchair": 0}}, refusals.BadNeeds),
        ({"needs": {"allergy": 1}}, refusals.BadNeeds),
        ({"needs": {"wheelchair": True}}, refusals.BadNeeds),
        ({"lunch_id": 10**9}, refusals.NoSuchLunch),
        ({"override_reason": "please"}, refusals.MayNotOverride),
    ],
)
def test_a_request_is_refused_and_nothing_is_written(wrong, refusal):
    with pytest.raises(refusal):
        classes.confirmed(**wrong)
    assert not SchoolBooking.objects.exists()
    assert not Arrival.objects.exists()


def test_sessions_that_cannot_be_booked():
    late = NOW + dt.timedelta(days=1)
    cancelled = classes.session()
    Occasion.objects.filter(pk=cancelled.pk).update(status="cancelled", cancelled_at=NOW)
    for on, refusal, at in [
        (classes.session(release_at=late), refusals.NotReleased, NOW),
        (cancelled, refusals.SessionCancelled, NOW),
        (classes.session(classes.programme(is_published=False)), refusals.NotPublished, NOW),
        (started := classes.session(), refusals.SessionBegan, started.occasion.starts_at),
    ]:
        with pytest.raises(refusal):
            classes.confirmed(on, at=at)
    with pytest.raises(refusals.NoSuchSession):
        booking.request(10**9, **classes.proved())
    with pytest.raises(refusals.NoSuchSession):
        booking.request(classes.lunch().pk, **classes.proved())


def test_a_closed_school_does_not_book():
    with pytest.raises(SchoolClosed):
        classes.confirmed(of=classes.school(status="UPPHORT"))


def test_the_programme_is_not_given_in_that_language():
    with pytest.raises(refusals.LanguageNotOffered):
        classes.confirmed(classes.session(classes.programme(languages=["sv"])), language="en")


def test_lunch_on_another_day_or_during_the_programme_is_refused():
    for sitting in (classes.lunch(day=dt.date(2026, 3, 4)), classes.lunch(clock="10:00")):
        with pytest.raises(refusals.LunchNotThatDay):
            classes.confirmed(lunch_id=sitting.pk)


def test_who_pays_gives_an_invoice_reference_and_sees_the_price():
    school = classes.school(agreement=False)
    with pytest.raises(refusals.InvoiceReferenceMissing) as missing:
        classes.confirmed(of=school)
    assert missing.value.extra == {"price_ore": 300_000}
    assert classes.confirmed(of=school, invoice_reference="REF 7").price_ore == 300_000
    assert classes.confirmed(of=school, invoice_reference="REF 7", pupils=17).price_ore == 200_000


def test_inside_the_agreement_the_visit_is_free():
    assert classes.confirmed().price_ore == 0


def test_the_agreement_of_the_day_of_the_visit_counts():
    school = classes.school()
    beyond = classes.session(day=dt.date(2028, 1, 18))
    with pytest.raises(refusals.InvoiceReferenceMissing):
        classes.confirmed(beyond, of=school)
    assert classes.confirmed(beyond, of=school, invoice_reference="R").price_ore == 300_000


def test_a_planner_may_pass_size_and_grade_but_never_the_places():
    planner, on = classes.planner(), classes.session(capacity=34)
    made = booking.request(
        on.pk, **classes.wish(by=planner, pupils=34, grade="9", override_reason="two classes as one")
    )
    assert made.status == Status.CONFIRMED
    with pytest.raises(refusals.SessionFull):
        booking.request(on.pk, **classes.wish(by=planner, pupils=1, override_reason="squeeze in"))


def test_a_fresh_hold_makes_way_for_nobody_in_the_queue_but_a_lapsed_one_does():
    on = classes.session()
    booking.request(on.pk, **classes.wish(pupils=30))
    waiter = classes.queued(on, pupils=20, contact_email="w@skola.example")
    assert waiter.status == Status.WAITING
    with pytest.raises(refusals.SessionFull):
        classes.confirmed(on, pupils=15, contact_email="quick@skola.example", at=LATER)
    classes.confirmed(on, pupils=10, contact_email="small@skola.example", at=LATER)
    waiter.refresh_from_db()
    assert waiter.status == Status.OFFERED


@pytest.mark.parametrize(("lunch", "most"), [(False, 5), (True, 7)])
def test_a_confirmed_booking_takes_few_statements(django_assert_max_num_queries, lunch, most):
    on, sitting = classes.session(), classes.lunch()
    asked = classes.proved(lunch_id=sitting.pk if lunch else None)
    with django_assert_max_num_queries(most):
        booking.request(on.pk, **asked)
