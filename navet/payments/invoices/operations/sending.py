"""An invoice leaves the house, as e-invoice or as PDF by mail; and payers are reminded."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from navet import periods
from navet.accounts.actor import Actor
from navet.outbox.promises import promise
from navet.payments.invoices import refusals
from navet.payments.invoices.models import Invoice, Reminder, State, Way
from navet.payments.invoices.models.invoices import MOVES
from navet.payments.invoices.operations import issuing, settling


@transaction.atomic
def send(invoice: Invoice, *, by: Actor, at: dt.datetime) -> Invoice:
    """Send it the customer's way; again where it was sent before. Raises NotIssued, NoMailAddress, RulesBroken."""
    invoice = settling.locked(invoice)
    if invoice.state == State.DRAFT:
        raise refusals.NotIssued()
    customer = invoice.customer
    if customer.way == Way.MAIL and not customer.email:
        raise refusals.NoMailAddress()
    issuing.check_rules(invoice)
    key = f"invoice:{invoice.pk}:{at.isoformat()}"
    if customer.way == Way.E_INVOICE:
        promise("e_invoice", key=key, payload={"invoice_id": invoice.pk}, due_at=at)
    else:
        payload = {"mail": "invoices.invoice", "args": {"invoice_id": invoice.pk}}
        promise("mail", key=key, payload=payload, due_at=at)
    invoice.sent_way, invoice.sent_at, invoice.sent_by = customer.way, at, by.user
    if State.SENT in MOVES[invoice.state] and invoice.state == State.ISSUED:
        invoice.state = State.SENT
    invoice.save()
    return invoice


@transaction.atomic
def handed_over(invoice: Invoice, *, by: Actor, at: dt.datetime) -> Invoice:
    """Somebody gave the e-invoice to the access point. Raises MoveNotAllowed where it was not sent as one, or it is done."""
    invoice = settling.locked(invoice)
    if invoice.sent_way != Way.E_INVOICE or invoice.handed_over_at:
        raise refusals.MoveNotAllowed()
    invoice.handed_over_at, invoice.handed_over_by = at, by.user
    invoice.save()
    return invoice


@transaction.atomic
def remind(invoice: Invoice, *, by: Actor, at: dt.datetime) -> Reminder:
    """Mail a reminder with the PDF. Raises NotOverdue before its step is due, NothingOwed, NoMailAddress."""
    invoice = settling.locked(invoice)
    due = next_reminder(invoice)
    if due is None or periods.local_day(at) < due:
        raise refusals.NotOverdue()
    if settling.balance(invoice) <= 0:
        raise refusals.NothingOwed()
    if not invoice.customer.email:
        raise refusals.NoMailAddress()
    step = invoice.reminders.count() + 1
    made = Reminder.objects.create(invoice=invoice, step=step, at=at, by=by.user)
    payload = {"mail": "invoices.reminder", "args": {"invoice_id": invoice.pk, "step": step}}
    promise("mail", key=f"invoice-reminder:{invoice.pk}:{step}", payload=payload, due_at=at)
    return made


def next_reminder(invoice: Invoice) -> dt.date | None:
    """From which day it may be reminded of next; None where all reminders are sent or it does not wait for money."""
    if invoice.is_credit or invoice.due_date is None or invoice.state not in (State.ISSUED, State.SENT):
        return None
    steps = settings.INVOICING["reminder_days"]
    sent = invoice.reminders.count()
    return invoice.due_date + dt.timedelta(days=steps[sent]) if sent < len(steps) else None


def remind_due(*, at: dt.datetime) -> int:
    """Remind of everything that is due for it, where the house has chosen that; return how many."""
    if not settings.INVOICING["remind_by_itself"]:
        return 0
    reminded = 0
    for invoice in Invoice.objects.overdue(periods.local_day(at)).order_by("pk"):
        try:
            remind(invoice, by=Actor(), at=at)
        except (refusals.NotOverdue, refusals.NothingOwed, refusals.NoMailAddress):
            continue
        reminded += 1
    return reminded
