"""What follows for the money when an order's lines change."""

import datetime as dt
from typing import Protocol

from navet.accounts.actor import Actor
from navet.payments import payments, refunds
from navet.payments.models import Order


class Follower(Protocol):
    """Told in the transaction that changed the order, which holds it."""

    def __call__(self, order: Order, *, at: dt.datetime) -> None: ...


_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Once per app that goes by orders, when it is ready: drafts of invoices do, which lie above them."""
    _followers.append(follower)


def settle(order: Order, *, at: dt.datetime, by: Actor | None) -> Order:
    """Drafts follow, a surplus goes back, and a Checkout page for another sum is closed; in the transaction that holds the order."""
    for follower in _followers:
        follower(order, at=at)
    refunds.return_surplus(order, by=by, at=at)
    payments.promise_close(order, at=at)
    return order
