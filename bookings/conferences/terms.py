"""The terms that Navet sets: how long things are held, who may be invoiced, what leaving costs (settings.CONFERENCES)."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from navet import periods
from navet.payments.models import Settlement

OPTION_CLOCK = dt.time(17)  # an option and a quote end with the office's day


def minutes(name: str) -> dt.timedelta:
    return dt.timedelta(minutes=settings.CONFERENCES[name])


def days(name: str) -> dt.timedelta:
    return dt.timedelta(days=settings.CONFERENCES[name])


def until(name: str, *, starts_at: dt.datetime, at: dt.datetime) -> dt.datetime:
    """When an option or a quote given now ends: at five in the afternoon some days on, and before the conference itself."""
    day = min(periods.local_day(at) + days(name), periods.local_day(starts_at) - dt.timedelta(days=1))
    return min(max(periods.at(day, OPTION_CLOCK), at + minutes("hold_minutes")), starts_at)


def final_count_date(starts_at: dt.datetime, *, at: dt.datetime) -> dt.date:
    """The last day on which the number of persons may be changed; today for what is booked later than that."""
    return max(periods.local_day(starts_at) - days("final_count_days"), periods.local_day(at))


def cancellation_steps() -> list[list[int]]:
    """[days before, per cent], from the earliest on."""
    steps = [[int(part) for part in step.split(":")] for step in settings.CONFERENCES["cancellation_steps"]]
    return sorted(steps, reverse=True)


def said(steps: list[list[int]]) -> list[str]:
    """The steps of cancellation, a sentence each, from the earliest on."""
    return [
        (
            _("%(days)s days before or earlier: %(percent)s %% of the price")
            if days
            else _("later: %(percent)s %% of the price")
        )
        % {"days": days, "percent": percent}
        for days, percent in steps
    ]


def bookable_days(at: dt.datetime) -> tuple[dt.date, dt.date]:
    """The first and the last day that guests can book now."""
    today = periods.local_day(at)
    return today + days("notice_days"), today + days("horizon_days")


def settlement_of(customer_type: str, gross_ore: int) -> str:
    """Pay first or invoice, by the kind of customer and the limit it has."""
    kronor = settings.CONFERENCES["invoice_limit_kronor"].get(customer_type, 0)
    may_be_invoiced = kronor < 0 or gross_ore <= kronor * 100
    return Settlement.INVOICE if may_be_invoiced else Settlement.CARD
