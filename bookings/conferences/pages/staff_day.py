"""`/planering/konferenser/dag/<date>/`: the host's plan of a day and the kitchen's list, on the screen and on paper."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.common.dates import DateField
from bookings.conferences import day_plan
from navet.accounts.doors import staff_page

# Leaves room for the day before and the day after.


@require_safe
@staff_page("conferences.plan")
def of_day(request: HttpRequest, date: str) -> HttpResponse:
    """Options and quotes are shown as such; the kitchen counts only what is confirmed."""
    day = _read(date)
    plan = day_plan.of(day, timezone.now())
    context = {
        "day": day,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1),
        "plan": plan,
        "kitchen": day_plan.kitchen(plan),
        "diets": day_plan.diets(plan),
    }
    return render(request, "conferences/staff_day.html", context)


def _read(date: str) -> dt.date:
    try:
        return DateField().clean(date)
    except ValidationError as e:
        raise Http404 from e
