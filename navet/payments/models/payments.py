"""What was paid by card and Swish, what went back, and what Stripe told us about it."""

import datetime as dt
import re

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from navet.money import MAX_ORE
from navet.payments.models.orders import Order

CURRENCY = "sek"


def _transitions(moves: dict) -> list[tuple[str, str]]:
    return [(str(start), str(end)) for start, ends in moves.items() for end in sorted(ends)]


def _key_of(what: str, key: str) -> tuple[int, str] | None:
    """Our id and the order's code in a key of ours; None for whatever else somebody wrote at Stripe."""
    found = re.fullmatch(rf"navet-{what}-([0-9]{{1,18}})-([0-9A-Z]{{10}})", key)
    return (int(found[1]), found[2]) if found else None


def _sum_of(rows: models.QuerySet, name: str) -> Coalesce:
    """Of the rows of one payment; 0 where there are none."""
    return Coalesce(Subquery(rows.order_by().values("payment").annotate(sum=Sum(name)).values("sum")), 0)


class PaymentQuerySet(models.QuerySet["Payment"]):
    def standing(self) -> "PaymentQuerySet":
        """Those that somebody may still pay."""
        return self.filter(state__in=[Payment.State.INTENDED, Payment.State.OPEN])

    def paid(self) -> "PaymentQuerySet":
        return self.filter(state=Payment.State.PAID)

    def with_what_left(self) -> "PaymentQuerySet":
        """`refunded_ore` and `taken_ore`: what went back or is to, and what lost disputes took."""
        refunds = Refund.objects.counted().filter(payment=OuterRef("pk"))
        disputes = Dispute.objects.taken().filter(payment=OuterRef("pk"))
        return self.annotate(
            refunded_ore=_sum_of(refunds, "amount_ore"), taken_ore=_sum_of(disputes, "taken_ore")
        )

    def of_key(self, key: str) -> "PaymentQuerySet":
        """The one that was asked for under this key; none where the key is no key of ours."""
        found = _key_of("payment", key)
        return self.filter(pk=found[0], order__code=found[1]) if found else self.none()


