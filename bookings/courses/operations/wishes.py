"""A course of a school's own: asked for, planned as a round that is reserved for the school, or declined.

Lock order: the wish first, then what planning a round locks.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from bookings.common.refusals import SchoolClosed
from bookings.courses.models import Course, OwnCourse, Round
from bookings.courses.operations import planning, refusals
from navet.accounts.actor import Actor
from navet.directory.models import SchoolUnit
from navet.outbox import promises
from navet.transactions import operation

MOST_OPEN = 5  # unanswered wishes of one address


@operation
def ask(
    *,
    code: str,
    school: SchoolUnit,
    course: Course | None,
    what: str,
    persons: int,
    when: str,
    contact_name: str,
    contact_email: str,
    contact_phone: str = "",
    mail_language: str = "sv",
    by: Actor | None,
    at: dt.datetime,
) -> OwnCourse:
    """The planners are asked, and whoever asks hears that they are. Asked again under the same code it is the same wish.

    Raises SchoolClosed, NothingAskedFor, TooManyWishes.
    """
    if earlier := OwnCourse.objects.filter(code=code).first():
        return earlier
    if not school.is_open:
        raise SchoolClosed
    if course is None and not what.strip():
        raise refusals.NothingAskedFor
    address = contact_email.lower()
    if OwnCourse.objects.waiting().filter(contact_email=address).count() >= MOST_OPEN:
        raise refusals.TooManyWishes
    made = OwnCourse.objects.create(
        code=code,
        school=school,
        course=course,
        what=" ".join(what.split()),
        persons=persons,
        when=" ".join(when.split()),
        contact_name=" ".join(contact_name.split()),
        contact_email=address,
        contact_phone=contact_phone,
        mail_language=mail_language,
        created_at=at,
    )
    _tell(made, "own_asked", at)
    return made


@transaction.atomic
def plan(wish_id: int, *, course: Course, by: Actor, at: dt.datetime, **wanted: Any) -> Round:
    """A round for this school alone; `wanted` is what planning.plan_round takes. The school is told. Raises as planning does, AlreadyAnswered."""
    wish = _lock(wish_id)
    made = planning.plan_round(course, **wanted, reserved_for=wish.school, by=by, at=at)
    wish.round = made
    _answer(wish, OwnCourse.Status.PLANNED, by, at)
    _tell(wish, "own_planned", at)
    return made


@transaction.atomic
def decline(wish_id: int, *, reason: str, by: Actor, at: dt.datetime) -> OwnCourse:
    """It cannot be; the school is told why. Raises AlreadyAnswered."""
    wish = _lock(wish_id)
    wish.answer = " ".join(reason.split())
    _answer(wish, OwnCourse.Status.DECLINED, by, at)
    _tell(wish, "own_declined", at)
    return wish


def _lock(wish_id: int) -> OwnCourse:
    wish = (
        OwnCourse.objects.select_for_update(of=("self",)).select_related("school").filter(pk=wish_id).first()
    )
    if wish is None:
        raise refusals.NoSuchWish
    if wish.status != OwnCourse.Status.ASKED:
        raise refusals.AlreadyAnswered
    return wish


def _answer(wish: OwnCourse, status: str, by: Actor, at: dt.datetime) -> None:
    wish.status, wish.answered_at, wish.answered_by = status, at, by.user
    wish.save()


def _tell(wish: OwnCourse, mail: str, at: dt.datetime) -> None:
    promises.promise(
        "mail",
        key=f"courses.{mail}:{wish.code}",
        payload={"mail": f"courses.{mail}", "args": {"wish_id": wish.pk}},
        due_at=at,
    )
