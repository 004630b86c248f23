"""Let personal data end on time, or say what would."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from navet.retention import decisions, engine, rules
from navet.retention.models import Run


class Command(BaseCommand):
    help = (
        "Empty or remove the personal data whose time is out, class by class, in batches; safe to stop and to run twice. "
        "--dry-run only counts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what is due and change nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        at = timezone.now()
        if dry_run:
            numbers = engine.due(at=at)
        else:
            done = engine.run(rules.every(), why=Run.Why.COMMAND, at=at, seconds=float("inf"))
            numbers = dict(done.outcomes.values_list("rule", "records"))
        for rule in decisions.in_force():
            self.stdout.write(f"{numbers.get(rule.key, 0):>9}  {rule.key}  ({rule.kept_days} days)")
        said = "are due; nothing was changed." if dry_run else "were emptied or removed."
        self.stdout.write(f"{sum(numbers.values())} records {said}")
