"""What became of the contact of a class's booking."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.schools.models.bookings import SchoolBooking


class ContactChange(models.Model):
    """Somebody gave a booking another contact: what was changed, when, by whom, and where mails went until then.

    `changed` are names of fields. The history of bookings keeps no contact, so this is its trail; `was_email` is told, and
    is empty where the address stayed, or once its time is out.
    """

    booking = models.ForeignKey(SchoolBooking, on_delete=models.CASCADE, related_name="contact_changes")
    changed = ArrayField(models.CharField(max_length=20), verbose_name=_("what was changed"))
    was_email = models.EmailField(_("address before"), blank=True)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty for the contact herself."),
    )

    class Meta:
        verbose_name = _("change of contact")
        verbose_name_plural = _("changes of contact")
        constraints = [
            models.CheckConstraint(condition=~Q(changed=[]), name="a_change_of_contact_changes_something")
        ]
        indexes = [
            # What data protection empties, oldest first.
            models.Index(fields=["changed_at"], name="contact_changes_oldest_first")
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.changed_at:%Y-%m-%d %H:%M}"

    @property
    def what(self) -> str:
        """What was changed, in the active language."""
        fields = {field.name: field.verbose_name for field in SchoolBooking._meta.concrete_fields}
        return ", ".join(str(fields[name]) for name in self.changed)
