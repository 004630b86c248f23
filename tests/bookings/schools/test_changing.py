"""Change, final count, move, cancel."""

import datetime as dt

import pytest

from bookings.schools.models import SchoolBooking
from bookings.schools.operations import booking, changing, following, refusals, reminders
from navet import periods
from navet.accounts.actor import Actor
from navet.house import operations as house
from navet.outbox.models import Effect
from navet.payments.models import Charge
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
Status = SchoolBooking.Status
LATE = periods.at(dt.date(2026, 2, 25), dt.time(12))  # four working days before


def change(made, *, at=NOW, by=None, **changes):
    return changing.change(made.code, by=by or classes.teacher(), at=at, **changes)


def test_fewer_pupils_are_always_possible_and_free_the_places():
    on = classes.session()
    made = classes.confirmed(on, pupils=30)
    assert change(made, pupils=1).pupils == 1
    assert classes.confirmed(on, pupils=29).status == Status.CONFIRMED
    arrival = Arrival.objects.get(code=made.code)
    assert (arrival.booked_participants, arrival.expected_participants) == (30, 1)


def test_more_pupils_while_places_last():
    on = classes.session(capacity=40)
    made = classes.confirmed(on)
    classes.confirmed(on, pupils=12)
    assert change(made, pupils=28).pupils == 28
    with pytest.raises(refusals.SessionFull) as full:
        change(made, pupils=29)
    assert full.value.extra["free_places"] == 28
    with pytest.raises(refusals.TooLargeGroup):
        change(made, pupils=31)
    made.refresh_from_db()
    assert made.pupils == 28


def test_the_price_follows_the_number_of_pupils():
    made = classes.confirmed(of=classes.school(agreement=False), invoice_reference="R")
    assert change(made, pupils=17).price_ore == 200_000
    assert change(made, pupils=18).price_ore == 300_000


def test_more_heads_need_seats_at_lunch():
    sitting = classes.lunch(capacity=22)
    made = classes.confirmed(lunch_id=sitting.pk)
    with pytest.raises(refusals.LunchFull):
        change(made, adults=3)
    assert change(made, adults=3, lunch_id=None).lunch is None


def test_a_change_is_told_once_and_nothing_changed_is_not_told():
    made = classes.confirmed()
    change(made, adults=3)
    assert change(made, adults=3).version == 2
    assert len(classes.mails("changed")) == 1


def test_somebody_else_may_not_change_it():
    made = classes.confirmed()
    for by in (Actor(), Actor(email="other@skola.example"), classes.staff("desk")):
        for verb in (changing.change, changing.cancel):
            with pytest.raises(refusals.NotYourBooking):
                verb(made.code, by=by, at=NOW)


def test_another_version_than_the_one_seen_is_refused():
    made = classes.confirmed()
    change(made, adults=3)
    with pytest.raises(refusals.ChangedMeanwhile) as changed:
        change(made, adults=4, version=1)
    assert changed.value.extra == {"version": 2}


def test_nothing_is_changed_after_the_beginning():
    made = classes.confirmed()
    start = made.session.occasion.starts_at
    for verb, extra in [
        (changing.change, {"pupils": 6}),
        (changing.cancel, {}),
        (changing.give_final_count, {"pupils": 6, "adults": 1}),
        (changing.move, {"session_id": classes.session().pk}),
    ]:
        with pytest.raises(refusals.SessionBegan):
            verb(made.code, by=classes.teacher(), at=start, **extra)


def test_a_lapsed_hold_cannot_be_changed():
    held = booking.request(classes.session().pk, **classes.wish())
    with pytest.raises(refusals.NotPossibleNow):
        change(held, pupils=10, at=NOW + dt.timedelta(minutes=31))


def test_the_final_count_is_noted():
    made = classes.confirmed()
    done = changing.give_final_count(made.code, pupils=19, adults=2, by=classes.teacher(), at=NOW)
    assert (done.pupils, done.final_count_at) == (19, NOW)
    assert Arrival.objects.get(code=made.code).expected_participants == 19


def test_cancelling_early_is_free_and_withdraws_everything():
    made = classes.confirmed()
    assert reminders.promise_due(at=classes.near(made.session)) == 2
    done = changing.cancel(made.code, reason="Sick teacher", by=classes.teacher(), at=NOW)
    assert (done.status, done.owed_ore) == (Status.CANCELLED, 0)
    assert Arrival.objects.get(code=made.code).status == Arrival.Status.CANCELLED
    states = dict(Effect.objects.filter(key__contains=made.code).values_list("key", "state"))
    assert {state for key, state in states.items() if "reminder" in key or "final_count" in key} == {
        "withdrawn"
    }
    assert not Charge.objects.exists()


@pytest.mark.parametrize(("pupils", "owed"), [(17, 200_000), (18, 300_000)])
def test_cancelling_late_costs_the_group_price_even_inside_an_agreement(pupils, owed):
    made = classes.confirmed(pupils=pupils)
    assert made.price_ore == 0
    done = changing.cancel(made.code, by=classes.teacher(), at=LATE)
    assert done.owed_ore == owed
    charge = Charge.objects.get()
    assert (charge.amount_ore, charge.organisation_number) == (
        owed,
        made.school.organiser.organisation_number,
    )
    assert charge.arose_date == dt.date(2026, 2, 25)


def test_a_late_cancellation_says_where_its_invoice_goes():
    made = classes.confirmed()
    assert made.invoice_reference == ""
    changing.cancel(made.code, invoice_reference=" YY  17 ", by=classes.teacher(), at=LATE)
    assert Charge.objects.get().reference == "YY 17"
    early = classes.confirmed(class_name="5B")
    assert (
        changing.cancel(early.code, invoice_reference="YY", by=classes.teacher(), at=NOW).invoice_reference
        == ""
    )


