"""What the summaries say. Built when they are sent, for a subscriber who still is one and still may see it."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from navet.outbox.mail import Mail, render
from visitors import indicators
from visitors.links import rows_url
from worker import operations, summaries
from worker.models import Subscription


def weekly_capacity(*, user_id: int, period: str) -> Mail | None:
    """The four weeks from the Monday of `period` (`2026-W48`)."""
    user = operations.subscriber(user_id, Subscription.Kind.WEEKLY_CAPACITY)
    if user is None:
        return None
    at = timezone.now()  # builders run at the worker's door, when the mail is sent
    with translation.override(user.language):
        return render(
            "weekly_capacity",
            to=[user.email],
            language=user.language,
            context={
                "capacity": summaries.capacity(summaries.monday_of(period), at=at),
                "planning_url": f"{settings.SITE_URL}/planering/",
                **_leaving(),
            },
            list_id="capacity",
            unsubscribe_url=_subscriptions_url(),
        )


def monthly_indicators(*, user_id: int, period: str) -> Mail | None:
    """The month before `period` (`2026-11`), and its year up to then."""
    user = operations.subscriber(user_id, Subscription.Kind.MONTHLY_INDICATORS)
    if user is None:
        return None
    last_day = dt.date.fromisoformat(f"{period}-01") - dt.timedelta(days=1)
    with translation.override(user.language):
        report = indicators.report(last_day.year, as_of=last_day)
        return render(
            "monthly_indicators",
            to=[user.email],
            language=user.language,
            context={
                "last_day": last_day,
                "rows": [_row(figure, last_day) for figure in report.figures],
                "management_url": f"{settings.SITE_URL}/ledning/",
                **_leaving(),
            },
            list_id="indicators",
            unsubscribe_url=_subscriptions_url(),
        )


def _row(
    figure: indicators.Figure, last_day: dt.date
) -> tuple[indicators.Figure, indicators.Month, str, str]:
    """A figure and its month, each with the address of the rows behind it."""
    asked = {"ar": last_day.year, "indikator": figure.code, "till": last_day.isoformat()}
    whole, month = rows_url(**asked), rows_url(**asked, manad=last_day.month)
    return figure, figure.by_month[last_day.month - 1], settings.SITE_URL + whole, settings.SITE_URL + month


def _leaving() -> dict[str, str]:
    return {"subscriptions_url": _subscriptions_url()}


def _subscriptions_url() -> str:
    return settings.SITE_URL + reverse("worker:subscriptions")
