"""What each thing makes of the balance, as Stripe's balance transactions say it; and payouts to the bank.

The fees are made up; the shapes are those of the SDK (stripe 16.1.0: `BalanceTransaction`, `Payout`).
"""

import json

from . import events
from .errors import ApiError, missing
from .store import Body, Store

DAY = 24 * 60 * 60
WAITS = 3 * DAY  # seconds until money may be paid out
FEES = {"card": (15, 180), "swish": (10, 300)}  # per mille, and öre for each
DISPUTE_FEE = 20_000


def note(
    store: Store, source: Body, kind: str, category: str, amount: int, *, fee: int = 0, now: int
) -> Body:
    """One balance transaction about `source`."""
    details = [{"amount": fee, "application": None, "currency": "sek", "description": "Stripe processing fees", "type": "stripe_fee"}]  # fmt: skip
    made = store.add(
        "balance_transaction",
        "txn",
        now,
        {
            "amount": amount,
            "available_on": now if kind == "payout" else now + WAITS,
            "balance_type": "payments",
            "currency": source["currency"],
            "description": None,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": details if fee else [],
            "net": amount - fee,
            "reporting_category": category,
            "source": source["id"],
            "status": "available" if kind == "payout" else "pending",
            "type": kind,
        },
    )
    store.ask("INSERT INTO balance VALUES (?, ?, ?)", made["id"], made["available_on"], made["net"])
    return made


def charged(store: Store, charge: Body, method: str, *, now: int) -> None:
    """A local way to pay is a `payment` where a card is a `charge`; both are of the category charge."""
    per_mille, each = FEES[method]
    fee = round(charge["amount"] * per_mille / 1000) + each
    kind = "charge" if method == "card" else "payment"
    made = note(store, charge, kind, "charge", charge["amount"], fee=min(fee, charge["amount"]), now=now)
    store.put(charge | {"balance_transaction": made["id"]})


def refunded(store: Store, refund: Body, *, now: int) -> None:
    """What was kept of the payment stays kept."""
    note(store, refund, "refund", "refund", -refund["amount"], now=now)


def refund_failed(store: Store, refund: Body, *, now: int) -> None:
    note(store, refund, "refund_failure", "refund_failure", refund["amount"], now=now)


def disputed(store: Store, dispute: Body, *, now: int) -> None:
    """Withheld while it is open, with a fee that is kept whatever becomes of it."""
    note(store, dispute, "adjustment", "dispute", -dispute["amount"], fee=DISPUTE_FEE, now=now)


def dispute_won(store: Store, dispute: Body, *, now: int) -> None:
    note(store, dispute, "adjustment", "dispute_reversal", dispute["amount"], now=now)


def pay_out(store: Store, *, now: int, status: str = "paid", everything: bool = False) -> Body | None:
    """Send what may be sent to the bank, `everything` whether it may or not; None where there is nothing."""
    until = now + (10 * WAITS if everything else 0)
    (amount,) = store.ask("SELECT coalesce(sum(net), 0) FROM balance WHERE available_on <= ?", until)[0]
    if amount <= 0:
        return None
    made = store.add(
        "payout",
        "po",
        now,
        {
            "amount": amount,
            "arrival_date": now - now % DAY,
            "automatic": not everything,
            "currency": "sek",
            "destination": "ba_sandbox",
            "failure_code": None,
            "method": "standard",
            "reconciliation_status": "completed",
            "source_type": "card",
            "status": status,
            "type": "bank_account",
        },
    )
    entry = note(store, made, "payout", "payout", -amount, now=now)
    made = store.put(made | {"balance_transaction": entry["id"]})
    events.emit(store, "payout.paid" if status == "paid" else "payout.created", made, now=now)
    return made


def end_payout(store: Store, id_: str, status: str, *, now: int) -> Body:
    """It arrives, or the bank sends it back, also after it was said to be paid."""
    payout = store.get("payout", id_)
    if payout is None:
        raise missing("payout", id_)
    if status not in ("paid", "failed") or payout["status"] == "failed":
        raise ApiError("A payout ends as paid or failed.")
    ended = store.put(payout | {"status": status})
    if status == "failed":
        back = note(store, payout, "payout_failure", "payout_reversal", payout["amount"], now=now)
        ended = store.put(
            ended | {"failure_code": "account_closed", "failure_balance_transaction": back["id"]}
        )
    events.emit(store, f"payout.{status}", ended, now=now)
    return ended


def pay_out_daily(store: Store, *, now: int) -> None:
    """As an account does that is paid out every day."""
    with store.writing():
        last = store.ask("SELECT body FROM objects WHERE kind = 'payout' ORDER BY number DESC LIMIT 1")
        if not last or json.loads(last[0][0])["created"] // DAY < now // DAY:
            pay_out(store, now=now)
