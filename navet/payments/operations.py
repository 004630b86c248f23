"""Note what somebody owes. Invoicing collects it later."""

import datetime as dt

from navet.payments.models import Charge


def note_charge(
    *,
    key: str,
    organisation_number: str,
    payer: str,
    reference: str,
    description: str,
    amount_ore: int,
    vat_permille: int,
    arose_date: dt.date,
) -> None:
    """Note an amount (öre including VAT) for invoicing, once per `key`, in the caller's transaction."""
    Charge.objects.bulk_create(
        [
            Charge(
                key=key,
                organisation_number=organisation_number,
                payer=payer,
                reference=reference,
                description=description,
                amount_ore=amount_ore,
                vat_permille=vat_permille,
                arose_date=arose_date,
            )
        ],
        ignore_conflicts=True,
    )
