"""How often one caller may ask. Counters in Redis; without Redis everybody may."""

import time
from typing import Any

from django.core.cache import cache
from redis import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from navet.accounts import actor


class Throttle(SimpleRateThrottle):
    """Counts per fixed window, by user, device or address (settings NUM_PROXIES), one round trip a request (two for the first of a window).

    Staff and devices have the rate `staff`. Others have the view's `throttle_scope` ("booking", "guess"; a string
    or a dict by method), else `anonymous`. A whole school shares one address, so these rates are generous; what
    must not be guessed is guarded by counts in the database besides.
    """

    def __init__(self) -> None:
        """The rate is known first when the request is."""

    def allow_request(self, request: Request, view: Any) -> bool:
        scope, caller = self._who(request, view)
        most, seconds = self.parse_rate(self.THROTTLE_RATES[scope])
        if not most or not seconds:
            return True
        now = time.time()
        self.left = seconds - now % seconds
        count = _count(f"throttle:{scope}:{caller}:{int(now // seconds)}", seconds)
        return count is None or count <= most

    def wait(self) -> float:
        return self.left

    def _who(self, request: Request, view: Any) -> tuple[str, str]:
        by = actor.of(request)
        if by.device is not None:
            return "staff", f"device-{by.device.public_id}"
        if by.user is not None:
            return "staff", f"user-{by.user.pk}"
        scope = getattr(view, "throttle_scope", None)
        if isinstance(scope, dict):
            scope = scope.get(request.method)
        return scope or "anonymous", f"ip-{self.get_ident(request)}"


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
