"""The shape of what is tapped at the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from navet import codes, periods
from navet.pages import formats
from visitors import counting, decisions, walk_ins
from visitors.behind import Wanted
from visitors.models import Category, Indicator, Visit

FIRST_YEAR, LAST_YEAR = 2000, 2100
HOUR_SHAPE = "%Y-%m-%dT%H:%MZ"  # of an hour in an address


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
    """A key of the desk: a ticket's, or a category's where no ticket is on sale."""

    ticket = forms.SlugField(max_length=16, required=False)
    category = forms.ChoiceField(choices=[(c.value, c.label) for c in walk_ins.CATEGORIES], required=False)
    count = heads(_("How many"), min=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["count"].initial = 1

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and bool(given["ticket"]) == bool(given["category"]):
            raise forms.ValidationError(_("Say either which ticket or which category."))
        return given

    def tap(self) -> tuple[str, int, bool]:
        """The code of the ticket or the category, how many of it, and whether it is a ticket."""
        given = self.cleaned_data
        return given["ticket"] or given["category"], given["count"], bool(given["ticket"])


def _plausible(day: dt.date | None) -> dt.date | None:
    """Raises ValidationError for a year that the house does not keep."""
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("Give a date between the years 2000 and 2100."))
    return day


class HourField(forms.Field):
    """The first moment of an hour, as the house's own links write it: 2026-03-12T08:00Z."""

    def to_python(self, value: Any) -> Any:
        """A moment in UTC; None where none is given."""
        if value in self.empty_values:
            return None
        try:
            hour = dt.datetime.strptime(value, HOUR_SHAPE).replace(tzinfo=dt.UTC)
        except ValueError:
            raise forms.ValidationError(_("There is no such hour."), code="hour") from None
        if not FIRST_YEAR <= hour.year < LAST_YEAR or hour.minute:
            raise forms.ValidationError(_("There is no such hour."), code="hour")
        return hour

    def prepare_value(self, value: Any) -> Any:
        return value.strftime(HOUR_SHAPE) if isinstance(value, dt.datetime) else value


class DayForm(forms.Form):
    """Which day, and what is looked for."""

    dag = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    sok = forms.CharField(required=False, max_length=200)

    def clean_dag(self) -> dt.date | None:
        return _plausible(self.cleaned_data["dag"])

    def day(self, today: dt.date) -> dt.date:
        """The day asked for, or today where none is given or it cannot be read."""
        return (self.is_valid() and self.cleaned_data["dag"]) or today


def year_in(text: str, otherwise: int) -> int:
    """The year that was asked for, or the other one where it cannot be read."""
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    return otherwise


