"""Who gets which summary."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts.models import User
from navet.errors import Refused
from worker.models import Subscription

# What one must be allowed to see to get it by mail; asked when subscribing and again whenever one is sent.
NEEDS = {
    Subscription.Kind.WEEKLY_CAPACITY: "capacity.view",
    Subscription.Kind.MONTHLY_INDICATORS: "indicators.view",
    Subscription.Kind.EDUCATOR_DAY: "duties.view_own",
    Subscription.Kind.DESK_DAY: "desk.check_in",
    Subscription.Kind.TERTIAL_REPORT: "indicators.view",
    Subscription.Kind.ALERT_BEHIND: "indicators.view",
    Subscription.Kind.ALERT_MINIMUM: "schools.plan",
    Subscription.Kind.ALERT_WEEK: "capacity.view",
}
# The day's work is sent unasked to those whose work it is; they may decline.
UNASKED = frozenset({Subscription.Kind.EDUCATOR_DAY, Subscription.Kind.DESK_DAY})


class NotForYou(Refused):
    code = "summary_not_for_this_role"
    message = _("Your role does not give you this summary.")
    field = "kinds"
    status = 403


def offered_to(user: User) -> list[Subscription.Kind]:
    """The summaries that the user's roles allow."""
    return [kind for kind, capability in NEEDS.items() if user.has_capability(capability)]


def wanted_by(user: User) -> list[str]:
    """The summaries that are sent to the user as things stand. One query, or none where they were prefetched."""
    said = {one.kind: one.wanted for one in user.subscriptions.all()}
    return [kind for kind in offered_to(user) if said.get(kind, kind in UNASKED)]


@transaction.atomic
def choose(user: User, kinds: Iterable[str]) -> None:
    """Have exactly these summaries sent to the user. Raises NotForYou for one that the user's roles do not allow."""
    wanted, offered = set(kinds), offered_to(user)
    if not wanted <= set(offered):
        raise NotForYou()
    user.subscriptions.all().delete()
    Subscription.objects.bulk_create(
        [
            Subscription(user=user, kind=kind, wanted=kind in wanted)
            for kind in offered
            if (kind in wanted) != (kind in UNASKED)
        ],
        ignore_conflicts=True,
    )


def is_still_wanted(user: User, kind: str) -> bool:
    """Whether it is still sent to the user, who still may see it."""
    return kind in wanted_by(user)


def subscriber(user_id: int, kind: str) -> User | None:
    """The user, if still here and the summary still wanted."""
    user = User.objects.active().filter(pk=user_id).first()
    return user if user is not None and is_still_wanted(user, kind) else None


def now_on(day: str) -> dt.datetime | None:
    """The moment a mail about this day is built, at the worker's door; None when the day is not today."""
    at = timezone.now()
    return at if periods.local_day(at).isoformat() == day else None
