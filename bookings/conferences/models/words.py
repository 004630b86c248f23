"""The fixed words of conferences."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartKind(models.TextChoices):
    """What a room is let by."""

    HALF_DAY = "half_day", _("Half day")
    DAY = "day", _("Day")
    EVENING = "evening", _("Evening")


class Meal(models.TextChoices):
    COFFEE_AM = "coffee_am", _("Morning coffee")
    LUNCH = "lunch", _("Lunch")
    COFFEE_PM = "coffee_pm", _("Afternoon coffee")
    DINNER = "dinner", _("Dinner")


class AddOnKind(models.TextChoices):
    EXPERIENCE = "experience", _("Experience")
    FOOD = "food", _("Food")
    OTHER = "other", _("Other")


class Diet(models.TextChoices):
    """Counted, never named: nobody's health is written down here."""

    VEGETARIAN = "vegetarian", _("Vegetarian")
    VEGAN = "vegan", _("Vegan")
    GLUTEN = "gluten", _("Without gluten")
    LACTOSE = "lactose", _("Without lactose")
    NUTS = "nuts", _("Without nuts")
    PORK = "pork", _("Without pork")
    OTHER = "other", _("Other special diet")


class CustomerType(models.TextChoices):
    COMPANY = "company", _("Company")
    PUBLIC = "public", _("Municipality, region or state")
    ASSOCIATION = "association", _("Association")
    PRIVATE = "private", _("Private person")


class Wish(models.TextChoices):
    """What the guest asks for; done when the address is proved."""

    OPTION = "option", _("Hold the rooms while I decide")
    QUOTE = "quote", _("Send me a quote")
    BOOK = "book", _("Book")


class Status(models.TextChoices):
    """Until `holds_until` for all but the last three, and lapsed then, whatever the table still says."""

    HELD = "held", _("Waiting for the code")
    OPTION = "option", _("Option")
    QUOTED = "quoted", _("Quote given")
    UNPAID = "unpaid", _("To be paid")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Lapsed")


# Those that hold their rooms for a while only.
WAITING = (Status.HELD, Status.OPTION, Status.QUOTED, Status.UNPAID)
MOVES: dict[str, set[str]] = {
    Status.HELD: {
        Status.OPTION,
        Status.QUOTED,
        Status.UNPAID,
        Status.CONFIRMED,
        Status.LAPSED,
        Status.CANCELLED,
    },
    Status.OPTION: {
        Status.OPTION,
        Status.QUOTED,
        Status.UNPAID,
        Status.CONFIRMED,
        Status.LAPSED,
        Status.CANCELLED,
    },
    Status.QUOTED: {
        Status.OPTION,
        Status.QUOTED,
        Status.UNPAID,
        Status.CONFIRMED,
        Status.LAPSED,
        Status.CANCELLED,
    },
    Status.UNPAID: {Status.CONFIRMED, Status.LAPSED, Status.CANCELLED},
    Status.CONFIRMED: {Status.CANCELLED},
    Status.CANCELLED: set(),
    # While its rooms are still free: a late code, a late payment, a guest who asks again.
    Status.LAPSED: {Status.OPTION, Status.QUOTED, Status.UNPAID, Status.CONFIRMED},
}
