"""The doors of the hostile world: counters of each make, and keys with something wrong with them."""

import datetime as dt
from dataclasses import dataclass

from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import Role
from tests.visitors.counters import making
from visitors.counters.models import Counter


@dataclass(frozen=True)
class Doors:
    """Keys; those of `own`, `axis` and `xovis` have nothing wrong."""

    own: str
    axis: str
    xovis: str
    revoked: str
    expired: str
    stray: str
    idle: str


def build(by: User, now: dt.datetime) -> Doors:
    """`own` counted thirty yesterday from nine to ten."""

    def key(name: str, kind: str = "own", *, at: dt.datetime = now, **facts: object) -> str:
        made = making.counter(name, kind, placed_from=dt.date(2025, 1, 1), **facts)
        enrolled = devices.enrol(name=name, role=Role.DOOR_COUNTER, by=Actor(user=by), at=at)
        Counter.objects.filter(pk=made.pk).update(device=enrolled.device)
        return enrolled.token

    doors = Doors(
        own=key("Räknare"),
        axis=key("Axis", "axis", serial="00408CAC512B"),
        xovis=key("Xovis", "xovis"),
        revoked=key("Stulen"),
        expired=key("Gammal", at=now - dt.timedelta(days=800)),
        stray=devices.enrol(name="Ingens", role=Role.DOOR_COUNTER, by=Actor(user=by), at=now).token,
        idle=key("Avställd", is_active=False),
    )
    devices.revoke(Counter.objects.get(name="Stulen").device, by=Actor(user=by), at=now)
    yesterday = making.own((now - dt.timedelta(days=1)).date(), at_9=30)
    making.receive(Counter.objects.get(name="Räknare"), yesterday, at=now)
    return doors
