"""Management's pages about the doors: days beside each other, one day whole, and how far the counters are believed."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.pages import formats
from navet.pages.charts import Chart, Series
from visitors.counters import days, operations, reconcile, words
from visitors.counters.forms import (
    ApproveForm,
    CounterForm,
    FactorForm,
    LastDayForm,
    ReadingsForm,
    TakeBackForm,
)
from visitors.counters.models import Correction, Counter, Factor
from visitors.counters.tally import HOUR
from visitors.forms import FIRST_YEAR, HOUR_SHAPE, LAST_YEAR
from visitors.models import Category

PERIOD = dt.timedelta(days=28)
A_DAY = dt.timedelta(days=1)
A_PAGE = 100


@require_GET
@staff_page("counts.view")
def overview(request: HttpRequest) -> HttpResponse:
    """Four weeks of days through the door and at the desk; `till` is the last of them."""
    today = periods.local_day(timezone.now())
    last = LastDayForm(request.GET).last_day(today)
    found = days.between(last - PERIOD + A_DAY, last)
    names = {counter.pk: counter for counter in _counters()}
    context = {
        "days": [(day, words.tags(day.marks)) for day in reversed(found)],
        "chart": _days_chart(found),
        "counters": names.values(),
        "first": found[0].day,
        "last": last,
        "earlier": last - PERIOD,
        "later": min(last + PERIOD, today) if last < today else None,
        "today": today,
        "may_approve": actor.of(request).has_capability("counts.approve"),
    }
    return render(request, "counters/overview.html", context)


def _counters() -> list[Counter]:
    heard = Counter.objects.annotate(heard_at=Max("deliveries__received_at"))
    return list(heard.order_by("name"))


def _registered(**asked: Any) -> str:
    """The entries of people who came through the door that day, or in that hour of it."""
    return f"{reverse('visitors:day-rows')}?{urlencode({**asked, 'dorr': 1})}"


def _days_chart(found: list[reconcile.Day]) -> Chart:
    return Chart(
        title=_("Through the door and at the desk"),
        description=_("Heads a day. Days without counts from the door have no figure for it."),
        labels=[f"{day.day.day}/{day.day.month}" for day in found],
        series=[
            Series(
                _("Through the door, corrected"),
                [day.corrected for day in found],
                [reverse("counters:corrected", args=[day.day]) if day.is_counted else "" for day in found],
            ),
            Series(
                _("Registered"),
                [day.registered for day in found],
                [_registered(dag=day.day) for day in found],
            ),
        ],
        key="door-days",
    )


@require_GET
@staff_page("counts.view")
def one_day(request: HttpRequest, day: str) -> HttpResponse:
    """One day whole: by counter and hour, what to know of it, and its correction."""
    return _show(request, _day(day))


@require_GET
@staff_page("counts.view")
def readings(request: HttpRequest, day: str) -> HttpResponse:
    """The readings that a day's raw counts are added up from, as they came, and what each added."""
    which, form = _day(day), ReadingsForm(request.GET)
    context: dict[str, Any] = {"day": which, "form": form}
    if not form.is_valid():
        return render(request, "counters/readings.html", context, status=400)
    counter = form.cleaned_data["raknare"]
    hour = form.cleaned_data["timme"]
    found = days.readings(which, counter.pk if counter else None, hour)
    context |= {
        "hour": hour,
        "hour_ends": hour and hour + HOUR,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "rows": len(found),
        "entered": sum(line.added.entered for line in found),
        "left": sum(line.added.left for line in found),
    }
    return render(request, "counters/readings.html", context)


@require_GET
@staff_page("counts.view")
def corrected(request: HttpRequest, day: str) -> HttpResponse:
    """What the corrected figure of a day is made of: each counter's raw one, and who decided by what it is multiplied."""
    which, form = _day(day), CounterForm(request.GET)
    context: dict[str, Any] = {"day": which, "form": form}
    if not form.is_valid():
        return render(request, "counters/corrected.html", context, status=400)
    found, counter = days.on(which), form.cleaned_data["raknare"]
    rows = [one for one in days.by_counter(found) if counter in (None, one.counter)]
    context |= {"rows": rows, "sum": sum(one.at_door.corrected for one in rows)}
    return render(request, "counters/corrected.html", context)


@require_GET
@staff_page("counts.view")
def difference(request: HttpRequest, day: str) -> HttpResponse:
    """What the difference of a day is made of: each counter's corrected figure, less what the desk registered by category."""
    which = _day(day)
    registered = days.registered_by_category(which)
    found = days.on(which)
    context = {
        "found": found,
        "rows": days.by_counter(found),
        "registered": [(code, Category(code).label, heads) for code, heads in registered],
    }
    return render(request, "counters/difference.html", context)


