"""`/personal/utskick/`: what was promised and has not come, for staff."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.outbox import operations
from navet.outbox.models import Effect

PER_PAGE = 50


@require_safe
@staff_page("outbox.view")
def overview(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "counts": Effect.objects.counts(now),
        "dead": Paginator(Effect.objects.dead().order_by("-due_at", "-pk"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "failing": Effect.objects.failing().order_by("due_at", "pk")[:PER_PAGE],
        "may_retry": actor.of(request).has_capability("outbox.retry"),
    }
    return render(request, "outbox/overview.html", context)


@require_POST
@staff_page("outbox.retry")
def retry(request: HttpRequest, *, pk: int) -> HttpResponse:
    get_object_or_404(Effect, pk=pk)
    try:
        operations.retry(pk, by=actor.of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is being tried again."))
    return redirect("outbox:overview")


@require_POST
@staff_page("outbox.retry")
def retry_all(request: HttpRequest) -> HttpResponse:
    number = operations.retry_all(by=actor.of(request), at=timezone.now())
    messages.success(
        request,
        ngettext("%(number)s is being tried again.", "%(number)s are being tried again.", number)
        % {"number": number},
    )
    return redirect("outbox:overview")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("outbox.retry")
def withdraw(request: HttpRequest, *, pk: int) -> HttpResponse:
    """Asks first: what is withdrawn is never sent."""
    effect = get_object_or_404(Effect, pk=pk)
    if request.method != "POST":
        return render(request, "outbox/withdraw.html", {"effect": effect})
    try:
        operations.give_up(pk, by=actor.of(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is withdrawn and will not be sent."))
    return redirect("outbox:overview")
