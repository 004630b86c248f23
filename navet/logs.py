"""Logs as events: one line per request, with its id, and without what would make the log a register of persons."""

import logging

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# The audit trail says who did what; the log says what happened, to find faults by.
_PERSONAL = ("ip", "user_agent")


def without_persons(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop addresses and browsers from the event."""
    for name in _PERSONAL:
        event.pop(name, None)
    return event


def ends_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """One line a request: its end says all that its start did."""
    if event.get("event") == "request_started":
        raise structlog.DropEvent
    return event


PROCESSORS: list[Processor] = [
    structlog.stdlib.filter_by_level,
    ends_only,
    structlog.contextvars.merge_contextvars,
    without_persons,
    structlog.stdlib.add_log_level,
    structlog.processors.format_exc_info,
    structlog.processors.KeyValueRenderer(key_order=["event"]),
]


def configure() -> None:
    """Let structlog's events go where the standard library's records go, and stop where they stop."""
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # A repeated line about a cache that is away says nothing new.
    logging.getLogger("django_redis").setLevel(logging.ERROR)
