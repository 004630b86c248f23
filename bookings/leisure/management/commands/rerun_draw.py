"""`manage.py rerun_draw 17`, or `--file lottning-17.json`: does the draw of a leisure group again and prints what it comes to."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bookings.leisure import draw
from bookings.leisure.draw import Party
from bookings.leisure.models import Draw

KEPT = ("seed", "places", "parties", "placed", "waiting")


class Command(BaseCommand):
    help = "Does a draw again from its seed, prints it, and says whether it is the one that was held."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "group", nargs="?", type=int, help="The number in the address of the draw's page."
        )
        parser.add_argument("--file", type=Path, help="The file that the draw's page offers, instead.")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = self._file(options["file"]) if options["file"] else self._held(options["group"])
        parties = [Party(tuple(one["tickets"]), one["continues"]) for one in kept["parties"]]
        outcome = draw.draw(kept["seed"], parties, places=kept["places"])
        self.stdout.write(f"seed {kept['seed']}")
        self.stdout.write(f"its SHA-256 {draw.commitment(kept['seed'])}")
        self.stdout.write(f"{sum(one.size for one in parties)} children, {kept['places']} places")
        placed, waiting = ([list(one.tickets) for one in some] for some in (outcome.placed, outcome.waiting))
        for number, tickets in enumerate(placed, start=1):
            self.stdout.write(f"place   {number:3}  {_said(tickets)}")
        for number, tickets in enumerate(waiting, start=1):
            self.stdout.write(f"waiting {number:3}  {_said(tickets)}")
        if (placed, waiting) != (kept["placed"], kept["waiting"]):
            raise CommandError("This is not the draw that was held.")
        self.stdout.write("This is the draw that was held.")

    def _held(self, group: int | None) -> dict[str, Any]:
        held = Draw.objects.filter(pk=group).first()
        if held is None:
            raise CommandError("No draw of that group has been held.")
        return {name: getattr(held, name) for name in KEPT}

    def _file(self, path: Path) -> dict[str, Any]:
        try:
            kept = json.loads(path.read_text())
            return {name: kept[name] for name in KEPT}
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise CommandError(f"{path} is no file of a draw: {fault}") from fault


def _said(tickets: list[int]) -> str:
    return " + ".join(map(str, tickets))
