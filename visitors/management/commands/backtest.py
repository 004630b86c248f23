"""How good the forecast is, on houses that never were and on our own years."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from navet import periods
from visitors import counting
from visitors.insight import backtest, history
from visitors.insight.forecast import Year
from visitors.models import Indicator

HEADING = f"{'':10}{'trials':>8}{'ours':>8}{'line':>8}{'last y.':>8}{'in 80 %':>9}{'width':>8}  best"


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
            trials = [
                trial
                for n in range(1, len(known))
                for trial in backtest.of_years(known[max(0, n - history.YEARS_BACK) : n + 1])
            ]
            if trials:
                self._print(f"{code.label}: {len(known)} past years in the ledger", trials)
            else:
                self.stdout.write(f"\n{code.label}: fewer than two past years in the ledger.")

    def _print(self, title: str, trials: list[backtest.Trial]) -> None:
        self.stdout.write(f"\n{title}\n{HEADING}")
        for row in backtest.table(trials):
            name = f"end of {dt.date(2025, row.month, 1):%b}" if row.month else "from March"
            errors = "".join(f"{100 * error:8.1f}" for error in (row.ours, row.line, row.last_year))
            better = "ours" if row.better else "not ours"
            self.stdout.write(
                f"{name:10}{row.trials:8}{errors}{100 * row.held:9.0f}{100 * row.width:8.1f}  {better}"
            )
