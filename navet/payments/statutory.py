"""The VAT rules that the law settles, each with its source; the rest is for Navet's economist to decide (DOMAIN.md section 3)."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_noop

from navet.payments.models import Treatment, VatRule

_SINCE = dt.date(2024, 1, 1)
_CONFERENCES = "Skatteverket 131 286740-16/111"
# An invoice says it in Swedish or English, so it is translated when it is shown.
ROOM_EXEMPT = gettext_noop("Letting of premises is exempt from VAT")

_RULES = [
    (Treatment.CONFERENCE, 250, "", _SINCE, None, _CONFERENCES),
    (Treatment.ROOM, 0, ROOM_EXEMPT, _SINCE, None, _CONFERENCES),
    (Treatment.MEAL, 120, "", _SINCE, None, _CONFERENCES),
    (Treatment.ALCOHOL, 250, "", _SINCE, None, "Prop. 2025/26:55"),
    (Treatment.FOOD, 120, "", _SINCE, dt.date(2026, 4, 1), "Prop. 2025/26:55"),
    (Treatment.FOOD, 60, "", dt.date(2026, 4, 1), dt.date(2028, 1, 1), "Prop. 2025/26:55"),
    (Treatment.FOOD, 120, "", dt.date(2028, 1, 1), None, "Prop. 2025/26:55"),
]


def ensure_rules() -> int:
    """Write the rules of every treatment that has none yet, and say how many were written: what finance decided stays."""
    decided = set(VatRule.objects.values_list("treatment", flat=True))
    rules = [
        VatRule(
            treatment=treatment,
            vat_permille=rate,
            exemption=exemption,
            valid=DateRange(first, until),
            source=source,
        )
        for treatment, rate, exemption, first, until, source in _RULES
        if treatment not in decided
    ]
    VatRule.objects.bulk_create(rules)
    return len(rules)
