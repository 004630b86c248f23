"""The host's list: what was asked for, as a query. The number of queries does not grow with what is found."""

import datetime as dt
from typing import Any

from django.db.models import CharField, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import money
from navet import codes, periods
from navet.payments.models import Order

DAY = dt.timedelta(days=1)


def find(
    *,
    q: str = "",
    status: str = "",
    first: dt.date | None = None,
    last: dt.date | None = None,
    room: str = "",
    lacks: str = "",
    at: dt.datetime,
) -> QuerySet[Reservation]:
    """Without a status: what holds rooms now. Without a first day: what is not over. In time order."""
    found = Reservation.objects.whole()
    found = found.filter(status=status) if status else found.holding(at)
    begins = periods.at(first, dt.time.min) if first else None
    found = found.filter(ends_at__gt=begins or at)
    if last:
        found = found.filter(occasion__period__startswith__lt=periods.at(last + DAY, dt.time.min))
    if room:
        found = found.filter(days__rooms__offer__room__slug=room).distinct()
    if lacks == "count":
        found = found.filter(status=Status.CONFIRMED, final_at__isnull=True)
    if lacks == "payment":
        found = found.filter(pk__in=_owing())
    if q:
        found = found.filter(_words(q))
    return found.order_by("occasion__period", "pk")


def _words(q: str) -> Q:
    """A code, or words of the name, the customer or the contact."""
    said = Q(code=codes.normalise(q))
    for name in ("title", "organisation", "contact_name", "contact_email"):
        said |= Q(**{f"{name}__icontains": q})
    return said


def _owing() -> QuerySet[Any]:
    """Whose order is not paid."""
    orders = Order.objects.filter(kind=money.KIND).owing().exclude(state=Order.State.LAPSED)
    number = Func("key", Value(":"), 2, function="split_part", output_field=CharField())
    return orders.annotate(number=Cast(number, IntegerField())).values("number")


def orders_of(reservations: list[Reservation]) -> dict[int, Order]:
    """By reservation, in one query."""
    keys = {money.key_of(one): one.pk for one in reservations}
    return {keys[order.key]: order for order in Order.objects.filter(key__in=keys)}
