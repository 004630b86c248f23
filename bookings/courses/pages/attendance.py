"""The attendance list, for whoever leads the day and for the reception, on a telephone or a tablet."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings.courses.models import Day
from bookings.courses.operations import attending
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.house.models import Occasion

taker = staff_page("courses.attend")


@require_safe
@taker
def days(request: HttpRequest) -> HttpResponse:
    """Today's courses, and those of the last two weeks whose list may still be put right."""
    at = timezone.now()
    first, end = periods.day_bounds(periods.local_day(at))
    found = Day.objects.select_related("occasion", "round__course").filter(
        occasion__status=Occasion.Status.PLANNED,
        occasion__period__startswith__lt=end,
        occasion__period__endswith__gt=at - attending.LATE,
    )
    listed = list(found.order_by("occasion__period"))
    context = {
        "today": [day for day in listed if day.occasion.starts_at >= first],
        "earlier": [day for day in reversed(listed) if day.occasion.starts_at < first],
    }
    return render(request, "courses/desk/days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@taker
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is there, a tick for each."""
    at = timezone.now()
    found = (
        Day.objects.select_related("occasion", "round__course").filter(pk=pk).first() if pk < 2**63 else None
    )
    if found is None:
        raise Http404
    problem = ""
    try:
        attending.require_its_time(found, at)
    except Refused as refused:
        problem = str(refused)
    if request.method == "POST":
        present, listed = (_numbers(request, name) for name in ("present", "listed"))
        if "everybody" in request.POST:
            present = listed
        try:
            many = attending.take(found.pk, present=present, listed=listed, by=actor.of(request), at=at)
        except Refused as refused:
            problem = str(refused)
        else:
            said = ngettext("Saved: %(n)s person is there.", "Saved: %(n)s persons are there.", many)
            messages.success(request, said % {"n": many})
            return redirect("courses:attendance", found.pk)
    people = attending.list_of(found)
    context = {
        "day": found,
        "occasion": found.occasion,
        "people": people,
        "there": sum(one.is_there for one in people),
        "problem": problem,
    }
    return render(request, "courses/desk/day.html", context, status=409 if request.method == "POST" else 200)


def _numbers(request: HttpRequest, name: str) -> list[int]:
    """The ids that were sent; what is no id is nobody."""
    return [
        int(value)
        for value in request.POST.getlist(name)[:500]
        if value.isascii() and value.isdigit() and len(value) < 18
    ]
