"""The house now against its limit, letting people in beyond it, and the evacuation list."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.pages.formats import local_time
from visitors import day_list, limits, taps, walk_ins
from visitors import operations as desk
from visitors.models import Arrival, Category
from visitors.safety import operations
from visitors.safety.forms import BeyondForm
from visitors.safety.models import LimitOverride


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("house.safety")
def house(request: HttpRequest) -> HttpResponse:
    """How full the house is; who may, lets a party or a walk-in in beyond the limit, with a reason."""
    at = timezone.now()
    form, status = BeyondForm(parties=_waiting(at)), 200
    if request.method == "POST" and not _may(request):
        raise PermissionDenied
    if request.method == "POST":
        form, status = BeyondForm(request.POST, parties=_waiting(at)), 422
        if form.is_valid() and _let_in(request, form, at):
            return redirect("safety:house")
    return render(
        request, "safety/house.html", _house(at) | {"form": form, "may": _may(request)}, status=status
    )


@require_GET
@staff_page("house.safety")
def evacuation(request: HttpRequest) -> HttpResponse:
    """The list for the assembly point, on paper; kept who opened it."""
    at = timezone.now()
    found = operations.open_evacuation_list(by=actor.of(request), at=at)
    return render(request, "safety/evacuation.html", {"list": found})


def _may(request: HttpRequest) -> bool:
    return actor.of(request).has_capability(limits.OVERRIDE)


def _waiting(at: dt.datetime) -> list[tuple[str, str]]:
    """Today's parties that are not here, by code."""
    found = day_list.parties(periods.local_day(at), at=at)
    return [(one.arrival.code, _described(one.arrival)) for one in found if one.awaited]


def _described(arrival: Arrival) -> str:
    """When, who and how many: one name may stand for several parties."""
    return f"{local_time(arrival.starts_at)} {arrival.label} ({arrival.expected_participants} + {arrival.expected_adults})"


def _let_in(request: HttpRequest, form: BeyondForm, at: dt.datetime) -> bool:
    """Whether they are in; what speaks against it stands in the form."""
    given = form.cleaned_data
    how: dict[str, Any] = {"by": actor.of(request), "at": at, "override_reason": given["reason"]}

    def effect() -> None:
        if given["who"] in Category.values:
            desk.record_walk_in(given["who"], given["participants"], **how)
        else:
            heads = {"participants": given["participants"], "adults": given["adults"] or 0}
            desk.check_in(given["who"], **heads, **how)

    try:
        taps.once(request, given["token"], effect)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    messages.success(request, _("They are in, and your reason is kept."))
    return True


def _house(at: dt.datetime) -> dict[str, Any]:
    here = walk_ins.house_now(at=at)
    first, end = periods.day_bounds(periods.local_day(at))
    beyond = LimitOverride.objects.filter(at__gte=first, at__lt=end)
    return {
        "at": at,
        "standing": limits.standing(at=at, heads=sum(here.values())),
        "here": [(category, Category(category).label, count) for category, count in here.items()],
        "soon": day_list.expected_within(1, at=at),
        "beyond": beyond.select_related("by", "device", "arrival").order_by("-pk"),
    }
