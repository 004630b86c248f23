"""The parts that every booking held and proved by a code is made of. Abstract: each line has a table of its own."""

import datetime as dt
from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.house.models import Occasion


class InTwoLanguages:
    """Has `<field>_sv` and `<field>_en` for each of its texts."""

    def text_in_language(self, field: str) -> str:
        """`field` ("title", "summary", …) in the active language; Swedish where the English is missing."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{field}_sv")

    @property
    def title(self) -> str:
        return self.text_in_language("title")


class Status(models.TextChoices):
    HELD = "held", _("Waiting for the code")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Lapsed")


class HeldBookingQuerySet(models.QuerySet[Any]):
    def holding(self, at: dt.datetime) -> Self:
        """Those that take places at this moment: confirmed, or held and not yet lapsed."""
        return self.filter(Q(status=Status.CONFIRMED) | Q(status=Status.HELD, holds_until__gt=at))

    def confirmed(self) -> Self:
        return self.filter(status=Status.CONFIRMED)

    def lapsed(self, at: dt.datetime) -> Self:
        """Holds whose time is out but which nobody has tidied up."""
        return self.filter(status=Status.HELD, holds_until__lte=at)

    def whole(self) -> Self:
        """With everything a page, a mail or an arrival says of it; each line adds its own."""
        return self.select_related("occasion")

    def visible_to(self, by: Actor | None) -> Self:
        """Staff who look after such bookings see all; a booker who proved an address sees hers; others none."""
        if by is None:
            return self.none()
        if by.has_capability(self.model.SEEN_BY):
            return self
        return self.filter(contact_email=by.email.lower()) if by.email else self.none()


def whole(model: "type[HeldBooking]") -> HeldBookingQuerySet:
    """The bookings of a line with everything that is said of them; its manager is known only to the line itself."""
    return cast(HeldBookingQuerySet, model._default_manager.all()).whole()


class HeldBooking(models.Model):
    """HELD until the e-mail code is entered or the time is out, then CONFIRMED or LAPSED; CANCELLED ends it.

    Made at the desk it is confirmed at once and may lack an address. `price_ore` includes VAT.
    """

    SEEN_BY: ClassVar[str]  # the capability of staff who look after such bookings
    PURPOSE: ClassVar[str]  # what its e-mail codes are for
    LINE: ClassVar[str]  # the first word of its mails' names

    MOVES: ClassVar[dict[str, set[str]]] = {
        Status.HELD: {Status.CONFIRMED, Status.LAPSED, Status.CANCELLED},
        Status.CONFIRMED: {Status.CANCELLED},
        Status.CANCELLED: set(),
        Status.LAPSED: {Status.CONFIRMED},  # the code came late and there was still room
    }

    code = models.CharField(_("code"), max_length=10, unique=True)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    mail_language = models.CharField(_("language of mails"), max_length=2, default="sv")
    price_ore = models.PositiveIntegerField(_("price, öre"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    holds_until = models.DateTimeField(_("held until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True)
    at_desk = models.BooleanField(_("made at the desk"), default=False)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    booked_device = models.ForeignKey(
        settings.KNOX_TOKEN_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("created"))

    occasion: Any  # each line says how it belongs to one

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status="held", holds_until__isnull=False)
                | (~Q(status="held") & Q(holds_until__isnull=True)),
                name="only_a_hold_has_an_end_%(class)s",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="a_known_status_%(class)s"),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False),
                name="confirmed_says_when_%(class)s",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False),
                name="cancelled_says_when_%(class)s",
            ),
            models.CheckConstraint(
                condition=Q(at_desk=True) | ~Q(contact_email=""), name="who_books_is_reached_%(class)s"
            ),
        ]
        indexes = [
            # The tidying of holds.
            models.Index(
                fields=["holds_until"], condition=Q(holds_until__isnull=False), name="%(class)s_holds_by_end"
            )
        ]

    def is_held(self, at: dt.datetime) -> bool:
        """Whether a hold of it still stands."""
        return self.holds_until is not None and self.holds_until > at

    def has_lapsed(self, at: dt.datetime) -> bool:
        """Whether it waited for something in vain, tidied or not."""
        return self.status == Status.LAPSED or (self.holds_until is not None and self.holds_until <= at)

    def was_proved(self) -> bool:
        """Whether its code was entered once, so that entering it again shows the booking."""
        return self.status in (Status.CONFIRMED, Status.CANCELLED)

    def has_begun(self, at: dt.datetime) -> bool:
        return self.occasion.starts_at <= at

    def is_called_off(self) -> bool:
        return self.occasion.status == Occasion.Status.CANCELLED
