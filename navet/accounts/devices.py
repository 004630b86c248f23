"""Desk devices: enrolled once, known by a token of which only the hash is kept, revoked at will."""

import datetime as dt
import logging
from dataclasses import dataclass
from hmac import compare_digest

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from knox.crypto import hash_token
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from navet.accounts.actor import Actor
from navet.accounts.models import DeviceToken
from navet.accounts.roles import Role
from navet.errors import Refused
from navet.queries import Param, Query

log = logging.getLogger(__name__)
USE_IS_NOTED_EVERY = dt.timedelta(minutes=1)
TOKEN_LENGTH_MAX = 200
_BY_KEY = Query(lambda: DeviceToken.objects.filter(token_key=Param("key")))


class DeviceNameTaken(Refused):
    code = "device_name_taken"
    message = _("There is already a device with that name. Revoke it first, or choose another name.")
    field = "name"


class DeviceExpiryInThePast(Refused):
    code = "device_expiry_in_the_past"
    message = _("The device must be valid until a day to come.")
    field = "expires_at"


@dataclass(frozen=True)
class Enrolled:
    """A device and its token in clear: shown once, kept nowhere. It is sent as `Authorization: Bearer <token>`."""

    device: DeviceToken
    token: str


@transaction.atomic
def enrol(
    *, name: str, role: str = Role.DESK, by: Actor, at: dt.datetime, expires_at: dt.datetime | None = None
) -> Enrolled:
    """A new device of one role, valid for settings.DEVICE_LIFE unless told otherwise.

    Raises DeviceNameTaken while another live device has the name, DeviceExpiryInThePast.
    """
    expires_at = expires_at or at + settings.DEVICE_LIFE
    if expires_at <= at:
        raise DeviceExpiryInThePast
    digest, token = get_digest_token()
    device = DeviceToken(
        digest=digest,
        token_key=token[: CONSTANTS.TOKEN_KEY_LENGTH],
        user=by.user,
        name=name.strip(),
        role=Role(role),
        expiry=expires_at,
    )
    try:
        with transaction.atomic():
            device.save(force_insert=True)
    except IntegrityError as clash:
        if "one_live_device_per_name" in str(clash):
            raise DeviceNameTaken from clash
        raise
    log.info("device enrolled: %s as %s by user %s", device.public_id, device.role, device.user_id)
    return Enrolled(device=device, token=token)


@transaction.atomic
def revoke(device: DeviceToken, *, by: Actor, at: dt.datetime) -> DeviceToken:
    """Shut the device out, at once and for good; revoking twice changes nothing."""
    device = DeviceToken.objects.select_for_update().get(pk=device.pk)
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by = at, by.user
        device.save(update_fields=["revoked_at", "revoked_by"])
        log.info("device revoked: %s by user %s", device.public_id, by.user.pk if by.user else None)
    return device


def recognise(token: str, *, at: dt.datetime) -> DeviceToken | None:
    """The live device that holds this token, or None when it is forged, revoked or expired. One query."""
    if not token.isascii() or len(token) > TOKEN_LENGTH_MAX:
        return None
    digest = hash_token(token)
    for device in _BY_KEY.rows(key=token[: CONSTANTS.TOKEN_KEY_LENGTH]):
        if compare_digest(digest, device.digest):
            return device if device.is_live(at) else None
    return None


def note_use(device: DeviceToken, *, at: dt.datetime) -> None:
    """Remember that the device was used; written at most once a minute, whatever it does."""
    if device.last_used_at and at - device.last_used_at < USE_IS_NOTED_EVERY:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=at - USE_IS_NOTED_EVERY)
    DeviceToken.objects.filter(stale, pk=device.pk).update(last_used_at=at)
