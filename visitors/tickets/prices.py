"""Setting what things cost, from a moment on. What was sold keeps its price."""

import datetime as dt

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused
from visitors.tickets.models import Price


class PriceInThePast(Refused):
    code = "price_in_the_past"
    field = "first_date"
    message = _("A price begins today or later: what was sold keeps its price.")


class PriceEnded(Refused):
    code = "price_ended"
    message = _("This price has ended already.")


@transaction.atomic
def begin(
    product: str,
    *,
    price_ore: int,
    vat_permille: int,
    heads: int = 1,
    first_date: dt.date,
    note: str = "",
    by: Actor,
    at: dt.datetime,
) -> Price:
    """Let a price (öre including VAT, for a ticket that admits `heads`) begin on a date, today's at this moment.

    It ends the price before it, and holds until the next one that is set already. Raises PriceInThePast.
    """
    if first_date < periods.local_day(at):
        raise PriceInThePast()
    starts_at = max(periods.day_bounds(first_date)[0], at)
    others = list(Price.objects.select_for_update().filter(product=product).order_by("valid"))
    for other in others:
        if other.valid.lower == starts_at:
            other.delete()  # not begun: two prices set for one date, the latter is meant
        elif starts_at in other.valid:
            _end(other, starts_at)
    later = [other.valid.lower for other in others if other.valid.lower > starts_at]
    return Price.objects.create(
        product=product,
        price_ore=price_ore,
        vat_permille=vat_permille,
        heads=heads,
        valid=DateTimeTZRange(starts_at, min(later, default=None), "[)"),
        note=note,
    )


@transaction.atomic
def end(price: Price, *, by: Actor, at: dt.datetime) -> None:
    """End it now; one that has not begun is taken away. Raises PriceEnded."""
    standing = Price.objects.select_for_update().filter(pk=price.pk).first()
    if standing is None or (standing.valid.upper and standing.valid.upper <= at):
        raise PriceEnded()
    if standing.valid.lower >= at:
        standing.delete()
    else:
        _end(standing, at)


def _end(price: Price, at: dt.datetime) -> None:
    price.valid = DateTimeTZRange(price.valid.lower, at, "[)")
    price.save(update_fields=["valid"])


def now(at: dt.datetime) -> dict[str, Price]:
    """Product -> its price at this moment."""
    return {price.product: price for price in Price.objects.in_force(at)}
