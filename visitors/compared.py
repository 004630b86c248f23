"""What a page shows of a comparison: words and tags, and the addresses of the entries behind each number."""

from collections.abc import Callable
from dataclasses import dataclass

from babel.dates import get_month_names
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visitors.comparing import Cause, Comparison, Line, Pair
from visitors.decisions import BY_CATEGORY
from visitors.insight.dashboard import TAGS
from visitors.version_forms import DIFFERENCE, NEW, OLD

Address = Callable[..., str]  # (comparison, indicator, side, **narrower) -> the rows


@dataclass(frozen=True)
class Shown:
    """One indicator. The addresses are "" where no rule says which entries count."""

    pair: Pair
    old_tag: tuple[str, str]
    new_tag: tuple[str, str]
    old_url: str
    new_url: str
    difference_url: str
    causes: list[tuple[Cause, str]]
    parts: list[tuple[str, list[tuple[Line, str]]]]  # heading -> months or municipalities

    @property
    def target_difference(self) -> int:
        return self.pair.new.target - self.pair.old.target

    @property
    def booked_difference(self) -> int:
        return (self.pair.new.booked_ahead or 0) - (self.pair.old.booked_ahead or 0)

    @property
    def forecast_difference(self) -> int:
        """0 where there is no forecast by one of them."""
        old, new = self.pair.old.outlook.forecast, self.pair.new.outlook.forecast
        return new.middle - old.middle if old and new else 0


def shown(comparison: Comparison, address: Address) -> list[Shown]:
    return [_shown(pair, comparison, address) for pair in comparison.pairs]


def _shown(pair: Pair, comparison: Comparison, address: Address) -> Shown:
    code, leads = pair.new.code, pair.new.code in BY_CATEGORY

    def url(side: str, **more: object) -> str:
        return address(comparison, code, side, **more) if leads else ""

    differing = pair.old.categories != pair.new.categories
    months = get_month_names("wide", "stand-alone", locale=get_language() or "sv")
    parts = [
        (_("Month"), [(_named(line, months[int(line.key)]), url(DIFFERENCE, manad=line.key)) for line in pair.months if line.old or line.new]),
        (_("Municipality"), [(_named(line, line.name or _("Unknown")), url(DIFFERENCE, kommun=line.key)) for line in pair.places]),
    ]  # fmt: skip
    return Shown(
        pair=pair,
        old_tag=TAGS[pair.old.outlook.status],
        new_tag=TAGS[pair.new.outlook.status],
        old_url=url(OLD),
        new_url=url(NEW),
        difference_url=url(DIFFERENCE),
        causes=[(cause, url(DIFFERENCE, kategori=cause.category.value)) for cause in pair.causes],
        parts=[(heading, lines) for heading, lines in parts if lines] if differing else [],
    )


def _named(line: Line, name: str) -> Line:
    return Line(line.key, name, line.old, line.new)
