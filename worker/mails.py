"""What the summaries say. Built when they are sent, for a subscriber who still is one and still may see it, while its period lasts."""

import datetime as dt
from dataclasses import dataclass

from babel.dates import get_month_names
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from navet.accounts.models import User
from navet.outbox.mail import Attachment, Mail, render
from visitors import indicators
from visitors.indicators import Figure, Month
from visitors.insight import words
from visitors.insight.outlook import rule
from visitors.links import rows_url
from visitors.tertials import document
from visitors.tertials import operations as tertials
from visitors.tertials.tertial import Tertial
from worker import curves, inviting, operations, summaries
from worker.models import Subscription


def weekly_capacity(*, user_id: int, period: str) -> Mail | None:
    """The four weeks from the Monday of `period` (`2026-W48`)."""
    at = timezone.now()  # builders run at the worker's door, when the mail is sent
    user = _subscriber(user_id, Subscription.Kind.WEEKLY_CAPACITY, period, at)
    if user is None:
        return None
    with translation.override(user.language):
        monday = summaries.monday_of(period)
        may_invite = user.has_capability("reach.view")
        return render(
            "weekly_capacity",
            to=[user.email],
            language=user.language,
            context={
                "at": at,
                "capacity": summaries.capacity(monday, at=at),
                "to_invite": inviting.to_invite(monday, summaries.WEEKS_AHEAD, at=at) if may_invite else None,
                "fitting_url": f"{settings.SITE_URL}{reverse('reach:overview')}?passar_till={inviting.last_day(monday, summaries.WEEKS_AHEAD)}",
                "planning_url": f"{settings.SITE_URL}/planering/",
                **_leaving(),
            },
            list_id="capacity",
            unsubscribe_url=_subscriptions_url(),
        )


@dataclass(frozen=True)
class Shown:
    """An indicator in the month's mail. `cid` names its picture, `curve` says in words what that shows."""

    figure: Figure
    month: Month
    months: list[tuple[str, int]]
    year_url: str
    month_url: str
    light: str
    sign: str
    forecast: str
    announced: str
    why: str
    curve: str
    cid: str


def monthly_indicators(*, user_id: int, period: str) -> Mail | None:
    """The month before `period` (`2026-11`), and its year up to then; what `GET /api/v1/indicators/?as_of=` its last day answers."""
    user = _subscriber(user_id, Subscription.Kind.MONTHLY_INDICATORS, period, timezone.now())
    if user is None:
        return None
    last_day = dt.date.fromisoformat(f"{period}-01") - dt.timedelta(days=1)
    with translation.override(user.language):
        report = indicators.report(last_day.year, as_of=last_day, known=last_day)
        shown = [_shown(figure, last_day, user.language) for figure in report.figures]
        return render(
            "monthly_indicators",
            to=[user.email],
            language=user.language,
            context={
                "last_day": last_day,
                "shown": shown,
                "rule": rule(),
                "assumed": any(one.forecast.endswith("*") for one in shown),
                "management_url": f"{settings.SITE_URL}/ledning/?dag={last_day}",
                **_leaving(),
            },
            attachments=tuple(curves.picture(figure, last_day) for figure in report.figures),
            list_id="indicators",
            unsubscribe_url=_subscriptions_url(),
        )


def tertial_report(*, user_id: int, period: str) -> Mail | None:
    """The report of a tertial (`2026-2`) as PDF, in its latest version; None where it has not been given out."""
    user = _subscriber(user_id, Subscription.Kind.TERTIAL_REPORT, period, timezone.now())
    tertial = Tertial.named(period)
    issue = tertials.last_issue(tertial)
    if user is None or issue is None:
        return None
    with translation.override(user.language):
        language = user.language if user.language == "en" else "sv"
        return render(
            "tertial_report",
            to=[user.email],
            language=user.language,
            context={
                "heading": document.heading(tertial),
                "last_day": tertial.last_day,
                "shown": (shown := document.at_a_glance(issue.data, language)),
                "assumed": any(one["forecast"].endswith("*") for one in shown),
                "version": issue.version,
                "report_url": settings.SITE_URL + reverse("tertials:report", args=[str(tertial)]),
                **_leaving(),
            },
            attachments=(
                Attachment(document.name(tertial, issue.version), "application/pdf", issue.pdf(language)),
            ),
            list_id="tertials",
            unsubscribe_url=_subscriptions_url(),
        )


def _subscriber(user_id: int, kind: Subscription.Kind, period: str, at: dt.datetime) -> User | None:
    """Whoever is still to get it; nobody when the period's time is out, and another has taken its place."""
    return operations.subscriber(user_id, kind) if summaries.due_period(kind, at) == period else None


def _shown(figure: Figure, last_day: dt.date, language: str) -> Shown:
    """A figure and its month, each with the address of the rows behind it, as known then."""
    day = last_day.isoformat()
    asked = {"ar": last_day.year, "indikator": figure.code, "till": day, "kant": day}
    names = get_month_names("abbreviated", "stand-alone", locale=language)
    light = words.LIGHTS[figure.outlook.status]
    return Shown(
        figure=figure,
        month=figure.by_month[last_day.month - 1],
        months=[(names[one.month], one.outcome) for one in figure.by_month[: last_day.month]],
        year_url=settings.SITE_URL + rows_url(**asked),
        month_url=settings.SITE_URL + rows_url(**asked, manad=last_day.month),
        light=light,
        sign=words.SIGNS[light],
        forecast=words.interval(figure.outlook.forecast),
        announced=words.announced(figure.outlook.forecast),
        why=words.why(figure.outlook.forecast),
        curve=curves.text(figure),
        cid=curves.cid(figure),
    )


def _leaving() -> dict[str, str]:
    return {"subscriptions_url": _subscriptions_url()}


def _subscriptions_url() -> str:
    return settings.SITE_URL + reverse("worker:subscriptions")
