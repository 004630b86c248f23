"""An answer is given: its ticket moves from the question to it, and after that nothing leads from one to the other."""

import datetime as dt
import re
from collections.abc import Mapping

from django.db import transaction

from bookings.courses.models import Course
from bookings.feedback import questions
from bookings.feedback.models import MOST, Answer, Asked, Score
from bookings.feedback.operations import refusals
from navet import periods, school_years
from navet.accounts.actor import Actor

# What leads to a person by itself: an address, or a row of digits as long as a telephone or personal number.
_LEADS_TO_SOMEBODY = re.compile(r"\S@\S+\.\S|(?:\d[\s\-–+()/.]{0,2}){8,}")


@transaction.atomic
def answer(asked_id: int, *, scores: Mapping[str, int], remark: str = "", at: dt.datetime) -> None:
    """Keep the answer; one for each question. Scores of perspectives that were not asked for are left out.

    Raises AlreadyAnswered, Closed, NothingSaid, NamesSomebody.
    """
    asked = Asked.objects.select_for_update(of=("self",)).whole().get(pk=asked_id)
    require_open(asked, at)
    kept = _kept(asked, scores)
    remark = remark.strip()
    if not kept and not remark:
        raise refusals.NothingSaid
    if _LEADS_TO_SOMEBODY.search(remark):
        raise refusals.NamesSomebody
    ticket, asked.ticket, asked.is_answered = asked.ticket, None, True
    asked.save(update_fields=["ticket", "is_answered"])
    given = _answer_of(asked, at)
    given.ticket, given.remark = ticket or "", remark  # require_open says that there is one
    given.save(force_insert=True)
    Score.objects.bulk_create(
        Score(answer=given, perspective=name, value=value) for name, value in kept.items()
    )


def require_open(asked: Asked, at: dt.datetime) -> None:
    """Raises AlreadyAnswered, Closed."""
    if asked.is_answered:
        raise refusals.AlreadyAnswered
    if asked.closes_at <= at:
        raise refusals.Closed


@transaction.atomic
def strike_out(answer_id: int, *, by: Actor, at: dt.datetime) -> Answer:
    """The open line names somebody, or should not stand there: it goes, and who took it away stays. Raises NoSuchAnswer."""
    found = Answer.objects.select_for_update(of=("self",)).filter(pk=answer_id).first()
    if found is None:
        raise refusals.NoSuchAnswer
    if found.struck_at is None:
        found.remark, found.struck_at, found.struck_by = "", at, by.user
        found.save(update_fields=["remark", "struck_at", "struck_by"])
    return found


def _kept(asked: Asked, scores: Mapping[str, int]) -> dict[str, int]:
    wanted = [one.perspective.value for one in questions.asked_of(is_of_a_course=asked.is_of_a_course)]
    return {name: scores[name] for name in wanted if 1 <= scores.get(name, 0) <= MOST}


def _answer_of(asked: Asked, at: dt.datetime) -> Answer:
    today = periods.local_day(at)
    monday = today - dt.timedelta(days=today.weekday())
    year = school_years.of(periods.local_day(asked.came_at))
    about = asked.about
    of = {"course": about} if isinstance(about, Course) else {"programme": about}
    return Answer(**of, school_year=year, week_date=monday)
