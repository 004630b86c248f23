"""`/ledning/`: the year against its targets on two sheets of paper; every number leads to the rows behind it."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from visitors import indicators
from visitors.forms import FIRST_YEAR, LAST_YEAR, year_in
from visitors.insight import dashboard, history
from visitors.insight.outlook import rule

YEARS_BACK = 4


class DayForm(forms.Form):
    """Which evening, and which earlier year to lay beside; the address says both, so it can be sent on."""

    ar = forms.CharField(required=False, widget=forms.HiddenInput)
    dag = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    jamfor = forms.TypedChoiceField(label=_("Compared with"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, year: int, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years = [(str(one), str(one)) for one in range(year - 1, year - 1 - history.YEARS_BACK, -1)]
        self.fields["jamfor"].choices = years  # type: ignore[attr-defined]  # a field of choices
        self.fields["jamfor"].widget.choices = years

    def clean_dag(self) -> dt.date | None:
        day = self.cleaned_data["dag"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Give a date between the years 2000 and 2100."))
        if day and day > self.today:
            raise forms.ValidationError(_("Give a day that has been, or today."))
        return day


@require_GET
@staff_page("indicators.view")
def management(request: HttpRequest) -> HttpResponse:
    """`ar` chooses the year, `dag` an evening (then as known by it), `jamfor` the year to compare with."""
    by, today = actor.of(request), periods.local_day(timezone.now())
    as_of, fault = _day(request, today)
    year = year_in(request.GET.get("ar", ""), as_of.year)
    if as_of < today and "dag" in request.GET:
        year = as_of.year
    form = DayForm(_asked(request, as_of, year), year=year, today=today)
    status = 200 if form.is_valid() and not fault else 400
    known = as_of if as_of < today else None
    report = indicators.report(year, as_of=as_of, known=known)
    compared = (form.is_valid() and form.cleaned_data["jamfor"]) or year - 1
    context = {
        "form": DayForm(request.GET, year=year, today=today) if fault else form,
        "report": report,
        "board": dashboard.board(report, compared=compared),
        "years": range(today.year + 1, today.year - YEARS_BACK - 1, -1),
        "last_year": year - 1,
        "rule": rule(),
        "can_see_checks": by.has_capability("ledger.view_checks"),
        "can_see_capacity": by.has_capability("capacity.view"),
    }
    return render(request, "visitors/management.html", context, status=status)


def _day(request: HttpRequest, today: dt.date) -> tuple[dt.date, bool]:
    """The evening asked for, or today where none is or it cannot be; and whether it could not be."""
    if not request.GET.get("dag"):
        return today, False
    form = DayForm({"dag": request.GET["dag"]}, year=today.year, today=today)
    form.is_valid()
    day = form.cleaned_data.get("dag")
    return day or today, day is None


def _asked(request: HttpRequest, as_of: dt.date, year: int) -> dict[str, Any]:
    return {"dag": as_of, "jamfor": request.GET.get("jamfor") or str(year - 1), "ar": str(year)}
