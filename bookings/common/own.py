"""A booking's own pages, the same for every line: see it, confirm it by the mailed code, cancel it, take it along."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.common import access, files, holding
from bookings.common.doors import attempt, form_page
from bookings.common.forms import CancelForm, NumbersForm, PinForm
from bookings.common.letters import calendar_of
from bookings.common.lines import Line
from bookings.common.models import HeldBooking, Status, whole
from bookings.common.refusals import HoldLapsed
from navet import codes
from navet.accounts import browser
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.outbox.mail import masked

Page = Callable[..., HttpResponse]


def urls(line: Line, prefix: str, **instead: Page) -> list[URLPattern]:
    """The addresses of the line's own pages, under `prefix`; `instead` is a page of the line's own in place of one of these."""
    pages: list[tuple[str, str, Page]] = [
        ("", "booking", booking),
        ("bekrafta/", "confirm", confirm),
        ("ny-kod/", "send_again", send_again),
        ("avboka/", "cancel", cancel),
        ("kalender.ics", "calendar", calendar),
        ("qr.svg", "qr", qr),
    ]
    return [
        path(f"{prefix}<str:code>/{tail}", of_a_booking(line, instead.get(name, page)), name=name)
        for tail, name, page in pages
    ]


def of_a_booking(line: Line, page: Page) -> Page:
    """Gives the page the booking of a code as people type it, and what else is in its address. A code that does not exist counts as a guess."""

    @functools.wraps(page)
    @never_cache
    def with_booking(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        it = find(line, code)
        if it is None:
            if not access.may_guess(request):
                return render(request, "429.html", status=429)
            raise Http404
        return page(request, line, it, **more)

    return with_booking


def find(line: Line, code: str) -> HeldBooking | None:
    """The booking of a code as people type it."""
    normal = codes.normalise(code)
    bookings = whole(line.model)
    return bookings.filter(code=normal).first() if codes.is_code(normal) else None


def owner(request: HttpRequest, it: HeldBooking) -> Actor | None:
    return access.owner(request, it, seen_by=it.SEEN_BY, at=timezone.now())


def whose_it_is(page: Page) -> Page:
    """For whoever may see the booking; others are asked for the code from the mail."""

    @functools.wraps(page)
    def guarded(request: HttpRequest, line: Line, it: HeldBooking, **more: Any) -> HttpResponse:
        by = owner(request, it)
        return page(request, line, it, by, **more) if by else to(line, "booking", it)

    return guarded


@require_safe
def booking(request: HttpRequest, line: Line, it: HeldBooking) -> HttpResponse:
    """The booking: whole for its contact and staff, else the least that tells which it is."""
    if access.by_mail_link(request, it):
        access.enter(request, it)
        return to(line, "booking", it)
    by = owner(request, it)
    if by is None:
        return show(request, "locked", line, it, email=masked(it.contact_email))
    at = timezone.now()
    over = it.status in (Status.CANCELLED, Status.LAPSED)
    return show(
        request,
        "booking",
        line,
        it,
        facts=line.facts(it),
        began=it.has_begun(at),
        over=it.status == Status.HELD and not it.is_held(at),
        may_cancel=not over and not it.has_begun(at),
        is_staff=by.user is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, line: Line, it: HeldBooking) -> HttpResponse:
    """What is about to be confirmed, what it costs, and the code from the mail that confirms it."""
    form = PinForm(request.POST or None)
    is_known = it.was_proved()
    if is_known and owner(request, it):
        return to(line, "booking", it)
    if request.method == "POST" and form.is_valid() and _enter(request, line, it, form):
        return to(line, "booking", it)
    return show(
        request,
        "confirm",
        line,
        it,
        form=form,
        email=masked(it.contact_email),
        facts=[] if is_known else line.facts(it, named=False),
        is_known=is_known,
        by_code=line.by_code(it),
        over=not is_known and not it.is_held(timezone.now()),
        status=422 if form.errors else 200,
    )


def _enter(request: HttpRequest, line: Line, it: HeldBooking, form: PinForm) -> bool:
    """Try the code; True when this browser has proved the address."""
    at, pin = timezone.now(), form.cleaned_data["pin"]
    if not access.may_guess(request):
        form.add_error("pin", _("Too many tries. Wait a minute."))
        return False
    try:
        line.confirm(it.code, pin=pin, at=at)
    except Refused as refused:
        form.add_error("pin", str(refused))
        if isinstance(refused, HoldLapsed):  # the code was right
            browser.remember(request, it.contact_email, at=at)
        return False
    browser.remember(request, it.contact_email, at=at)
    if line.says_booked and it.status in (Status.HELD, Status.LAPSED):
        said = _("Booked. We have sent a mail to %(email)s.") % {"email": it.contact_email}
        messages.success(request, said)
    return True


@require_POST
def send_again(request: HttpRequest, line: Line, it: HeldBooking) -> HttpResponse:
    """A new code to the address of the booking, whatever its state; the page says the same to everybody."""
    try:
        holding.send_code_again(line.model, it.code, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, _("A new code is on its way. Only the newest one counts."))
    return to(line, "confirm", it)


@require_http_methods(["GET", "HEAD", "POST"])
@whose_it_is
def cancel(request: HttpRequest, line: Line, it: HeldBooking, by: Actor) -> HttpResponse:
    """Asks first, then leaves."""
    form = CancelForm(request.POST or None, initial={"version": it.version})
    if request.method == "POST" and form.is_valid():
        try:
            line.cancel(it.code, **form.cleaned_data, by=by, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The booking is cancelled."))
            return to(line, "booking", it)
    return show(request, "cancel", line, it, form=form, status=422 if form.errors else 200)


@require_safe
@whose_it_is
def calendar(request: HttpRequest, line: Line, it: HeldBooking, by: Actor) -> HttpResponse:
    """The booking for a calendar program."""
    file = calendar_of(line, it)
    answer = HttpResponse(file.content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


@require_safe
@whose_it_is
def qr(request: HttpRequest, line: Line, it: HeldBooking, by: Actor) -> HttpResponse:
    """The code as a drawing."""
    return HttpResponse(files.qr_svg(it.code), content_type="image/svg+xml")


def numbers(
    form_of: Callable[..., NumbersForm], change: Callable[..., Any], price_after: Callable[..., int]
) -> Page:
    """A page where a booking's numbers are changed: `form_of` takes the booking and has its `numbers()`, `change` is the
    operation, `price_after` tells what it would come to, which is shown before it is done."""

    @form_page
    @whose_it_is
    def page(request: HttpRequest, line: Line, it: HeldBooking, by: Actor) -> HttpResponse:
        form, at = form_of(request.POST or None, booking=it), timezone.now()
        if request.method == "POST" and form.is_valid():
            after = attempt(form, lambda: price_after(it, **form.numbers(), at=at))
            if after is not None and not form.must_see(after, it):
                version = form.cleaned_data["version"]
                changed = attempt(
                    form, lambda: change(it.code, **form.numbers(), version=version, by=by, at=at)
                )
                if changed is not None:
                    messages.success(request, _("The booking is changed."))
                    return to(line, "booking", it)
        status = 422 if form.errors else 200
        return show(request, "change", line, it, form=form, **_difference(form, it), status=status)

    return page


def _difference(form: NumbersForm, it: HeldBooking) -> dict[str, int]:
    """How many öre the numbers on the form cost more than those that hold, or less; nothing until it has to be seen."""
    more = 0 if form.after_ore is None else form.after_ore - it.price_ore
    return {"more_ore": more, "less_ore": -more}


def to(line: Line, name: str, it: HeldBooking) -> HttpResponse:
    return redirect(f"{line.namespace}:{name}", code=it.code)


def show(
    request: HttpRequest, name: str, line: Line, it: HeldBooking, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "booking": it,
        "occasion": it.occasion,
        "occasions": line.occasions(it),
        "title": line.title(it),
        "line": line,
        "has_lapsed": it.has_lapsed(timezone.now()),
        "urls": {
            one: f"{line.namespace}:{one}"
            for one in ("booking", "confirm", "send_again", "cancel", "calendar", "qr")
        },
        **more,
    }
    return render(request, f"bookings/{name}.html", context, status=status)
