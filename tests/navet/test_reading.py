"""What is read is what Django and the driver would have read."""

import datetime as dt

import psycopg
import pytest
from django.apps import apps
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from django.db.models.signals import post_init

from navet.directory.models import Municipality
from navet.reading import UtcLoader, maker

MOMENTS = [
    "2026-11-29 09:30:00+01",
    "2026-03-29 01:59:59.999999+00",
    "2026-11-29 09:30:00.1+01",
    "2026-11-29 09:30:00.000001-11:30",
    "0001-01-01 00:00:00+00",
    "9999-12-31 23:59:59.999999+00",
    "1879-01-01 00:00:00+01:12:12",
]


def test_every_model_is_made_as_django_makes_it():
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.concrete_fields]
        values = [f"value {n}" for n in range(len(names))]
        made, plain = maker(model)("default", names, values), model.from_db("default", names, values)
        assert type(made) is type(plain)
        assert vars(made).keys() == vars(plain).keys()
        assert {name: vars(made)[name] for name in names} == {name: vars(plain)[name] for name in names}
        assert (made._state.db, made._state.adding) == (plain._state.db, plain._state.adding)


def test_a_field_left_out_is_asked_for_when_it_is_looked_at(db, django_assert_num_queries):
    municipality = Municipality.objects.get(code="1490")
    made = maker(Municipality)("default", ["id", "code"], [municipality.pk, "1490"])
    assert (
        made.get_deferred_fields()
        == Municipality.from_db("default", ["id", "code"], [1, "1490"]).get_deferred_fields()
    )
    with django_assert_num_queries(1):
        assert made.name == "Borås"


def test_who_listens_to_the_making_of_models_is_heard():
    heard = []

    def listen(instance, **_):
        heard.append(instance.code)

    post_init.connect(listen, sender=Municipality)
    try:
        maker(Municipality)("default", ["id", "code"], [1, "1490"])
    finally:
        post_init.disconnect(listen, sender=Municipality)
    assert heard == ["1490"]


@pytest.mark.parametrize("written", MOMENTS)
@pytest.mark.django_db
def test_a_moment_is_what_djangos_own_loader_reads(written):
    class Django(BaseTzLoader):
        timezone = dt.UTC

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, tstzrange(%s, NULL)", [written, written])
        found, period = cursor.fetchone()
        cursor.execute("SELECT %s::timestamptz::text", [written])
        expected = Django(0, cursor.connection).load(cursor.fetchone()[0].encode())
    assert (found, found.tzinfo) == (expected, dt.UTC)
    assert period.lower == expected


@pytest.mark.parametrize("written", ["infinity", "0044-03-15 12:00:00+00 BC", "12026-01-01 00:00:00+00"])
@pytest.mark.django_db
def test_a_moment_that_python_does_not_have_is_the_drivers_error(written):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        with pytest.raises(DataError):
            cursor.fetchone()


@pytest.mark.django_db
def test_a_connection_reads_by_it():
    connection.ensure_connection()
    assert (
        connection.connection.adapters.get_loader(psycopg.adapters.types["timestamptz"].oid, 0) is UtcLoader
    )
