"""What a manager writes about the doors."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visitors.counters.models import Counter
from visitors.forms import FIRST_YEAR, LAST_YEAR, HourField


def _date(**more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **more)


class _Reasoned(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class ApproveForm(_Reasoned):
    """Carries the difference that was seen, so that nobody approves another."""

    difference = forms.IntegerField(widget=forms.HiddenInput, min_value=-100_000, max_value=100_000)


class TakeBackForm(_Reasoned):
    """Why a correction is taken back."""


class FactorForm(_Reasoned):
    counter = forms.ModelChoiceField(label=_("Door counter"), queryset=Counter.objects.order_by("name"))
    factor = forms.DecimalField(
        label=_("Factor"),
        max_digits=5,
        decimal_places=4,
        localize=True,
        help_text=_("How many came for each head counted. 1.05 where the counter misses one in twenty."),
    )
    valid_from = _date(label=_("From"))
    valid_until = _date(
        label=_("Last day"), required=False, help_text=_("Empty: until another factor is decided.")
    )
    field_order = ("counter", "factor", "valid_from", "valid_until", "reason")


class CounterForm(forms.Form):
    """Of one counter, or of all."""

    raknare = forms.ModelChoiceField(
        label=_("Door counter"),
        queryset=Counter.objects.order_by("name"),
        empty_label=_("All"),
        required=False,
    )


class ReadingsForm(CounterForm):
    """Which readings of a day: of one counter, or of all; of one hour, or of the whole day."""

    timme = HourField(widget=forms.HiddenInput, required=False)


class LastDayForm(forms.Form):
    """The last day of the period to show."""

    till = _date(required=False)

    def last_day(self, otherwise: dt.date) -> dt.date:
        """The day asked for, or `otherwise` where none is given or it cannot be read."""
        day = self.cleaned_data.get("till") if self.is_valid() else None
        return day if day and FIRST_YEAR < day.year < LAST_YEAR else otherwise
