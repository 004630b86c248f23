"""A reservation's own page: what stands, what it costs, and the guest's next step: pay, book, accept the quote, leave."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.common import access, own
from bookings.common.forms import CancelForm
from bookings.common.lines import Line
from bookings.conferences import differences, links, quote_pdf, terms
from bookings.conferences.forms.count import CountForm
from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import changing, keeping, leaving, money, reserving
from bookings.conferences.pages import difference
from bookings.conferences.wishes import ConferenceWish
from navet import periods
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.outbox.mail import masked


@require_safe
def booking(request: HttpRequest, line: Line, it: Reservation) -> HttpResponse:
    """Whole for its contact and staff, else the least that tells which it is."""
    if access.by_mail_link(request, it):
        access.enter(request, it)
        return own.to(line, "booking", it)
    by = own.owner(request, it)
    if by is None:
        return own.show(request, "locked", line, it, email=masked(it.contact_email))
    at = timezone.now()
    lines = keeping.lines_of(it)
    order = money.order_of(it)
    return own.show(
        request,
        "conference",
        line,
        it,
        facts=line.facts(it),
        lines=lines,
        totals=money.totals(lines, periods.local_day(it.occasion.starts_at)),
        quote=(given := it.quotes.order_by("number").last()),
        terms=terms.said(it.terms or (given.terms if given else [])),
        order=order,
        owing=money.owed_by_card(it),
        left=leaving.was(it),
        adjustments=differences.of(it),
        participants_url=links.participants_url(it),
        over=it.has_lapsed(at),
        began=it.has_begun(at),
        ended=it.ends_at <= at,
        count_by=changing.count_by(it, by, at),
        may_pay_again=reserving.may_pay_again(it, at),
        may_change=changing.may_change(it, by, at),
        may_cancel=leaving.may_cancel(it, at),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@own.whose_it_is
def cancel(request: HttpRequest, line: Line, it: Reservation, by: Actor) -> HttpResponse:
    """Says what it costs, then leaves."""
    form, at = CancelForm(request.POST or None, initial={"version": it.version}), timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            leaving.cancel(it.code, **form.cleaned_data, by=by, at=at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The booking is cancelled."))
            return own.to(line, "booking", it)
    status = 422 if form.errors else 200
    return own.show(
        request, "conference_cancel", line, it, form=form, leaving=leaving.would_be(it, at), status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@own.whose_it_is
def count(request: HttpRequest, line: Line, it: Reservation, by: Actor) -> HttpResponse:
    """How many come and what they eat; said to be final, it is the last word."""
    at = timezone.now()
    if not changing.may_change(it, by, at):
        messages.error(request, _("The number cannot be changed here any more. Contact us."))
        return own.to(line, "booking", it)
    form = CountForm(request.POST or None, reservation=it, may_end=it.status == Status.CONFIRMED)
    if request.method == "POST" and form.is_valid():
        try:
            _write_count(it, form, by=by, at=at)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Thank you, we have written it down."))
            return own.to(line, "booking", it)
    return own.show(request, "conference_count", line, it, form=form, status=422 if form.errors else 200)


def _write_count(it: Reservation, form: CountForm, *, by: Actor, at: dt.datetime) -> None:
    said = form.cleaned_data
    if said.get("is_final"):
        changing.give_final_count(
            it.code, persons=said["persons"], diets=form.diets(), version=said["version"], by=by, at=at
        )
        return
    stands = changing.wish_of(it)
    wish = ConferenceWish(stands.title, said["persons"], stands.days, form.diets(), stands.message)
    changing.change(it.code, wish, version=said["version"], by=by, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@own.whose_it_is
def change(request: HttpRequest, line: Line, it: Reservation, by: Actor) -> HttpResponse:
    """Days, rooms, persons and add-ons; what it costs more or less is shown before it is done."""
    at = timezone.now()
    if not changing.may_change(it, by, at):
        messages.error(request, _("The conference cannot be changed here now. Contact us."))
        return own.to(line, "booking", it)
    asked = difference.ask(request, it, by=by, at=at)
    if asked.is_done:
        messages.success(request, _("It is changed, and we have sent you a mail."))
        return own.to(line, "booking", it)
    faulty = bool(asked.who.errors) or any(day.errors for day in asked.days)
    status = 422 if faulty else 200
    return own.show(request, "conference_change", line, it, form=asked.who, status=status, **asked.context)


@require_POST
@own.whose_it_is
def book(request: HttpRequest, line: Line, it: Reservation, by: Actor) -> HttpResponse:
    """Book an option, or accept the quote whose number was on the page; to the payment where it is to be paid first."""
    at, number = timezone.now(), request.POST.get("number", "")
    try:
        if number.isdecimal() and len(number) < 4:
            done = reserving.accept(it.code, number=int(number), by=by, at=at)
        else:
            done = reserving.book(it.code, by=by, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
        return own.to(line, "booking", it)
    order = money.order_of(done)
    if done.status == Status.UNPAID and order is not None:
        return redirect(f"/betalning/{order.code}/")
    return own.to(line, "booking", it)


@require_POST
@own.whose_it_is
def replace_link(request: HttpRequest, line: Line, it: Reservation, by: Actor) -> HttpResponse:
    """The link for those who take part has gone astray: another, and the old one opens nothing."""
    changing.replace_link(it.code, by=by, at=timezone.now())
    messages.success(
        request, _("The old link opens nothing any more. Send the new one to those who take part.")
    )
    return own.to(line, "booking", it)


@require_safe
@own.whose_it_is
def quote(request: HttpRequest, line: Line, it: Reservation, by: Actor) -> HttpResponse:
    """The quote that stands, as PDF."""
    given = it.quotes.order_by("number").last()
    if it.status != Status.QUOTED or given is None:
        raise Http404
    file = quote_pdf.attachment(it, given)
    answer = HttpResponse(file.content, content_type=file.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer
