"""How good the forecast is on the years before the demo's, made again from other seeds."""

import datetime as dt
import random
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from demo import visits, year
from navet.periods import dates, local_day
from visitors.insight import backtest, history
from visitors.insight.forecast import Year
from visitors.models import Category

PUPILS, VISITORS = "pupils", "visitors"


class Command(BaseCommand):
    help = (
        "Ask the forecast of the years before the demo's as other seeds would have made them, each that has one before it; "
        "nothing is read from the database or written to it. `backtest --own` asks it of the years that are in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seeds", type=int, default=40, help="how many histories")
        parser.add_argument("--seed", type=int, default=1, help="of the first one")
        parser.add_argument("--years", type=int, default=year.EARLIER_YEARS + 1, help="years in each")

    def handle(self, *, seeds: int, seed: int, years: int, **options: Any) -> None:
        last = local_day(timezone.now()).year - 1
        found: dict[str, list[backtest.Trial]] = {PUPILS: [], VISITORS: []}
        for n in range(seed, seed + seeds):
            for name, past in _histories(n, years=years, last=last).items():
                found[name] += backtest.of_each(past, back=history.YEARS_BACK)
        for name, trials in found.items():
            title = f"{name}: {seeds} histories of {years} years up to {last}"
            self.stdout.write("\n" + "\n".join(backtest.lines(title, trials)))


def _histories(seed: int, *, years: int, last: int) -> dict[str, list[Year]]:
    """Heads of each day, oldest year first."""
    daily = {
        name: {
            n: dict.fromkeys(dates(dt.date(n, 1, 1), dt.date(n + 1, 1, 1)), 0)
            for n in range(last - years + 1, last + 1)
        }
        for name in (PUPILS, VISITORS)
    }
    for day, category, count in visits.earlier_years(last, years=years, rng=random.Random(seed)):
        daily[VISITORS][day.year][day] += count
        if category == Category.PUPIL:
            daily[PUPILS][day.year][day] += count
    return {
        name: [Year(n, list(days.values())) for n, days in sorted(found.items())]
        for name, found in daily.items()
    }
