"""A product line for tests, which writes down what it is told, and relaying of what was promised."""

import datetime as dt

from django.utils import timezone

from navet.outbox import relay
from navet.outbox.models import Effect
from navet.payments import handlers
from navet.payments.models import Order, Settlement
from tests.navet.payments import making


class Line:
    """Wants every payment unless told otherwise."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.wants = True

    def lock(self, order: Order) -> None:
        """Nothing of its own."""

    def paid(self, order: Order, *, at: dt.datetime) -> bool:
        self.told.append(("paid", order.code))
        return self.wants

    def unpaid(self, order: Order, *, at: dt.datetime) -> None:
        self.told.append(("unpaid", order.code))

    def address(self, order: Order) -> str:
        return f"/konferens/bokning/{order.code}/"


def register(monkeypatch) -> Line:
    made = Line()
    monkeypatch.setitem(handlers._handlers, "test", made)
    return made


def order(**changed) -> Order:
    """One to be paid by card within a day of now: 29 750,00 kr."""
    at = timezone.now()
    terms = {"settlement": Settlement.CARD, "pay_by": at + dt.timedelta(days=1), "at": at}
    return making.order(**terms | changed)


def relay_all() -> None:
    """Keep what was promised, mails aside, as the worker does, without waiting."""
    at = timezone.now() + dt.timedelta(minutes=1)
    Effect.objects.filter(kind="mail").update(due_at=at + dt.timedelta(days=99))
    while relay.relay_one(at):
        pass
    failed = Effect.objects.exclude(last_error="").values_list("kind", "last_error")
    assert not list(failed)
