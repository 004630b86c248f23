"""Navet decides for each rule how long: the days, and by which decision on disposal. The latest decision holds."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import User
from navet.errors import Refused
from navet.retention import rules
from navet.retention.models import Decision
from navet.retention.rules import Ground, Rule


class ShorterThanTheLaw(Refused):
    code = "shorter_than_the_law"
    message = _("The law asks us to keep this for longer: %(days)s days at least.")
    field = "days"

    def __init__(self, days: int) -> None:
        super().__init__(str(self.message) % {"days": days}, days=days)


def applied(chosen: Iterable[Rule]) -> list[Rule]:
    """The rules with the days that were decided for them. One query."""
    latest = {one.rule: one for one in Decision.objects.latest_of_each_rule()}
    return [
        dataclasses.replace(rule, decided=latest[rule.key].days, reference=latest[rule.key].reference)
        if rule.key in latest
        else rule
        for rule in chosen
    ]


def in_force() -> list[Rule]:
    """Every rule, as decided."""
    return applied(rules.every())


@transaction.atomic
def decide(rule: Rule, *, days: int, reference: str, by: User, at: dt.datetime) -> Decision:
    """From now on the rule's records end so many days after their time. Raises ShorterThanTheLaw."""
    if rule.ground == Ground.LAW and days < rule.days:
        raise ShorterThanTheLaw(rule.days)
    return Decision.objects.create(
        rule=rule.key, days=days, reference=" ".join(reference.split()), by=by, decided_at=at
    )
