"""How who came differs from who was expected, in one word."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Difference(models.TextChoices):
    FEWER = "fewer", _("fewer")
    MORE = "more", _("more")
    OTHER = "other", _("other")


def between(expected: tuple[int, int], came: tuple[int, int]) -> Difference | None:
    """Of (participants, adults); OTHER when more of the one and fewer of the other came, None when it is as expected."""
    changes = [there - awaited for awaited, there in zip(expected, came, strict=True)]
    if not any(changes):
        return None
    if max(changes) <= 0:
        return Difference.FEWER
    return Difference.MORE if min(changes) >= 0 else Difference.OTHER
