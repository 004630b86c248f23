"""VAT of what the law leaves to Navet's economist, made up and marked as demo."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange

from navet.payments import statutory
from navet.payments.models import Treatment, VatRule

_RATES = {
    Treatment.ADMISSION: 250,
    Treatment.SCHOOL: 250,
    Treatment.COURSE: 250,
    Treatment.LEISURE: 250,
    Treatment.FEE: 250,
}


def make_vat_rules(today: dt.date) -> None:
    """The law's rules, and one for everything else, so that all of it can be sold in the demo."""
    statutory.ensure_rules()
    VatRule.objects.bulk_create(
        VatRule(
            treatment=treatment,
            vat_permille=rate,
            valid=DateRange(dt.date(today.year - 2, 1, 1), None),
            source="Påhittat för demon; momsen avgör Navet.",
            is_demo=True,
        )
        for treatment, rate in _RATES.items()
    )
