"""Which year and which kinds are shown, and what an entry says."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.wheel.items import Kind
from bookings.wheel.models import Entry
from bookings.wheel.operations import Words
from navet import school_years
from navet.pages.forms import offer

YEARS_BACK, YEARS_AHEAD = 2, 2
FIRST_YEAR, LAST_YEAR = 2000, 2100


class WheelForm(forms.Form):
    """`period` is `2026` or the school year `2026-2027`; no `slag` at all means every kind."""

    period = forms.ChoiceField(label=_("Year"), required=False)
    slag = forms.MultipleChoiceField(
        label=_("Show"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
        choices = [
            (_("Calendar year"), [(str(year), str(year)) for year in years]),
            (_("School year"), [(f"{year}-{year + 1}", school_years.name(year)) for year in years]),
        ]
        offer(self, "period", choices)
        self.fields["period"].initial = str(today.year)
        self.fields["slag"].initial = Kind.values

    def days(self) -> tuple[dt.date, dt.date]:
        """The year asked for, half-open; this one where none is, or none that can be."""
        period = (self.is_valid() and self.cleaned_data["period"]) or str(self.today.year)
        year, is_school_year, _next = period.partition("-")
        if is_school_year:
            return school_years.days(int(year))
        return dt.date(int(year), 1, 1), dt.date(int(year) + 1, 1, 1)

    def kinds(self) -> list[Kind]:
        chosen = (self.is_valid() and self.cleaned_data["slag"]) or Kind.values
        return [kind for kind in Kind if kind in chosen]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=widget)


class EntryForm(forms.ModelForm):
    """Both days are included; `seen` is the version that is changed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    first = _day(_("First day"))
    last = _day(_("Last day"))

    class Meta:
        model = Entry
        fields = ["kind", "title_sv", "title_en", "note", "audience", "brings", "brings_unit", "brings_of"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "title_en": _("Empty: as in Swedish."),
            "note": _("No names of persons: everybody who sees the entry reads it."),
            "brings": _(
                "Beyond what the same days usually bring; below 0 for less. The forecast counts on it, and says so. "
                "Leave it empty where nobody knows."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry: Entry = self.instance
        self.fields["title_en"].required = False
        if entry.pk:
            self.fields["seen"].initial, self.fields["first"].initial = entry.version, entry.first
            self.fields["last"].initial = entry.last
        self.order_fields(
            [
                "kind",
                "title_sv",
                "title_en",
                "first",
                "last",
                "note",
                "audience",
                "brings",
                "brings_unit",
                "brings_of",
                "seen",
            ]
        )

    def clean_first(self) -> dt.date:
        return _plausible(self.cleaned_data["first"])

    def clean_last(self) -> dt.date:
        return _plausible(self.cleaned_data["last"])

    def clean_title_en(self) -> str:
        return self.cleaned_data["title_en"] or self.cleaned_data.get("title_sv", "")

    def words(self) -> Words:
        asked = self.cleaned_data
        return Words(**{name: asked[name] for name in Words.__dataclass_fields__})

    def _post_clean(self) -> None:
        """The operation writes; the form only reads."""


def _plausible(day: dt.date) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Give a date between the years 2000 and 2100."))
    return day
