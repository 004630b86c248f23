import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.visitors.making import MORNING, arrival, desk
from visitors import operations
from visitors.models import Visit

pytestmark = pytest.mark.django_db


def test_verify_ledger_adds_up(capsys):
    done = operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    operations.undo_check_in(done, by=desk(), at=MORNING)
    operations.check_in(arrival(), participants=20, adults=0, by=desk(), at=MORNING)
    call_command("verify_ledger")
    assert "5 entries, 2 check-ins" in capsys.readouterr().out


def test_verify_ledger_lists_what_was_written_around_the_operations(capsys):
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    visit = Visit.objects.get(category="pupil")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE visitors_visit DISABLE TRIGGER USER")
        cursor.execute("UPDATE visitors_visit SET count = 21 WHERE id = %s", [visit.pk])
        cursor.execute("ALTER TABLE visitors_visit ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="2 differences"):
        call_command("verify_ledger")
    out = capsys.readouterr().out
    assert "pupil: expected 22, found 21" in out
    assert "day 2026-03-12: expected 25, found 24" in out
