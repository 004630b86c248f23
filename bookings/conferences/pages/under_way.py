"""`/planering/konferenser/bokning/<code>/under-tiden/`: add to a conference that has begun, or take off it; the price is seen first."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.common.doors import answer, attempt, form_page
from bookings.conferences.forms import under_way as shapes
from bookings.conferences.forms.change import DayForm, Shelf
from bookings.conferences.models import Reservation
from bookings.conferences.operations import adjusting, changing, under_way
from bookings.conferences.operations.adjusting import Adjusting
from navet.accounts import actor
from navet.accounts.actor import Actor
from navet.accounts.doors import staff_page


@dataclass(frozen=True)
class Asked:
    """`found` is None before anything valid was sent."""

    who: shapes.AdjustForm
    days: list[DayForm]
    found: Adjusting | None = None
    is_done: bool = False


@form_page
@staff_page(Reservation.SEEN_BY)
def adjust(request: HttpRequest, code: str) -> HttpResponse:
    """What it costs more or less is shown, and that very difference is what is done."""
    it, at, by = get_object_or_404(Reservation.objects.whole(), code=code), timezone.now(), actor.of(request)
    if not under_way.may_adjust(it, by, at):
        messages.error(request, _("Only a booked conference that has begun is changed there."))
        return redirect("conferences:staff_booking", code=it.code)
    asked = _ask(request, it, by=by, at=at)
    if asked.is_done:
        messages.success(request, _("It is written down, and the guest is told."))
        return redirect("conferences:staff_booking", code=it.code)
    context = {
        "booking": it,
        "days": asked.days,
        "found": asked.found,
        "shown": asked.found.payable_ore if asked.found else "",
    }
    return answer(request, "conferences/staff_under_way.html", asked.who, context, beside=asked.days)


def _ask(request: HttpRequest, it: Reservation, *, by: Actor, at: dt.datetime) -> Asked:
    stands, sent = changing.wish_of(it), request.POST or None
    begun = adjusting.begun(it, at)
    who = shapes.AdjustForm(sent, reservation=it, has_days_to_come=len(begun) < len(stands.days))
    shelf, days = Shelf.read(stands), list[DayForm]()
    for number, day in enumerate(stands.days):
        if day.date in begun:
            heads = (day.persons or it.persons) if len(stands.days) > 1 else None
            days.append(shapes.BegunDayForm(sent, prefix=f"d{number}", shelf=shelf, stands=day, heads=heads))
        else:
            days.append(DayForm(sent, prefix=f"d{number}", shelf=shelf, stands=day, is_only=False))
    if sent is None or not all([who.is_valid(), *(day.is_valid() for day in days)]):
        return Asked(who, days)
    wish, said = shapes.adjusted(stands, who, days), who.cleaned_data
    reason, version = said["reason"], said["version"]
    found = attempt(who, lambda: under_way.look(it, wish, reason=reason, by=by, at=at))
    if found is None or said["shown"] != str(found.payable_ore):
        return Asked(who, days, found)
    done = attempt(who, lambda: under_way.adjust(it.code, wish, reason=reason, version=version, by=by, at=at))
    return Asked(who, days, found, done is not None)
