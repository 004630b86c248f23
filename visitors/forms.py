"""The shape of what is tapped at the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from navet import codes
from visitors import walk_ins
from visitors.models import Indicator

FIRST_YEAR, LAST_YEAR = 2000, 2100


def heads(label: Any, **attrs: Any) -> forms.IntegerField:
    widget = forms.NumberInput(
        attrs={
            "inputmode": "numeric",
            "autocomplete": "off",
            "class": "input--big",
            "data-stepper": "",
            **attrs,
        }
    )
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, widget=widget)


class TapForm(forms.Form):
    """Carries a token, fresh each time the form is shown: tapped twice, it is one effect."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = codes.new_code()


class CheckInForm(TapForm):
    participants = heads(_("Pupils and participants"))
    adults = heads(_("Adults"))


class WalkInForm(TapForm):
    category = forms.ChoiceField(choices=[(c.value, c.label) for c in walk_ins.CATEGORIES])
    count = heads(_("How many"), min=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["count"].initial = 1


class DayForm(forms.Form):
    """Which day, and what is looked for."""

    dag = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    sok = forms.CharField(required=False, max_length=200)

    def clean_dag(self) -> dt.date | None:
        day = self.cleaned_data["dag"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Give a date between the years 2000 and 2100."))
        return day

    def day(self, today: dt.date) -> dt.date:
        """The day asked for, or today where none is given or it cannot be read."""
        return (self.is_valid() and self.cleaned_data["dag"]) or today


class RowsForm(forms.Form):
    """Which rows of the ledger are behind a figure."""

    indikator = forms.ChoiceField(label=_("Indicator"), choices=Indicator.choices)
    ar = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    manad = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
