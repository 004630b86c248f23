"""What the database itself refuses to do to the ledger, to anybody and to the application's own role."""

import secrets

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from navet.accounts import actor
from tests.visitors.making import MORNING, arrival, desk, user
from visitors import operations
from visitors.models import CountingDecision, Visit

NEVER_EMPTIED = (
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_never_emptied%'"
)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE visitors_visit SET count = 1", "DELETE FROM visitors_visit"])
def test_an_entry_is_never_changed(statement):
    operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Visit.objects.get().count == 2


@pytest.mark.django_db
def test_the_ledger_is_never_emptied():
    operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(NEVER_EMPTIED)
        guarded = cursor.fetchall()
        assert {table for table, _name in guarded} == {
            "visitors_visit",
            "visitors_countingdecision",
            "tertials_comment",
            "tertials_issue",
        }
        for table, name in guarded:  # what tests/conftest.py turns off
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
            with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic():
                cursor.execute(f"TRUNCATE {table} CASCADE")
        with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic():
            cursor.execute("TRUNCATE directory_municipality CASCADE")
    assert Visit.objects.exists()


@pytest.mark.django_db
def test_a_decision_on_counting_is_never_changed():
    CountingDecision.objects.create(
        number=1, year=2026, reason="Prov", changes=[], by=user("management"), decided_at=MORNING
    )
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        CountingDecision.objects.update(reason="Något annat")


@pytest.mark.django_db
def test_an_entry_says_through_which_door_it_came():
    by = actor.Actor(user=user("desk"), via=actor.API)
    done = operations.check_in(arrival(), participants=22, adults=0, by=by, at=MORNING)
    operations.undo_check_in(done, by=desk(), at=MORNING)
    assert list(Visit.objects.order_by("pk").values_list("via", flat=True)) == ["api", ""]
    assert Visit.objects.earliest("pk").where_from == "Reception, API"


# --- The role ---------------------------------------------------------------------------------------------------


@pytest.fixture
def role(transactional_db):
    """A role that may log in, with the rights that `manage.py database_role` gives; name and password."""
    name, password = f"app_{secrets.token_hex(4)}", secrets.token_hex(12)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            pytest.skip("the role of DATABASE_URL may not create roles")
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")
    call_command("database_role", name, "--apply", verbosity=0)
    yield name, password
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {name}")
        cursor.execute(f"DROP ROLE {name}")


def logged_in(role: tuple[str, str]) -> psycopg.Connection:
    at = connection.settings_dict
    return psycopg.connect(
        host=at["HOST"], port=at["PORT"], dbname=at["NAME"], user=role[0], password=role[1], autocommit=True
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visitors_visit SET count = 1",
        "UPDATE visitors_visit SET note = 'x' WHERE false",
        "DELETE FROM visitors_visit",
        "TRUNCATE visitors_visit",
        "TRUNCATE visitors_checkin CASCADE",
        "SELECT * FROM visitors_visit FOR UPDATE",
        "ALTER TABLE visitors_visit DISABLE TRIGGER ALL",
        "DROP TABLE visitors_visit CASCADE",
        "SET session_replication_role = replica",
        "UPDATE visitors_countingdecision SET reason = 'x'",
        "DELETE FROM visitors_countingruleevent",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_s_role_has_no_right_to_change_the_past(role, statement):
    operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
    with logged_in(role) as outside:
        outside.execute("SET pgtrigger.ignore = '{visitors_visit:append_only}'")  # would help nobody
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            outside.execute(statement)
    assert Visit.objects.get().count == 2


def test_the_desk_does_all_its_work_in_the_application_s_role(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role[0]}")
        try:
            party = arrival()
            done = operations.check_in(party, participants=22, adults=3, by=desk(), at=MORNING)
            operations.undo_check_in(done, by=desk(), at=MORNING)
            operations.check_in(party, participants=21, adults=3, by=desk(), at=MORNING)
            visit = operations.record_walk_in("adult", 2, by=desk(), at=MORNING)
            operations.undo_walk_in(visit, by=desk(), at=MORNING)
            operations.mark_no_shows(at=MORNING)
        finally:
            cursor.execute("RESET ROLE")
    assert Visit.objects.count() == 8


def test_the_statements_are_printed_without_being_run(transactional_db, capsys):
    call_command("database_role", 'na"vet')
    out = capsys.readouterr().out
    assert 'REVOKE UPDATE, DELETE, TRUNCATE ON "visitors_visit", ' in out
    assert 'TO "na""vet";' in out
