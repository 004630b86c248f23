"""Who knocks: nobody in particular, a teacher who proved her address, staff, and a device at the desk."""

from typing import Any

from django.test import Client

from navet.accounts import browser
from tests.hostile.world import NOW, TEACHER, World

CSRF = "c" * 32


def anybody(world: World) -> Client:
    return Client()


def teacher(world: World) -> Client:
    client = Client()
    session = client.session
    session[browser.KEY] = {"email": TEACHER, "at": NOW.isoformat()}
    session.save()
    return client


def planner(world: World) -> Client:
    """Staff with every role there is."""
    client = Client()
    client.force_login(world.staff)
    return client


def desk(world: World) -> Client:
    """Staff who may receive visitors, and no more."""
    client = Client()
    client.force_login(world.receptionist)
    return client


def device(world: World) -> Client:
    return Client(headers={"Authorization": f"Bearer {world.token}"})


def stranger_to_csrf(world: World) -> Client:
    """A form posted from another site, into a browser where staff are logged in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.staff)
    return client


def wsgi(name: str, world: World) -> dict[str, Any]:
    """`headers` and `cookies` for a request that does not pass through Django's test client."""
    if name == "device":
        return {"headers": {"Authorization": f"Bearer {world.token}"}, "cookies": {}}
    if name == "counter":
        return {"headers": {"Authorization": f"Bearer {world.doors.own}"}, "cookies": {}}
    if name == "staff":
        cookies = {key: morsel.value for key, morsel in planner(world).cookies.items()}
        return {"headers": {"X-CSRFToken": CSRF}, "cookies": {**cookies, "csrftoken": CSRF}}
    return {"headers": {}, "cookies": {}}


def _with(key: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {key}"})


def counter(world: World) -> Client:
    """A door counter that sends our own format."""
    return _with(world.doors.own)


def axis_counter(world: World) -> Client:
    return _with(world.doors.axis)


def xovis_counter(world: World) -> Client:
    return _with(world.doors.xovis)


def revoked_counter(world: World) -> Client:
    return _with(world.doors.revoked)


def expired_counter(world: World) -> Client:
    return _with(world.doors.expired)


def stray_counter(world: World) -> Client:
    return _with(world.doors.stray)


def idle_counter(world: World) -> Client:
    return _with(world.doors.idle)


def forged(world: World) -> Client:
    return Client(headers={"Authorization": f"Bearer {world.token[:-4]}0000"})


def revoked(world: World) -> Client:
    return Client(headers={"Authorization": f"Bearer {world.revoked}"})
