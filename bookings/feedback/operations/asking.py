"""Asking those who came, once. Classes by their check-in at the desk, persons on a course by the attendance list."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.courses.models import Attendance, Day, Participant
from bookings.feedback.models import Asked, rule
from bookings.schools.models import SchoolBooking
from navet.house.models import Occasion
from navet.outbox import opting, promises
from navet.retention.rules import NOWHERE
from visitors.models import CheckIn

LOOKS_BACK = dt.timedelta(
    days=14
)  # what ended longer ago is not asked about any more: a worker that slept, a late start
MOST_AT_ONCE = 500


def promise_due(*, at: dt.datetime) -> int:
    """Ask everybody whose visit or course ended so long ago (settings.FEEDBACK) and who was not asked; how many."""
    if not rule("delay_hours"):
        return 0
    return _ask_classes(at) + _ask_participants(at)


@transaction.atomic
def _ask_classes(at: dt.datetime) -> int:
    found = list(classes_to_ask(at).order_by("pk")[:MOST_AT_ONCE])
    willing = opting.still_in(opting.Kind.FEEDBACK, {one.contact_email for one in found})
    wanted = [_question(at, booking=one) for one in found if one.contact_email in willing]
    Asked.objects.bulk_create(wanted, ignore_conflicts=True)  # another worker was as quick
    made = Asked.objects.filter(booking__in=[one.booking_id for one in wanted])
    return _promise(made, at)


@transaction.atomic
def _ask_participants(at: dt.datetime) -> int:
    found = list(participants_to_ask(at).order_by("pk")[:MOST_AT_ONCE])
    willing = opting.still_in(opting.Kind.FEEDBACK, {one.email for one in found})
    wanted = [_question(at, participant=one) for one in found if one.email in willing]
    Asked.objects.bulk_create(wanted, ignore_conflicts=True)
    made = Asked.objects.filter(participant__in=[one.participant_id for one in wanted])
    return _promise(made, at)


def classes_to_ask(at: dt.datetime) -> QuerySet[SchoolBooking]:
    """Bookings whose class was received at the desk, with somebody to write to, that nobody asked about yet."""
    latest = at - dt.timedelta(hours=rule("delay_hours"))
    return came_as_classes(SchoolBooking.objects.confirmed()).filter(
        ~Exists(Asked.objects.filter(booking=OuterRef("pk"))),
        ~Q(contact_email="") & ~Q(contact_email__endswith=NOWHERE),
        session__occasion__status=Occasion.Status.PLANNED,
        session__occasion__period__endswith__lte=latest,
        session__occasion__period__endswith__gt=latest - LOOKS_BACK,
    )


def came_as_classes(bookings: QuerySet[SchoolBooking]) -> QuerySet[SchoolBooking]:
    """Those with a check-in that stands."""
    received = CheckIn.objects.filter(arrival__code=OuterRef("code"), undone_at__isnull=True)
    return bookings.filter(Exists(received))


def participants_to_ask(at: dt.datetime) -> QuerySet[Participant]:
    """Persons who were there a day at least, of rounds whose last day is over, that nobody asked yet."""
    latest = at - dt.timedelta(hours=rule("delay_hours"))
    days = Day.objects.filter(round=OuterRef("registration__round"))
    return Participant.objects.filter(
        Exists(Attendance.objects.filter(participant=OuterRef("pk"))),
        ~Exists(Asked.objects.filter(participant=OuterRef("pk"))),
        ~Exists(days.filter(occasion__period__endswith__gt=latest)),
        Exists(days.filter(occasion__period__endswith__gt=latest - LOOKS_BACK)),
        ~Q(email="") & ~Q(email__endswith=NOWHERE),
        registration__occasion__status=Occasion.Status.PLANNED,
    )


def still_came(asked: Asked) -> bool:
    """Whether what the question goes by still stands: a check-in may have been undone, a name unticked."""
    if asked.participant_id is not None:
        return Attendance.objects.filter(participant=asked.participant_id).exists()
    booking = asked.booking
    return (
        booking is not None
        and came_as_classes(SchoolBooking.objects.confirmed().filter(pk=booking.pk)).exists()
    )


def _question(
    at: dt.datetime, *, booking: SchoolBooking | None = None, participant: Participant | None = None
) -> Asked:
    closes_at = at + dt.timedelta(days=rule("open_days"))
    return Asked(booking=booking, participant=participant, asked_at=at, closes_at=closes_at)


def _promise(asked: Iterable[Asked], at: dt.datetime) -> int:
    ids = [one.pk for one in asked]
    promises.promise_all(
        promises.Promise(
            "mail", f"feedback.ask:{pk}", {"mail": "feedback.ask", "args": {"asked_id": pk}}, due_at=at
        )
        for pk in ids
    )
    return len(ids)
