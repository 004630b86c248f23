"""The reminder to renew an annual pass, some days before its last day, to whoever left an address."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from navet import periods
from navet.outbox import promises
from visitors import rules
from visitors.tickets.models import PassPeriod


def ending(at: dt.datetime) -> QuerySet[PassPeriod]:
    """Periods that end within the days of the setting and have none after them, of passes with an address, not blocked."""
    today = periods.local_day(at)
    last = today + dt.timedelta(days=rules.value("pass_reminder_days") + 1)
    standing = PassPeriod.objects.filter(annulled_at__isnull=True)
    later = standing.filter(annual_pass=OuterRef("annual_pass"), valid__startswith__gte=OuterRef("ends"))
    # A period is half-open: it ends on the day after its last day.
    soon = standing.annotate(ends=F("valid__endswith")).filter(ends__gt=today, ends__lte=last)
    reachable = soon.filter(annual_pass__blocked_at__isnull=True).exclude(annual_pass__holder_email="")
    return reachable.filter(~Exists(later))


@transaction.atomic
def promise_due(*, at: dt.datetime) -> int:
    """Promise the reminders that are due; how many. Each period is reminded of once, ever; with the setting at 0 none is."""
    if not rules.value("pass_reminder_days"):
        return 0
    # One that somebody works on right now is left to the next round.
    due = ending(at).filter(reminded_at=None).select_for_update(of=("self",), skip_locked=True)
    found = [period.pk for period in due]
    PassPeriod.objects.filter(pk__in=found).update(reminded_at=at)
    promises.promise_all(_promise(pk, at) for pk in found)
    return len(found)


def _promise(period_id: int, at: dt.datetime) -> promises.Promise:
    payload = {"mail": "passes.reminder", "args": {"period_id": period_id}}
    return promises.Promise("mail", key=f"passes.reminder:{period_id}", payload=payload, due_at=at)
