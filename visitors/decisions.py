"""Deciding what counts: the year's targets and rules are changed together, for a stated reason, and each time is a version."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts.models import User
from navet.errors import Refused
from visitors import counting
from visitors.models import Category, CountingDecision, CountingRule, Indicator, Target

# Conferences are parties, not heads of a category: what counts in them is no rule of a year.
BY_CATEGORY = tuple(code for code in Indicator if code != Indicator.CONFERENCES)


class NoReason(Refused):
    code = "no_reason"
    message = _("Say why: an auditor reads it.")
    field = "reason"


class NothingChanged(Refused):
    code = "nothing_changed"
    message = _("This is what counts already; nothing was changed.")


class DecidedMeanwhile(Refused):
    code = "decided_meanwhile"
    message = _("Somebody else has decided meanwhile. Look at what counts now, then decide again.")


@transaction.atomic
def decide(
    year: int,
    *,
    categories: Mapping[str, Collection[str]],
    targets: Mapping[str, int],
    reason: str,
    seen: int,
    by: User,
    at: dt.datetime,
) -> CountingDecision:
    """Let exactly these categories count in these indicators in `year`, and these be its targets; others stay as they are.

    `seen` is the version the decision was made from. Raises NoReason, DecidedMeanwhile, NothingChanged.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise NoReason()
    _lock()
    last = CountingDecision.objects.order_by("-number").first()
    number = last.number if last else 0
    if seen != number:
        raise DecidedMeanwhile()
    changes = [*_rule_changes(year, categories), *_target_changes(year, targets)]
    if not changes:
        raise NothingChanged()
    with pghistory.context(decision=number + 1):
        _write(year, changes)
        return CountingDecision.objects.create(
            number=number + 1, year=year, reason=reason[:300], changes=changes, by=by, decided_at=at
        )


def in_force(year: int, known: dt.date | None = None) -> CountingDecision | None:
    """The version that the year's figures go by: the latest decision for it or an earlier year, by the end of `known`; None before any."""
    made = CountingDecision.objects.filter(year__lte=year).select_related("by").order_by("-number")
    return (made.filter(decided_at__lt=periods.day_bounds(known)[1]) if known else made).first()


def version() -> int:
    """The number of the latest decision, whatever year it was for; 0 before any."""
    return CountingDecision.objects.order_by("-number").values_list("number", flat=True).first() or 0


def _lock() -> None:
    """One decision at a time: each is made from what the one before left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('visitors.counting', 0))")


def _rule_changes(year: int, categories: Mapping[str, Collection[str]]) -> list[dict[str, Any]]:
    counted = counting.categories_of(year, counting.rule_rows())
    return [
        {
            "indicator": code,
            "category": category,
            "before": category in counted[code],
            "after": category in chosen,
        }
        for code, chosen in categories.items()
        for category in Category.values
        if (category in counted[code]) != (category in chosen)
    ]


def _target_changes(year: int, targets: Mapping[str, int]) -> list[dict[str, Any]]:
    aims = counting.targets_of(year, counting.target_rows())
    return [
        {"indicator": code, "category": "", "before": aims[code], "after": value}
        for code, value in targets.items()
        if aims[code] != value
    ]


def _write(year: int, changes: list[dict[str, Any]]) -> None:
    for change in changes:
        cell = {"year": year, "indicator": change["indicator"]}
        if change["category"]:
            CountingRule.objects.update_or_create(
                **cell, category=change["category"], defaults={"counts": change["after"]}
            )
        else:
            Target.objects.update_or_create(**cell, defaults={"value": change["after"]})
