"""How long annual passes remember their holders."""

import datetime as dt
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.retention import requests
from navet.retention import rules as retention
from navet.retention.rules import NOTHING, About, Emptied, Ground, Rule
from visitors import rules
from visitors.tickets.models import AnnualPass


class _ReasonIfBlocked(Emptied):
    """A blocked pass must say why; what it said is gone."""

    def in_row(self, pk: str) -> Any:
        return Case(When(blocked_at__isnull=False, then=Value(NOTHING)), default=Value(""))

    def still_held(self, name: str) -> Q:
        return ~Q(**{f"{name}__in": ["", NOTHING]})


def _over(before: dt.datetime) -> QuerySet[Any]:
    """Those whose last period ended so long ago, and those that never had one."""
    return AnnualPass.objects.ended_before(periods.local_day(before)).filter(created_at__lt=before)


retention.register(
    Rule(
        key="till.passes",
        model=AnnualPass,
        about=About.VISITORS,
        holds=_("Name and e-mail address of the holder of an annual pass, if the holder wants"),
        purpose=_("To replace a lost card, and to remind of renewal by mail where there is an address"),
        ground=Ground.CONTRACT,
        after=_("after the last day of the pass"),
        days=rules.value("pass_holder_days"),
        remains=_("For how many it was, its days and when it was used"),
        due=_over,
        empties={"holder_name": "", "holder_email": "", "blocked_reason": _ReasonIfBlocked()},
        address="holder_email",
        shows=("code", "holder_name", "holder_email", "mail_language", "created_at"),
        on_request=requests.at_once,
    )
)
retention.exempt("till.TicketKind", "what a ticket is called", "name_sv", "name_en")
retention.exempt("till.TicketKind", "how many of each category a ticket admits", "party")
retention.exempt("till.Price", "which decision a price goes by", "note")
retention.exempt("till.Price", "the code of a ticket or a pass", "product")
retention.exempt("till.ReceiptLine", "the code of a ticket or a pass", "product")
