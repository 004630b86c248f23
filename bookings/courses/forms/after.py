"""What is filled in when a course is over: a link to hand out, a certificate to look up."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.common.forms import LineField
from bookings.courses.models import Day
from navet.pages import formats
from navet.pages.forms import offer


class DayField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return formats.local_date(obj.occasion.starts_at, "day_year")


class MaterialForm(forms.Form):
    """A link and the day that it belongs to."""

    day = DayField(Day.objects.none(), label=_("After which day"), empty_label=None)
    title = LineField(label=_("What it is"), max_length=120)
    url = forms.URLField(
        label=_("Web address"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def __init__(self, *args: Any, days: Sequence[Day], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Day.objects.select_related("occasion").filter(pk__in=[day.pk for day in days])
        offer(self, "day", chosen)


class CheckForm(forms.Form):
    """What stands on a certificate."""

    code = LineField(label=_("Code"), max_length=20)
    name = LineField(label=_("Name on the certificate"), max_length=120)
    first_day = DateField(label=_("The course's first day"))
