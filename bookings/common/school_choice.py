"""The school that somebody writes: its name, part of it, or its code."""

from navet.directory.models import SchoolUnit
from navet.directory.search import find_schools


def school_of(chosen: str, text: str) -> tuple[SchoolUnit | None, list[SchoolUnit]]:
    """The school that was chosen or plainly meant, and the choices to show when none was. At most two queries."""
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 18:
        unit = (
            SchoolUnit.objects.open()
            .select_related("organiser", "municipality")
            .filter(pk=int(chosen))
            .first()
        )
        if unit is not None:
            return unit, [unit]
    found = find_schools(text)
    said = text.strip().casefold()
    exact = [unit for unit in found if said in (unit.name.casefold(), unit.code)]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0], found
    return None, found
