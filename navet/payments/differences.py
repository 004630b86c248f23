"""What Stripe and our books do not agree about: noted once, told to finance, settled by what happens next or by a person."""

import datetime as dt

from django.db import transaction

from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import Role
from navet.outbox import promises
from navet.outbox.promises import Promise
from navet.payments.models import Difference, Payment


@transaction.atomic
def note(
    kind: Difference.Kind,
    about: str,
    *,
    payment: Payment | None = None,
    ours: str = "",
    theirs: str = "",
    at: dt.datetime,
) -> None:
    """Note it once and tell finance by mail; noted again it only says how things are now."""
    found, is_new = Difference.objects.get_or_create(
        kind=kind,
        about=about[:120],
        defaults={"payment": payment, "ours": ours, "theirs": theirs, "found_at": at},
    )
    if not is_new:
        Difference.objects.filter(pk=found.pk).update(ours=ours, theirs=theirs)
        return
    readers = User.objects.active().filter(roles__contains=[Role.FINANCE]).values_list("pk", flat=True)
    promises.promise_all(
        Promise(
            "mail",
            key=f"payments.difference:{found.pk}:{user}",
            payload={"mail": "payments.difference", "args": {"user_id": user, "difference_id": found.pk}},
            due_at=at,
        )
        for user in readers
    )


@transaction.atomic
def settle(difference: Difference, *, note: str, by: Actor, at: dt.datetime) -> None:
    """Somebody says why it is as it is."""
    Difference.objects.filter(pk=difference.pk, settled_at__isnull=True).update(
        settled_at=at, settled_by=by.user, note=note
    )
