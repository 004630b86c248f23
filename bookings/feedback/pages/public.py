"""The form that the mail leads to, without logging in, and the page to be left in peace."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.common.access import may_book, may_guess
from bookings.common.doors import answer as shown
from bookings.common.doors import attempt
from bookings.feedback import links
from bookings.feedback.forms import AnswerForm
from bookings.feedback.models import Asked
from bookings.feedback.operations import answering
from navet import periods
from navet.errors import Refused
from navet.outbox import opting

Page = Callable[[HttpRequest, Asked], HttpResponse]


def _by_key(page: Page) -> Callable[..., HttpResponse]:
    """With the question that the address and its key lead to; a wrong key is no page, and counts as a guess.

    The key is in the address, which the house's policy (same-origin) tells no other site. With no-referrer browsers would send
    forms without an origin, and none would be taken.
    """

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def guarded(request: HttpRequest, pk: int, key: str) -> HttpResponse:
        found = Asked.objects.whole().filter(pk=pk).first() if pk < 2**63 else None
        if found is None or not links.is_key(found, key):
            if not may_guess(request):
                return render(request, "429.html", status=429)
            raise Http404
        if request.method == "POST" and not may_book(request):
            return render(request, "429.html", status=429)
        return page(request, found)

    return guarded


@_by_key
def form(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Five statements and a line; afterwards thanks, and nothing more can be said."""
    at = timezone.now()
    context = {"asked": asked, "opt_out_url": links.opt_out_url(asked), "heading": _("What did you think?")}
    try:
        answering.require_open(asked, at)
    except Refused as refused:
        context["over"] = context["heading"] = str(refused)
        status = refused.status
        if asked.is_answered and request.method != "POST":  # whoever has just answered comes here too
            context["heading"], status = _("Thank you for your answer"), 200
        return render(request, "feedback/form.html", context, status=status)
    filled = AnswerForm(
        request.POST if request.method == "POST" else None, is_of_a_course=asked.is_of_a_course
    )
    if request.method == "POST" and filled.is_valid():
        said = {"scores": filled.scores(), "remark": filled.cleaned_data["remark"]}
        attempt(filled, lambda: answering.answer(asked.pk, **said, at=at))
        if not filled.errors:
            return redirect(request.path)
    return shown(request, "feedback/form.html", filled, context)


@_by_key
def opt_out(request: HttpRequest, asked: Asked) -> HttpResponse:
    """No more questions to this address, or again; a button, so that a program that follows links decides nothing."""
    kind, address = opting.Kind.FEEDBACK, asked.address
    if request.method == "POST":
        if request.POST.get("again"):
            opting.back_in(kind, address)
            messages.success(request, _("You get such questions again."))
        else:
            opting.out(kind, address, on=periods.local_day(timezone.now()))
            messages.success(
                request, _("You get no more such questions. Mails about what you book come as before.")
            )
        return redirect(request.path)
    return render(request, "feedback/opt_out.html", {"asked": asked, "is_out": opting.is_out(kind, address)})
