"""Lists that are leafed through by the last row seen: nothing is skipped or repeated while others write, however long."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

A_PAGE = 100


@dataclass(frozen=True)
class Leaf:
    """One page; `after` is what the next one starts from, None on the last."""

    rows: list[Any]
    after: int | None


def leaf(found: QuerySet, *, by: str, after: int | None, size: int = A_PAGE) -> Leaf:
    """The rows after the one with the key `after`, in the order of the field `by`, then of the key. Two queries at most."""
    ordered = found.order_by(by, "pk")
    if after:
        seen = found.model._default_manager.filter(pk=after).values_list(by, flat=True).first()
        if seen is not None:
            later = Q(**{f"{by}__gt": seen}) | Q(**{by: seen, "pk__gt": after})
            ordered = ordered.filter(later, **{f"{by}__gte": seen})
    rows = list(ordered[: size + 1])
    more = len(rows) > size
    return Leaf(rows[:size], rows[size - 1].pk if more else None)
