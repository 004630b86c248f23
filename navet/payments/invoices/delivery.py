"""How an e-invoice leaves the house. There is no access point yet: the file is put in a folder, for somebody to hand over.

A real one is a function of the same shape, named by the setting EINVOICE_DELIVERY; it is called by the outbox, so it may
fail and is tried again, and it must bear being called twice with the same file.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from navet.outbox.models import Effect
from navet.payments.invoices import documents
from navet.payments.invoices.models import Invoice


def send(effect: Effect) -> None:
    """Handler of "e_invoice": the finished UBL to whoever delivers."""
    invoice = Invoice.objects.select_related("customer", "credits").get(pk=effect.payload["invoice_id"])
    deliver = import_string(settings.EINVOICE_DELIVERY)
    deliver(documents.file_name(invoice, "xml"), documents.ubl_of(invoice))


def to_folder(name: str, content: bytes) -> None:
    """Write the file whole or not at all; the same file again changes nothing."""
    folder = Path(settings.EINVOICE_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{name}.part"
    part.write_bytes(content)
    part.replace(folder / name)


def forget(invoices: Iterable[int]) -> None:
    """The files of those go from the folder, when the transaction is through: what an invoice no longer says, no file does."""
    names = [documents.file_name(one, "xml") for one in Invoice.objects.filter(pk__in=list(invoices))]
    for name in names:
        transaction.on_commit(partial((Path(settings.EINVOICE_FOLDER) / name).unlink, missing_ok=True))


def is_by_hand() -> bool:
    """Whether somebody has to hand the files over to the access point."""
    return settings.EINVOICE_DELIVERY == "navet.payments.invoices.delivery.to_folder"
