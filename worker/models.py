"""Who wants which summary by mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """One staff user's wish for one summary."""

    class Kind(models.TextChoices):
        WEEKLY_CAPACITY = "weekly_capacity", _("Weekly capacity summary")
        MONTHLY_INDICATORS = "monthly_indicators", _("Monthly indicator summary")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    kind = models.CharField(_("summary"), max_length=24, choices=Kind.choices)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_subscription_per_user_and_summary")
        ]
