"""Invitations: to which unit, in which term, by whom."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import User
from navet.directory.models import Contact, SchoolUnit


@pghistory.track()
class Invitation(models.Model):
    """A unit was invited, once in a term. To a contact of ours who wants it, else to the unit's own public address."""

    school = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="invitations")
    term = models.CharField(
        _("term"), max_length=7, help_text=_("2026-HT is the autumn, 2027-VT the spring.")
    )
    is_to_contact = models.BooleanField(_("to a contact of ours"))
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("contact")
    )
    sessions = models.PositiveSmallIntegerField(_("sessions that were offered"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(fields=["school", "term"], name="a_unit_is_invited_once_in_a_term"),
            models.CheckConstraint(
                condition=Q(term__regex=r"^\d{4}-(HT|VT)$"), name="an_invitation_is_of_a_term"
            ),
            models.CheckConstraint(condition=Q(sessions__gte=1), name="an_invitation_offers_something"),
            models.CheckConstraint(
                condition=Q(is_to_contact=True) | Q(contact__isnull=True),
                name="only_an_invitation_to_a_contact_names_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.term}"
