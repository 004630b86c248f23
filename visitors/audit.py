"""Adding the ledger up again: what the entries must say if every operation did what it promised."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Sum
from django.db.models.functions import TruncDate

from navet import periods
from visitors.models import CheckIn, Visit


@dataclass(frozen=True)
class Difference:
    """One place where the ledger and what it was made from disagree, in heads."""

    where: str
    expected: int
    found: int

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}, found {self.found}"


def differences() -> Iterator[Difference]:
    """Every disagreement: by check-in, by day, and reversals that do not mirror. Nothing when all is well."""
    yield from _by_check_in()
    yield from _by_day()
    yield from _crooked_reversals()


def _by_check_in() -> Iterator[Difference]:
    """A standing check-in has exactly its participants and adults in the ledger; an undone one has nothing."""
    totals: dict[int, dict[str, int]] = {}
    entries = Visit.objects.filter(check_in__isnull=False).order_by()
    sums = entries.values_list("check_in", "category").annotate(heads=Sum("count"))
    for pk, category, heads in sums:
        totals.setdefault(pk, {})[category] = heads
    for check_in in CheckIn.objects.select_related("arrival").order_by("pk").iterator():
        party, stands = check_in.arrival, check_in.undone_at is None
        expected: dict[str, int] = {}
        counted = (party.participant_category, check_in.participants), (party.adult_category, check_in.adults)
        for category, heads in counted:
            expected[category] = expected.get(category, 0) + heads * stands
        found = totals.get(check_in.pk, {})
        for category in sorted(expected.keys() | found.keys()):
            if expected.get(category, 0) != found.get(category, 0):
                where = f"check-in {check_in.pk} ({party.code}), {category}"
                yield Difference(where, expected.get(category, 0), found.get(category, 0))


def _by_day() -> Iterator[Difference]:
    """Each day's heads by check-ins equal what stood at the desk that day."""
    standing = (
        CheckIn.objects.filter(undone_at__isnull=True)
        .values_list(TruncDate("checked_in_at", tzinfo=periods.HOUSE_ZONE))
        .annotate(heads=Sum("participants") + Sum("adults"))
        .order_by()
    )
    expected = dict(standing)
    entries = Visit.objects.filter(check_in__isnull=False).order_by()
    found = dict(entries.values_list("day").annotate(heads=Sum("count")))
    for day in sorted(expected.keys() | found.keys()):
        if expected.get(day, 0) != found.get(day, 0):
            yield Difference(f"day {day}", expected.get(day, 0), found.get(day, 0))


def _crooked_reversals() -> Iterator[Difference]:
    """The trigger refuses these; rows from before it, or written around it, are found here."""
    reversals = Visit.objects.filter(reverses__isnull=False).select_related("reverses")
    crooked = reversals.exclude(count=-F("reverses__count"), day=F("reverses__day"))
    for visit in crooked.order_by("pk"):
        if visit.reverses is not None:
            yield Difference(
                f"reversal {visit.pk} of {visit.reverses_id}", -visit.reverses.count, visit.count
            )
