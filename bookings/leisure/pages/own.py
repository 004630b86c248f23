"""A guardian's own pages of an enrolment: how it stands, the fee, absences, whom we call, leaving it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings.common import access, own
from bookings.common.doors import answer, attempt, form_page
from bookings.common.forms import CancelForm
from bookings.common.lines import Line
from bookings.common.models import Status
from bookings.leisure.forms.enrolling import ChangeForm, FeeForm
from bookings.leisure.line import facts
from bookings.leisure.models import Enrolment, PaidBy
from bookings.leisure.operations import enrolling, fees, telling
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.payments.models import Order


@require_safe
def enrolment(request: HttpRequest, line: Line, it: Enrolment) -> HttpResponse:
    """The enrolment: whole for its guardian, without whom to call for staff, else the least that tells which it is."""
    by = own.owner(request, it)
    if by is None or access.by_mail_link(request, it):
        return own.booking(request, line, it)
    at = timezone.now()
    stands = it.status in (Status.HELD, Status.CONFIRMED) and not it.is_over(at)
    is_hers = by.user is None
    meetings = _meetings(it, at) if is_hers and it.has_place() else []
    context = {
        "booking": it,
        "group": it.group,
        "facts": [] if it.is_protected and not is_hers else facts(it, with_times=not meetings),
        "is_hers": is_hers,
        "stands": stands,
        "is_over": it.is_over(at),
        "is_lapsing": it.status == Status.HELD and not it.is_held(at),
        "is_queued": it.status == Status.CONFIRMED and it.queued_at is not None,
        "ahead": _ahead(it) if it.queued_at is not None and it.group.is_first_come() else None,
        "meetings": meetings,
        "is_card": it.paid_by == PaidBy.CARD,
        "is_paid": it.has_paid(),
    }
    return render(request, "leisure/own/enrolment.html", context)


@form_page
@own.whose_it_is
def fee(request: HttpRequest, line: Line, it: Enrolment, by: Actor) -> HttpResponse:
    """How the fee is paid; by card it leads on to pay."""
    at = timezone.now()
    if not it.owes_fee() or it.pay_by is None or it.pay_by <= at:
        return own.to(line, "booking", it)
    form = FeeForm(request.POST or None, initial={"paid_by": it.paid_by or PaidBy.CARD})
    if request.method == "POST" and form.is_valid():
        chosen = attempt(form, lambda: fees.choose(it.code, **form.wish(), by=by, at=at))
        if chosen is not None:
            if chosen.paid_by == PaidBy.CARD and isinstance(chosen.order, Order):
                return redirect("payments:pay", code=chosen.order.code)
            messages.success(request, _("Thank you. The fee is settled."))
            return own.to(line, "booking", it)
    return answer(request, "leisure/own/fee.html", form, {"booking": it, "group": it.group})


@form_page
@own.whose_it_is
def change(request: HttpRequest, line: Line, it: Enrolment, by: Actor) -> HttpResponse:
    """Whom we call, for the guardian alone: staff see it on the leader's list only, on the day."""
    if by.user is not None:
        return own.to(line, "booking", it)
    form = ChangeForm(request.POST or None, enrolment=it)
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            form, lambda: enrolling.change(it.code, **form.cleaned_data, by=by, at=timezone.now())
        )
        if changed is not None:
            messages.success(request, _("Saved."))
            return own.to(line, "booking", it)
    return answer(request, "leisure/own/change.html", form, {"booking": it, "group": it.group})


@form_page
@own.whose_it_is
def leave(request: HttpRequest, line: Line, it: Enrolment, by: Actor) -> HttpResponse:
    """Asks first, then leaves."""
    form = CancelForm(request.POST or None, initial={"version": it.version})
    if request.method == "POST" and form.is_valid():
        left = attempt(form, lambda: enrolling.leave(it.code, **form.cleaned_data, by=by, at=timezone.now()))
        if left is not None:
            said = _("The place is given up.") if left.placed_at else _("The application is taken back.")
            messages.success(request, said)
            return own.to(line, "booking", it)
    began = it.has_begun(timezone.now())
    return answer(request, "leisure/own/leave.html", form, {"booking": it, "group": it.group, "began": began})


@require_POST
@own.whose_it_is
def absence(request: HttpRequest, line: Line, it: Enrolment, by: Actor) -> HttpResponse:
    """The child will not come to a meeting, or will after all."""
    number = request.POST.get("meeting", "")
    is_absent = request.POST.get("absent", "") == "1"
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    try:
        telling.absent(it.code, meeting_id=pk, is_absent=is_absent, by=by, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("The leader knows that the child will not come.") if is_absent else _("Welcome after all.")
        messages.success(request, said)
    return own.to(line, "booking", it)


def _ahead(it: Enrolment) -> int:
    """How many wait before her."""
    codes = list(Enrolment.objects.filter(group=it.group_id).waiting().values_list("code", flat=True))
    return codes.index(it.code) if it.code in codes else 0


def _meetings(it: Enrolment, at: dt.datetime) -> list[dict[str, Any]]:
    """Those to come, with whether she will be absent."""
    absent = set(it.absences.values_list("meeting_id", flat=True))
    return [
        {"pk": one.pk, "occasion": one, "is_absent": one.pk in absent}
        for one in it.group.occasions()
        if one.ends_at > at
    ]
