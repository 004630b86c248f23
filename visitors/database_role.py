"""The rights of the role that the application logs in with: it works in every table and rewrites no history."""

from collections.abc import Iterator

from django.apps import apps
from psycopg import sql

# What may be added to and never changed, whatever the code that runs as the application says.
APPEND_ONLY = (
    "visitors.Visit",
    "visitors.CountingDecision",
    "visitors.TargetEvent",
    "visitors.CountingRuleEvent",
    "tertials.Comment",
    "tertials.Issue",
)
READ_ONLY = ("django_migrations",)


def statements(role: str, database: str) -> Iterator[sql.Composed]:
    """GRANTs for `role`, to be run by the owner of the tables in this order, after each migration. Running them again is harmless."""
    who = sql.Identifier(role)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), who)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(who)
    yield sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(who)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(who)
    yield sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(_listed(append_only_tables()), who)
    yield sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(_listed(READ_ONLY), who)


def append_only_tables() -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in APPEND_ONLY]


def _listed(tables: list[str] | tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in tables)
