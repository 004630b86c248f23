"""Annual passes: issued, scanned, renewed, blocked, annulled and forgotten."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from navet import codes
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.retention import engine
from navet.retention import rules as retention
from tests.visitors.making import DAY, MORNING, desk, user
from tests.visitors.test_at_once import at_once
from tests.visitors.tickets.making import price
from visitors import operations
from visitors.models import Visit
from visitors.tickets import audit, passes, refusals, till
from visitors.tickets.models import AnnualPass, PassPeriod, PassUse, ReceiptLine

A_YEAR = dt.timedelta(days=366)


def annual_pass(**changed) -> AnnualPass:
    terms = {"kind": "family", "persons": 4, "first_date": DAY, "by": desk(), "at": MORNING} | changed
    return passes.issue(**terms)


def admit(shown: AnnualPass, persons: int = 2, **changed) -> Visit:
    return passes.admit(shown.code, **{"persons": persons, "by": desk(), "at": MORNING} | changed)


@pytest.mark.django_db
def test_a_pass_is_for_a_year_and_its_price_goes_to_the_till():
    price("family_pass", 1100, vat_permille=250)
    made = annual_pass()
    period = made.periods.get()
    assert (period.valid.lower, period.last_date) == (DAY, dt.date(2027, 3, 11))
    assert till.sum_of(DAY) == 110_000
    assert not Visit.objects.exists()
    assert list(audit.disagreements()) == []


@pytest.mark.django_db
def test_those_present_are_counted_as_visits_on_a_pass():
    made = annual_pass()
    visit = admit(made, 3)
    assert (visit.category, visit.count, visit.day) == ("annual_pass", 3, DAY)
    assert PassUse.objects.get().annual_pass == made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (MORNING + A_YEAR, refusals.PassExpired),
        (MORNING - dt.timedelta(days=1), refusals.PassNotYetValid),
    ],
)
def test_a_pass_admits_only_in_its_time(at, refusal):
    with pytest.raises(refusal):
        admit(annual_pass(), at=at)
    assert not Visit.objects.exists()


@pytest.mark.django_db
def test_the_last_day_is_a_day():
    admit(annual_pass(), at=MORNING + dt.timedelta(days=364))


@pytest.mark.django_db
def test_a_blocked_an_unknown_and_a_misread_pass_are_told_apart():
    made = annual_pass()
    passes.block(made, reason="Borttappat", by=desk(), at=MORNING)
    with pytest.raises(refusals.PassBlocked):
        admit(made)
    passes.unblock(made, by=desk(), at=MORNING)
    admit(made)
    with pytest.raises(refusals.NoSuchPass):
        passes.admit(codes.new_checked_code(), persons=1, by=desk(), at=MORNING)
    wrong = made.code[:-1] + ("0" if made.code[-1] != "0" else "1")
    with pytest.raises(refusals.MisreadPass):
        passes.admit(wrong, persons=1, by=desk(), at=MORNING)


@pytest.mark.django_db
def test_more_people_than_the_pass_admits_are_refused():
    with pytest.raises(refusals.TooManyOnPass) as told:
        admit(annual_pass(), 5)
    assert told.value.extra == {"at_most": 4}


@pytest.mark.django_db
def test_the_same_pass_twice_a_day_is_told_and_let_in_when_they_are_others():
    made = annual_pass()
    admit(made, 2)
    with pytest.raises(refusals.PassUsedToday) as told:
        admit(made, 2)
    assert told.value.extra == {"used_at": "2026-03-12T09:30:00+01:00", "persons": 2}
    admit(made, 2, again=True)
    admit(made, 2, at=MORNING + dt.timedelta(days=1))
    assert PassUse.objects.count() == 3


@pytest.mark.django_db
def test_an_undone_use_does_not_stand_in_the_way():
    made = annual_pass()
    operations.undo_walk_in(admit(made), by=desk(), at=MORNING)
    admit(made)


@pytest.mark.django_db
def test_renewing_goes_on_where_the_period_ends_and_only_once_ahead():
    made = annual_pass()
    period = passes.renew(made, by=desk(), at=MORNING)
    assert period.valid == DateRange(dt.date(2027, 3, 12), dt.date(2028, 3, 12), "[)")
    with pytest.raises(refusals.RenewedAlready):
        passes.renew(made, by=desk(), at=MORNING)


@pytest.mark.django_db
def test_renewing_an_expired_pass_begins_today():
    made = annual_pass()
    later = MORNING + 2 * A_YEAR
    passes.renew(made, by=desk(), at=later)
    admit(made, at=later)


@pytest.mark.django_db
def test_a_leap_days_year_ends_with_february():
    assert passes.a_year_after(dt.date(2028, 2, 29)) == dt.date(2029, 3, 1)


@pytest.mark.django_db
def test_annulling_takes_the_line_back_and_the_pass_admits_nobody():
    price("family_pass", 1100)
    made = annual_pass()
    passes.annul(made.periods.get(), by=desk(), at=MORNING)
    assert till.sum_of(DAY) == 0
    assert ReceiptLine.objects.count() == 2
    assert list(audit.disagreements()) == []
    with pytest.raises(refusals.PassWithoutPeriod):
        admit(made)
    with pytest.raises(refusals.TooLateToAnnul):
        passes.annul(made.periods.get(), by=desk(), at=MORNING)


@pytest.mark.django_db
def test_a_used_pass_or_yesterdays_cannot_be_annulled():
    used, old = annual_pass(), annual_pass()
    admit(used)
    with pytest.raises(refusals.TooLateToAnnul):
        passes.annul(used.periods.get(), by=desk(), at=MORNING)
    with pytest.raises(refusals.TooLateToAnnul):
        passes.annul(old.periods.get(), by=desk(), at=MORNING + dt.timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"first_date": DAY - dt.timedelta(days=1)}, refusals.PassStartsTooEarly),
        ({"kind": "person", "persons": 2}, refusals.OnePersonOnly),
    ],
)
def test_a_pass_that_cannot_be_is_not_issued(changed, refusal):
    with pytest.raises(refusal):
        annual_pass(**changed)


@pytest.mark.django_db
def test_the_database_refuses_two_periods_at_a_time():
    made = annual_pass()
    valid = DateRange(DAY + dt.timedelta(days=9), DAY + dt.timedelta(days=19), "[)")
    with pytest.raises(IntegrityError), transaction.atomic():
        PassPeriod.objects.create(annual_pass=made, valid=valid, at=MORNING)


@pytest.mark.django_db
def test_holders_are_forgotten_some_time_after_the_last_period():
    over = annual_pass(holder_name="Maria Lind", holder_email="maria@post.example")
    renewed = annual_pass(holder_name="Olle Ek")
    passes.renew(renewed, by=desk(), at=MORNING)
    ended = dt.datetime.combine(dt.date(2027, 3, 12), dt.time(12), tzinfo=dt.UTC)
    holders = [retention.named("till.passes")]
    assert engine.run(holders, why="command", at=ended + dt.timedelta(days=89)).outcomes.count() == 0
    assert engine.run(holders, why="command", at=ended + dt.timedelta(days=90)).outcomes.get().records == 1
    over.refresh_from_db()
    renewed.refresh_from_db()
    assert (over.holder_name, over.holder_email, renewed.holder_name) == ("", "", "Olle Ek")
    assert engine.run(holders, why="command", at=ended + dt.timedelta(days=91)).outcomes.count() == 0


@pytest.mark.django_db
def test_the_history_of_a_pass_keeps_nobody():
    columns = {field.name for field in AnnualPass.pgh_event_model._meta.get_fields()}
    assert "blocked_reason" in columns
    assert columns.isdisjoint({"holder_name", "holder_email"})


@pytest.mark.django_db(transaction=True)
def test_one_pass_scanned_at_two_desks_at_once_counts_once_and_the_other_is_told():
    made = annual_pass()
    people = [Actor(user=user("desk", email=f"d{n}@navet.example", name=f"Desk {n}")) for n in range(4)]
    results = at_once(*[lambda by=by: admit(made, 2, by=by) for by in people])
    assert [result.code for result in results if isinstance(result, Refused)] == ["pass_used_today"] * 3
    assert Visit.objects.get().count == 2


@pytest.mark.django_db(transaction=True)
def test_a_pass_renewed_at_two_desks_at_once_is_renewed_once():
    made = annual_pass()
    results = at_once(*[lambda: passes.renew(made, by=desk(), at=MORNING)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["PassPeriod", "RenewedAlready"]


@given(place=st.integers(0, 9), other=st.sampled_from(codes.ALPHABET))
def test_one_wrong_letter_never_passes_the_check(place, other):
    code = codes.new_checked_code()
    wrong = code[:place] + other + code[place + 1 :]
    assert codes.has_check(code)
    assert codes.has_check(wrong) == (wrong == code)


@given(place=st.integers(0, 6))
def test_two_letters_changed_about_never_pass_the_check(place):
    code = codes.new_checked_code()
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert codes.has_check(wrong) == (wrong == code)
