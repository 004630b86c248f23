"""Lets the rules do their work: in batches, each a transaction of its own, so that it may be killed anywhere and run twice.

This is the one module that goes past append-only triggers, by `pgtrigger.ignore`, for the triggers that a rule names in
`past` and for that rule's fields. The ledger has no rule (`rules.register` refuses one).
"""

import datetime as dt
import functools
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone

from navet import periods
from navet.accounts.models import User
from navet.retention import decisions, rules
from navet.retention.models import Outcome, Run
from navet.retention.rules import Emptied, Rule

log = logging.getLogger(__name__)

BATCH = 500  # rows in a transaction
SECONDS = 240  # of work at a time; what is left is taken up an hour later
NIGHTLY_AT = dt.time(2)  # in Borås
Clock = Callable[[], dt.datetime]


def due(*, at: dt.datetime) -> dict[str, int]:
    """Rule -> how many records it would empty or remove now; those with none too."""
    return {rule.key: rule.rows(at).count() for rule in decisions.in_force()}


def run(
    chosen: Iterable[Rule],
    *,
    why: str,
    at: dt.datetime,
    by: User | None = None,
    clock: Clock = timezone.now,
    seconds: float = SECONDS,
) -> Run:
    """Apply the rules to everything whose time is out at `at`; unfinished when the seconds were too few."""
    until = time.monotonic() + seconds
    done = Run.objects.create(why=why, by=by, started_at=at)
    for rule in decisions.applied(chosen):
        if not _apply(rule, rule.rows(at), done, until=until, clock=clock):
            return done
    _finish(done, clock)
    return done


def tidy(*, at: dt.datetime, clock: Clock = timezone.now) -> None:
    """What the clock calls every hour: short-lived records, and once a night, or as soon as that is made up, all."""
    tonight = periods.at(periods.local_day(at), NIGHTLY_AT)
    nights = Run.objects.filter(why=Run.Why.NIGHT, started_at__gte=tonight, finished_at__isnull=False)
    if at >= tonight and not nights.exists():
        run(rules.every(), why=Run.Why.NIGHT, at=at, clock=clock)
        return
    hourly = [rule for rule in decisions.in_force() if rule.hourly and rule.rows(at).exists()]
    if hourly:
        run(hourly, why=Run.Why.HOUR, at=at, clock=clock)


def forget(
    rows_of: Iterable[tuple[Rule, QuerySet[Any]]], *, at: dt.datetime, clock: Clock = timezone.now
) -> Run:
    """Do at once what the rules would do to these rows later, because the person asked."""
    done = Run.objects.create(why=Run.Why.REQUEST, started_at=at)
    for rule, rows in rows_of:
        _apply(rule, rows, done, until=time.monotonic() + SECONDS, clock=clock)
    _finish(done, clock)
    return done


def _finish(done: Run, clock: Clock) -> None:
    done.finished_at = max(clock(), done.started_at)
    done.save(update_fields=["finished_at"])


def _apply(rule: Rule, rows: QuerySet[Any], done: Run, *, until: float, clock: Clock) -> bool:
    """Batch after batch, by ascending key; False when the time was out before the rows were."""
    last = None
    while True:
        keys = _batch(rule, rows, last, done, clock=clock)
        if len(keys) < BATCH:
            return True
        if time.monotonic() >= until:
            return False
        last = keys[-1]


@transaction.atomic
def _batch(rule: Rule, rows: QuerySet[Any], last: Any, done: Run, *, clock: Clock) -> list[Any]:
    """The next rows after `last`, and their line in the log. A row that somebody else works on is left for the next time."""
    left = rows if last is None else rows.filter(pk__gt=last)
    locked = left.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    keys = list(locked.values_list("pk", flat=True)[:BATCH])
    # Asked once more, now that nobody can change them: what was due may have been renewed just before the lock.
    due_still = list(rows.filter(pk__in=keys).values_list("pk", flat=True)) if keys else []
    if due_still:
        _end(rule, due_still)
        _note(rule, len(due_still), done, at=clock())
    return keys


def _end(rule: Rule, keys: list[Any]) -> None:
    """Empty or remove these rows, the same of their history, and what the rule says belongs to them."""
    rows = rule.model._base_manager.filter(pk__in=keys)
    with _past(rule):
        for events in histories(rule.model):
            _end_history(rule, events._base_manager.filter(pgh_obj__in=keys))
        if rule.empties:
            rows.update(**_values(rule, "pk"))
        else:
            rows.delete()
    if rule.also is not None:
        rule.also(keys)


def _end_history(rule: Rule, events: QuerySet[Any]) -> None:
    if not rule.empties:
        events.delete()
        return
    names = {one.name for one in events.model._meta.fields}
    values = {name: value for name, value in _values(rule, "pgh_obj_id").items() if name in names}
    if values:
        events.update(**values)


def _values(rule: Rule, pk: str) -> dict[str, Any]:
    return {
        name: value.in_row(pk) if isinstance(value, Emptied) else value
        for name, value in rule.empties.items()
    }


def _past(rule: Rule) -> Any:
    """The append-only triggers that the rule names give way to its own statements, and to nothing else."""
    names = [f"{rule.model._meta.label}:{trigger}" for trigger in rule.past]
    return pgtrigger.ignore(*names) if names else nullcontext()


@functools.cache
def histories(model: type[Model]) -> tuple[type[Model], ...]:
    """The tables in which pghistory keeps what became of the model's rows."""
    return tuple(_histories(model))


def _histories(model: type[Model]) -> Iterator[type[Model]]:
    return (one for one in apps.get_models() if getattr(one, "pgh_tracked_model", None) is model)


def _note(rule: Rule, records: int, done: Run, *, at: dt.datetime) -> None:
    noted = Outcome.objects.filter(run=done, rule=rule.key)
    if not noted.update(records=F("records") + records, last_at=at):
        Outcome.objects.create(run=done, rule=rule.key, records=records, last_at=at)
    log.info("retention: %s, %s records", rule.key, records)
