"""A child's place in a group, or her wish for one; who was there, who said that she would not be."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bookings.common.models import HeldBooking, HeldBookingQuerySet
from bookings.leisure.models.clubs import Group, Meeting
from navet.directory.models import Municipality
from navet.house.models import Occasion
from navet.payments.models import Order
from visitors.models import Visit


@pghistory.track()
class Payer(models.Model):
    """Somebody other than a guardian who pays fees, by invoice: the fritidskort, a foundation, a municipality."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    organisation_number = models.CharField(_("organisation number"), max_length=10)
    reference_is_called = models.CharField(
        _("what its reference is called"), max_length=60, help_text=_("Such as number of the application.")
    )
    is_active = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        verbose_name = _("payer")
        verbose_name_plural = _("payers")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation_number__regex=r"^\d{10}$"), name="a_payer_can_be_invoiced"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PaidBy(models.TextChoices):
    """How a fee is paid."""

    CARD = "card", _("Card or Swish")
    INVOICE = "invoice", _("Invoice to me")
    OTHER = "other", _("Somebody else pays, such as the fritidskort")


class EnrolmentQuerySet(HeldBookingQuerySet):
    def whole(self) -> Self:
        return self.select_related(
            "occasion", "group__occasion", "group__club", "group__draw", "order", "payer"
        ).prefetch_related("group__meetings__occasion")

    def placed(self) -> Self:
        """Those with a place for certain."""
        return self.confirmed().filter(queued_at=None)

    def waiting(self) -> Self:
        """Those that applied or wait, in the order they are let in."""
        return self.confirmed().exclude(queued_at=None).order_by("queued_at", "position", "pk")

    def unpaid(self) -> Self:
        """With a place whose fee nobody has paid or promised to."""
        return self.placed().filter(price_ore__gt=0, fee_settled_at=None)


@pghistory.track(
    exclude=[
        "contact_name", "contact_email", "contact_phone", "child_name", "birth_year", "emergency_name",
        "emergency_phone", "is_protected",
    ]
)  # fmt: skip
class Enrolment(HeldBooking):
    """A child in a group. While `queued_at` is set she has applied or waits, and takes no place; `position` is her place
    among those that the draw left waiting.

    `ticket` is her number in the draw. `with_siblings`: together with the guardian's other children in the same group, or not
    at all. `is_protected` hides her at every door but the leader's list of the day; nobody is told why.
    """

    SEEN_BY = "leisure.view_enrolments"
    PURPOSE = "leisure-enrolment"
    LINE = "leisure"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="enrolments")
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="leisure_enrolments")
    ticket = models.PositiveIntegerField(_("number of the application"))
    child_name = models.CharField(_("the child's name"), max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    emergency_name = models.CharField(_("whom we call"), max_length=120, blank=True)
    emergency_phone = models.CharField(_("telephone in an emergency"), max_length=20, blank=True)
    is_protected = models.BooleanField(_("details are not shown"), default=False)
    continues = models.BooleanField(_("continues from the term before"), default=False)
    with_siblings = models.BooleanField(_("together with siblings"), default=False)
    queued_at = models.DateTimeField(_("waits since"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position after the draw"), default=0)
    placed_at = models.DateTimeField(_("has a place since"), null=True, blank=True)
    pay_by = models.DateTimeField(_("fee to be paid by"), null=True, blank=True)
    paid_by = models.CharField(_("how the fee is paid"), max_length=7, choices=PaidBy.choices, blank=True)
    payer = models.ForeignKey(Payer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order = models.OneToOneField(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolment"
    )
    fee_settled_at = models.DateTimeField(_("fee paid or to be invoiced"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta(HeldBooking.Meta):
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            *HeldBooking.Meta.constraints,
            models.UniqueConstraint(fields=["group", "ticket"], name="a_ticket_is_one_childs"),
            models.CheckConstraint(
                condition=Q(occasion=F("group")), name="an_enrolment_is_for_its_groups_first_meeting"
            ),
            models.CheckConstraint(
                condition=Q(queued_at__isnull=True) | Q(status__in=["held", "confirmed"]),
                name="only_a_child_who_may_come_waits",
            ),
            models.CheckConstraint(
                condition=Q(paid_by="other", payer__isnull=False)
                | (~Q(paid_by="other") & Q(payer__isnull=True)),
                name="somebody_else_who_pays_is_known",
            ),
        ]
        indexes = [
            *HeldBooking.Meta.indexes,
            # The count of places in a group.
            models.Index(
                fields=["group", "status"],
                include=["holds_until", "queued_at"],
                name="leisure_places_by_group",
            ),
            # Fees whose time is out.
            models.Index(
                fields=["pay_by"],
                condition=Q(status="confirmed", fee_settled_at__isnull=True, pay_by__isnull=False),
                name="leisure_fees_to_be_paid",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The child's name as lists of staff have it."""
        return gettext("Not shown") if self.is_protected else self.child_name

    @property
    def first_name(self) -> str:
        """What the leader calls her by."""
        return self.child_name.split()[0] if self.child_name.split() else ""

    def has_place(self) -> bool:
        return self.status == "confirmed" and self.queued_at is None

    def owes_fee(self) -> bool:
        return self.has_place() and self.price_ore > 0 and self.fee_settled_at is None

    def has_paid(self) -> bool:
        """Whether the money has come; an invoice that is sent settles the fee before that. Reads `order`."""
        return self.order is not None and self.order.owed_ore <= 0 and self.order.paid_ore > 0

    def is_over(self, at: dt.datetime) -> bool:
        return self.group.ends_at <= at


class Absence(models.Model):
    """A guardian has said that the child will not come to a meeting. Why is not asked."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="absences")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="absences")
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "meeting"], name="an_absence_is_told_once")
        ]


class Attendance(models.Model):
    """She was there; `visit` is what the ledger says of it. Taken back, the ledger gets a reversing entry."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attended")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attended")
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "meeting"], name="no_child_attends_a_meeting_twice")
        ]


class Message(models.Model):
    """What was written to all guardians of a group."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="messages")
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    sent_at = models.DateTimeField(_("written at"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recipients = models.PositiveSmallIntegerField(_("recipients"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
