"""How often one caller may ask. Strangers are counted in Redis, and without Redis everybody may; who is known by each process."""

import time
from threading import Lock
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from redis import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from navet.accounts import actor, browser

STAFF, BOOKING = "staff", "booking"
MOST_CALLERS = 10_000  # remembered by a process
# Caller -> window and how many came in it, to this process.
_came: dict[str, tuple[int, int]] = {}
_counting = Lock()


class Throttle(SimpleRateThrottle):
    """Counts per fixed window, by user, device or address (settings NUM_PROXIES).

    Staff and devices have the rate `staff`, in each process that answers: they have proved who they are, and what is kept
    within bounds is a machine gone wild. So the door waits for Redis neither when it is slow nor when it is away. Others have the view's `throttle_scope` ("booking", "guess"; a string
    or a dict by method), else `anonymous`. Who books in a browser that has proved an e-mail address is counted by that address, as staff are: teachers of
    one school do not use up each other's. A whole school shares one network address, so the other rates are generous; what
    must not be guessed is guarded by counts in the database besides. One round trip to Redis (two for the first of a window).
    """

    def __init__(self) -> None:
        """The rate is known first when the request is."""

    def allow_request(self, request: Request, view: Any) -> bool:
        scope, caller, is_known = self._who(request, view)
        most, seconds = self.parse_rate(self.THROTTLE_RATES[scope])
        if not most or not seconds:
            return True
        now = time.time()
        self.left = seconds - now % seconds
        window = int(now // seconds)
        if is_known:
            return _count_here(caller, window) <= most
        count = _count(f"throttle:{scope}:{caller}:{window}", seconds)
        return count is None or count <= most

    def wait(self) -> float:
        return self.left

    def _who(self, request: Request, view: Any) -> tuple[str, str, bool]:
        """The rate, the caller, and whether the caller has proved who it is."""
        by = actor.of(request)
        if by.device is not None:
            return STAFF, f"device-{by.device.public_id}", True
        if by.user is not None:
            return STAFF, f"user-{by.user.pk}", True
        scope = getattr(view, "throttle_scope", None)
        if isinstance(scope, dict):
            scope = scope.get(request.method)
        if scope == BOOKING and (email := browser.verified_email(request, at=timezone.now())):
            return scope, f"email-{hash(email)}", True  # no address outlives its request here
        return scope or "anonymous", f"ip-{self.get_ident(request)}", False


def _count_here(caller: str, window: int) -> int:
    """How many came to this process in this window, this one included."""
    with _counting:
        if len(_came) >= MOST_CALLERS:  # whoever comes again begins anew: kept within bounds is the memory
            _came.clear()
        then, count = _came.get(caller, (window, 0))
        count = count + 1 if then == window else 1
        _came[caller] = (window, count)
    return count


def _count(key: str, seconds: int) -> int | None:
    """How many came in this window, this one included; None when Redis is away."""
    try:
        client = cache.client.get_client()  # type: ignore[attr-defined]  # django-redis's own
        count = client.incr(cache.make_key(key))
        if count == 1:  # who dies here leaves one number behind that nobody asks for again
            client.expire(cache.make_key(key), seconds + 1)
        return count
    except RedisError:
        return None
