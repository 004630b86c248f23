"""What is to be invoiced becomes drafts, which somebody looks at before they are issued."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from navet import periods
from navet.payments import vat
from navet.payments.invoices import refusals
from navet.payments.invoices.models import Customer, Invoice, InvoiceLine, Schedule, State
from navet.payments.invoices.operations import standing
from navet.payments.models import Basis, Charge, Order, OrderLine, Settlement, Treatment, VatRule

HALF_YEARS = (1, 7)  # months in which half-years are collected


@transaction.atomic
def draft_order(order: Order, *, at: dt.datetime) -> Invoice:
    """A draft of what stands in the order and is on no invoice: all of it, or what was added since. Raises AlreadyDrafted, CreditFirst, NothingToInvoice.

    An invoice of what was added and those before it come to exactly what the order comes to.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    found = standing.of(order)
    if found.draft:
        raise refusals.AlreadyDrafted()
    if found.is_to_be_renewed:
        raise refusals.CreditFirst()
    if not found.loose or order.settlement != Settlement.INVOICE or order.state == Order.State.LAPSED:
        raise refusals.NothingToInvoice()
    reference = found.invoices[0].reference if found.invoices else order.reference
    invoice = _draft(
        customer_of(order), reference, basis=order.basis, language=order.language, at=at, order=order
    )
    return _write(invoice, found)


@transaction.atomic
def follow(order: Order, *, at: dt.datetime) -> None:
    """Let the draft of an order say what the order says now; one of nothing is thrown away. What is issued stays. The caller holds the order."""
    draft = Invoice.objects.select_for_update(of=["self"]).filter(order=order, state=State.DRAFT).first()
    if draft is None:
        return
    found = standing.of(order, without=draft)
    draft.lines.all().delete()
    if found.is_to_be_renewed or found.loose_ore <= 0:
        draft.delete()
        return
    draft.created_at = at
    _write(draft, found)


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
    lines = [_of_charge(charge, customer.language) for charge in charges]
    return _fill(invoice, lines, standing.sum_up(lines, invoice.basis))


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
    except (refusals.NothingToInvoice, refusals.AlreadyDrafted, refusals.CreditFirst, refusals.NoExemption):
        return False  # it stays in what waits, where staff see it
    return True


def orders_due(today: dt.date) -> list[Order]:
    """Orders by invoice that wait, and whose customer is invoiced at once or whose event has been."""
    at_once = Customer.objects.filter(orders_schedule=Schedule.AT_ONCE).exclude(organisation_number="")
    numbers = set(at_once.values_list("organisation_number", flat=True))
    waiting = [one.order for one in standing.waiting()]
    return [one for one in waiting if one.supply_date < today or one.organisation_number in numbers]


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


def _draft(customer: Customer, reference: str, *, at: dt.datetime, **fields: Any) -> Invoice:
    invoice = Invoice(customer=customer, created_at=at, **fields)
    _refer(invoice, reference)
    return invoice


def _refer(invoice: Invoice, reference: str) -> None:
    is_order = invoice.customer.reference_is_order
    invoice.buyer_reference = "" if is_order else reference
    invoice.order_reference = reference if is_order else ""


def _write(invoice: Invoice, found: standing.Standing) -> Invoice:
    """What is loose in the order, and on an invoice of what was added, to which."""
    order = found.order
    invoice.supply_date, invoice.note = order.supply_date, order.title[:300]
    if found.invoices:
        with override(order.language):
            numbers = ", ".join(str(one.number) for one in found.invoices)
            invoice.note = gettext("%(what)s. Added to invoice %(numbers)s.") % {
                "what": order.title[:200], "numbers": numbers
            }  # fmt: skip
    return _fill(invoice, [_of_order(line, order.language) for line in found.loose], found.columns)


def _fill(invoice: Invoice, lines: list[InvoiceLine], columns: dict[str, int]) -> Invoice:
    for name, ore in columns.items():
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
