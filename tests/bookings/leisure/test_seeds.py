"""The seed of a draw is in no table before it is held, is the one that was published, and outlives the server's secret."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from bookings.leisure import audit, draw, seeds
from bookings.leisure.models import Draw, Exchange, Group
from bookings.leisure.operations import drawing, refusals, tidying
from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import CLOSES, DRAWN, NOW

pytestmark = pytest.mark.django_db
ANOTHER = "another secret of the server, made today"


def drawn_group(applied: int = 4) -> Group:
    group = clubs.group(capacity=2, closes_at=CLOSES)
    for _n in range(applied):
        clubs.enrolled(group)
    return group


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            " UNION ALL ".join(f'SELECT string_agg(t::text, chr(10)) FROM "{name}" t' for name in tables)
        )
        return "\n".join(text for (text,) in cursor.fetchall() if text)


def test_whoever_reads_the_whole_database_beforehand_finds_the_fingerprint_alone():
    group = drawn_group()
    seed = clubs.seed_of(group)
    before = everything_in_the_database()
    assert (seed in before, group.seed_sha256 in before) == (False, True)
    assert draw.commitment(seed) == group.seed_sha256
    held = drawing.hold(group.pk, at=DRAWN)
    assert held.seed == seed
    assert seed in everything_in_the_database()
    assert clubs.group(day=clubs.DAY + clubs.WEEK / 7).seed_sha256 == ""  # nothing to draw


def test_each_group_and_each_secret_has_a_seed_of_its_own(settings):
    said = {seeds.fingerprint(1), seeds.fingerprint(2)}
    settings.SECRET_KEY = ANOTHER
    assert len(said | {seeds.fingerprint(1)}) == 3


def test_when_the_secret_is_replaced_past_draws_stand_and_those_to_come_need_the_old_one(settings, caplog):
    past, coming = drawn_group(), clubs.group(capacity=2, closes_at=CLOSES, day=clubs.DAY + clubs.WEEK / 7)
    held = drawing.hold(past.pk, at=DRAWN)
    old, settings.SECRET_KEY = settings.SECRET_KEY, ANOTHER
    assert drawing.agrees(held)
    assert [draw.commitment(held.seed)] == [Group.objects.get(pk=past.pk).seed_sha256]
    with pytest.raises(refusals.SeedLost):
        drawing.hold(coming.pk, at=DRAWN)
    tidying.tidy(at=DRAWN)
    assert f"the draw of group {coming.pk} waits" in caplog.text
    assert [str(coming.pk) in one.where for one in audit.differences()] == [True]
    settings.SECRET_KEY_FALLBACKS = [old]
    assert list(audit.differences()) == []
    with pytest.raises(refusals.SeedStands):
        drawing.exchange_seed(coming.pk, reason="x", at=DRAWN)
    assert draw.commitment(drawing.hold(coming.pk, at=DRAWN).seed) == coming.seed_sha256


def test_a_lost_seed_is_exchanged_in_the_open(settings, client):
    group, lost = drawn_group(), None
    lost, settings.SECRET_KEY = group.seed_sha256, ANOTHER
    with time_machine.travel(NOW, tick=False):
        assert "Lottningen v\u00e4ntar" in client.get(f"/fritid/lottning/{group.pk}/").text
        with pytest.raises(CommandError):
            call_command("exchange_seed", group.pk, reason=" ")
        said = StringIO()
        call_command("exchange_seed", group.pk, reason="Nyckeln f\u00f6rsvann", stdout=said)
        with pytest.raises(CommandError):
            call_command("exchange_seed", group.pk, reason="Igen")
        group.refresh_from_db()
        assert said.getvalue().strip() == group.seed_sha256 != lost
        page = client.get(f"/fritid/lottning/{group.pk}/").text
        assert all(one in page for one in (lost, group.seed_sha256, "Nyckeln f\u00f6rsvann"))
    assert draw.commitment(drawing.hold(group.pk, at=DRAWN).seed) == group.seed_sha256


def test_the_database_lets_nobody_exchange_what_was_published():
    group = drawn_group()
    other = seeds.fingerprint(0)
    with pytest.raises(IntegrityError, match="was published"), transaction.atomic():
        Group.objects.filter(pk=group.pk).update(seed_sha256=other)
    kept = {"group": group, "drawn_at": DRAWN, "places": 2, "parties": [], "placed": [], "waiting": []}
    with pytest.raises(IntegrityError, match="not the one that was published"), transaction.atomic():
        Draw.objects.create(seed="chosen afterwards", **kept)
    with pytest.raises(IntegrityError), transaction.atomic():  # a window without a fingerprint
        Group.objects.filter(pk=group.pk).update(closes_at=None)
    drawing.hold(group.pk, at=DRAWN)
    Exchange.objects.create(group=group, seed_sha256=group.seed_sha256, reason="x", exchanged_at=DRAWN)
    with pytest.raises(IntegrityError, match="was published"), transaction.atomic():
        Group.objects.filter(pk=group.pk).update(seed_sha256=other)
