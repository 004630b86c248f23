"""What an alert says: how things are when it is sent, so that what is over by then is not told of."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts.models import User
from navet.outbox.mail import Attachment, Mail, render
from worker import curves, operations
from worker.alerts import findings, thresholds
from worker.alerts.findings import Finding
from worker.models import Happening, Subscription

LISTED = 15  # of a kind, in one mail
HEADINGS = {
    Subscription.Kind.ALERT_BEHIND: _("Behind the target"),
    Subscription.Kind.ALERT_MINIMUM: _("Too few for a session or a course"),
    Subscription.Kind.ALERT_WEEK: _("Weeks that are not full"),
}


@dataclass(frozen=True)
class Part:
    """The findings of one kind, with where to go and what its picture says; `more` are not listed."""

    name: str
    lines: list[tuple[Finding, str, str]]
    more: int


def new(*, user_id: int, happenings: list[int]) -> Mail | None:
    """To somebody who still wants it and still may see it; None where none of it is so any more."""
    user = User.objects.active().filter(pk=user_id).first()
    if user is None:
        return None
    wanted = set(operations.wanted_by(user))
    told = Happening.objects.filter(pk__in=happenings, ended_at=None, kind__in=wanted)
    subjects = set(told.values_list("kind", "subject"))
    with translation.override(user.language):
        marks = thresholds.in_force()
        kinds = {kind for kind, _about in subjects}
        at = timezone.now()
        found = findings.found(kinds, at=at, marks=marks)
        parts = list(_parts([one for one in found if (one.kind, one.subject) in subjects], user))
        if not parts:
            return None
        subscriptions = settings.SITE_URL + reverse("worker:subscriptions")
        return render(
            "alerts/new",
            to=[user.email],
            language=user.language,
            context={
                "parts": parts,
                "count": sum(len(part.lines) + part.more for part in parts),
                "first": parts[0].lines[0][0],
                "subscriptions_url": subscriptions,
            },
            attachments=tuple(_pictures(parts, periods.local_day(at))),
            list_id="alerts",
            unsubscribe_url=subscriptions,
        )


def _parts(found: list[Finding], user: User) -> Iterator[Part]:
    for kind in Happening.KINDS:
        mine = [one for one in found if one.kind == kind]
        if mine:
            lines = [
                (one, _url(one, user), curves.text(one.figure) if one.figure else "") for one in mine[:LISTED]
            ]
            yield Part(str(HEADINGS[kind]), lines, max(len(mine) - LISTED, 0))


def _pictures(parts: list[Part], day: dt.date) -> Iterator[Attachment]:
    for part in parts:
        for one, _url_of_it, _said in part.lines:
            if one.figure:
                yield curves.picture(one.figure, day)


def _url(one: Finding, user: User) -> str:
    """The first place that the user may open; "" where there is none."""
    path = next((path for capability, path in one.places if user.has_capability(capability)), "")
    return settings.SITE_URL + path if path else ""
