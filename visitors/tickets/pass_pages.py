"""Annual passes at the desk: found, issued, shown, used, renewed, blocked and annulled."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import segno
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from navet import codes, periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from visitors import taps
from visitors.tickets import passes, refusals
from visitors.tickets.models import AnnualPass, PassPeriod
from visitors.tickets.pass_forms import BlockForm, IssueForm, PassSearchForm, UseForm

MANAGE, USE = "passes.manage", "desk.walk_in"
SHOWN = 50


@require_GET
@staff_page(MANAGE)
def pass_list(request: HttpRequest) -> HttpResponse:
    """The latest passes, or those that a code, a name or an address finds."""
    form = PassSearchForm(request.GET)
    text = form.cleaned_data["sok"].strip() if form.is_valid() else ""
    found = AnnualPass.objects.with_details().order_by("-pk")
    if text:
        code = codes.normalise(text)
        found = found.filter(Q(code=code) | Q(holder_name__icontains=text) | Q(holder_email__icontains=text))
    context = {
        "form": form,
        "passes": found[:SHOWN],
        "text": text,
        "today": periods.local_day(timezone.now()),
    }
    return render(request, "till/passes.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(MANAGE)
def issue(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    form, status = IssueForm(initial={"first_date": periods.local_day(at), "kind": "person"}), 200
    if request.method == "POST":
        form, status = IssueForm(request.POST), 422
        if form.is_valid() and (answer := _issued(request, form, at)):
            return answer
    return render(request, "till/issue.html", {"form": form}, status=status)


def _issued(request: HttpRequest, form: IssueForm, at: dt.datetime) -> HttpResponse | None:
    given = dict(form.cleaned_data)
    token = given.pop("token")
    made: list[AnnualPass] = []
    try:
        taps.once(request, token, lambda: made.append(passes.issue(**given, by=actor.of(request), at=at)))
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return None
    if not made:
        return redirect("till:passes")  # the same tap again
    messages.success(request, _("The pass is issued. Print it, or let the holder photograph the code."))
    return redirect("till:pass", made[0].code)


@require_GET
@staff_page("arrivals.view")
def one_pass(request: HttpRequest, code: str) -> HttpResponse:
    """What a scanned pass is, and whether it lets anybody in today."""
    return _shown(request, code)


def _shown(
    request: HttpRequest, code: str, form: UseForm | None = None, *, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    code = codes.normalise(code)
    found = AnnualPass.objects.with_details().filter(code=code).first()
    if found is None:
        return _unknown(request, code)
    by = actor.of(request)
    uses = found.uses.select_related("visit", "visit__by", "visit__device", "visit__reversal").order_by("-pk")
    context = {
        "pass": found,
        "refused": _refusal(found, periods.local_day(at)),
        "form": form or UseForm(initial={"persons": found.persons}),
        "block_form": BlockForm(),
        "uses": uses[:SHOWN],
        "periods": found.periods.select_related("by", "device").order_by("-pk"),
        "today": periods.local_day(at),
        "may_use": by.has_capability(USE),
        "may_manage": by.has_capability(MANAGE),
        "counts": range(1, found.persons),
        "picture": _picture(found),
    }
    return render(request, "till/pass.html", context, status=status)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    said = refusals.NoSuchPass() if codes.has_check(code) else refusals.MisreadPass()
    return render(request, "till/no_pass.html", {"said": said}, status=404)


def _picture(found: AnnualPass) -> str:
    """Its code as a QR code, for an `img`."""
    return segno.make(found.code, error="m", micro=False).svg_data_uri(scale=6, border=4, light="#fff")


@require_GET
@staff_page(MANAGE)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The card to print: code, for how many, and the holder's name where there is one; nothing else about anybody."""
    code = codes.normalise(code)
    found = AnnualPass.objects.with_details().filter(code=code).first()
    if found is None:
        return _unknown(request, code)
    return render(request, "till/card.html", {"pass": found, "picture": _picture(found)})


def _refusal(found: AnnualPass, day: dt.date) -> Refused | None:
    try:
        passes.refuse_unless_valid(found, day)
    except Refused as refused:
        return refused
    return None


@require_POST
@staff_page(USE)
def use(request: HttpRequest, code: str) -> HttpResponse:
    """Count those who are here on the pass; asked about when it was used today."""
    form = UseForm(request.POST, asked=True)
    if not form.is_valid():
        return _shown(request, code, form, status=422)
    given = form.cleaned_data

    def effect() -> None:
        passes.admit(
            codes.normalise(code),
            persons=given["persons"],
            again=given["again"],
            by=actor.of(request),
            at=timezone.now(),
        )

    try:
        # Said again with "they are others" it is another deed than the tap that was refused.
        taps.once(request, given["token"] and f"{given['token']} {given['again']}", effect)
    except (refusals.NoSuchPass, refusals.MisreadPass):
        return _shown(request, code)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _shown(request, code, form, status=refused.status)
    messages.success(request, _("Welcome in: %(persons)s on an annual pass.") % {"persons": given["persons"]})
    return redirect("visitors:reception")


def _changed(
    request: HttpRequest, code: str, change: Callable[..., Any], said: str, **more: Any
) -> HttpResponse:
    """Do it and say it, or say why not; back to the pass."""
    found = get_object_or_404(AnnualPass, code=codes.normalise(code))
    try:
        change(found, **more, by=actor.of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("till:pass", found.code)


@require_POST
@staff_page(MANAGE)
def renew(request: HttpRequest, code: str) -> HttpResponse:
    return _changed(request, code, passes.renew, _("The pass is renewed for a year."))


@require_POST
@staff_page(MANAGE)
def block(request: HttpRequest, code: str) -> HttpResponse:
    form = BlockForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the pass is blocked, in at most 200 letters."))
        return redirect("till:pass", code)
    return _changed(
        request, code, passes.block, _("The pass is blocked."), reason=form.cleaned_data["reason"]
    )


@require_POST
@staff_page(MANAGE)
def unblock(request: HttpRequest, code: str) -> HttpResponse:
    return _changed(request, code, passes.unblock, _("The pass lets people in again."))


@require_POST
@staff_page(MANAGE)
def annul(request: HttpRequest, pk: int) -> HttpResponse:
    period = get_object_or_404(PassPeriod.objects.select_related("annual_pass"), pk=pk)
    try:
        passes.annul(period, by=actor.of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is annulled, and taken off the sum for the till."))
    return redirect("till:pass", period.annual_pass.code)
