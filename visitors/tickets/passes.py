"""Annual passes: issued, renewed, scanned, blocked, annulled.

Lock order: the pass, then the limit of the house (walk_ins.record_walk_in). Two desks that scan one pass at once take
turns at its row, so the second is told of the first.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet
from django.utils import formats, timezone

from navet import codes, periods
from navet.accounts.actor import Actor
from visitors import walk_ins
from visitors.models import Category, Visit
from visitors.tickets import refusals, till
from visitors.tickets.models import AnnualPass, PassPeriod, PassUse


@transaction.atomic
def issue(
    *,
    kind: str,
    persons: int,
    first_date: dt.date,
    holder_name: str = "",
    holder_email: str = "",
    mail_language: str = settings.LANGUAGE_CODE,
    by: Actor,
    at: dt.datetime,
) -> AnnualPass:
    """A pass for a year from `first_date`, and its line for the till. Raises PassStartsTooEarly, OnePersonOnly."""
    if first_date < periods.local_day(at):
        raise refusals.PassStartsTooEarly()
    if kind == AnnualPass.Kind.PERSON and persons != 1:
        raise refusals.OnePersonOnly()
    made = AnnualPass.objects.create(
        code=codes.new_checked_code(),
        kind=kind,
        persons=persons,
        holder_name=holder_name,
        holder_email=holder_email,
        mail_language=mail_language,
        created_at=at,
    )
    _add_period(made, first_date, by=by, at=at)
    return made


@transaction.atomic
def renew(annual_pass: AnnualPass, *, by: Actor, at: dt.datetime) -> PassPeriod:
    """Another year, from the day after the last, or from today; the card stays. Raises PassBlocked, RenewedAlready."""
    locked = _locked(annual_pass.code)
    today = periods.local_day(at)
    if locked.blocked_at is not None:
        raise refusals.PassBlocked()
    if any(one.valid.lower > today for one in locked.standing_periods):
        raise refusals.RenewedAlready()
    last = locked.last_date
    first_date = today if last is None or last < today else last + dt.timedelta(days=1)
    return _add_period(locked, first_date, by=by, at=at)


def _add_period(annual_pass: AnnualPass, first_date: dt.date, *, by: Actor, at: dt.datetime) -> PassPeriod:
    period = PassPeriod.objects.create(
        annual_pass=annual_pass,
        valid=DateRange(first_date, a_year_after(first_date), "[)"),
        at=at,
        by=by.user,
        device=by.device,
    )
    till.sell_pass(period)
    return period


def a_year_after(day: dt.date) -> dt.date:
    """The same date a year later; the first of March for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return dt.date(day.year + 1, 3, 1)


@transaction.atomic
def annul(period: PassPeriod, *, by: Actor, at: dt.datetime) -> None:
    """Take back a pass issued or renewed by mistake, today and unused, and its line. Raises TooLateToAnnul."""
    AnnualPass.objects.select_for_update().get(pk=period.annual_pass_id)
    standing = PassPeriod.objects.select_related("annual_pass").get(pk=period.pk)
    same_day = periods.local_day(standing.at) == periods.local_day(at)
    used = _uses_today(standing.annual_pass, at).exists() and periods.local_day(at) in standing.valid
    if standing.annulled_at is not None or not same_day or used:
        raise refusals.TooLateToAnnul()
    standing.annulled_at = at
    standing.save(update_fields=["annulled_at"])
    sold = standing.receipts.filter(reverses=None).first()
    if sold is not None:
        till.take_back(sold)


@transaction.atomic
def admit(
    code: str,
    *,
    persons: int,
    again: bool = False,
    by: Actor,
    at: dt.datetime,
    override_reason: str = "",
    already_inside: bool = False,
) -> Visit:
    """Count the people present on a pass as visitors; `again` says that they are others than those of earlier today.

    Raises NoSuchPass, MisreadPass, PassBlocked, PassWithoutPeriod, PassExpired, PassNotYetValid, TooManyOnPass,
    PassUsedToday, and what walk_ins.record_walk_in raises.
    """
    locked = _locked(code)
    refuse_unless_valid(locked, periods.local_day(at))
    if persons > locked.persons:
        raise refusals.TooManyOnPass(locked.persons)
    used = _uses_today(locked, at).select_related("visit").order_by("-pk").first()
    if used is not None and not again:
        raise _used(used.visit)
    visit = walk_ins.record_walk_in(
        Category.ANNUAL_PASS,
        persons,
        by=by,
        at=at,
        override_reason=override_reason,
        already_inside=already_inside,
    )
    PassUse.objects.create(annual_pass=locked, visit=visit)
    return visit


def refuse_unless_valid(annual_pass: AnnualPass, day: dt.date) -> None:
    """Raises PassBlocked, PassWithoutPeriod, PassExpired, PassNotYetValid; the pass is fetched with its details."""
    if annual_pass.blocked_at is not None:
        raise refusals.PassBlocked()
    if annual_pass.period_on(day) is not None:
        return
    last = annual_pass.last_date
    if last is None:
        raise refusals.PassWithoutPeriod()
    if last < day:
        raise refusals.PassExpired(last)
    raise refusals.PassNotYetValid(
        min(one.valid.lower for one in annual_pass.standing_periods if one.valid.lower > day)
    )


def _locked(code: str) -> AnnualPass:
    """The pass, locked until the transaction ends. Raises NoSuchPass, MisreadPass."""
    found = AnnualPass.objects.select_for_update().filter(code=code).with_details().first()
    if found is None:
        raise refusals.NoSuchPass() if codes.has_check(code) else refusals.MisreadPass()
    return found


def _uses_today(annual_pass: AnnualPass, at: dt.datetime) -> QuerySet[PassUse]:
    """Uses of the day whose entries stand."""
    return PassUse.objects.filter(
        annual_pass=annual_pass, visit__day=periods.local_day(at), visit__reversal__isnull=True
    )


def _used(visit: Visit) -> refusals.PassUsedToday:
    local = timezone.localtime(visit.at, periods.HOUSE_ZONE)
    return refusals.PassUsedToday(
        time=formats.time_format(local, "H:i"), used_at=local.isoformat(), persons=visit.count
    )


@transaction.atomic
def block(annual_pass: AnnualPass, *, reason: str, by: Actor, at: dt.datetime) -> None:
    """Let nobody in by this card any more, until it is unblocked; who did it is in the history."""
    locked = _locked(annual_pass.code)
    locked.blocked_at, locked.blocked_reason = at, reason
    locked.save(update_fields=["blocked_at", "blocked_reason"])


@transaction.atomic
def unblock(annual_pass: AnnualPass, *, by: Actor, at: dt.datetime) -> None:
    """The card was found again."""
    locked = _locked(annual_pass.code)
    locked.blocked_at, locked.blocked_reason = None, ""
    locked.save(update_fields=["blocked_at", "blocked_reason"])
