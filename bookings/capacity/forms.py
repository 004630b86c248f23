"""Which period and kind to look at, how much is filled, and which occasions; the address says it all, so it can be sent on."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.capacity import report
from bookings.capacity.report import Wish
from bookings.capacity.rows import KINDS
from visitors.forms import FIRST_YEAR, LAST_YEAR

FOUR_WEEKS = dt.timedelta(days=27)
KEY, SLUG = r"^[a-z_]+:[-a-zA-Z0-9_]{1,60}$", r"^[-a-zA-Z0-9_]{1,60}$"


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget)


class PeriodForm(forms.Form):
    """Both days are included. Where they are left out: the four weeks from today."""

    fran = _day(_("From"))
    till = _day(_("To"))
    slag = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *((kind.value, kind.label) for kind in KINDS)],
    )

    def __init__(self, asked: Any, *, today: dt.date, **options: Any) -> None:
        given = {name: asked[name] for name in asked if asked[name]}
        super().__init__({"fran": today, **_until(given, today), "andel": "100", **given}, **options)

    def clean_fran(self) -> dt.date:
        return _plausible(self.cleaned_data["fran"])

    def clean_till(self) -> dt.date:
        return _plausible(self.cleaned_data["till"])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if "fran" in asked and "till" in asked and (fault := report.fault(asked["fran"], asked["till"])):
            self.add_error("till", fault)
        return asked

    def wish(self) -> Wish:
        """Of a valid form."""
        asked = self.cleaned_data
        return Wish(asked["fran"], asked["till"], asked["slag"])


class CapacityForm(PeriodForm):
    andel = forms.IntegerField(
        label=_("Share of the free places that is filled, per cent"),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def share(self) -> int:
        """Of a valid form."""
        return self.cleaned_data["andel"] or 100


class RowsForm(PeriodForm):
    program = forms.RegexField(KEY, required=False)
    rum = forms.RegexField(SLUG, required=False)
    veckodag = forms.IntegerField(required=False, min_value=0, max_value=6)
    timme = forms.IntegerField(required=False, min_value=0, max_value=23)
    bara = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[
            ("", _("All")),
            (report.FREE, _("With free places")),
            (report.BOOKABLE, _("That can be booked now")),
            (report.OVER, _("Over and counted")),
        ],
    )

    def wish(self) -> Wish:
        """Of a valid form."""
        asked = self.cleaned_data
        return Wish(
            asked["fran"],
            asked["till"],
            asked["slag"],
            product=asked["program"],
            room=asked["rum"],
            weekday=asked["veckodag"],
            hour=asked["timme"],
            only=asked["bara"],
        )


def _until(given: dict[str, Any], today: dt.date) -> dict[str, dt.date]:
    """Four weeks from the first day that is asked for; nothing where that is no date, which the field itself will say."""
    try:
        first = dt.date.fromisoformat(given["fran"]) if "fran" in given else today
        return {"till": first + FOUR_WEEKS}
    except (ValueError, OverflowError):
        return {"till": today + FOUR_WEEKS}


def _plausible(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Give a date between the years 2000 and 2100."))
    return day
