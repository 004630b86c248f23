"""What holds tables that are only added to."""

import pgtrigger
from django.db import models


class HouseDay(models.Func):
    """The date in Borås of a moment, as PostgreSQL sees it."""

    template = "(%(expressions)s AT TIME ZONE 'Europe/Stockholm')::date"
    output_field = models.DateField()


def never_emptied() -> pgtrigger.Trigger:
    """TRUNCATE is refused: it would go around the triggers of the rows."""
    return pgtrigger.Trigger(
        name="never_emptied",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'never emptied: %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';",
    )
