"""What an entry of the ledger can be of, and what a year is measured by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What kind of visit an entry of the ledger is; the counting rules say which indicator it counts in."""

    PUPIL = "pupil", _("Pupil on a school programme")
    SCHOOL_ADULT = "school_adult", _("Adult with a school class")
    ADULT = "adult", _("Adult")
    CHILD = "child", _("Child")
    FAMILY_ADULT = "family_adult", _("Adult on a family ticket")
    FAMILY_CHILD = "family_child", _("Child on a family ticket")
    ANNUAL_PASS = "annual_pass", _("Annual pass")
    GROUP = "group", _("Group visit")
    FREE = "free", _("Free entry")
    COURSE = "course", _("Educator on a course")
    LEISURE = "leisure", _("Child in a leisure group")
    CONFERENCE = "conference", _("Conference guest")
    DIGITAL = "digital", _("Digital or off-site participation")
    DOOR_CORRECTION = "door_correction", _("Door counter correction")


class Indicator(models.TextChoices):
    """What the year is measured by (DESIGN.md section 5)."""

    PUPILS = "pupils", _("Pupils on school programmes")
    EDUCATORS = "educators", _("Individuals in competence development")
    VISITORS = "visitors", _("Visitors in total")
    LEISURE = "leisure", _("Children and young people in meaningful leisure")
    CONFERENCES = "conferences", _("Meetings and conferences")
