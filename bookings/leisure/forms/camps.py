"""What planners fill in for a camp: days on end, from one date to another. Shapes only: every rule is an operation's."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from bookings.common.dates import DateField
from bookings.leisure.forms.planning import RESERVED, ClubForm, DatesField, TimesForm

MOST_DAYS = 31
LINE = re.compile(r"(\S+)\s+(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})", re.ASCII)
Clock = tuple[dt.time, dt.time]


class DayTimesField(forms.CharField):
    """Days with times of their own, one on each line: "2026-06-18 09:00-12:00"."""

    def clean(self, value: Any) -> dict[dt.date, Clock]:
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        return dict(self._day(line) for line in lines if line)

    def _day(self, line: str) -> tuple[dt.date, Clock]:
        found = LINE.fullmatch(line)
        try:
            if not found:
                raise ValueError(line)
            day = DateField().clean(found[1])
            begins, ends = (dt.time.fromisoformat(clock.zfill(5)) for clock in (found[2], found[3]))
        except (ValueError, forms.ValidationError):
            said = _("Write each day on a line of its own, as 2026-06-18 09:00-12:00.")
            raise forms.ValidationError(said, code="times") from None
        if ends <= begins:
            raise forms.ValidationError(_("It ends after it begins."), code="backwards")
        return day, (begins, ends)


class CampTimesForm(TimesForm):
    """The days of a camp: all from the first through the last, but for those that are off."""

    first_date = DateField(label=_("First day"))
    last_date = DateField(label=_("Last day"))
    off = DatesField(
        label=_("Days off between"),
        required=False,
        max_length=600,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("A weekend for instance, as 2026-06-20, 2026-06-21. Left empty: every day."),
    )
    other_times = DayTimesField(
        label=_("Days with other times"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, as 2026-06-18 09:00-12:00. Left empty: all days alike."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, last = said.get("first_date"), said.get("last_date")
        if not first or not last:
            return said
        if last < first:
            self.add_error("last_date", _("The last day is not before the first."))
        elif (last - first).days >= MOST_DAYS:
            self.add_error("last_date", _("A camp is at most 31 days."))
        else:
            self._clean_days(first, last)
        return said

    def _clean_days(self, first: dt.date, last: dt.date) -> None:
        said = self.cleaned_data
        days = {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
        if not said.get("off", set()) < days:
            self.add_error("off", _("Days off are between the first day and the last."))
        elif not said.get("other_times", {}).keys() <= days - said.get("off", set()):
            self.add_error("other_times", _("Each is one of the camp's days."))

    def wish(self) -> dict[str, Any]:
        """Of each day of the camp, with its times."""
        said = self.cleaned_data
        many = (said["last_date"] - said["first_date"]).days + 1
        days = (said["first_date"] + dt.timedelta(days=n) for n in range(many))
        usual = (said["begins"], said["ends"])
        return self._wish(
            (day, *said["other_times"].get(day, usual)) for day in days if day not in said["off"]
        )


class CampForm(CampTimesForm, ClubForm):
    """A camp whole: what it is and when, on one page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "Small letters, digits and hyphens; the last part of the page's address. Left empty: made of the title."
        )
        self.fields["youngest"].help_text = _("The age the child turns in the year of the first day.")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("slug") and "slug" not in self.errors:
            said["slug"] = slugify(said.get("title_sv", ""))[:50]
            if not said["slug"] or said["slug"] in RESERVED:
                self.add_error("slug", _("Write an address of its own."))
        return said

    def clean_slug(self) -> str:
        return super().clean_slug() if self.cleaned_data["slug"] else ""
