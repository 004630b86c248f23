"""What things cost, from a day on."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bookings.conferences.operations import refusals
from navet import periods


@transaction.atomic
def set_price(thing: Any, price: Any, *, from_date: dt.date, at: dt.datetime) -> Any:
    """A room on hire, a package or an add-on costs this from the date on, until the next price that is set already.

    The price before it ends the day before; what was booked keeps its own. Raises PriceInThePast.
    """
    if from_date < periods.local_day(at):
        raise refusals.PriceInThePast
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    for other in thing.prices.all():
        if other.valid.lower == from_date:
            other.delete()  # not begun: of two prices for one date the latter is meant
        elif from_date in other.valid:
            other.valid = DateRange(other.valid.lower, from_date, "[)")
            other.save(update_fields=["valid"])
    later = [other.valid.lower for other in thing.prices.filter(valid__startswith__gt=from_date)]
    price.valid = DateRange(from_date, min(later, default=None), "[)")
    setattr(price, thing.prices.field.name, thing)
    price.save()
    return price
