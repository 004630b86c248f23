"""What counts in what, by year: the matrix, its versions, and the form that decides a new one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import StaffRequest, staff_page
from navet.errors import Refused
from visitors import counting, decisions
from visitors.counting_words import told
from visitors.forms import CountingForm, year_in
from visitors.models import Category, CountingDecision, Indicator

YEARS_BACK = 4
DECISIONS_SHOWN = 50


@require_GET
@staff_page("indicators.view")
def counting_rules(request: HttpRequest) -> HttpResponse:
    """The inclusion matrix of a year, where each cell comes from, and every decision that led to it."""
    this_year = periods.local_day(timezone.now()).year
    year = year_in(request.GET.get("ar", ""), this_year)
    made = _with_words(CountingDecision.objects.filter(year__lte=year).select_related("by"))
    context = {
        "year": year,
        "years": range(this_year + 1, this_year - YEARS_BACK - 1, -1),
        "indicators": [code.label for code in decisions.BY_CATEGORY],
        "targets": _targets(year),
        "matrix": _matrix(year),
        "decisions": made,
        "in_force": made[0] if made else None,
        "can_edit": actor.of(request).has_capability("counting.edit"),
    }
    return render(request, "visitors/counting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("counting.edit")
def decide(request: StaffRequest) -> HttpResponse:
    """The form: what shall count in `ar`, its targets, and why."""
    this_year = periods.local_day(timezone.now()).year
    year = year_in(request.GET.get("ar", ""), this_year)
    form = CountingForm(request.POST or (request.GET if "seen" in request.GET else None), year=year)
    if request.method == "POST" and form.is_valid() and _decided(request, form, year):
        return redirect(f"{reverse('visitors:counting')}?ar={year}")
    status = (422 if request.method == "POST" else 400) if form.errors else 200
    context = {"form": form, "year": year, "is_past": year < this_year}
    return render(request, "visitors/counting_decide.html", context, status=status)


def _decided(request: StaffRequest, form: CountingForm, year: int) -> bool:
    try:
        made = decisions.decide(
            year,
            categories=form.categories(),
            targets=form.targets(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    messages.success(request, _("Version %(number)d holds from now on.") % {"number": made.number})
    return True


def _targets(year: int) -> list[tuple[Any, int]]:
    """Each indicator with what the year aims at."""
    aims = counting.targets_of(year, counting.target_rows())
    return [(code.label, aims[code]) for code in Indicator]


def _matrix(year: int) -> list[dict[str, Any]]:
    """A row for each category: does it count in each indicator, and since which year's rule (None: by default)."""
    rows = list(counting.rule_rows())
    counted, since = counting.categories_of(year, rows), counting.since(year, rows)
    return [
        {
            "name": category.label,
            "cells": [
                {"counts": category in counted[code], "since": since.get((code, category))}
                for code in decisions.BY_CATEGORY
            ],
        }
        for category in Category
    ]


def _with_words(made: QuerySet[CountingDecision]) -> list[CountingDecision]:
    """Newest first; `told` says each change in words."""
    found = list(made.order_by("-number")[:DECISIONS_SHOWN])
    for one in found:
        one.told = list(told(one.changes))  # type: ignore[attr-defined]  # for the template
    return found
