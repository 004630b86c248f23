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


Changes = list[dict[str, Any]]  # as CountingDecision.changes


def propose(
    year: int,
    *,
    categories: Mapping[str, Collection[str]],
    targets: Mapping[str, int],
    reason: str,
    seen: int,
) -> Changes:
    """What a decision would change in `year`; nothing is written. Raises what `decide` does."""
    if not " ".join(reason.split()):
        raise NoReason()
    if seen != version():
        raise DecidedMeanwhile()
    rules = counting.rules_of(year)
    changes = [*_rule_changes(rules, categories), *_target_changes(rules, targets)]
    if not changes:
        raise NothingChanged()
    return changes


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
    _lock()
    changes = propose(year, categories=categories, targets=targets, reason=reason, seen=seen)
    with pghistory.context(decision=seen + 1):
        _write(year, changes)
        return CountingDecision.objects.create(
            number=seen + 1,
            year=year,
            reason=" ".join(reason.split())[:300],
            changes=changes,
            by=by,
            decided_at=at,
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


def _rule_changes(rules: counting.Rules, categories: Mapping[str, Collection[str]]) -> Changes:
    return [
        {
            "indicator": code,
            "category": category,
            "before": category in rules.categories[code],
            "after": category in chosen,
        }
        for code, chosen in categories.items()
        for category in Category.values
        if (category in rules.categories[code]) != (category in chosen)
    ]


def _target_changes(rules: counting.Rules, targets: Mapping[str, int]) -> Changes:
    return [
        {"indicator": code, "category": "", "before": rules.targets[code], "after": value}
        for code, value in targets.items()
        if rules.targets[code] != value
    ]


def _write(year: int, changes: Changes) -> None:
    for change in changes:
        cell = {"year": year, "indicator": change["indicator"]}
        if change["category"]:
            CountingRule.objects.update_or_create(
                **cell, category=change["category"], defaults={"counts": change["after"]}
            )
        else:
            Target.objects.update_or_create(**cell, defaults={"value": change["after"]})
