"""What is to be invoiced becomes drafts, which somebody looks at before they are issued."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from navet import periods
from navet.payments import vat
from navet.payments.invoices import refusals
from navet.payments.invoices.models import Customer, Invoice, InvoiceLine, Kind, Schedule, State
from navet.payments.models import Basis, Charge, Order, OrderLine, Settlement, Treatment, VatRule

HALF_YEARS = (1, 7)  # months in which half-years are collected


@transaction.atomic
def draft_order(order: Order, *, at: dt.datetime) -> Invoice:
    """A draft of everything that stands in the order. Raises AlreadyDrafted, NothingToInvoice.

    What was invoiced before and no longer stands is credited first (crediting.credit), so that a new invoice is whole.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if uncredited(order):
        raise refusals.AlreadyDrafted()
    lines = list(order.lines.standing())
    if not lines or order.settlement != Settlement.INVOICE or order.state == Order.State.LAPSED:
        raise refusals.NothingToInvoice()
    customer = customer_of(order)
    invoice = _draft(
        customer, order.reference, basis=order.basis, language=order.language, at=at,
        order=order, supply_date=order.supply_date, note=order.title[:300],
    )  # fmt: skip
    return _fill(invoice, [_of_order(line, order.language) for line in lines])


@transaction.atomic
def draft_charges(customer: Customer, reference: str, *, until: dt.date, at: dt.datetime) -> Invoice:
    """A draft of what the customer owes under one reference and that arose before `until`. Raises NothingToInvoice."""
    charges = list(
        Charge.objects.select_for_update(of=("self",))
        .to_invoice()
        .filter(
            organisation_number=customer.organisation_number, reference=reference,
            arose_date__lt=until, amount_ore__gt=0, invoice_line__isnull=True,
        )
        .order_by("arose_date", "pk")
    )  # fmt: skip
    if not charges or not customer.organisation_number:
        raise refusals.NothingToInvoice()
    invoice = _draft(customer, reference, basis=Basis.GROSS, language=customer.language, at=at)
    return _fill(invoice, [_of_charge(charge, customer.language) for charge in charges])


@transaction.atomic
def discard(invoice: Invoice, *, at: dt.datetime) -> None:
    """Throw a draft away; what it was made of waits again. Raises NotADraft."""
    invoice = Invoice.objects.select_for_update().get(pk=invoice.pk)
    if invoice.state != State.DRAFT:
        raise refusals.NotADraft()
    invoice.delete()


@transaction.atomic
def set_reference(invoice: Invoice, reference: str) -> Invoice:
    """What the buyer wants on it, while it is a draft. Raises NotADraft."""
    invoice = Invoice.objects.select_for_update(of=["self"]).select_related("customer").get(pk=invoice.pk)
    if invoice.state != State.DRAFT:
        raise refusals.NotADraft()
    _refer(invoice, reference)
    invoice.save()
    return invoice


def collect_due(*, at: dt.datetime) -> int:
    """Draft what customers' schedules say is due by now; return how many drafts were made. Repeating it makes none twice."""
    today = periods.local_day(at)
    made = 0
    for order in orders_due(today):
        made += _attempted(lambda order=order: draft_order(order, at=at))
    for customer, reference in charges_due(today):
        until = collected_until(customer, today)
        made += _attempted(
            lambda customer=customer, reference=reference, until=until: draft_charges(
                customer, reference, until=until, at=at
            )
        )
    return made


def _attempted(make: Any) -> bool:
    try:
        make()
    except (refusals.NothingToInvoice, refusals.AlreadyDrafted, refusals.NoExemption):
        return False  # it stays in what waits, where staff see it
    return True


def orders_due(today: dt.date) -> list[Order]:
    """Orders by invoice that wait, and whose customer is invoiced at once or whose event has been."""
    at_once = Customer.objects.filter(orders_schedule=Schedule.AT_ONCE).exclude(organisation_number="")
    numbers = set(at_once.values_list("organisation_number", flat=True))
    return [
        order
        for order in waiting_orders()
        if order.supply_date < today or order.organisation_number in numbers
    ]


def waiting_orders() -> list[Order]:
    """Orders by invoice with something standing that no draft or uncredited invoice holds."""
    held = Invoice.objects.filter(kind=Kind.INVOICE, order__isnull=False).exclude(state=State.CREDITED)
    orders = Order.objects.filter(settlement=Settlement.INVOICE, payable_ore__gt=0).exclude(
        state=Order.State.LAPSED
    )
    return list(orders.exclude(pk__in=held.values("order")).order_by("supply_date", "pk"))


