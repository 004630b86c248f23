"""Which rooms and educators are free in a period: what a form offers. The operation decides."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from navet.accounts.models import User
from navet.house.models import Duty, Occasion, Room, RoomUse

MINUTE = dt.timedelta(minutes=1)


def free_rooms(period: DateTimeTZRange, *, moving: Occasion | None = None) -> QuerySet[Room]:
    """Active rooms of which no cell is held in the period with the room's turnaround after it; one query.

    An occasion that is being moved does not stand in its own way.
    """
    turnaround = ExpressionWrapper(F("turnaround_minutes") * Value(MINUTE), output_field=DurationField())
    free_at = ExpressionWrapper(
        Value(period.upper, output_field=DateTimeField()) + turnaround, output_field=DateTimeField()
    )
    taken = RoomUse.objects.filter(
        holds=True,
        cell__rooms=OuterRef("pk"),
        period__startswith__lt=OuterRef("free_at"),
        period__endswith__gt=period.lower,
    ).filter(_not(moving))
    rooms = Room.objects.active().filter(cells__isnull=False).distinct()
    return rooms.annotate(free_at=free_at).filter(~Exists(taken)).order_by("slug")


def free_educators(period: DateTimeTZRange, *, moving: Occasion | None = None) -> QuerySet[User]:
    """Active users who lead nothing in the period; one query."""
    busy = Duty.objects.filter(holds=True, educator=OuterRef("pk"), period__overlap=period)
    return User.objects.active().filter(~Exists(busy.filter(_not(moving)))).order_by("name", "pk")


def _not(moving: Occasion | None) -> Q:
    return ~Q(occasion=moving.pk) if moving else Q()
