"""`/brevlada/`: the mails of a house that runs in embedded mode, to read instead of receive."""

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from navet.accounts.doors import staff_page
from navet.outbox.models import DeliveredMail

PER_PAGE = 50
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
# A mail is somebody else's HTML: no scripts, nothing fetched, an origin of its own; links open in a new tab.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
Page = Callable[..., HttpResponse]


def mailbox_page(page: Page) -> Page:
    """404 without a mailbox; open on the machine the demo runs on; elsewhere for staff who may see the outbox."""
    for_staff = staff_page("outbox.view")(page)

    @wraps(page)
    def guarded(request: HttpRequest, **given: Any) -> HttpResponse:
        if not settings.MAILBOX_ENABLED:
            raise Http404
        return page(request, **given) if _is_demo_on_this_machine(request) else for_staff(request, **given)

    return guarded


def _is_demo_on_this_machine(request: HttpRequest) -> bool:
    """Behind a proxy everybody seems to come from this machine, so a forwarded request does not count as local."""
    forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return settings.EMBEDDED and not forwarded and request.META.get("REMOTE_ADDR") in LOOPBACK


@require_safe
@mailbox_page
def mail_list(request: HttpRequest) -> HttpResponse:
    recipient = request.GET.get("till", "").replace("\x00", "").strip()[:200]
    mails = DeliveredMail.objects.newest_first().defer("text", "html", "attachments", "headers")
    found = mails.to(recipient) if recipient else mails
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "recipient": recipient, "open_to_all": _is_demo_on_this_machine(request)}
    return render(request, "outbox/mailbox.html", context)


@require_safe
@mailbox_page
def one_mail(request: HttpRequest, *, pk: int) -> HttpResponse:
    mail = get_object_or_404(DeliveredMail, pk=pk)
    files = [(number, one) for number, one in enumerate(mail.attachments) if not one.get("cid")]
    return render(request, "outbox/mailbox_mail.html", {"mail": mail, "files": files})


@require_safe
@mailbox_page
@xframe_options_sameorigin
def mail_html(request: HttpRequest, *, pk: int) -> HttpResponse:
    mail = get_object_or_404(DeliveredMail, pk=pk)
    if not mail.html:
        raise Http404
    response = HttpResponse(_with_pictures(mail).replace("<head>", '<head><base target="_blank">', 1))
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


def _with_pictures(mail: DeliveredMail) -> str:
    """The HTML as a mail program shows it: its pictures in their places."""
    html = mail.html
    for one in mail.attachments:
        if one.get("cid") and one["content_type"] == "image/png":
            html = html.replace(f'"cid:{one["cid"]}"', f'"data:image/png;base64,{one["content"]}"')
    return html


@require_safe
@mailbox_page
def attachment(request: HttpRequest, *, pk: int, number: int) -> HttpResponse:
    """Always a download, of no type a browser would show or run."""
    attachments = get_object_or_404(DeliveredMail, pk=pk).attachments
    if number >= len(attachments):
        raise Http404
    chosen = attachments[number]
    content_type = chosen["content_type"] if chosen["content_type"].startswith("text/calendar") else ""
    return HttpResponse(
        base64.b64decode(chosen["content"]),
        content_type=content_type or "application/octet-stream",
        headers={
            "Content-Disposition": _disposition(chosen["name"]),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _disposition(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
