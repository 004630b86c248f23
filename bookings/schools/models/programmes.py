"""What classes come for."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from navet.directory.grades import Grade
from navet.house.models import Room
from navet.money import MAX_ORE


class Subject(models.TextChoices):
    BIOLOGY = "biology", _("Biology")
    CHEMISTRY = "chemistry", _("Chemistry")
    PHYSICS = "physics", _("Physics")
    TECHNOLOGY = "technology", _("Technology")
    MATHEMATICS = "mathematics", _("Mathematics")
    PROGRAMMING = "programming", _("Programming and AI")
    ASTRONOMY = "astronomy", _("Astronomy")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    LANGUAGE = "language", _("Language and drama")


class Language(models.TextChoices):
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def published(self) -> "ProgrammeQuerySet":
        return self.filter(is_published=True)


@pghistory.track()
class Programme(models.Model):
    """What a class comes for. Prices are for those outside the agreements: per group, in öre including VAT."""

    slug = models.SlugField(unique=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300)
    summary_en = models.CharField(_("summary in English"), max_length=300)
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    prepare_sv = models.TextField(_("preparation in Swedish"), blank=True)
    prepare_en = models.TextField(_("preparation in English"), blank=True)
    accessibility_sv = models.TextField(_("accessibility in Swedish"), blank=True)
    accessibility_en = models.TextField(_("accessibility in English"), blank=True)
    curriculum_sv = models.TextField(_("curriculum links in Swedish"), blank=True)
    curriculum_en = models.TextField(_("curriculum links in English"), blank=True)
    subjects = ArrayField(
        models.CharField(max_length=16, choices=Subject.choices), verbose_name=_("subjects")
    )
    grades = ArrayField(models.CharField(max_length=4, choices=Grade.choices), verbose_name=_("grades"))
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices), verbose_name=_("languages")
    )
    length_minutes = models.PositiveSmallIntegerField(_("length, minutes"))
    min_pupils = models.PositiveSmallIntegerField(_("pupils at least"), default=1)
    max_pupils = models.PositiveSmallIntegerField(_("pupils at most"))
    groups_at_once = models.PositiveSmallIntegerField(_("groups at once"), default=1)
    half_class_max = models.PositiveSmallIntegerField(_("half class, pupils at most"), default=17)
    price_half_ore = models.PositiveIntegerField(_("price for half a class, öre"))
    price_full_ore = models.PositiveIntegerField(_("price for a full class, öre"))
    vat_permille = models.PositiveSmallIntegerField(_("VAT, per mille"), default=250)
    rooms = models.ManyToManyField(Room, related_name="programmes", verbose_name=_("rooms it can use"))
    educators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="programmes",
        blank=True,
        verbose_name=_("educators who can lead it"),
    )
    is_published = models.BooleanField(_("published"), default=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(min_pupils__gte=1, max_pupils__gte=models.F("min_pupils")),
                name="a_group_has_at_least_its_minimum",
            ),
            models.CheckConstraint(
                condition=Q(groups_at_once__gte=1, length_minutes__gte=1),
                name="a_programme_takes_time_and_a_group",
            ),
            models.CheckConstraint(
                condition=Q(price_half_ore__lte=MAX_ORE, price_full_ore__gte=models.F("price_half_ore")),
                name="a_full_class_pays_no_less_than_half",
            ),
            models.CheckConstraint(
                condition=Q(vat_permille__in=[0, 60, 120, 250]), name="a_programmes_vat_is_a_swedish_rate"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def text_in_language(self, field: str) -> str:
        """`field` ("title", "summary", …) in the active language; Swedish where the English is missing."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{field}_sv")

    @property
    def title(self) -> str:
        return self.text_in_language("title")