@require_http_methods(["POST"])
@staff_page("counts.approve")
def approve(request: HttpRequest, day: str) -> HttpResponse:
    """Enter the day's difference in the ledger."""
    which, form = _day(day), ApproveForm(request.POST)
    if form.is_valid():
        try:
            operations.approve(which, **form.cleaned_data, by=actor.of(request), at=timezone.now())
        except Refused as refused:
            form.add_error("reason" if refused.field == "reason" else None, str(refused))
        else:
            messages.success(request, _("The correction is in the ledger."))
            return redirect("counters:day", day)
    return _show(request, which, approve_form=form, status=409)


@require_http_methods(["POST"])
@staff_page("counts.approve")
def take_back(request: HttpRequest, day: str) -> HttpResponse:
    """Reverse the day's correction."""
    which, form = _day(day), TakeBackForm(request.POST)
    if form.is_valid():
        try:
            operations.take_back(which, **form.cleaned_data, by=actor.of(request), at=timezone.now())
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The correction is taken back."))
            return redirect("counters:day", day)
    return _show(request, which, take_back_form=form, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("counts.view")
def factors(request: HttpRequest) -> HttpResponse:
    """Every decision of a factor, the newest first, and a form for one more."""
    may_decide = actor.of(request).has_capability("counts.approve")
    form = FactorForm(request.POST or None) if may_decide else None
    status = 200
    if request.method == "POST":
        if form is None:
            return redirect("counters:factors")
        if form.is_valid() and _decided(request, form):
            messages.success(request, _("The factor is decided."))
            return redirect("counters:factors")
        status = 409
    decided = Factor.objects.select_related("counter", "by").order_by("-decided_at", "-pk")
    return render(request, "counters/factors.html", {"form": form, "factors": decided[:200]}, status=status)


def _decided(request: HttpRequest, form: FactorForm) -> bool:
    facts: dict[str, Any] = dict(form.cleaned_data)
    counter, factor = facts.pop("counter"), facts.pop("factor")
    try:
        operations.decide_factor(counter, factor, **facts, by=actor.of(request), at=timezone.now())
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return False
    return True


def _day(text: str) -> dt.date:
    """The day in an address. Raises Http404."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as none:
        raise Http404 from none
    if not FIRST_YEAR < day.year < LAST_YEAR or text != day.isoformat():
        raise Http404
    return day


def _show(
    request: HttpRequest,
    which: dt.date,
    *,
    approve_form: ApproveForm | None = None,
    take_back_form: TakeBackForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found, today = days.on(which), periods.local_day(timezone.now())
    names = {counter.pk: counter for counter in Counter.objects.all()}
    context = {
        "found": found,
        "rows": [(names[one.counter], one) for one in found.counters],
        "marks": words.sentences(found.marks, names),
        "chart": _hours_chart(found),
        "taken_back": Correction.objects.filter(day=which, taken_back_at__isnull=False)
        .select_related("by", "taken_back_by")
        .order_by("approved_at"),
        "is_over": which < today,
        "before": which - A_DAY,
        "after": which + A_DAY if which < today else None,
        "may_approve": actor.of(request).has_capability("counts.approve"),
        "approve_form": approve_form or ApproveForm(initial={"difference": found.difference}),
        "take_back_form": take_back_form or TakeBackForm(),
    }
    return render(request, "counters/day.html", context, status=status)


def _hours_chart(found: reconcile.Day) -> Chart | None:
    """Heads by hour at the door and at the desk, over the hours in which anybody came."""
    desk = days.registered_by_hour(found.day)
    busy = sorted(
        hour for hour in found.hours.keys() | desk.keys() if found.hours.get(hour) or desk.get(hour)
    )
    if not busy:
        return None
    count = (busy[-1] - busy[0]) // HOUR + 1
    hours = [busy[0] + n * HOUR for n in range(count)]
    came = reverse("counters:readings", args=[found.day])
    return Chart(
        title=_("By hour"),
        description=_("Heads an hour: raw through the door, and registered at the desk."),
        labels=[formats.local_time(hour) for hour in hours],
        series=[
            Series(
                _("Through the door"),
                [found.hours.get(hour, 0) for hour in hours] if found.is_counted else [None] * count,
                [f"{came}?timme={hour:{HOUR_SHAPE}}" for hour in hours] if found.is_counted else (),
            ),
            Series(
                _("Registered"),
                [desk.get(hour, 0) for hour in hours],
                [_registered(dag=found.day, timme=f"{hour:{HOUR_SHAPE}}") for hour in hours],
            ),
        ],
        key="door-hours",
    )
