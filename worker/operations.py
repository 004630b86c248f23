"""Who gets which summary."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import User
from navet.errors import Refused
from worker.models import Subscription

# What one must be allowed to see to get it by mail; asked when subscribing and again whenever one is sent.
NEEDS = {
    Subscription.Kind.WEEKLY_CAPACITY: "capacity.view",
    Subscription.Kind.MONTHLY_INDICATORS: "indicators.view",
}


class NotForYou(Refused):
    code = "summary_not_for_this_role"
    message = _("Your role does not give you this summary.")
    field = "kinds"
    status = 403


def offered_to(user: User) -> list[Subscription.Kind]:
    """The summaries that the user's roles allow."""
    return [kind for kind, capability in NEEDS.items() if user.has_capability(capability)]


@transaction.atomic
def choose(user: User, kinds: Iterable[str]) -> None:
    """Have exactly these summaries sent to the user. Raises NotForYou for one that the user's roles do not allow."""
    wanted = set(kinds)
    if not wanted <= set(offered_to(user)):
        raise NotForYou()
    user.subscriptions.exclude(kind__in=wanted).delete()
    Subscription.objects.bulk_create(
        [Subscription(user=user, kind=kind) for kind in sorted(wanted)], ignore_conflicts=True
    )


def is_still_wanted(user: User, kind: str) -> bool:
    """Whether the user still subscribes and still may see it."""
    return kind in offered_to(user) and user.subscriptions.filter(kind=kind).exists()
