"""Who wants which summary by mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Subscription(models.Model):
    """One staff user's wish for one summary, or, of those sent unasked, to be spared it."""

    class Kind(models.TextChoices):
        WEEKLY_CAPACITY = "weekly_capacity", _("Weekly capacity summary")
        MONTHLY_INDICATORS = "monthly_indicators", _("Monthly indicator summary")
        EDUCATOR_DAY = "educator_day", _("My day")
        DESK_DAY = "desk_day", _("The day at the desk")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    kind = models.CharField(_("summary"), max_length=24, choices=Kind.choices)
    wanted = models.BooleanField(_("wanted"), default=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_subscription_per_user_and_summary")
        ]
