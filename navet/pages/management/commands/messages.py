from argparse import ArgumentParser
from typing import Any

from babel.messages.pofile import PoFileError
from django.core.management.base import BaseCommand, CommandError

from navet.pages import catalogues


class Command(BaseCommand):
    help = "Collect each app's texts into its Swedish catalogue; --check what is missing; --compile for use."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "apps", nargs="*", metavar="APP", help="labels of apps; all of ours when none is given"
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--check", action="store_true", help="list what is missing; exit with 1 if anything is"
        )
        what.add_argument("--compile", action="store_true", help="make the .mo files that are not fresh")
        parser.add_argument("--prune", action="store_true", help="drop translations that no source uses")

    def handle(self, *, apps: list[str], check: bool, compile: bool, prune: bool, **options: Any) -> None:
        chosen = self._chosen(apps)
        try:
            if check:
                self._check(chosen)
            elif compile:
                made = [home.label for home in chosen if catalogues.compile_catalogue(home)]
                self.stdout.write(f"compiled: {', '.join(made) or 'nothing, all were fresh'}")
            else:
                changed = [home.label for home in chosen if catalogues.update(home, prune=prune)]
                self.stdout.write(f"updated: {', '.join(changed) or 'nothing, all were up to date'}")
        except PoFileError as exc:
            raise CommandError(f"A catalogue cannot be read: {exc}") from exc

    def _chosen(self, labels: list[str]) -> list[catalogues.Home]:
        homes = catalogues.homes()
        known = {home.label for home in homes}
        if strangers := set(labels) - known:
            raise CommandError(
                f"No such app: {', '.join(sorted(strangers))}. There are: {', '.join(sorted(known))}"
            )
        return [home for home in homes if not labels or home.label in labels]

    def _check(self, chosen: list[catalogues.Home]) -> None:
        lines = [f"{home.label}: {fault}" for home in chosen for fault in catalogues.faults(home)]
        lines += catalogues.disagreements(chosen)
        for line in lines:
            self.stdout.write(line)
        if lines:
            raise CommandError(f"{len(lines)} faults in the catalogues")
        self.stdout.write("The catalogues are whole.")
