"""What probes are told."""

import pytest

pytestmark = pytest.mark.django_db


def test_healthz_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


def test_readyz_is_ready_when_the_database_is_migrated(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "redis": "ok"}


def test_readyz_is_503_while_migrations_wait(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="api").delete()

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, "migrations wait")


def test_readyz_is_ready_without_redis_and_says_so(client, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["redis"]) == (200, "away")
