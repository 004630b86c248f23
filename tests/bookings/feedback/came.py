"""Classes that came and persons who were on a course, for the tests of what they think of it."""

import datetime as dt
from typing import Any

from bookings.courses.models import Participant
from bookings.courses.operations import attending
from bookings.feedback import links
from bookings.feedback.models import Asked
from bookings.feedback.operations import answering, asking
from bookings.schools.models import Programme, SchoolBooking
from navet.outbox.models import Effect
from tests.bookings.courses import lessons
from tests.bookings.schools import classes
from visitors import operations as visitors

DELAY = dt.timedelta(hours=20)


def class_(*, pupils: int = 20, came: int | None = None, **fields: Any) -> SchoolBooking:
    """A class that booked and was received at the desk, all of it unless said otherwise."""
    booking = classes.confirmed(pupils=pupils, **fields)
    starts_at = booking.session.occasion.starts_at
    heads = {"participants": pupils if came is None else came, "adults": 2}
    visitors.check_in(booking.code, **heads, by=classes.staff("desk"), at=starts_at)
    return booking


def on_a_course(many: int = 2, *, days: int = 1, **fields: Any) -> list[Participant]:
    """Persons who were there every day."""
    on = lessons.round_(days=days, **fields)
    registration = lessons.registered(on, many)
    for day in on.days.all():
        people = [one.pk for one in attending.list_of(day)]
        attending.take(
            day.pk, present=people, listed=people, by=classes.staff("educator"), at=day.occasion.starts_at
        )
    return list(registration.participants.all())


def after(booking: SchoolBooking) -> dt.datetime:
    """The moment from which its contact may be asked."""
    return booking.session.occasion.ends_at + DELAY


def asked(booking: SchoolBooking) -> Asked:
    asking.promise_due(at=after(booking))
    return Asked.objects.get(booking=booking)


def answered(
    of: Programme, *, score: int = 4, remark: str = "", clock: str = "09:00", **fields: Any
) -> Asked:
    """A class came to the programme, and its contact answered."""
    booking = class_(on=classes.session(of, clock=clock), **fields)
    question = asked(booking)
    scores = {"quality": score, "accessibility": score}
    answering.answer(question.pk, scores=scores, remark=remark, at=after(booking))
    return question


def mails() -> list[Effect]:
    return list(Effect.objects.filter(payload__mail="feedback.ask").order_by("pk"))


def question(booking: SchoolBooking, **fields: Any) -> Asked:
    """Asked as if the class had come, last week, and to be answered from now on for a while."""
    values = {
        "asked_at": classes.NOW - dt.timedelta(days=7),
        "closes_at": classes.NOW + dt.timedelta(days=23),
    }
    return Asked.objects.create(booking=booking, **values | fields)


def path(asked: Asked) -> str:
    """Of its form."""
    return f"/tyck-till/{asked.pk}-{links.key_of(asked)}/"
