"""New VAT rules from a date on. What was is never changed, because lines were sold by it."""

import datetime as dt

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.payments.models import VatRule


class RuleOfThePast(Refused):
    code = "vat_rule_of_the_past"
    field = "first_date"
    message = _("A rule begins today or later, and after the one that holds now: what is sold is sold.")


@transaction.atomic
def begin(
    treatment: str,
    *,
    vat_permille: int,
    exemption: str,
    exemption_code: str,
    revenue_account: str,
    first_date: dt.date,
    source: str,
    today: dt.date,
    by: Actor,
) -> VatRule:
    """From that date on; the rule that held then ends the day before, and one that comes later keeps its days. Raises RuleOfThePast."""
    if first_date < today:
        raise RuleOfThePast()
    rules = list(VatRule.objects.select_for_update().filter(treatment=treatment).order_by("valid"))
    until = min((rule.valid.lower for rule in rules if rule.valid.lower > first_date), default=None)
    for rule in rules:
        if rule.valid.lower == first_date:
            raise RuleOfThePast()
        if rule.valid.lower < first_date and (rule.valid.upper is None or rule.valid.upper > first_date):
            rule.valid = DateRange(rule.valid.lower, first_date)
            rule.save(update_fields=["valid"])
    return VatRule.objects.create(
        treatment=treatment,
        vat_permille=vat_permille,
        exemption=exemption,
        exemption_code=exemption_code,
        revenue_account=revenue_account,
        valid=DateRange(first_date, until),
        source=source,
    )
