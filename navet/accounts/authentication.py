"""Desk devices at the API's door: `Authorization: Bearer <token>`."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from navet.accounts import devices
from navet.accounts.models import DeviceToken

SCHEME = "Bearer"


class DeviceAuthentication(BaseAuthentication):
    """Nobody is logged in (`request.user` is anonymous); `request.auth` is the device."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, DeviceToken] | None:
        words = request.META.get("HTTP_AUTHORIZATION", "").split()
        if not words or words[0].lower() != SCHEME.lower():
            return None
        at = timezone.now()
        token = words[1] if len(words) == 2 else ""
        device = devices.recognise(token, at=at)
        if device is None:
            # One answer for forged, expired and revoked: the difference is nobody's business.
            raise AuthenticationFailed(
                _("The device's key is not valid. Ask an administrator for a new one.")
            )
        devices.note_use(device, at=at)
        return AnonymousUser(), device

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="api"'
