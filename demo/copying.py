"""Rows by the ten thousand: COPY takes them in a fifth of the time of an INSERT, triggers and checks the same."""

from collections.abc import Iterable

from django.db import connection, models


def copy_in(rows: Iterable[models.Model]) -> None:
    """Write new `rows` of one model, in their order. They do not learn their keys."""
    rows = list(rows)
    if not rows:
        return
    kind = rows[0]._meta
    fields = [field for field in kind.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    names = [field.attname for field in fields]
    statement = f"COPY {connection.ops.quote_name(str(kind.db_table))} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([getattr(row, name) for name in names])
