"""Staff: one's own account, and the desk's devices."""

from typing import Any
from uuid import UUID

import segno
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from navet.accounts import actor, devices, profile
from navet.accounts.doors import StaffRequest, staff_page
from navet.accounts.forms import EnrolForm, ProfileForm
from navet.accounts.models import DeviceToken
from navet.accounts.roles import Role
from navet.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(None)
def my_account(request: StaffRequest) -> HttpResponse:
    """Name and language; the way to password, second factor and what else is mine."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = profile.change(request.user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Saved."))
        response = redirect("accounts:me")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
        return response
    return render(request, "accounts/profile.html", _about(request, form))


def _about(request: StaffRequest, form: ProfileForm) -> dict[str, Any]:
    by = actor.of(request)
    return {
        "form": form,
        "roles": [Role(role).label for role in request.user.roles],
        "has_second_factor": is_mfa_enabled(request.user),
        "manages_devices": by.has_capability("devices.manage"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("devices.manage")
def device_list(request: HttpRequest) -> HttpResponse:
    """All devices, and a form for one more; the answer to it is the only place where its key is seen."""
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enrolled = devices.enrol(**form.cleaned_data, by=actor.of(request), at=timezone.now())
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return _show_once(request, enrolled)
    at = timezone.now()
    known = DeviceToken.objects.select_related("user").order_by("revoked_at", "name")
    rows = [{"device": device, "is_live": device.is_live(at)} for device in known]
    return render(request, "accounts/devices.html", {"form": form, "devices": rows})


def _show_once(request: HttpRequest, enrolled: devices.Enrolled) -> HttpResponse:
    picture = segno.make(enrolled.token, error="m").svg_data_uri(scale=8, border=4, light="#fff")
    context = {"device": enrolled.device, "token": enrolled.token, "qr": picture}
    response = render(request, "accounts/device_enrolled.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("devices.manage")
def device_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks, then shuts the device out."""
    device = get_object_or_404(DeviceToken, public_id=public_id)
    if request.method == "POST":
        devices.revoke(device, by=actor.of(request), at=timezone.now())
        messages.success(request, _("%(name)s is revoked.") % {"name": device.name})
        return redirect("accounts:devices")
    return render(request, "accounts/device_revoke.html", {"device": device})
