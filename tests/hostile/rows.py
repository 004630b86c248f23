"""How a row of docs/wrong-input.md is written, and sent."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.hostile import callers
from tests.hostile.world import TEACHER, World

Send = Callable[[World, Client], Any]
BOOKINGS = "/api/v1/school-bookings/"
CHECK_INS = "/api/v1/check-ins/"
VISITS = "/api/v1/visits/"
SESSIONS = "/api/v1/sessions/"


@dataclass(frozen=True)
class Row:
    """`said` is the problem's code, or what the page says in Swedish; `field` is where the API puts the fault."""

    sent: str
    where: str
    send: Send
    status: int
    said: str
    field: str = ""
    who: Callable[[World], Client] = callers.anybody

    @property
    def to_the_api(self) -> bool:
        return "/api/" in self.where


def request(method: str, path: str, body: Any = None, **options: Any) -> Send:
    """Send JSON. `path` may name things of the world (`{w.open.pk}`), and a function in `body` is called with it."""

    def send(world: World, client: Client) -> Any:
        data = _real(body, world)
        text = data if isinstance(data, str | bytes) else json.dumps({} if data is None else data)
        settings = {"content_type": "application/json"} | options
        if method == "GET":
            return client.get(path.format(w=world), **options)
        return client.generic(method, path.format(w=world), text, **settings)

    return send


def form(path: str, fields: Any, **options: Any) -> Send:
    """Post a form as a browser does."""

    def send(world: World, client: Client) -> Any:
        return client.post(path.format(w=world), _real(fields, world), **options)

    return send


def _real(value: Any, world: World) -> Any:
    if callable(value):
        return _real(value(world), world)
    if isinstance(value, dict):
        return {name: _real(part, world) for name, part in value.items()}
    return value


def wish(**changed: Any) -> dict[str, Any]:
    """What is right in every part but for `changed`."""
    return {
        "session": lambda w: w.open.pk,
        "school": lambda w: w.school.pk,
        "class_name": "5A",
        "grade": "5",
        "pupils": 20,
        "adults": 2,
        "contact_name": "Maria Lind",
        "contact_email": TEACHER,
        "contact_phone": "070-174 06 05",
        **changed,
    }


def filled(**changed: Any) -> dict[str, Any]:
    """The same as the form on the page sends it."""
    return {
        "school_text": "Altorpskolan",
        "school": lambda w: str(w.school.pk),
        "class_name": "5A",
        "grade": "5",
        "pupils": "20",
        "adults": "2",
        "language": "sv",
        "lunch": "",
        "contact_name": "Maria Lind",
        "contact_email": TEACHER,
        "contact_phone": "070-174 06 05",
        **changed,
    }
