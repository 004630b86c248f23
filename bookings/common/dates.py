"""Dates and times as forms take them: ISO on the wire, on the wall in Borås, within the years that exist here."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# 2000-01-01 to 2100-01-01: what a calendar can be asked for without running out of years.
FIRST_YEAR, LAST_YEAR = 2000, 2100


def check_year(value: dt.date | None) -> None:
    """Refuses years that no calendar of ours has."""
    if value and not FIRST_YEAR <= value.year < LAST_YEAR:
        raise forms.ValidationError(_("The year must be between 2000 and 2099."), code="year")


class DateField(forms.DateField):
    """A date in the browser's own picker, ISO on the wire, within the years that exist here."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [check_year]

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str) and value.strip() and not ISO.fullmatch(value.strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class TimeField(forms.TimeField):
    """A time on the wall in Borås."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%H:%M"], **options)


class MomentField(forms.DateTimeField):
    """A date and time on the wall in Borås, made aware."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M"], **options)

    def clean(self, value: Any) -> dt.datetime | None:
        moment = super().clean(value)
        if moment and not 2000 <= moment.year < LAST_YEAR:
            raise forms.ValidationError(_("The year must be between 2000 and 2099."), code="year")
        return moment


class TimesField(forms.CharField):
    """Several times: "09:00, 10:45"."""

    def clean(self, value: Any) -> list[dt.time]:
        text = super().clean(value)
        try:
            times = [_clock(part.strip().zfill(5)) for part in text.split(",") if part.strip()]
        except ValueError:
            raise forms.ValidationError(_("Write the times as 09:00, 10:45."), code="times") from None
        if (self.required and not times) or len(times) > 12 or any(time.tzinfo for time in times):
            raise forms.ValidationError(_("Write one to twelve times."), code="times")
        return sorted(set(times))


def _clock(text: str) -> dt.time:
    if text.startswith("24"):
        raise ValueError("Python 3.14 would take 24:00 for the day's first midnight")
    return dt.time.fromisoformat(text)
