"""What follows for the money when an order's lines change."""

import datetime as dt

from navet.accounts.actor import Actor
from navet.payments import payments, refunds
from navet.payments.models import Order


def settle(order: Order, *, at: dt.datetime, by: Actor | None) -> Order:
    """A surplus goes back, and a Checkout page for another sum is closed; in the transaction that holds the order."""
    refunds.return_surplus(order, by=by, at=at)
    payments.promise_close(order, at=at)
    return order
