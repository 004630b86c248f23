"""`/planering/konferenser/bokning/<code>/`: one reservation as the house sees it, what became of it, and what staff do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.conferences import differences, history, links, terms
from bookings.conferences.forms import staff as shapes
from bookings.conferences.forms.change import VersionForm
from bookings.conferences.line import facts
from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import changing, keeping, leaving, money, reserving, under_way
from bookings.conferences.pages import difference
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page

ENDED = (Status.CANCELLED, Status.LAPSED)
WAITS = (Status.OPTION, Status.QUOTED)


@require_safe
@staff_page(Reservation.SEEN_BY)
def booking(request: HttpRequest, code: str) -> HttpResponse:
    """Everything in it, the money, its history, and what may be done now."""
    it, at = _whole(code), timezone.now()
    lines, by = keeping.lines_of(it), actor.of(request)
    order = money.order_of(it)
    context = {
        "booking": it,
        "facts": facts(it),
        "days": it.days.all(),
        "lines": lines,
        "totals": money.totals(lines, periods.local_day(it.occasion.starts_at)),
        "order": order,
        "invoices": order.invoices.order_by("pk") if order else [],
        "payments": order.payments.order_by("pk") if order else [],
        "may_see_invoices": by.has_capability("invoicing.view"),
        "may_see_payments": by.has_capability("payments.view"),
        "quotes": it.quotes.all(),
        "history": history.of(it),
        "deeds": [(name, deed) for name, deed in DEEDS.items() if deed.fits(it) and not it.has_begun(at)],
        "adjustments": differences.of(it),
        "may_adjust": under_way.may_adjust(it, by, at),
        "may_change": changing.may_change(it, by, at),
        "over": it.has_lapsed(at),
        "participants_url": links.participants_url(it) if it.status == Status.CONFIRMED else "",
    }
    return render(request, "conferences/staff_booking.html", context)


@form_page
@staff_page(Reservation.SEEN_BY)
def do(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """One of the deeds, asked for on a page of its own."""
    it = _whole(code)
    asked = DEEDS.get(deed)
    if asked is None:
        raise Http404
    at = timezone.now()
    form = asked.form(request.POST or None, initial={"version": it.version, **asked.begins(it)})
    if request.method == "POST" and form.is_valid():
        by = actor.of(request)
        if attempt(form, lambda: asked.do(it, form, by=by, at=at)) is not None:
            messages.success(request, _("Done. The guest is told where it concerns the guest."))
            return redirect("conferences:staff_booking", code=it.code)
    context = {
        "booking": it,
        "deed": asked,
        "leaves": deed == "avboka",
        "terms": it.terms or terms.cancellation_steps(),
        "leaving": leaving.would_be(it, at),
    }
    return answer(request, "conferences/staff_deed.html", form, context)


@form_page
@staff_page(Reservation.SEEN_BY)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Rooms, times, persons and add-ons; what it costs more or less is shown before it is done."""
    it, at, by = _whole(code), timezone.now(), actor.of(request)
    if not changing.may_change(it, by, at):
        messages.error(request, _("It cannot be changed now. A quote is made an option first."))
        return redirect("conferences:staff_booking", code=it.code)
    asked = difference.ask(request, it, by=by, at=at)
    if asked.is_done:
        messages.success(request, _("It is changed, and the guest is told."))
        return redirect("conferences:staff_booking", code=it.code)
    context = {"booking": it, **asked.context}
    return answer(request, "conferences/staff_change.html", asked.who, context, beside=asked.days)


def _whole(code: str) -> Reservation:
    return get_object_or_404(Reservation.objects.whole(), code=code)


@dataclass(frozen=True)
class Deed:
    """What staff may do: `form` asks, `do` is the operation, `statuses` those it makes sense in."""

    label: str | Promise
    form: type[forms.Form]
    do: Callable[..., Any]
    statuses: tuple[str, ...]
    begins: Callable[[Reservation], dict[str, Any]] = lambda _it: {}
    is_danger: bool = False

    def fits(self, it: Reservation) -> bool:
        return it.status in self.statuses


def _hold(it: Reservation, form: shapes.UntilForm, **who: Any) -> Any:
    return reserving.hold_option(it.code, until=form.until_at(), version=form.cleaned_data["version"], **who)


def _quote(it: Reservation, form: shapes.UntilForm, **who: Any) -> Any:
    version = form.cleaned_data["version"]
    return reserving.give_quote(it.code, valid_until=form.until_at(), version=version, **who)


def _confirm(it: Reservation, form: shapes.ConfirmForm, **who: Any) -> Any:
    settlement = form.cleaned_data["settlement"]
    if it.status == Status.QUOTED:
        return reserving.accept(it.code, number=it.quotes.count(), settlement=settlement, **who)
    version = form.cleaned_data["version"]
    return reserving.book(it.code, settlement=settlement, version=version, **who)


def _discount(it: Reservation, form: shapes.DiscountForm, **who: Any) -> Any:
    return changing.give_discount(it.code, **form.cleaned_data, **who)


def _note(it: Reservation, form: shapes.NoteForm, **who: Any) -> Any:
    return changing.write_note(it.code, **form.cleaned_data, **who)


def _replace_link(it: Reservation, form: VersionForm, **who: Any) -> Any:
    return changing.replace_link(it.code, version=form.cleaned_data["version"], **who)


def _leave(it: Reservation, form: shapes.LeaveForm, **who: Any) -> Any:
    said = form.cleaned_data
    if said["who"] == "house":
        return leaving.call_off(it.code, reason=said["reason"], **who)
    waive = said["who"] == "waived"
    return leaving.cancel(it.code, reason=said["reason"], waive=waive, version=said["version"], **who)


DEEDS = {
    "option": Deed(
        gettext_lazy("Hold as an option, or extend it"), shapes.UntilForm, _hold, (*WAITS, Status.HELD, Status.LAPSED)
    ),
    "offert": Deed(gettext_lazy("Give a quote"), shapes.UntilForm, _quote, (*WAITS, Status.HELD, Status.LAPSED)),
    "boka": Deed(gettext_lazy("Confirm for the guest"), shapes.ConfirmForm, _confirm, (*WAITS, Status.HELD)),
    "rabatt": Deed(
        gettext_lazy("Give a discount"),
        shapes.DiscountForm,
        _discount,
        (Status.OPTION, Status.CONFIRMED),
        lambda it: {"percent": it.discount_percent, "reason": it.discount_reason},
    ),
    "anteckning": Deed(
        gettext_lazy("Note for the house"), shapes.NoteForm, _note, tuple(Status), lambda it: {"note": it.note}
    ),
    "ny-lank": Deed(
        gettext_lazy("New link for those who take part"), VersionForm, _replace_link, (Status.CONFIRMED,)
    ),
    "avboka": Deed(
        gettext_lazy("Cancel the booking"),
        shapes.LeaveForm,
        _leave,
        tuple(status for status in Status if status not in ENDED),
        is_danger=True,
    ),
}  # fmt: skip