@pghistory.track(exclude=["checked_at"])
class Payment(models.Model):
    """One attempt to pay an order by Checkout: recorded before Stripe is asked, so that nothing happens there unknown to us."""

    class State(models.TextChoices):
        INTENDED = "intended", _("Being opened")
        OPEN = "open", _("Waits for the payer")
        PAID = "paid", _("Paid")
        EXPIRED = "expired", _("Not paid")
        FAILED = "failed", _("Refused by Stripe")
        MISMATCHED = "mismatched", _("Another amount came")

    MOVES = {
        State.INTENDED: {State.OPEN, State.PAID, State.EXPIRED, State.FAILED, State.MISMATCHED},
        State.OPEN: {State.PAID, State.EXPIRED, State.MISMATCHED},
        State.PAID: set[State](),
        State.EXPIRED: set[State](),
        State.FAILED: set[State](),
        State.MISMATCHED: set[State](),
    }

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="payments", verbose_name=_("order")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.INTENDED)
    amount_ore = models.BigIntegerField(_("amount, öre"))
    text = models.CharField(_("what it is for"), max_length=200)
    language = models.CharField(_("language"), max_length=2, default="sv")
    session_id = models.CharField(_("Checkout session"), max_length=120, null=True, blank=True, unique=True)
    intent_id = models.CharField(_("payment intent"), max_length=120, null=True, blank=True, unique=True)
    url = models.CharField(max_length=2000, blank=True, help_text="Of the Checkout page, while it is open.")
    method = models.CharField(_("paid by"), max_length=20, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    expires_at = models.DateTimeField(_("open until"))
    checked_at = models.DateTimeField(_("asked about"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    received = models.CharField(_("what came"), max_length=40, blank=True, help_text="Where it was not this.")
    fault = models.CharField(_("why not"), max_length=100, blank=True, help_text="Stripe's own code.")

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["intended", "open"]),
                name="one_open_payment_an_order",
            ),
            models.CheckConstraint(
                condition=Q(amount_ore__gt=0, amount_ore__lte=MAX_ORE), name="a_payment_is_of_something"
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False, intent_id__isnull=False)
                | ~Q(state="paid") & Q(paid_at__isnull=True),
                name="a_paid_payment_says_when_and_by_which_intent",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(session_id__isnull=False),
                name="an_open_payment_has_a_session",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-begun_at"], name="payments_by_state"),
            # What the recovery asks: which have been open too long?
            models.Index(
                fields=["begun_at"],
                condition=Q(state__in=["intended", "open"]),
                name="payments_to_look_after",
            ),
            models.Index(fields=["paid_at"], condition=Q(state="paid"), name="payments_of_a_day"),
        ]
        triggers = [
            pgtrigger.Protect(name="a_payment_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="a_payment_is_of_what_it_was", fields=["order", "amount_ore"]),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The idempotency key of opening it, of our primary key; the code keeps two databases apart."""
        return f"navet-payment-{self.pk}-{self.order.code}"

    def is_payable(self, at: dt.datetime) -> bool:
        return self.state == self.State.OPEN and at < self.expires_at

    def refundable_ore(self) -> int:
        """What has neither gone back nor been taken by a dispute; two queries."""
        if self.state != self.State.PAID:
            return 0
        gone = self.refunds.counted().aggregate(sum=Sum("amount_ore"))["sum"] or 0
        taken = self.disputes.taken().aggregate(sum=Sum("taken_ore"))["sum"] or 0
        return self.amount_ore - gone - taken


pgtrigger.register(
    pgtrigger.FSM(
        name="a_payment_moves_along_its_table", field="state", transitions=_transitions(Payment.MOVES)
    )
)(Payment)


class RefundQuerySet(models.QuerySet["Refund"]):
    def counted(self) -> "RefundQuerySet":
        """Those that went back or are to."""
        return self.exclude(state=Refund.State.FAILED)

    def unsettled(self) -> "RefundQuerySet":
        return self.filter(state__in=[Refund.State.PROMISED, Refund.State.PENDING])

    def of_key(self, key: str) -> "RefundQuerySet":
        found = _key_of("refund", key)
        return self.filter(pk=found[0], payment__order__code=found[1]) if found else self.none()


# Whoever refunds locks the payment, so of two refunds at once the second counts the first.
_NEVER_MORE_THAN_PAID = """
    PERFORM FROM payments_payment p WHERE p.id = NEW.payment_id FOR UPDATE;
    IF NOT EXISTS (
        SELECT FROM payments_payment p WHERE p.id = NEW.payment_id AND p.state = 'paid' AND p.amount_ore >= NEW.amount_ore + (
            SELECT coalesce(sum(r.amount_ore), 0) FROM payments_refund r
            WHERE r.payment_id = p.id AND r.state <> 'failed' AND r.id <> NEW.id) + (
            SELECT coalesce(sum(d.taken_ore), 0) FROM payments_dispute d
            WHERE d.payment_id = p.id AND d.taken_at IS NOT NULL AND d.returned_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'no more is refunded than was paid' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Refund(models.Model):
    """Money that goes back to whoever paid; counted from the moment it is promised until it has failed."""

    class State(models.TextChoices):
        PROMISED = "promised", _("To be refunded")
        PENDING = "pending", _("On its way")
        SUCCEEDED = "succeeded", _("Refunded")
        FAILED = "failed", _("Refund failed")

    class Reason(models.TextChoices):
        SURPLUS = "surplus", _("The order changed")
        LATE = "late", _("Paid too late")
        STAFF = "staff", _("Decided by staff")
        OUTSIDE = "outside", _("Made at Stripe")

    MOVES = {
        State.PROMISED: {State.PENDING, State.SUCCEEDED, State.FAILED},
        State.PENDING: {State.SUCCEEDED, State.FAILED},
        State.SUCCEEDED: {State.FAILED},  # banks return what they took, days later
        State.FAILED: set[State](),
    }

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("payment")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROMISED)
    amount_ore = models.BigIntegerField(_("amount, öre"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    stripe_id = models.CharField(_("refund at Stripe"), max_length=120, null=True, blank=True, unique=True)
    fault = models.CharField(_("why not"), max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    promised_at = models.DateTimeField(_("promised"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_ore__gt=0, amount_ore__lte=MAX_ORE), name="a_refund_is_of_something"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["promised", "failed"]) | Q(stripe_id__isnull=False),
                name="a_refund_under_way_is_known_at_stripe",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["succeeded", "failed"], settled_at__isnull=False)
                | Q(state__in=["promised", "pending"], settled_at__isnull=True),
                name="a_settled_refund_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["promised_at"],
                condition=Q(state__in=["promised", "pending"]),
                name="refunds_unsettled",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="a_refund_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="a_refund_is_of_what_it_was", fields=["payment", "amount_ore"]),
            pgtrigger.Trigger(
                name="no_more_is_refunded_than_was_paid",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=~pgtrigger.Q(new__state="failed"),
                func=_NEVER_MORE_THAN_PAID,
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The idempotency key of making it, of our primary key."""
        return f"navet-refund-{self.pk}-{self.payment.order.code}"


pgtrigger.register(
    pgtrigger.FSM(
        name="a_refund_moves_along_its_table", field="state", transitions=_transitions(Refund.MOVES)
    )
)(Refund)


class StripeEvent(models.Model):
    """The inbox of webhooks: each event is kept once; `about` says what to ask Stripe about, until that is done."""

    event_id = models.CharField(max_length=120, unique=True)
    type = models.CharField(_("type"), max_length=80)
    about = models.JSONField(default=dict, help_text="Kind and id of the object; emptied when handled.")
    happened_at = models.DateTimeField(_("happened"))
    received_at = models.DateTimeField(_("received"))
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)

    class Meta:
        verbose_name = _("event from Stripe")
        verbose_name_plural = _("events from Stripe")
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | Q(about={}), name="a_handled_event_is_emptied"
            )
        ]
        indexes = [models.Index(fields=["received_at"], name="stripe_events_by_age")]


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def taken(self) -> "DisputeQuerySet":
        """Those whose money is gone."""
        return self.filter(taken_at__isnull=False, returned_at__isnull=True)

    def unsettled(self) -> "DisputeQuerySet":
        """Those that are not over, and those lost of which not all could be taken."""
        return self.exclude(status__in=Dispute.OVER) | self.filter(
            status="lost", taken_ore__lt=F("amount_ore")
        )


