"""An answer is one, says what was asked, and leads back to nobody."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from bookings.feedback.models import Answer, Asked, Score
from bookings.feedback.operations import answering, refusals
from navet.retention import engine, rules
from tests.bookings.feedback import came
from tests.bookings.schools import classes

pytestmark = pytest.mark.django_db
GOOD = {"quality": 4, "currency": 3, "accessibility": 2}


def test_an_answer_is_kept_with_what_was_asked_and_nothing_else():
    booking = came.class_()
    asked = came.asked(booking)
    answering.answer(
        asked.pk, scores=GOOD | {"leading": 4, "quality": 4}, remark=" Mer tid! ", at=came.after(booking)
    )
    given = Answer.objects.get()
    assert (given.programme, given.course, given.school_year) == (booking.session.programme, None, 2025)
    assert (given.remark, given.week_date) == ("Mer tid!", dt.date(2026, 3, 2))
    assert dict(given.scores.values_list("perspective", "value")) == GOOD


def test_the_ticket_leaves_the_question_so_nothing_joins_the_two():
    booking = came.class_()
    asked = came.asked(booking)
    ticket = asked.ticket
    answering.answer(asked.pk, scores=GOOD, at=came.after(booking))
    asked.refresh_from_db()
    assert (asked.ticket, asked.is_answered, Answer.objects.get().ticket) == (None, True, ticket)
    fields = {field.name for field in Answer._meta.get_fields()}
    assert fields == {
        "id", "ticket", "programme", "course", "school_year", "week_date", "remark", "struck_at", "struck_by", "scores",
    }  # fmt: skip


def test_there_is_one_answer_for_each_visit_whoever_writes_it():
    booking = came.class_()
    asked = came.asked(booking)
    ticket = asked.ticket
    answering.answer(asked.pk, scores=GOOD, at=came.after(booking))
    with pytest.raises(refusals.AlreadyAnswered):
        answering.answer(asked.pk, scores=GOOD, at=came.after(booking))
    programme = booking.session.programme
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(ticket=ticket, programme=programme, school_year=2025, week_date=classes.DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Asked.objects.filter(pk=asked.pk).update(ticket=ticket)  # an answered question gets none back


def test_what_says_nothing_comes_late_or_leads_to_somebody_is_refused():
    booking = came.class_()
    asked, at = came.asked(booking), came.after(booking)
    for remark in (
        "Ring 070-174 06 05", "maria.lind@skola.example vet mer", "20120304-1234 var glad", "+46 70 174 06 05"
    ):  # fmt: skip
        with pytest.raises(refusals.NamesSomebody):
            answering.answer(asked.pk, scores=GOOD, remark=remark, at=at)
    with pytest.raises(refusals.NothingSaid):
        answering.answer(asked.pk, scores={"leading": 4, "quality": 9}, remark=" ", at=at)
    with pytest.raises(refusals.Closed):
        answering.answer(asked.pk, scores=GOOD, at=at + dt.timedelta(days=30))
    answering.answer(asked.pk, scores={}, remark="5 av 5, 20 elever, kl 9.30", at=at)
    assert Score.objects.count() == 0


def test_a_person_on_a_course_answers_the_questions_of_courses():
    (person,) = came.on_a_course(1)
    end = person.registration.round.occasion.ends_at
    came.asking.promise_due(at=end + came.DELAY)
    answering.answer(Asked.objects.get().pk, scores={"use": 4, "quality": 1}, at=end + came.DELAY)
    given = Answer.objects.get()
    assert given.course == person.registration.round.course
    assert list(given.scores.values_list("perspective", "value")) == [("use", 4)]


def test_an_open_line_is_struck_out_once_and_who_did_it_stays():
    programme = classes.programme()
    came.answered(programme, remark="Kalle i 5A var dum")
    by = classes.planner()
    answering.strike_out(Answer.objects.get().pk, by=by, at=classes.NOW)
    answering.strike_out(Answer.objects.get().pk, by=classes.planner(), at=classes.NOW)
    given = Answer.objects.get()
    assert (given.remark, given.struck_by) == ("", by.user)
    with pytest.raises(refusals.NoSuchAnswer):
        answering.strike_out(given.pk + 1, by=by, at=classes.NOW)


def test_open_lines_end_after_two_years_and_scores_stay():
    came.answered(classes.programme(), remark="Bra!")
    engine.run(rules.every(), why="night", at=classes.NOW + dt.timedelta(days=700))
    assert Answer.objects.get().remark == "Bra!"
    engine.run(rules.every(), why="night", at=classes.NOW + dt.timedelta(days=800))
    assert (Answer.objects.get().remark, Score.objects.count()) == ("", 2)
