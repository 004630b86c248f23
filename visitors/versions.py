"""The rules as a version left them, or as they would be: folded from what was decided, so that any two can be laid side by side."""

from collections.abc import Iterable

from visitors import counting
from visitors.counting import Rules
from visitors.decisions import Changes
from visitors.models import CountingDecision


def rules_at(number: int, year: int) -> Rules:
    """What `year` went by when the version `number` was the latest; the defaults for 0. One query."""
    made = CountingDecision.objects.filter(number__lte=number, year__lte=year).order_by("number")
    return _folded(year, {}, {}, made.values_list("year", "changes"))


def rules_with(year: int, changes: Changes, *, of: int) -> Rules:
    """What `year` would go by, were `changes` decided for the year `of` now. Two queries."""
    rules = {(row_year, code, category): counts for row_year, code, category, counts in counting.rule_rows()}
    targets = {(row_year, code): value for row_year, code, value in counting.target_rows()}
    return _folded(year, rules, targets, [(of, changes)])


def _folded(
    year: int,
    rules: dict[tuple[int, str, str], bool],
    targets: dict[tuple[int, str], int],
    decided: Iterable[tuple[int, Changes]],
) -> Rules:
    """The rows as each decision wrote them over those before it."""
    for of, changes in decided:
        for change in changes:
            if change["category"]:
                rules[of, change["indicator"], change["category"]] = change["after"]
            else:
                targets[of, change["indicator"]] = change["after"]
    return Rules(
        counting.categories_of(year, [(*cell, counts) for cell, counts in rules.items()]),
        counting.targets_of(year, [(*cell, value) for cell, value in targets.items()]),
    )