class Dispute(models.Model):
    """A payer's bank wants the money back. What it decides is between the bank and Stripe; staff answer there.

    `taken_ore` is what a lost one took from what the order has paid, until it is returned.
    """

    OVER = frozenset({"won", "lost", "warning_closed", "prevented"})

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("payment")
    )
    stripe_id = models.CharField(_("dispute at Stripe"), max_length=120, unique=True)
    status = models.CharField(_("state"), max_length=40)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    amount_ore = models.BigIntegerField(_("amount, öre"))
    opened_at = models.DateTimeField(_("opened"))
    answer_by = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    taken_ore = models.BigIntegerField(_("taken, öre"), default=0)
    taken_at = models.DateTimeField(_("money taken"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, returned_at__isnull=True, taken_ore=0)
                | Q(taken_at__isnull=False, taken_ore__gt=0, taken_ore__lte=F("amount_ore")),
                name="a_dispute_takes_no_more_than_it_is_about",
            ),
        ]

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER

    @property
    def is_taken(self) -> bool:
        return self.taken_at is not None and self.returned_at is None


class Difference(models.Model):
    """Something that Stripe and our books do not agree about; open until they do, or somebody says why not."""

    class Kind(models.TextChoices):
        AMOUNT = "amount", _("Another amount or currency")
        UNKNOWN = "unknown", _("Stripe has a payment that we do not know")
        MISSING = "missing", _("Stripe does not have our payment")
        REFUND = "refund", _("A refund differs")
        STUCK = "stuck", _("A refund has not been made")
        NOBODYS = "nobodys", _("Paid for something that no longer exists here")
        DISPUTED = "disputed", _("The payer's bank wants the money back")
        LOST = "lost", _("A dispute was lost: the money is gone")
        BALANCE = "balance", _("Stripe's balance has something that our books lack")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    about = models.CharField(_("about"), max_length=120)
    payment = models.ForeignKey(
        Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="differences"
    )
    ours = models.CharField(_("our books"), max_length=60, blank=True)
    theirs = models.CharField(_("Stripe"), max_length=60, blank=True)
    found_at = models.DateTimeField(_("found"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="a_difference_is_found_once"),
        ]


class Reconciliation(models.Model):
    """One day of Stripe's held against our books."""

    day = models.DateField(_("day"), unique=True)
    ran_at = models.DateTimeField(_("when"))
    payments = models.PositiveIntegerField(_("payments"))
    paid_ore = models.BigIntegerField(_("paid, öre"))
    refunds = models.PositiveIntegerField(_("refunds"))
    refunded_ore = models.BigIntegerField(_("refunded, öre"))
    fees_ore = models.BigIntegerField(_("fees, öre"), default=0)
    paid_out_ore = models.BigIntegerField(_("sent to the bank, öre"), default=0)
    differences = models.PositiveIntegerField(_("differences"))

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
