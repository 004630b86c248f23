"""For probes: is the process up, and can it serve?"""

from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated, else 503. Redis is told of, never required."""
    checks = {"database": _database(), "redis": "ok" if _redis_answers() else "away"}
    ready = checks["database"] == "ok"
    return JsonResponse({"status": "ok" if ready else "unready", **checks}, status=200 if ready else 503)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return "away"
    return "migrations wait" if waiting else "ok"


def _redis_answers() -> bool:
    # The cache swallows Redis's absence, and then says that nothing was stored.
    stored: Any = cache.set("readyz", 1, timeout=10)  # type: ignore[func-returns-value]  # django-redis says whether it was stored
    return bool(stored)
