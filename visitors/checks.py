"""The nightly addition: run, kept, and told of when something does not agree."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable

from django.db import connection, transaction
from django.db.models import Q

from navet import periods
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.outbox import promises
from visitors import audit
from visitors.models import CheckIn, LedgerCheck, Visit

KEPT = 200  # differences that a check keeps; the command lists them all
NIGHTLY_AT = dt.time(3)  # in Borås
TOLD = (Role.ADMINISTRATOR, Role.MANAGEMENT)
Clock = Callable[[], dt.datetime]


def run_if_due(*, at: dt.datetime, clock: Clock) -> LedgerCheck | None:
    """Tonight's check, unless it has been done or is being done; a night that was missed is made up in the day."""
    due = periods.at(periods.local_day(at), NIGHTLY_AT)
    if at < due or LedgerCheck.objects.filter(started_at__gte=due).exists():
        return None
    found = find()
    return None if found is None else record(found, at=at, clock=clock)


def find() -> list[str] | None:
    """Every difference there is at one moment, in words; None while somebody else is looking.

    A check outlives the broker's patience, which then sends the task once more: the second finds the first at it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:  # outermost: what others write meanwhile is not seen by halves
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('visitors.checks', 0))")
        if not cursor.fetchone()[0]:
            return None
        return [str(one) for one in audit.all_differences()]


@transaction.atomic
def record(found: list[str], *, at: dt.datetime, clock: Clock) -> LedgerCheck:
    """Keep what was found, and promise mails about it unless the last check found the same."""
    before = latest()
    check = LedgerCheck.objects.create(
        started_at=at,
        finished_at=clock(),
        entries=Visit.objects.count(),
        check_ins=CheckIn.objects.count(),
        differences=len(found),
        found=found[:KEPT],
        fingerprint=fingerprint(found),
    )
    if check.fingerprint and check.fingerprint != (before.fingerprint if before else ""):
        _tell(check, at=at)
    return check


def latest() -> LedgerCheck | None:
    return LedgerCheck.objects.order_by("-started_at", "-pk").first()


def fingerprint(found: Iterable[str]) -> str:
    """The same for the same differences in whatever order; "" for none."""
    lines = sorted(found)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def _tell(check: LedgerCheck, *, at: dt.datetime) -> None:
    """Once for each set of differences and person."""
    roles = Q()
    for role in TOLD:
        roles |= Q(roles__contains=[role])
    promises.promise_all(
        promises.Promise(
            "mail",
            key=f"ledger.differences:{check.pk}:{user_id}",
            payload={"mail": "ledger.differences", "args": {"user_id": user_id, "check_id": check.pk}},
            due_at=at,
        )
        for user_id in User.objects.active().filter(roles).order_by("pk").values_list("pk", flat=True)
    )
