"""When the ledger was added up again, and what did not agree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LedgerCheck(models.Model):
    """One time the whole ledger was added up again, and what did not agree (`found` holds the first of them)."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    entries = models.PositiveBigIntegerField(_("entries"))
    check_ins = models.PositiveBigIntegerField(_("check-ins"))
    differences = models.PositiveIntegerField(_("differences"))
    found = models.JSONField(default=list)
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="The same for the same differences; empty without any."
    )

    class Meta:
        verbose_name = _("ledger check")
        verbose_name_plural = _("ledger checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(differences=0, fingerprint="") | Q(differences__gt=0) & ~Q(fingerprint=""),
                name="differences_have_a_fingerprint",
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="ledger_check_newest_first")]
