"""School forms and grades, in the words of Skolenhetsregistret where it has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """Codes of the register (API v2, `schoolTypes`), and FSK for preschools, which it lacks."""

    PRESCHOOL = "FSK", _("Preschool")
    PRESCHOOL_CLASS = "FKLASS", _("Preschool class")
    COMPULSORY = "GR", _("Compulsory school")
    ADAPTED_COMPULSORY = "GRAN", _("Adapted compulsory school")
    SPECIAL = "SP", _("Special school")
    SAMI = "SAM", _("Sami school")
    UPPER_SECONDARY = "GY", _("Upper secondary school")
    ADAPTED_UPPER_SECONDARY = "GYAN", _("Adapted upper secondary school")
    ADULT = "VUX", _("Adult education")
    LEISURE_CENTRE = "FTH", _("School-age educare")
    OPEN_LEISURE = "OPPFTH", _("Open school-age educare")


class Grade(models.TextChoices):
    """What a programme is made for and a class is."""

    PRESCHOOL = "FSK", _("Preschool")
    F = "F", _("Preschool class (F)")
    G1 = "1", _("Year 1")
    G2 = "2", _("Year 2")
    G3 = "3", _("Year 3")
    G4 = "4", _("Year 4")
    G5 = "5", _("Year 5")
    G6 = "6", _("Year 6")
    G7 = "7", _("Year 7")
    G8 = "8", _("Year 8")
    G9 = "9", _("Year 9")
    UPPER_SECONDARY = "GY", _("Upper secondary")
    ADAPTED = "AN", _("Adapted school")
    ADULT = "VUX", _("Adult education")
