"""How long a booking that was held and proved by a code remembers its contact: the same for every line."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking, Status
from navet.retention import rules
from navet.retention.rules import About, Ground, Nowhere, Rule, Words
from visitors import retention as desk

KEPT_DAYS = 365  # after the visit
UNPROVED_DAYS = 30  # after somebody began to book and never entered the code
CONTACT: Mapping[str, Any] = {
    "contact_name": "",
    "contact_email": Nowhere(),
    "contact_phone": "",
    "cancel_reason": "",
}
SHOWN: Mapping[str, Words] = dict.fromkeys(
    ("code", "status", "contact_name", "contact_email", "contact_phone", "created_at"), ""
)
WHAT = _("What was booked")
PURPOSE = _("To confirm the booking, remind, and reach you if something changes")
AFTER = _("after the visit was to be")
UNPROVED = _("A booking that was begun and never confirmed: what was filled in")
UNPROVED_PURPOSE = _("To let the code from the mail confirm it, also when it comes late")
UNPROVED_AFTER = _("after it was begun")
UNPROVED_REMAINS = _("That places were held for so many, and when")
CANCEL_FIRST = _("A booking to come needs a contact. Cancel it first; then it can be deleted.")


def register(
    model: type[HeldBooking],
    *,
    key: str,
    holds: Words,
    remains: Words,
    empties: Mapping[str, Any] | None = None,
    keeps: Mapping[str, str] | None = None,
    shows: Mapping[str, Words] | None = None,
    ends: str = "occasion__period__endswith",
    proved: str = "confirmed_at",
    codes: Callable[[list[Any]], Iterable[str]] | None = None,
) -> None:
    """The two rules of a line: bookings, and those that were never confirmed. `empties` is what the line adds.

    `ends` says when a booking is over and `proved` when its address was; `codes` are those of its arrivals, where they are
    not the booking's own.
    """

    bookings: Any = model._base_manager  # each line has an occasion

    def over(before: dt.datetime) -> QuerySet[Any]:
        return bookings.filter(**{f"{ends}__lt": before})

    def unproved(before: dt.datetime) -> QuerySet[Any]:
        return bookings.filter(status=Status.LAPSED, created_at__lt=before, **{f"{proved}__isnull": True})

    def may_go(at: dt.datetime) -> Q:
        return Q(**{f"{ends}__lt": at}) | Q(status__in=[Status.CANCELLED, Status.LAPSED])

    def desk_forgets(keys: list[Any]) -> None:
        own = bookings.filter(pk__in=keys).values_list("code", flat=True)
        desk.forget(codes(keys) if codes else own)

    same: dict[str, Any] = {
        "model": model,
        "about": About.VISITORS,
        "empties": {**CONTACT, **(empties or {})},
        "keeps": keeps or {},
        "also": desk_forgets,
    }
    rules.register(
        Rule(
            key=key,
            holds=holds,
            purpose=PURPOSE,
            ground=Ground.CONTRACT,
            after=AFTER,
            days=KEPT_DAYS,
            remains=remains,
            due=over,
            address="contact_email",
            shows={**SHOWN, **(shows or {}), "occasion__title_sv": WHAT},
            on_request=may_go,
            stays=CANCEL_FIRST,
            **same,
        )
    )
    rules.register(
        Rule(
            key=f"{key}_unproved",
            holds=UNPROVED,
            purpose=UNPROVED_PURPOSE,
            ground=Ground.CONTRACT,
            after=UNPROVED_AFTER,
            days=UNPROVED_DAYS,
            remains=UNPROVED_REMAINS,
            due=unproved,
            **same,
        )
    )
