"""How good the forecast is, on houses that never were and on our own years."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from navet import periods
from visitors import counting
from visitors.insight import backtest, history
from visitors.insight.forecast import Year
from visitors.models import Indicator


class Command(BaseCommand):
    help = (
        "Ask the forecast at the end of each month of years whose end is known, beside a straight line and last year's remainder. "
        "Errors are mean absolute errors in per cent of what the year brought; the 80 % interval should hold 75 to 85 times in 100."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--houses", type=int, default=40, help="simulated houses for each scenario")
        parser.add_argument(
            "--years", type=int, default=history.YEARS_BACK + 1, help="years of each, the asked one too"
        )
        parser.add_argument("--seed", type=int, default=1, help="of the first house")
        parser.add_argument("--own", action="store_true", help="our own ledger's years instead")

    def handle(self, *, houses: int, years: int, seed: int, own: bool, **options: Any) -> None:
        if own:
            self._own()
            return
        for scenario in backtest.SCENARIOS:
            trials = backtest.simulate(scenario, houses=houses, years=years, last=2025, first_seed=seed)
            self._print(
                f"{scenario}: {houses} houses, two indicators, {years - 1} years to learn from", trials
            )

    def _own(self) -> None:
        """Each past year that has at least one before it, with what is kept of bookings left out."""
        today = periods.local_day(timezone.now())
        categories = counting.categories_of(today.year, counting.rule_rows())
        found = history.read(
            today.year, as_of=today, categories=categories, known_by=None, years_back=2 * history.YEARS_BACK
        )
        for code in Indicator:
            past = [Year(year, days) for year, days in found.daily[code].items() if year < today.year]
            known = [one for one in past if sum(one.daily)]
            trials = list(backtest.of_each(known, back=history.YEARS_BACK))
            if trials:
                self._print(f"{code.label}: {len(known)} past years in the ledger", trials)
            else:
                self.stdout.write(f"\n{code.label}: fewer than two past years in the ledger.")

    def _print(self, title: str, trials: list[backtest.Trial]) -> None:
        self.stdout.write("\n" + "\n".join(backtest.lines(title, trials)))
