"""Effects promised in the same transaction as what caused them."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EffectQuerySet(models.QuerySet["Effect"]):
    def due(self, at: dt.datetime) -> "EffectQuerySet":
        return self.filter(state=Effect.State.PENDING, due_at__lte=at)

    def dead(self) -> "EffectQuerySet":
        return self.filter(state=Effect.State.DEAD)


class Effect(models.Model):
    """One thing the world was promised: a mail, later a refund or a webhook. `key` makes promising twice one promise."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        DONE = "done", _("Done")
        DEAD = "dead", _("Given up")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=200, unique=True)
    payload = models.JSONField(_("payload"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"))
    created_at = models.DateTimeField(_("promised"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("promised effect")
        verbose_name_plural = _("promised effects")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False)
                | (~Q(state="done") & Q(done_at__isnull=True)),
                name="a_done_effect_says_when",
            ),
        ]
        indexes = [
            # The relay's one question: what is due?
            models.Index(fields=["due_at"], condition=Q(state="pending"), name="effects_that_wait"),
        ]


class DeliveredMail(models.Model):
    """A mail in the mailbox of embedded mode and of the tests; a message id is delivered once."""

    message_id = models.CharField(max_length=200, unique=True)
    sender = models.CharField(max_length=200)
    recipients = models.JSONField(default=list)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list, help_text="Name, type and base64 of each.")
    delivered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-delivered_at"], name="mailbox_newest_first")]
