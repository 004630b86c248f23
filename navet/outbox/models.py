"""Effects promised in the same transaction as what caused them."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from navet.outbox import failures


class EffectQuerySet(models.QuerySet["Effect"]):
    def due(self, at: dt.datetime) -> "EffectQuerySet":
        return self.filter(state=Effect.State.PENDING, due_at__lte=at)

    def in_turn(self) -> "EffectQuerySet":
        """Urgent ones first, then those that have waited longest; a repeated failure moves to the back by its delay."""
        return self.order_by(F("urgent").desc(), "due_at", "pk")

    def failing(self) -> "EffectQuerySet":
        """Those that failed and will be tried again by themselves."""
        return self.filter(state=Effect.State.PENDING, attempts__gt=0)

    def counts(self, at: dt.datetime) -> dict[str, int]:
        """`due`, `later`, `failing`, `dead` and `done` at this moment; one query."""
        pending = Q(state=Effect.State.PENDING)
        return self.aggregate(
            due=Count("pk", filter=pending & Q(due_at__lte=at)),
            later=Count("pk", filter=pending & Q(due_at__gt=at)),
            failing=Count("pk", filter=pending & Q(attempts__gt=0)),
            dead=Count("pk", filter=Q(state=Effect.State.DEAD)),
            done=Count("pk", filter=Q(state=Effect.State.DONE)),
        )

    def dead(self) -> "EffectQuerySet":
        return self.filter(state=Effect.State.DEAD)


class Effect(models.Model):
    """One thing the world was promised: a mail, later a refund or a webhook. `key` makes promising twice one promise.

    `payload` holds ids, is emptied when the effect is done or withdrawn, and stays in a dead one, to be tried again.
    `recipient_hint` is a masked address, for staff who look at a mail that did not come.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        DONE = "done", _("Done")
        DEAD = "dead", _("Given up")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=200)
    payload = models.JSONField(_("payload"), default=dict)
    urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("Somebody waits for it at a screen.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"))
    created_at = models.DateTimeField(_("promised"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    recipient_hint = models.CharField(_("recipient"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,  # hardly ever anybody, and not looked for
        verbose_name=_("retried or withdrawn by"),
    )
    decided_at = models.DateTimeField(_("retried or withdrawn"), null=True, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("promised effect")
        verbose_name_plural = _("promised effects")
        constraints = [
            # Not `unique=True`, for which Django adds an index of prefixes: a key is asked for whole.
            models.UniqueConstraint(fields=["key"], name="one_effect_per_key"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True)),
                name="a_done_effect_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "withdrawn"]) | Q(payload={}, recipient_hint=""),
                name="what_is_over_keeps_no_personal_data",
            ),
        ]
        indexes = [
            # The relay's one question: whose turn is it?
            models.Index(
                F("urgent").desc(), "due_at", "id", condition=Q(state="pending"), name="effects_in_turn"
            ),
            # The staff page's lists and counts.
            models.Index(fields=["state", "due_at"], name="effects_by_state"),
        ]

    @property
    def what(self) -> str:
        """The name of the mail, else the kind: `school.confirmed`."""
        return self.payload.get("mail", self.kind)

    @property
    def reason(self) -> str:
        """Why the last attempt failed, in the active language."""
        return failures.in_words(self.last_error)


class DeliveredMailQuerySet(models.QuerySet["DeliveredMail"]):
    def newest_first(self) -> "DeliveredMailQuerySet":
        return self.order_by("-delivered_at", "-pk")

    def to(self, text: str) -> "DeliveredMailQuerySet":
        """Those with `text` in a recipient's address, whatever its case."""
        return self.annotate(to_text=Cast("recipients", TextField())).filter(to_text__icontains=text)


class DeliveredMail(models.Model):
    """A mail in the mailbox of embedded mode and of the tests; a message id is delivered once."""

    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=200)
    recipients = models.JSONField(default=list)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=list, help_text="Name and value of each, in order.")
    attachments = models.JSONField(default=list, help_text="Name, type and base64 of each.")
    delivered_at = models.DateTimeField(auto_now_add=True)

    objects = DeliveredMailQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-delivered_at"], name="mailbox_newest_first")]


class OptOut(models.Model):
    """Somebody wants no more mails of a kind that nobody asked for. Her address is not here: a digest under our secret is."""

    class Kind(models.TextChoices):
        FEEDBACK = "feedback", _("Questions after a visit or a course")
        INVITATIONS = "invitations", _("Invitations to schools")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    digest = models.CharField(_("digest of the address"), max_length=64)
    since_date = models.DateField(_("since"))

    class Meta:
        verbose_name = _("opt-out")
        verbose_name_plural = _("opt-outs")
        constraints = [
            models.UniqueConstraint(fields=["kind", "digest"], name="one_opt_out_per_address_and_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["feedback", "invitations"]), name="an_opt_out_is_of_a_known_kind"
            ),
        ]
