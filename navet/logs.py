"""Logs as events: one line per request, with its id, and without what would make the log a register of persons."""

import logging
import re

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# The audit trail says who did what; the log says what happened, to find faults by.
_PERSONAL = ("ip", "user_agent")
# What opens something by itself stands in an address: a booking's key after "?", a question's, a calendar's or a password's within.
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
# DETAIL:  Key (contact_email)=(…) already exists. LINE 1: INSERT … To the next exception, since a value may have several
# lines; where the whole is written as one line (\\n), to the end of that.
_QUOTE = r"(?:DETAIL|CONTEXT|QUERY|LINE \d+):"
_QUOTED = re.compile(
    rf"\\n{_QUOTE}[^\n]*|\n{_QUOTE}.*?(?=\n\n(?:The above exception|During handling)|\Z)", re.DOTALL
)
_KEY = re.compile(r"(?=[\w-]*\d)[\w-]{16,}")


def without_persons(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop addresses and browsers from the event."""
    for name in _PERSONAL:
        event.pop(name, None)
    return event


def without_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leave of the address what says which page it is: no keys, and nothing of what was searched for."""
    if asked := event.get("request"):
        event["request"] = _KEY.sub("…", str(asked).partition("?")[0])
    return event


class Nameless(logging.Formatter):
    """A line, and a traceback, without addresses and without what PostgreSQL quotes of a row or a statement in its errors."""

    def format(self, record: logging.LogRecord) -> str:
        return _ADDRESS.sub("…@…", _QUOTED.sub("", super().format(record)))


class InOneLine(logging.Filter):
    """What a visitor sent wrong is a line, not where in our code it was noticed: nobody shall fill the log with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
        return True


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
    without_keys,
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
