"""Place, change and cancel an order. Lines are never edited: a change takes back those that go and adds those that come."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.payments import changes, vat
from navet.payments.models import Basis, Order, OrderLine, Settlement, Treatment, Unit, VatRule


class NoVatRule(Refused):
    code = "no_vat_rule"
    message = _("Finance has not decided the VAT of this yet, so it cannot be sold.")


class OrderEnded(Refused):
    code = "order_ended"
    message = _("This order is cancelled and cannot be changed.")


@dataclass(frozen=True)
class Line:
    """What is to be sold: `unit_ore` without or with VAT, as the order's basis says."""

    text: str
    treatment: Treatment
    quantity: int
    unit_ore: int
    unit: Unit = Unit.PIECE


@dataclass(frozen=True)
class Buyer:
    """Who pays. An invoice needs an organisation number or a street."""

    name: str
    email: str
    organisation_number: str = ""
    reference: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""


@dataclass(frozen=True)
class _Terms:
    """What an order is placed on, and anew when it lapsed."""

    title: str
    settlement: Settlement
    supply_date: dt.date
    pay_by: dt.datetime | None
    language: str
    buyer: Buyer

    def fields(self) -> dict[str, Any]:
        buyer = vars(self.buyer)
        named = {"buyer_name": buyer["name"], "buyer_email": buyer["email"]}
        copied = {name: value for name, value in buyer.items() if name not in ("name", "email")}
        return {name: value for name, value in vars(self).items() if name != "buyer"} | named | copied


@transaction.atomic
def place(
    *,
    key: str,
    kind: str,
    title: str,
    buyer: Buyer,
    lines: Sequence[Line],
    settlement: Settlement,
    basis: Basis,
    supply_date: dt.date,
    pay_by: dt.datetime | None = None,
    language: str = "sv",
    at: dt.datetime,
    by: Actor | None = None,
) -> Order:
    """An order, once per `key`: placed again it is the one that stands, unchanged. Raises NoVatRule.

    One that was not paid in time is open again, with these lines and terms: it can be ordered once more.
    """
    terms = _Terms(title, settlement, supply_date, pay_by, language, buyer)
    standing = Order.objects.filter(key=key).first()
    if standing is not None:
        return _reopen(standing, lines, terms, at=at, by=by) if _ran_out(standing, at) else standing
    order = Order.objects.create(key=key, kind=kind, basis=basis, created_at=at, **terms.fields())
    _add(order, lines, at=at, by=by)
    return _sum_up(order)


def _ran_out(order: Order, at: dt.datetime) -> bool:
    """Not paid in time, whether or not the worker has written it down yet."""
    is_waiting = (
        order.state == Order.State.OPEN and order.settlement == Settlement.CARD and not order.paid_ore
    )
    is_late = is_waiting and order.pay_by is not None and order.pay_by <= at
    return order.state == Order.State.LAPSED or is_late


def _reopen(
    order: Order, lines: Sequence[Line], terms: _Terms, *, at: dt.datetime, by: Actor | None
) -> Order:
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not _ran_out(order, at):  # a late payment was honoured meanwhile
        return order
    order.state = Order.State.OPEN
    for name, value in terms.fields().items():
        setattr(order, name, value)
    _let_stand(order, lines, at=at, by=by)
    return changes.settle(_sum_up(order), at=at, by=by)


@transaction.atomic
def amend(
    order: Order,
    lines: Sequence[Line],
    *,
    supply_date: dt.date | None = None,
    at: dt.datetime,
    by: Actor | None = None,
) -> Order:
    """Let exactly these lines stand; those that stand already are left alone. Raises OrderEnded, NoVatRule.

    What is owed afterwards is `order.owed_ore`: more to pay, or a surplus. What was paid by card goes back by itself.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.state == Order.State.CANCELLED:
        raise OrderEnded()
    order.supply_date = supply_date or order.supply_date
    _let_stand(order, lines, at=at, by=by)
    return changes.settle(_sum_up(order), at=at, by=by)


@transaction.atomic
def cancel(order: Order, *, fee: Sequence[Line] = (), at: dt.datetime, by: Actor | None = None) -> Order:
    """Take every line back and let the fee stand, if there is one. Cancelled twice is cancelled once."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.state == Order.State.CANCELLED:
        return order
    order.state = Order.State.CANCELLED
    _let_stand(order, fee, at=at, by=by)
    return changes.settle(_sum_up(order), at=at, by=by)


def priced(lines: Iterable[Line], *, supply_date: dt.date) -> list[OrderLine]:
    """The lines with the VAT of the day of supply, unsaved: what a price is shown by before anything is placed. Raises NoVatRule."""
    rules = {rule.treatment: rule for rule in VatRule.objects.on(supply_date)}
    return [_with_vat(line, rules) for line in lines]


def _with_vat(line: Line, rules: dict[str, VatRule]) -> OrderLine:
    rule = rules.get(line.treatment)
    if rule is None:
        raise NoVatRule(treatment=line.treatment)
    return OrderLine(
        text=line.text[:200],
        treatment=line.treatment,
        quantity=line.quantity,
        unit=line.unit,
        unit_ore=line.unit_ore,
        vat_permille=rule.vat_permille,
        exemption=rule.exemption,
        exemption_code=rule.exemption_code,
    )


def _let_stand(order: Order, lines: Sequence[Line], *, at: dt.datetime, by: Actor | None) -> None:
    wanted = priced(lines, supply_date=order.supply_date)
    missing = Counter(_terms(line) for line in wanted)
    gone = []
    for line in order.lines.standing():
        if missing[_terms(line)]:
            missing[_terms(line)] -= 1
        else:
            gone.append(line)
    added = []
    for line in wanted:
        if missing[_terms(line)]:
            missing[_terms(line)] -= 1
            added.append(line)
    _write(order, [_reversal(line) for line in gone] + added, at=at, by=by)


def _terms(line: OrderLine) -> tuple[str | int, ...]:
    return (
        line.text,
        line.treatment,
        line.quantity,
        line.unit,
        line.unit_ore,
        line.vat_permille,
        line.exemption,
    )


def _reversal(line: OrderLine) -> OrderLine:
    return OrderLine(
        reverses=line,
        text=line.text,
        treatment=line.treatment,
        quantity=-line.quantity,
        unit=line.unit,
        unit_ore=line.unit_ore,
        vat_permille=line.vat_permille,
        exemption=line.exemption,
        exemption_code=line.exemption_code,
    )


def _add(order: Order, lines: Sequence[Line], *, at: dt.datetime, by: Actor | None) -> None:
    _write(order, priced(lines, supply_date=order.supply_date), at=at, by=by)


def _write(order: Order, lines: Iterable[OrderLine], *, at: dt.datetime, by: Actor | None) -> None:
    position = order.lines.count()
    rows = list(lines)
    for number, line in enumerate(rows, position + 1):
        line.order, line.position, line.at, line.by = order, number, at, by.user if by else None
    OrderLine.objects.bulk_create(rows)


def _sum_up(order: Order) -> Order:
    order.payable_ore = vat.totals(order.lines.standing(), order.basis).payable_ore
    order.save()
    return order
