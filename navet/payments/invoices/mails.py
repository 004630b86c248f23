"""What is said by mail to a payer: the invoice itself, and a reminder of it."""

from typing import Any

from django.utils import timezone

from navet.outbox.mail import Attachment, Mail, render
from navet.payments.invoices import bankgiro, documents
from navet.payments.invoices.models import Invoice, State
from navet.payments.invoices.operations import settling


def invoice(*, invoice_id: int) -> Mail | None:
    """With the PDF."""
    return _mail(
        "invoices_invoice", Invoice.objects.select_related("customer", "credits").get(pk=invoice_id), {}
    )


def reminder(*, invoice_id: int, step: int) -> Mail | None:
    """None when it has been settled since."""
    found = Invoice.objects.select_related("customer", "credits").get(pk=invoice_id)
    owed = settling.balance(found)
    if found.state not in (State.ISSUED, State.SENT) or owed <= 0:
        return None
    return _mail("invoices_reminder", found, {"step": step, "owed_ore": owed})


def _mail(template: str, found: Invoice, context: dict[str, Any]) -> Mail:
    pdf = documents.pdf_of(found, today=timezone.localdate())
    file = Attachment(documents.file_name(found, "pdf"), "application/pdf", pdf)
    document = documents.of(found)
    number = document.seller.bankgiro
    pay_to = {"bankgiro": bankgiro.pretty(number) if number else ""}
    return render(
        template,
        to=[found.customer.email],
        language=found.language,
        context={"invoice": found, "document": document, **pay_to, **context},
        attachments=(file,),
    )