def test_cancelling_twice_is_one_cancellation():
    made = classes.confirmed()
    for _ in range(2):
        changing.cancel(made.code, by=classes.teacher(), at=LATE)
    assert Charge.objects.count() == 1
    assert len(classes.mails("cancelled")) == 1


def test_staff_waive_the_fee_with_a_reason():
    made, planner = classes.confirmed(), classes.planner()
    with pytest.raises(refusals.ReasonMissing):
        changing.cancel(made.code, waive_fee=True, by=planner, at=LATE)
    with pytest.raises(refusals.NotYourBooking):
        changing.cancel(made.code, waive_fee=True, reason="please", by=classes.teacher(), at=LATE)
    assert changing.cancel(made.code, waive_fee=True, reason="Snow", by=planner, at=LATE).owed_ore == 0


def test_an_unconfirmed_booking_is_left_free_of_charge():
    held = booking.request(classes.session().pk, **classes.wish(at=LATE))
    assert changing.cancel(held.code, by=classes.teacher(), at=LATE).owed_ore == 0


def test_move_to_another_session_frees_the_old_and_takes_the_new():
    made = classes.confirmed(lunch_id=classes.lunch().pk)
    old = made.session
    new = classes.session(day=dt.date(2026, 3, 10))
    moved = changing.move(made.code, session_id=new.pk, by=classes.teacher(), at=NOW)
    assert (moved.session_id, moved.lunch) == (new.pk, None)
    assert Arrival.objects.get(code=made.code).starts_at == new.occasion.starts_at
    assert classes.confirmed(old, pupils=30).status == Status.CONFIRMED


def test_who_moves_between_near_sessions_is_promised_a_reminder_of_the_other():
    made, new = classes.confirmed(), classes.session(day=dt.date(2026, 3, 4))
    at = classes.near(made.session)
    assert reminders.promise_due(at=at) == 2
    changing.move(made.code, session_id=new.pk, by=classes.teacher(), at=at)
    assert {one.key.split(":")[-1].split("-")[0] for one in classes.mails("reminder")} == {
        str(made.session_id),  # says nothing when its time comes
        str(new.pk),
    }
    assert reminders.promise_due(at=at) == 0


def test_a_move_is_refused_when_the_other_session_is_full_and_keeps_the_old():
    made, new = classes.confirmed(), classes.session(day=dt.date(2026, 3, 10))
    classes.confirmed(new, pupils=25)
    with pytest.raises(refusals.SessionFull):
        changing.move(made.code, session_id=new.pk, by=classes.teacher(), at=NOW)
    assert SchoolBooking.objects.get(pk=made.pk).session_id == made.session_id


def test_a_late_move_is_left_to_staff():
    made, new = classes.confirmed(), classes.session(day=dt.date(2026, 3, 10))
    with pytest.raises(refusals.MoveTooLate):
        changing.move(made.code, session_id=new.pk, by=classes.teacher(), at=LATE)
    assert changing.move(made.code, session_id=new.pk, by=classes.planner(), at=LATE).session_id == new.pk


def test_a_move_out_of_the_agreement_asks_for_a_reference():
    made, beyond = classes.confirmed(), classes.session(day=dt.date(2028, 1, 18))
    with pytest.raises(refusals.InvoiceReferenceMissing):
        changing.move(made.code, session_id=beyond.pk, by=classes.teacher(), at=NOW)
    moved = changing.move(
        made.code, session_id=beyond.pk, invoice_reference="R", by=classes.teacher(), at=NOW
    )
    assert moved.price_ore == 300_000


def test_a_session_that_navet_moved_may_be_left_free_and_everybody_is_told():
    on = classes.session()
    made, waiting = classes.confirmed(on, pupils=25), classes.queued(on)
    was = on.occasion.period
    start = periods.at(classes.DAY, dt.time(13))
    period = periods.period(start, start + dt.timedelta(minutes=90))

    def move() -> None:
        on.occasion = house.lock(on.pk)
        on.occasion.period = period
        on.occasion.save(update_fields=["period"])
        following.session_moved(on, was=was, by=None, at=NOW)

    classes.in_a_transaction(move)
    assert Arrival.objects.get(code=made.code).starts_at == start
    assert {e.payload["args"]["booking_id"] for e in classes.mails("session_moved")} == {made.pk, waiting.pk}
    assert changing.cancel(made.code, by=classes.teacher(), at=LATE).owed_ore == 0


def test_a_session_that_navet_cancels_costs_nobody_anything():
    on = classes.session()
    made, waiting = classes.confirmed(on, pupils=25), classes.queued(on)
    classes.in_a_transaction(following.session_cancelled, on, reason="Burst pipe", by=None, at=LATE)
    states = SchoolBooking.objects.filter(pk__in=[made.pk, waiting.pk]).values_list("status", "owed_ore")
    assert set(states) == {(Status.CANCELLED, 0)}
    assert len(classes.mails("session_cancelled")) == 2
    assert Arrival.objects.get(code=made.code).status == Arrival.Status.CANCELLED


def test_only_the_owner_and_staff_see_a_booking():
    made = classes.confirmed()
    everything = SchoolBooking.objects.all()
    seen = {
        name: everything.visible_to(by).filter(pk=made.pk).exists()
        for name, by in {
            "nobody": None, "public": Actor(), "owner": classes.teacher(), "other": Actor(email="o@skola.example"),
            "planner": classes.planner(), "desk": classes.staff("desk"), "finance": classes.staff("finance"),
        }.items()
    }  # fmt: skip
    assert [name for name, visible in seen.items() if visible] == ["owner", "planner", "finance"]
