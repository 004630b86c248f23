"""Doors of the desk's own scripts: a camera's frame, the day for the device, and the page that needs no network."""

import hashlib
import json
import re

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from navet.accounts.doors import StaffRequest, staff_page
from navet.errors import Refused
from visitors import frames, on_device
from visitors.forms import WalkInForm
from visitors.tickets import words

_ASSET = re.compile(r'(?:href|src)="(/[^"]+\.(?:css|js|svg))"')


@require_POST
@staff_page("arrivals.view")
def frame(request: HttpRequest) -> HttpResponse:
    """What a code in the frame says, as `{"text": …}`; empty where there is none."""
    try:
        if int(request.headers.get("Content-Length") or 0) > frames.MOST_BYTES:
            raise frames.FrameTooLarge()
        if request.content_type != frames.MEDIA_TYPE:
            raise frames.NotAFrame()
        return _json({"text": frames.text_in(request.body)})
    except Refused as refused:
        return _json({"code": refused.code, "detail": str(refused)}, status=refused.status)


@require_GET
@staff_page("arrivals.view")
@ensure_csrf_cookie
def device_list(request: StaffRequest) -> HttpResponse:
    """Today, as the device keeps it; with the token its taps are sent with, which a killed browser may have lost."""
    return _json(on_device.day(request.user, at=timezone.now()))


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """The reception without a network: the same for everybody, and empty until the device fills it."""
    return HttpResponse(_shell(request))


@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which knows what to keep; another release is another worker."""
    page = _shell(request)
    assets = sorted(set(_ASSET.findall(page)))
    version = hashlib.sha256("".join([page, *assets]).encode()).hexdigest()[:16]
    kept = {"version": version, "shell": reverse("visitors:shell"), "assets": assets}
    return render(request, "visitors/worker.js", {"kept": json.dumps(kept)}, content_type="text/javascript")


def _shell(request: HttpRequest) -> str:
    """Without anything of whoever asks: no name, no messages, no token."""
    context = {
        "user": AnonymousUser(),
        "messages": [],
        "csrf_token": "",
        "shell": True,
        "keys": words.keys(timezone.now()),
        "walk_in": WalkInForm(auto_id="walk_%s", initial={"token": ""}),
    }
    return render_to_string("visitors/shell.html", context, request)


def _json(data: dict[str, object], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
