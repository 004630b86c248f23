"""Once for each happening: what is new is promised to those who want it, and what is over is closed."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection, transaction

from navet.accounts.models import User
from navet.outbox import promises
from worker import operations
from worker.alerts import findings, thresholds
from worker.models import Happening, Threshold

# What is over for a shorter time than this and comes back is the same happening: a booking changed and changed again.
CALM = dt.timedelta(hours=24)


@transaction.atomic
def watch(at: dt.datetime) -> int:
    """Look at how things are and tell what is new; return how many happenings are told of. Asked again it tells nothing twice.

    New is what was not so, or had been over for a day; and what still is so after as many days as management says. One
    looks at a time: of two beats the second finds it told.
    """
    _lock()
    marks = thresholds.in_force()
    seen = {(one.kind, one.subject) for one in findings.found(Happening.KINDS, at=at, marks=marks)}
    open_ones = {(one.kind, one.subject): one for one in Happening.objects.filter(ended_at=None)}
    _close([one for key, one in open_ones.items() if key not in seen], at)
    news = [*_begun(seen - open_ones.keys(), at)]
    news += _repeated(
        [one for key, one in open_ones.items() if key in seen], marks[Threshold.Name.REPEAT_DAYS], at
    )
    _promise(news, at)
    return len(news)


def _close(ended: list[Happening], at: dt.datetime) -> None:
    Happening.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=at)


def _begun(keys: Iterable[tuple[str, str]], at: dt.datetime) -> list[Happening]:
    """Those that are new; who was over for a moment goes on without a word."""
    news = []
    for kind, subject in sorted(keys):
        before = Happening.objects.filter(kind=kind, subject=subject, ended_at__gt=at - CALM).order_by(
            "-ended_at"
        )
        last = before.first()
        if last is not None:
            Happening.objects.filter(pk=last.pk).update(ended_at=None)
        else:
            news.append(Happening.objects.create(kind=kind, subject=subject, since_at=at, told_at=at))
    return news


def _repeated(going_on: list[Happening], days: int, at: dt.datetime) -> list[Happening]:
    again = [one for one in going_on if days and one.told_at <= at - dt.timedelta(days=days)]
    for one in again:
        one.told_at, one.times = at, one.times + 1
        one.save(update_fields=["told_at", "times"])
    return again


def _promise(news: list[Happening], at: dt.datetime) -> None:
    """One mail for each person, of all that is new to her; the first of the news names it."""
    if not news:
        return
    key = f"alerts:{news[0].pk}.{news[0].times}"
    kinds = {one.kind for one in news}
    chosen = (
        User.objects.active().filter(subscriptions__kind__in=kinds, subscriptions__wanted=True).distinct()
    )
    due = []
    for user in chosen.prefetch_related("subscriptions").order_by("pk"):
        wanted = set(operations.wanted_by(user))
        mine = [one.pk for one in news if one.kind in wanted]
        if mine:
            args = {"user_id": user.pk, "happenings": mine}
            due.append(
                promises.Promise("mail", f"{key}:{user.pk}", {"mail": "alerts.new", "args": args}, due_at=at)
            )
    promises.promise_all(due)


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('worker.alerts', 0))")
