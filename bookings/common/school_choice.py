"""The school that somebody writes: its name, part of it, or its code."""

from navet.directory.models import SchoolUnit
from navet.directory.search import find_schools, is_named


def school_of(chosen: str, text: str) -> tuple[SchoolUnit | None, list[SchoolUnit]]:
    """The school that was chosen or plainly meant, and the choices to show when none was. At most two queries.

    A name that is only like the one school found (one that has closed, or is elsewhere) does not mean it: it is asked for.
    """
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
    meant = [unit for unit in found if said in (unit.name.casefold(), unit.code)]
    if not meant and len(found) == 1 and is_named(text, found[0]):
        meant = found
    return (meant[0] if len(meant) == 1 else None), found
