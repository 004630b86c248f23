"""Municipalities, organisers, agreements, school units and their calendars."""

import datetime as dt
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from navet.directory.grades import Form, Grade


class SwedishOrder(Func):
    """Å, Ä and Ö after Z, the same on every server: the embedded PostgreSQL has no ICU collations."""

    function = "translate"
    template = "%(function)s(lower(%(expressions)s), 'åäöéü', '{|}ey') COLLATE \"C\""
    output_field = models.TextField()


def _one_point(field: str) -> Func:
    """An equality an exclusion constraint can index without btree_gist: [n, n]."""
    return Func(F(field), F(field), models.Value("[]"), function="int8range")


class Municipality(models.Model):
    """A municipality with its official four digit code and organisation number."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    in_sjuharad = models.BooleanField(_("in Sjuhärad"), default=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{4}$"), name="municipality_code_is_four_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organiser(models.Model):
    """Who runs a school (huvudman): a municipality, a company, a foundation, a region."""

    class Kind(models.TextChoices):
        MUNICIPAL = "KOMMUN", _("Municipal")
        INDEPENDENT = "ENSKILD", _("Independent")
        REGION = "REGION", _("Region")
        STATE = "STAT", _("The State")
        SAMI = "SAME", _("Sami school board")
        SPECIAL = "SPECIAL", _("Special schools agency")
        FEDERATION = "KOMMFORB", _("Municipal federation")
        ABROAD = "HMANUTL", _("Abroad")
        UNKNOWN = "OKAND", _("Unknown")

    name = models.CharField(_("name"), max_length=120)
    organisation_number = models.CharField(_("organisation number"), max_length=10, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")

    def __str__(self) -> str:
        return self.name


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self, day: dt.date) -> "AgreementQuerySet":
        return self.filter(valid__contains=day)

    def covering(
        self, *, organiser: Any, municipality: Any, is_municipal: Any, day: Any
    ) -> "AgreementQuerySet":
        """Those that make a visit free: the organiser's own, or its municipality's where that covers it. All are expressions."""
        by_municipality = Q(municipality=municipality) & (Q(includes_independent=True) | Q(is_municipal))
        return self.filter(Q(organiser=organiser) | by_municipality, valid__contains=day)


@pghistory.track()
class Agreement(models.Model):
    """A municipality's or an organiser's agreement: inside it, school programmes and teachers' training are free.

    "Free" is a property of the agreement and its dates, never of the programme (DOMAIN.md section 1).
    """

    municipality = models.ForeignKey(
        Municipality,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name=_("municipality"),
    )
    organiser = models.ForeignKey(
        Organiser,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name=_("organiser"),
    )
    includes_independent = models.BooleanField(
        _("also covers independent schools in the municipality"), default=False
    )
    valid = DateRangeField(_("valid"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) ^ Q(organiser__isnull=True),
                name="an_agreement_is_with_a_municipality_or_an_organiser",
            ),
            ExclusionConstraint(
                name="one_agreement_with_a_municipality_at_a_time",
                expressions=[
                    (_one_point("municipality_id"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(municipality__isnull=False),
            ),
            ExclusionConstraint(
                name="one_agreement_with_an_organiser_at_a_time",
                expressions=[
                    (_one_point("organiser_id"), RangeOperators.OVERLAPS),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(organiser__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality or self.organiser)


class SchoolUnitQuerySet(models.QuerySet["SchoolUnit"]):
    def open(self) -> "SchoolUnitQuerySet":
        return self.filter(status=SchoolUnit.Status.ACTIVE)

    def in_order(self) -> "SchoolUnitQuerySet":
        return self.order_by(SwedishOrder("name"), "pk")


class SchoolUnit(models.Model):
    """A school unit of Skolenhetsregistret, or a preschool of our own list (the register has none)."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("School")
        PRESCHOOL = "preschool", _("Preschool")

    class Status(models.TextChoices):
        ACTIVE = "AKTIV", _("Active")
        DORMANT = "VILANDE", _("Dormant")
        CLOSED = "UPPHORT", _("Closed")
        PLANNED = "PLANERAD", _("Planned")

    code = models.CharField(_("school unit code"), max_length=8, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SCHOOL)
    name = models.CharField(_("name"), max_length=120)
    forms = ArrayField(
        models.CharField(max_length=6, choices=Form.choices), verbose_name=_("school forms"), default=list
    )
    grades = ArrayField(
        models.CharField(max_length=4, choices=Grade.choices), verbose_name=_("grades"), default=list
    )
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, related_name="schools", verbose_name=_("organiser")
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="schools", verbose_name=_("municipality")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE)
    street_address = models.CharField(_("street address"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=6, blank=True)
    locality = models.CharField(_("locality"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    pupils = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    pupils_year_9 = models.PositiveIntegerField(_("pupils in year 9"), null=True, blank=True)
    closed_date = models.DateField(_("closed"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = SchoolUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("school unit")
        verbose_name_plural = _("school units")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="preschool", code__isnull=True) | Q(kind="school", code__regex=r"^\d{8}$"),
                name="a_school_has_an_eight_digit_code_and_a_preschool_none",
            ),
            models.UniqueConstraint(
                fields=["name", "municipality"],
                condition=Q(kind="preschool"),
                name="one_preschool_of_a_name_in_a_municipality",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.ACTIVE


class SchoolPeriodQuerySet(models.QuerySet["SchoolPeriod"]):
    def for_school(self, school: SchoolUnit) -> "SchoolPeriodQuerySet":
        """The municipality's periods and the school's own exceptions."""
        return self.filter(Q(municipality_id=school.municipality_id) | Q(school_id=school.pk))


class SchoolPeriod(models.Model):
    """Part of a school calendar: a term, a break (lov), staff days; for a municipality, or an exception for one school.

    A school's own row goes before its municipality's on the same day (DOMAIN.md section 2: staff days differ).
    """

    class Kind(models.TextChoices):
        TERM = "term", _("Term")
        BREAK = "break", _("School break")
        STAFF_DAY = "staff_day", _("Staff day")
        SCHOOL_DAY = "school_day", _("School day")

    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.CASCADE, related_name="school_periods"
    )
    school = models.ForeignKey(
        SchoolUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="periods"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    days = DateRangeField(_("days"))
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = SchoolPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("school period")
        verbose_name_plural = _("school periods")
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) ^ Q(school__isnull=True),
                name="a_school_period_is_a_municipalitys_or_a_schools",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody at a school we may write to; may opt out of invitations."""

    school = models.ForeignKey(SchoolUnit, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    invitations = models.BooleanField(_("wants invitations"), default=False)
    mail_language = models.CharField(
        _("language of mails"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    last_seen_date = models.DateField(_("last seen"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(fields=["school", "email"], name="one_contact_per_address_and_school"),
        ]

    def __str__(self) -> str:
        return self.name
