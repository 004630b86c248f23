"""Operations that share one picture of the models make, and take back, the same tables as one by one."""

import pytest
from django.apps.registry import Apps
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger import Before, Protect, Update
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from navet.migrating import Together, together

pytestmark = pytest.mark.django_db
APP = "try_migrating"
ID = ("id", models.BigAutoField(primary_key=True))
STAYS = Protect(name="stays", operation=Update)


def _first() -> list[Operation]:
    """Two models that need each other, and everything that may be added to one that is just being made."""
    return [
        migrations.CreateModel("Shelf", [ID, ("name", models.CharField(max_length=10))]),
        migrations.CreateModel(
            "Book", [ID, ("shelf", models.ForeignKey(f"{APP}.shelf", models.CASCADE, related_name="books"))]
        ),
        migrations.AddField(
            "shelf", "best", models.ForeignKey(f"{APP}.book", models.SET_NULL, null=True, related_name="+")
        ),
        migrations.AddField("book", "pages", models.PositiveIntegerField()),
        migrations.AddIndex("book", models.Index(fields=["pages"], name="book_by_pages")),
        migrations.AddConstraint(
            "shelf", models.UniqueConstraint(fields=["name"], name="a_name_is_one_shelfs")
        ),
        AddTrigger("book", STAYS),
    ]


def _second() -> list[Operation]:
    """Changes of a table that is there, with a trigger that goes and comes back, and a field that changes twice."""
    return [
        RemoveTrigger("book", "stays"),
        migrations.RemoveIndex("book", "book_by_pages"),
        migrations.AddField("book", "weight", models.IntegerField(default=3)),
        migrations.AddField("book", "twin", models.OneToOneField(f"{APP}.book", models.CASCADE, null=True)),
        migrations.AlterField("book", "pages", models.PositiveBigIntegerField(null=True)),
        migrations.AlterField("book", "weight", models.SmallIntegerField(default=3)),
        migrations.RemoveConstraint("shelf", "a_name_is_one_shelfs"),
        migrations.AddConstraint(
            "shelf", models.CheckConstraint(condition=~models.Q(name=""), name="a_shelf_has_a_name")
        ),
        AddTrigger("book", Protect(name="stays", operation=Update, when=Before)),
    ]


def _migration(operations: list[Operation]) -> migrations.Migration:
    made = migrations.Migration("0001", APP)
    made.operations = operations
    return made


def _forwards(*migrations_: list[Operation]) -> ProjectState:
    state = ProjectState()
    assert isinstance(state.apps, Apps)  # drawn, as a migration finds it
    for operations in migrations_:
        with connection.schema_editor(atomic=True) as editor:
            state = _migration(operations).apply(state, editor)
    return state


def _backwards(*migrations_: list[Operation]) -> None:
    for last in range(len(migrations_), 0, -1):
        state = ProjectState()
        for operations in migrations_[: last - 1]:
            state = _migration(operations).mutate_state(state)
        assert isinstance(state.apps, Apps)
        with connection.schema_editor(atomic=True) as editor:
            _migration(migrations_[last - 1]).unapply(state, editor)


def _tables() -> list[tuple[object, ...]]:
    """Everything PostgreSQL has under the app's name: columns in their order, constraints, indexes, triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT attrelid::regclass::text, attnum::text, attname, format_type(atttypid, atttypmod), attnotnull::text
            FROM pg_attribute WHERE attrelid::regclass::text LIKE %(app)s AND attnum > 0 AND NOT attisdropped
            UNION ALL SELECT conrelid::regclass::text, '', conname, pg_get_constraintdef(oid), ''
            FROM pg_constraint WHERE conrelid::regclass::text LIKE %(app)s
            UNION ALL SELECT tablename, '', indexname, indexdef, '' FROM pg_indexes WHERE tablename LIKE %(app)s
            UNION ALL SELECT tgrelid::regclass::text, '', tgname, pg_get_triggerdef(oid), ''
            FROM pg_trigger WHERE tgrelid::regclass::text LIKE %(app)s AND NOT tgisinternal
            ORDER BY 1, 2, 3, 4
            """,
            {"app": f"{APP}%"},
        )
        return cursor.fetchall()


def test_together_makes_the_same_tables_as_one_by_one_and_takes_them_back():
    _forwards(_first(), _second())
    one_by_one = _tables()
    _backwards(_first(), _second())
    assert _tables() == []

    drawn = _forwards(together(_first()), together(_second()))
    assert _tables() == one_by_one
    assert len(one_by_one) > 15
    book, shelf = drawn.apps.get_model(APP, "book"), drawn.apps.get_model(APP, "shelf")
    kept = shelf.objects.create(name="one")
    book.objects.create(shelf=kept, pages=10, weight=2)
    assert list(kept.books.values_list("pages", "weight")) == [(10, 2)]
    connection.check_constraints()  # what waits for the commit would forbid the next change

    _backwards(together(_first()), together(_second()))
    assert _tables() == []


def test_states_are_the_same_as_one_by_one():
    apart, shared = ProjectState(), ProjectState()
    for operations in (_first(), _second()):
        apart = _migration(operations).mutate_state(apart)
        shared = _migration(together(operations)).mutate_state(shared)
    assert shared == apart


def test_what_needs_the_models_between_gets_them():
    def look(apps: Apps, _editor: object) -> None:
        seen.append({field.name for field in apps.get_model(APP, "shelf")._meta.get_fields()})

    seen: list[set[str]] = []
    operations = together([
        migrations.CreateModel("Shelf", [ID]),
        migrations.AddField("shelf", "name", models.CharField(max_length=10, default="")),
        migrations.RunPython(look),
        migrations.AddField("shelf", "height", models.IntegerField(default=1)),
        migrations.RunPython(look),
    ])  # fmt: skip
    assert [type(one) for one in operations] == [
        Together,
        migrations.RunPython,
        Together,
        migrations.RunPython,
    ]
    _forwards(operations)
    assert seen == [{"id", "name"}, {"id", "name", "height"}]
