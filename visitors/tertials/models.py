"""The report to the board: what management says of each indicator, and what was given out, as it was."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visitors.models import Indicator
from visitors.models.keeping import never_emptied
from visitors.tertials.tertial import Tertial

NUMBERS = [(1, "1"), (2, "2"), (3, "3")]


class Comment(models.Model):
    """What management says of an indicator in a tertial, and what it does about it: a version, never changed. The latest holds."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("tertial"), choices=NUMBERS)
    indicator = models.CharField(_("indicator"), max_length=12, choices=Indicator.choices)
    version = models.PositiveIntegerField(_("version"))
    comment = models.TextField(_("comment"), blank=True)
    action = models.TextField(_("action"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("comment of a tertial")
        verbose_name_plural = _("comments of tertials")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number", "indicator", "version"], name="one_comment_of_a_version"
            ),
            models.CheckConstraint(condition=Q(number__in=[1, 2, 3]), name="a_comment_is_of_a_tertial"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
        ]


class Issue(models.Model):
    """A report as it was given out: figures and words as data, and its two PDFs byte by byte. Never changed.

    Version 1 is made when the tertial is over, of what was known at the end of its last day; a comment written later makes
    another version with the same figures.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("tertial"), choices=NUMBERS)
    version = models.PositiveIntegerField(_("version"))
    data = models.JSONField(_("figures and words"))
    pdf_sv = models.BinaryField(_("PDF in Swedish"))
    pdf_en = models.BinaryField(_("PDF in English"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whose comment made this version; nobody's where the house made it."),
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("issue of a tertial report")
        verbose_name_plural = _("issues of tertial reports")
        constraints = [
            models.UniqueConstraint(fields=["year", "number", "version"], name="one_issue_of_a_version"),
            models.CheckConstraint(condition=Q(number__in=[1, 2, 3]), name="an_issue_is_of_a_tertial"),
            models.CheckConstraint(condition=Q(version__gte=1), name="issues_are_counted_from_one"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            never_emptied(),
        ]

    @property
    def tertial(self) -> Tertial:
        return Tertial(self.year, self.number)

    def pdf(self, language: str) -> bytes:
        return bytes(self.pdf_en if language == "en" else self.pdf_sv)
