"""What the ledger says by mail."""

from django.conf import settings
from django.urls import reverse

from navet.accounts.models import User
from navet.outbox.mail import Mail, render
from visitors.models import LedgerCheck

LISTED = 20


def differences(*, user_id: int, check_id: int) -> Mail | None:
    """The ledger did not add up; to somebody who looks after it."""
    user = User.objects.active().filter(pk=user_id).first()
    check = LedgerCheck.objects.filter(pk=check_id).first()
    if user is None or check is None:
        return None
    return render(
        "ledger_differences",
        to=[user.email],
        language=user.language,
        context={
            "check": check,
            "found": check.found[:LISTED],
            "url": settings.SITE_URL + reverse("visitors:ledger-checks"),
        },
    )
