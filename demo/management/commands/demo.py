"""manage.py demo: a plausible year around today, for trying the system."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override
from tqdm import tqdm

from demo import people, year
from navet.periods import HOUSE_ZONE


class Command(BaseCommand):
    help = "Makes a demo year around today. Refuses outside embedded mode and in a database that is in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=2026, help="the same seed on the same day gives the same data"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, quietly, where there is data already"
        )
        parser.add_argument("--reset", action="store_true", help="empty the database first")
        parser.add_argument("--logins", action="store_true", help="only print the demo's log-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            self._print_logins()
            return
        if not settings.DEMO_ALLOWED:
            raise CommandError(
                "The demo year is for embedded mode. Set NAVET_DEMO=yes to fill this database with made-up data."
            )
        if options["reset"]:
            year.wipe()
        elif not year.is_empty():
            if options["if_empty"]:
                return
            raise CommandError(
                "There is data here already. `make demo-reset` throws it away and starts over."
            )
        now = timezone.now().astimezone(HOUSE_ZONE)
        with tqdm(
            total=year.STEPS, unit="step", bar_format="{desc:<36}|{bar:30}| {n_fmt}/{total_fmt} {elapsed}"
        ) as bar:
            year.build(seed=options["seed"], now=now, progress=lambda line: self._step(bar, line))
            self._step(bar, "Done")

    @staticmethod
    def _step(bar: tqdm, line: str) -> None:
        if bar.desc:
            bar.update(1)
        bar.set_description_str(line)

    def _print_logins(self) -> None:
        with override("en"):
            for role, address, password in people.logins():
                self.stdout.write(f"  {role:<16} {address:<26} {password}")
