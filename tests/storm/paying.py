"""Places orders, pays them on the Checkout page as a browser does, changes and cancels some, and adds both books up.

One in ten is cancelled with a fee after it was paid and one in twenty made smaller; one in fifty loses its process after the
intent, one in fifty after Stripe's answer, before anything was recorded.
"""

import datetime as dt
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from navet.outbox.models import Effect
from navet.payments import card_books, orders, payments, reconciliation, statutory, tidying
from navet.payments import stripe_gateway as gateway
from navet.payments.invoices import ledger
from navet.payments.models import Basis, Difference, Order, Payment, Refund, Settlement, Treatment
from tests.navet.payments.making import rules
from tests.sandboxes import RunningSandbox
from tests.storm import line

FAULTS = {"duplicate": 0.2, "delay": 0.1, "delay_seconds": 8, "lose": 0.05, "refuse": 0.01, "hang_up": 0.01}
FEE = orders.Line("Avbokningsavgift", Treatment.FEE, 1, 50_000)
PATIENCE = 900  # seconds for what waits to be done; nothing is measured


@dataclass
class Storm:
    """`count` orders of the dice of `seed`."""

    sandbox: RunningSandbox
    count: int
    seed: int = 1
    done: int = 0

    def begin(self) -> None:
        statutory.ensure_rules()
        rules()
        line.make_table()
        self.sandbox.control("faults", seed=self.seed, **FAULTS)

    def pay_all(self, threads: int = 4) -> None:
        with ThreadPoolExecutor(threads) as pool:
            for _ in pool.map(self._one, range(self.count)):
                self.done += 1

    def _one(self, number: int) -> None:
        dice = random.Random(f"{self.seed} order {number}")
        try:
            order = self._placed(number, dice)
            fate = dice.random()
            if fate < 0.02:
                payments._intend(order.pk, "sv", at=timezone.now())  # and killed
            elif fate < 0.04:
                intended = payments._intend(order.pk, "sv", at=timezone.now())
                session = _stubborn(lambda: gateway.create_session(payments.wish(intended)))  # and killed
                self._press(session.url, dice)
            else:
                payment = _stubborn(lambda: payments.begin(order, at=timezone.now()))
                self._press(payment.url, dice)
        finally:
            connection.close()

    def _placed(self, number: int, dice: random.Random) -> Order:
        at = timezone.now()
        wanted = orders.Line(
            "Konferens", Treatment.CONFERENCE, dice.randint(2, 60), dice.randint(9_999, 60_001)
        )
        return orders.place(
            key=f"storm:{number}", kind=line.KIND, title="Konferens", lines=[wanted], at=at, settlement=Settlement.CARD,
            basis=dice.choice(Basis.values), supply_date=dt.date(2026, 12, 1), pay_by=at + dt.timedelta(days=1),
            buyer=orders.Buyer(name="Köpare", email="kopare@example.org"),
        )  # fmt: skip

    def _press(self, url: str, dice: random.Random) -> None:
        """Card, card after a refusal, or Swish."""
        way = dice.random()
        if way < 0.1:
            self.sandbox.press(url, says="declined")
        if way < 0.6:
            assert self.sandbox.press(url, says="ok")[0] == 303
        else:
            assert self.sandbox.press(f"{url}/swish", says="yes")[0] == 303

    def change_some(self) -> None:
        """Cancel and shrink orders, paid by now or not."""
        for order in Order.objects.filter(kind=line.KIND).order_by("pk"):
            dice = random.Random(f"{self.seed} change {order.key}")
            fate = dice.random()
            at = timezone.now()
            if fate < 0.1:
                orders.cancel(order, fee=[FEE] if order.payable_ore > 100_000 else [], at=at)
            elif fate < 0.15:
                standing = order.lines.standing().get()
                smaller = orders.Line(
                    standing.text, Treatment(standing.treatment), standing.quantity - 1, standing.unit_ore
                )
                orders.amend(order, [smaller], at=at)

    def wait(self) -> None:
        """Until every webhook has been carried and every promise kept, mails aside."""
        until = time.monotonic() + PATIENCE
        while self._waiting() and time.monotonic() < until:
            time.sleep(0.5)
        assert not self._waiting(), f"still waiting: {self._waiting()}"

    def _waiting(self) -> int:
        state = self.sandbox.control("state")["deliveries"]
        open_ones = Effect.objects.filter(kind__startswith="stripe.", state=Effect.State.PENDING).count()
        return state.get("waiting", 0) + state.get("under way", 0) + open_ones

    def make_up(self) -> int:
        """What the round finds in the next minutes, until it has asked about everything that stands; returns how many."""
        standing = Payment.objects.standing().count()
        asked, later = 0, timezone.now() + dt.timedelta(minutes=11)
        for _batch in range(standing // tidying.BATCH + 2):
            asked += tidying.look_after(at=later)
        return asked


@dataclass
class Books:
    """What both sides say, öre."""

    orders: int
    paid_once: int
    told_once: int
    refunds: int
    refunded_once: int
    ours: tuple[int, int]
    theirs: tuple[int, int]
    differences: int
    surplus: int
    unlike: list[str]

    @property
    def agree(self) -> bool:
        return (
            not self.unlike and self.ours == self.theirs and not self.differences and not self.surplus
            and self.paid_once == self.told_once
        )  # fmt: skip


def add_up(since: dt.datetime) -> Books:
    """Both books, payment by payment and refund by refund."""
    end = timezone.now() + dt.timedelta(minutes=1)
    for day in {timezone.localtime(since).date(), timezone.localtime(end).date()}:
        reconciliation.run(day, at=timezone.now())
    intents = {one.id: one.received for one in gateway.intents_between(since, end) if one.received}
    gone = {one.id: one.amount for one in gateway.refunds_between(since, end) if one.status == "succeeded"}
    paid = dict(Payment.objects.paid().values_list("intent_id", "amount_ore"))
    refunded = dict(Refund.objects.counted().values_list("stripe_id", "amount_ore"))
    per_order = list(Payment.objects.paid().values_list("order", flat=True))
    codes = dict(Order.objects.filter(pk__in=per_order).values_list("code", "state"))
    wanted = {code for code, state in codes.items() if state != Order.State.CANCELLED}
    said = dict(line.told())
    unlike = [f"payment {one}" for one in intents.keys() | paid.keys() if intents.get(one) != paid.get(one)]
    unlike += [f"refund {one}" for one in gone.keys() | refunded.keys() if gone.get(one) != refunded.get(one)]
    unlike += [f"told {code}" for code in wanted if said.get(code) != 1]
    unlike += [f"told {code} {times} times" for code, times in said.items() if times != 1]
    unlike += _unlike_in_the_vouchers(since, end, at_stripe=sum(intents.values()) - sum(gone.values()))
    return Books(
        orders=Order.objects.filter(kind=line.KIND).count(),
        paid_once=len(per_order) if len(set(per_order)) == len(per_order) else -1,
        told_once=len(per_order) if not [one for one in unlike if one.startswith("told")] else -1,
        refunds=len(refunded),
        refunded_once=len(gone),
        ours=(sum(paid.values()), sum(refunded.values())),
        theirs=(sum(intents.values()), sum(gone.values())),
        differences=Difference.objects.count(),
        surplus=Order.objects.overpaid().count(),
        unlike=unlike,
    )


def _unlike_in_the_vouchers(since: dt.datetime, end: dt.datetime, *, at_stripe: int) -> list[str]:
    """What the ledger would be told of those days: each voucher balances, and together they are what Stripe has."""
    entries = card_books.entries(timezone.localtime(since).date(), timezone.localtime(end).date())
    chart = ledger.accounts()
    crooked = [f"voucher {one.number}" for one in entries if ledger.of_card(one, chart).balance_ore]
    booked = sum(one.amount_ore for one in entries)
    owed = sum(one.change.owed_back_ore for one in entries)
    return crooked + [f"vouchers of {booked}, owed back {owed}"] * (booked != at_stripe or owed != 0)


def _stubborn(ask: Callable[[], Any]) -> Any:
    """As a guest who presses again."""
    while True:
        try:
            return ask()
        except (gateway.Unreachable, payments.CannotPayNow):
            time.sleep(0.1)


class Killer(threading.Thread):
    """Kills one of the workers every so often and starts another in its place, until told to stop."""

    def __init__(
        self, start: Callable[[], object], kill: Callable[[object], None], *, workers: int, every: float
    ) -> None:
        super().__init__(daemon=True)
        self._start_one, self._kill, self._every = start, kill, every
        self.workers = [start() for _ in range(workers)]
        self.killed = 0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(self._every):
            self._kill(self.workers.pop(0))
            self.killed += 1
            self.workers.append(self._start_one())

    def stop(self) -> None:
        """No more killing; those that live go on."""
        self._over.set()
        self.join()