class CountingForm(forms.Form):
    """What shall count in each indicator of a year, its targets, and why; starts from what counts now."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Who decided it and where it is written, for instance a minute of the board."),
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = counting.categories_of(year, counting.rule_rows())
        aims = counting.targets_of(year, counting.target_rows())
        self.fields["seen"].initial = decisions.version()
        for code in Indicator:
            if code in decisions.BY_CATEGORY:
                self.fields[f"counts_{code}"] = forms.MultipleChoiceField(
                    label=_("Counts in: %(indicator)s") % {"indicator": code.label},
                    choices=Category.choices,
                    initial=sorted(counted[code]),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
            self.fields[f"target_{code}"] = forms.IntegerField(
                label=_("Target: %(indicator)s") % {"indicator": code.label},
                min_value=0,
                max_value=10_000_000,
                initial=aims[code],
            )
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def categories(self) -> dict[str, list[str]]:
        return {code.value: self.cleaned_data[f"counts_{code}"] for code in decisions.BY_CATEGORY}

    def targets(self) -> dict[str, int]:
        return {code.value: self.cleaned_data[f"target_{code}"] for code in Indicator}


class _LeafedForm(forms.Form):
    """Asks for rows; `efter` is the last one seen on the page before."""

    efter = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def facts(self) -> list[tuple[Any, Any]]:
        """What was asked for, in words."""
        asked = [(name, field) for name, field in self.fields.items() if name != "efter"]
        return [
            (field.label, self._word(field, self.cleaned_data[name]))
            for name, field in asked
            if self.cleaned_data[name] is not None and self.cleaned_data[name] not in ("", False)
        ]

    @staticmethod
    def _word(field: forms.Field, value: Any) -> Any:
        if isinstance(field, HourField):
            ends = value + dt.timedelta(hours=1)
            return f"{formats.local_time(value)}–{formats.local_time(ends)}"
        choices = dict(getattr(field, "choices", ()))
        return choices.get(value, value)


class RowsForm(_LeafedForm):
    """Which rows of the ledger are behind a figure of a year. `regler` is the year whose rules decide, if another."""

    indikator = forms.ChoiceField(
        label=_("Indicator"), choices=[("", _("All")), *Indicator.choices], required=False
    )
    ar = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    regler = forms.IntegerField(
        label=_("By the rules of"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    manad = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
    fran = forms.DateField(label=_("From"), input_formats=["%Y-%m-%d"], required=False)
    till = forms.DateField(label=_("Up to and including"), input_formats=["%Y-%m-%d"], required=False)
    kant = forms.DateField(label=_("As known on"), input_formats=["%Y-%m-%d"], required=False)
    veckodag = forms.IntegerField(label=_("Weekday, Monday is 0"), min_value=0, max_value=6, required=False)
    timme = forms.IntegerField(label=_("Hour of the clock"), min_value=0, max_value=23, required=False)
    kommun = forms.RegexField(
        r"^([0-9]{4}|unknown)$",
        label=_("Municipality"),
        required=False,
        help_text=_("The four figures of its code, or unknown."),
    )
    kategori = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All")), *Category.choices], required=False
    )
    kalla = forms.ChoiceField(
        label=_("Source"), choices=[("", _("All")), *Visit.Source.choices], required=False
    )

    def clean_kant(self) -> dt.date | None:
        return _plausible(self.cleaned_data["kant"])

    def clean(self) -> dict[str, Any]:
        """A weekday goes with an hour, and a year is needed but for the rows of some days."""
        asked = super().clean() or self.cleaned_data
        if (asked.get("veckodag") is None) != (asked.get("timme") is None):
            raise forms.ValidationError(_("Give a weekday and an hour together."))
        return asked

    def wanted(self, today: dt.date) -> Wanted:
        asked = self.cleaned_data
        return Wanted(
            since=asked["fran"],
            known=asked["kant"],
            weekday=asked["veckodag"],
            hour=asked["timme"],
            indicator=asked["indikator"],
            year=asked["ar"],
            rules=asked["regler"],
            month=asked["manad"],
            until=asked["till"] or today,
            municipality=asked["kommun"],
            category=asked["kategori"],
            source=asked["kalla"],
        )


class DayRowsForm(_LeafedForm):
    """Which rows of the ledger of a day; `inne` for those in the house now."""

    dag = forms.DateField(label=_("Day"), input_formats=["%Y-%m-%d"], required=False)
    inne = forms.BooleanField(label=_("In the house now"), required=False)
    ensamma = forms.BooleanField(label=_("Without a party"), required=False)
    dorr = forms.BooleanField(label=_("Came through the door"), required=False)
    timme = HourField(label=_("Hour"), required=False)
    kategori = forms.ChoiceField(
        label=_("Category"), choices=[("", _("All")), *Category.choices], required=False
    )
    kalla = forms.ChoiceField(
        label=_("Source"), choices=[("", _("All")), *Visit.Source.choices], required=False
    )
    incheckning = forms.IntegerField(label=_("Check-in"), min_value=1, max_value=2**63 - 1, required=False)

    def clean_dag(self) -> dt.date | None:
        return _plausible(self.cleaned_data["dag"])

    def wanted(self, at: dt.datetime) -> Wanted:
        asked = self.cleaned_data
        of_a_check_in = asked["incheckning"] and not asked["dag"]
        return Wanted(
            day=None if of_a_check_in else asked["dag"] or periods.local_day(at),
            in_house_at=at if asked["inne"] else None,
            without_party=asked["ensamma"],
            at_door=asked["dorr"],
            came_in=asked["timme"],
            category=asked["kategori"],
            source=asked["kalla"],
            check_in=asked["incheckning"],
        )


class AheadForm(_LeafedForm):
    """Which parties are behind "booked ahead"."""

    indikator = forms.ChoiceField(label=_("Indicator"), choices=Indicator.choices)
    ar = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    manad = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
