"""A door that we knock on: Axis devices that are asked for their sums instead of sending them."""

import datetime as dt
import json
import logging
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

from django.conf import settings
from rest_framework.exceptions import ValidationError

from navet.accounts.actor import Actor
from navet.errors import Refused
from visitors.counters import operations, shapes
from visitors.counters.models import Counter
from visitors.counters.serializers import AxisCountsSerializer

log = logging.getLogger(__name__)
PATH = "/local/tvpc/.api?live-sum.json"
PATIENCE_SECONDS = 5.0  # for each step
WHOLE_SECONDS = 15.0
MOST_BYTES = 16 * 1024


class NotAnswering(Exception):
    """Why a counter gave no figures, in words for the log; never with its password."""


def due(*, on: dt.date) -> list[int]:
    """The keys of the counters that are asked: active, in place, with an address."""
    counters = Counter.objects.filter(is_active=True, placed_from__lte=on).exclude(poll_address="")
    return list(counters.exclude(placed_until__lt=on).order_by("pk").values_list("pk", flat=True))


def ask(pk: int, *, clock: Callable[[], dt.datetime]) -> operations.Received | None:
    """Ask one counter and keep what it says; None, and a line in the log, where it says nothing of use."""
    counter = Counter.objects.get(pk=pk)
    try:
        body = fetch(counter)
        at = clock()  # when it answered, not when it was asked
        checked = AxisCountsSerializer(data=body)
        checked.is_valid(raise_exception=True)
        said = shapes.axis(checked.validated_data, body, at=at, is_answer=True)
        return operations.receive(said, counter, by=Actor(), at=at)
    except NotAnswering as reason:
        log.warning("door counter %s is not answering: %s", counter.pk, reason)
    except ValidationError:
        log.warning("door counter %s answered something else than its sums", counter.pk)
    except Refused as refused:
        log.warning("door counter %s was refused: %s", counter.pk, refused.code)
    return None


def fetch(counter: Counter) -> Any:
    """What the device answers, as JSON says it. Raises NotAnswering."""
    address = _address(counter)
    try:
        with _opener(counter, address).open(address, timeout=PATIENCE_SECONDS) as answer:
            return json.loads(_bounded(answer))
    except urllib.error.HTTPError as fault:
        fault.close()
        raise NotAnswering(f"status {fault.code}") from None
    except (OSError, HTTPException, ValueError, RecursionError) as fault:
        raise NotAnswering(type(fault).__name__) from None


def _address(counter: Counter) -> str:
    """Where to ask. Raises NotAnswering for a host that is not configured."""
    if not may_be_asked(counter.poll_address):
        raise NotAnswering("its host is not among DOOR_COUNTER_HOSTS")
    return f"{counter.poll_address}{PATH}"


def may_be_asked(address: str) -> bool:
    """Whether it is scheme, host and port, no more, of a configured host."""
    hosts = {host.lower() for host in settings.DOOR_COUNTERS["hosts"]}
    return address.lower() in {f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts}


def _opener(counter: Counter, address: str) -> urllib.request.OpenerDirector:
    """Asks with digest or basic; goes nowhere else than it was told, through no proxy."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if counter.poll_user:
        password = settings.DOOR_COUNTERS["passwords"].get(counter.poll_secret.lower().replace("-", "_"))
        if password is None:
            raise NotAnswering("its password is not in the environment")
        passwords.add_password(None, address, counter.poll_user, password)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDigestAuthHandler(passwords),
        urllib.request.HTTPBasicAuthHandler(passwords),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _bounded(answer: Any) -> bytes:
    """The body, of at most MOST_BYTES, within WHOLE_SECONDS. Raises NotAnswering."""
    ends, body = time.monotonic() + WHOLE_SECONDS, b""
    while part := answer.read1(4096):
        body += part
        if len(body) > MOST_BYTES:
            raise NotAnswering("its answer is too long")
        if time.monotonic() > ends:
            raise NotAnswering("its answer takes too long")
    return body