def changed_orders() -> list[Invoice]:
    """Issued invoices whose order has changed since: they are to be credited, and what stands invoiced anew."""
    invoices = Invoice.objects.issued().filter(kind=Kind.INVOICE, order__isnull=False)
    invoices = invoices.exclude(state=State.CREDITED).select_related("order", "customer")
    found = []
    for invoice in invoices.prefetch_related("lines", "order__lines__reversal"):
        standing = {
            line.pk
            for line in (invoice.order.lines.all() if invoice.order else ())
            if line.reverses_id is None and not _is_reversed(line)
        }
        if standing != {line.order_line_id for line in invoice.lines.all()}:
            found.append(invoice)
    return found


def _is_reversed(line: OrderLine) -> bool:
    return hasattr(line, "reversal")


def charges_due(today: dt.date) -> list[tuple[Customer, str]]:
    """Customers and references with charges that arose before their month or half-year began."""
    customers = {one.organisation_number: one for one in Customer.objects.exclude(organisation_number="")}
    waiting = Charge.objects.to_invoice().filter(invoice_line__isnull=True, amount_ore__gt=0)
    due = set()
    for number, reference, arose in waiting.values_list("organisation_number", "reference", "arose_date"):
        customer = customers.get(number)
        if customer and arose < collected_until(customer, today):
            due.add((customer, reference))
    return sorted(due, key=lambda one: (one[0].name, one[1]))


def collected_until(customer: Customer, today: dt.date) -> dt.date:
    """The first day of this month, or of this half-year: what arose before it is collected."""
    if customer.charges_schedule == Schedule.HALF_YEARLY:
        return today.replace(month=HALF_YEARS[today.month >= HALF_YEARS[1]], day=1)
    return today.replace(day=1)


def uncredited(order: Order) -> bool:
    """Whether a draft or an invoice that stands holds the order."""
    return order.invoices.filter(kind=Kind.INVOICE).exclude(state=State.CREDITED).exists()


def customer_of(order: Order) -> Customer:
    """The customer with the order's organisation number, or its e-mail address and name; a new one where there is none."""
    if order.organisation_number:
        found = Customer.objects.filter(organisation_number=order.organisation_number).first()
    else:
        found = Customer.objects.filter(
            organisation_number="", email=order.buyer_email, name=order.buyer_name
        ).first()
    return found or Customer.objects.create(
        name=order.buyer_name,
        organisation_number=order.organisation_number,
        street=order.street,
        postal_code=order.postal_code,
        city=order.city,
        email=order.buyer_email,
        language=order.language,
    )


def sum_up(lines: Sequence[Any], basis: str) -> dict[str, int]:
    """The columns of an invoice that the lines come to, by `vat.totals`."""
    totals = vat.totals(lines, basis)
    columns = {"rounding_ore": totals.rounding_ore, "payable_ore": totals.payable_ore}
    for rate in totals.rates:
        columns[f"net_{rate.vat_permille}_ore"] = rate.net_ore
        if rate.vat_permille:
            columns[f"vat_{rate.vat_permille}_ore"] = rate.vat_ore
    return columns


def _draft(customer: Customer, reference: str, *, at: dt.datetime, **fields: Any) -> Invoice:
    invoice = Invoice(customer=customer, created_at=at, **fields)
    _refer(invoice, reference)
    return invoice


def _refer(invoice: Invoice, reference: str) -> None:
    is_order = invoice.customer.reference_is_order
    invoice.buyer_reference = "" if is_order else reference
    invoice.order_reference = reference if is_order else ""


def _fill(invoice: Invoice, lines: list[InvoiceLine]) -> Invoice:
    for name, ore in sum_up(lines, invoice.basis).items():
        setattr(invoice, name, ore)
    invoice.save()
    for position, line in enumerate(lines, 1):
        line.invoice, line.position = invoice, position
        line.net_ore = vat.line_net(line, invoice.basis)
    InvoiceLine.objects.bulk_create(lines)
    return invoice


def _of_order(line: OrderLine, language: str) -> InvoiceLine:
    with override(language):
        exemption = gettext(line.exemption) if line.exemption else ""
    return InvoiceLine(
        order_line=line, text=line.text, treatment=line.treatment, quantity=line.quantity, unit=line.unit,
        unit_ore=line.unit_ore, vat_permille=line.vat_permille, exemption=exemption,
        exemption_code=line.exemption_code,
    )  # fmt: skip


def _of_charge(charge: Charge, language: str) -> InvoiceLine:
    """Raises NoExemption for one without VAT whose reason no rule of its day gives."""
    exemption, code = "", ""
    if not charge.vat_permille:
        rule = (
            VatRule.objects.on(charge.arose_date).filter(treatment=Treatment.SCHOOL, vat_permille=0).first()
        )
        if rule is None:
            raise refusals.NoExemption()
        with override(language):
            exemption, code = gettext(rule.exemption), rule.exemption_code
    return InvoiceLine(
        charge=charge, text=charge.description, treatment=Treatment.SCHOOL, quantity=1, unit_ore=charge.amount_ore,
        vat_permille=charge.vat_permille, exemption=exemption, exemption_code=code,
    )  # fmt: skip
