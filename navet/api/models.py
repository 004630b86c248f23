"""The memory of POSTs that must have one effect however often they arrive."""

from django.db import models


class IdempotencyRecord(models.Model):
    """What one caller's POST under one key was answered; written in the transaction of its effect."""

    scope = models.CharField(
        max_length=120, help_text="Who asked and where: user, device or client, and the path."
    )
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body.")
    status = models.PositiveSmallIntegerField(
        null=True
    )  # None where a page remembers a tap (visitors/taps.py)
    body = models.TextField(
        blank=True, help_text="The answer as JSON, byte for byte; empty when it had no body."
    )
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="one_answer_per_caller_and_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_oldest_first")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
