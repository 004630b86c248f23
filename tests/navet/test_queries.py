import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from navet import periods, queries
from navet.directory import operations
from navet.directory.models import Agreement, Municipality, Organiser, SchoolUnit
from navet.queries import AnyOf, Beside, LockedPair, LockedQuery, Param, Query, Search
from tests.meanwhile import asked_while_locked
from tests.navet.directory.making import school as a_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def municipalities():
    operations.ensure_municipalities()


def test_a_query_gives_the_models_that_the_queryset_gives():
    unit = a_school("Engelbrekt", "86215855")
    asked = SchoolUnit.objects.select_related("organiser", "municipality").annotate(same=F("pk"))
    compiled = Query(lambda: asked.filter(pk=Param("pk")))
    plain = asked.get(pk=unit.pk)
    found = compiled.first(pk=unit.pk)
    assert {f.attname: getattr(found, f.attname) for f in SchoolUnit._meta.concrete_fields} == {
        f.attname: getattr(plain, f.attname) for f in SchoolUnit._meta.concrete_fields
    }
    assert found.same == unit.pk
    assert not found._state.adding


def test_a_query_brings_what_it_selects_related(django_assert_num_queries):
    unit = a_school("Engelbrekt", "86215855")
    compiled = Query(
        lambda: SchoolUnit.objects.select_related("organiser", "municipality").filter(pk=Param("pk"))
    )
    compiled.first(pk=unit.pk)
    with django_assert_num_queries(1):
        found = compiled.first(pk=unit.pk)
        assert (found.organiser, found.municipality) == (unit.organiser, unit.municipality)


def test_a_related_row_that_is_not_there_is_none():
    valid = periods.date_range(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    made = Agreement.objects.create(municipality=Municipality.objects.first(), valid=valid)
    asked = Agreement.objects.select_related("municipality", "organiser")
    assert Query(lambda: asked.filter(pk=Param("pk"))).first(pk=made.pk).organiser is None


def test_a_query_is_asked_anew_with_other_values():
    first, second = (Municipality.objects.order_by("pk"))[:2]
    compiled = Query(lambda: Municipality.objects.filter(Q(pk=Param("pk")) | Q(code=Param("code"))))
    assert compiled.rows(pk=first.pk, code="") == [first]
    assert compiled.rows(pk=second.pk, code="") == [second]
    assert {row.pk for row in compiled.rows(pk=first.pk, code=second.code)} == {first.pk, second.pk}
    assert compiled.first(pk=0, code="") is None


def test_a_value_is_never_part_of_the_words():
    compiled = Query(lambda: Organiser.objects.filter(name=Param("name")))
    assert compiled.rows(name="' OR '1'='1") == []


@pytest.mark.parametrize("values", [{}, {"pk": 1, "code": "x"}])
def test_a_query_refuses_values_it_has_no_place_for(values):
    with pytest.raises(TypeError, match="places differ"):
        Query(lambda: Municipality.objects.filter(pk=Param("pk"))).rows(**values)


def test_postgresql_plans_a_query_once_a_connection():
    compiled = Query(lambda: Municipality.objects.filter(pk=Param("pk")).order_by("-name"))
    for _ in range(4):
        compiled.first(pk=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%municipality%%name\" DESC%%'"
        )
        assert cursor.fetchone()[0] == 1


def _locked_place():
    return LockedQuery(
        lambda: Municipality.objects.select_for_update().filter(pk=Param("pk")),
        "navet_test_places(%s)",
        "prefix",
    )


@pytest.fixture
def places_are_counted(transactional_db):
    """A function as those of the doors: VOLATILE, so it sees what was committed before it was called."""
    operations.ensure_municipalities()
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE FUNCTION navet_test_places(prefix text) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
            BEGIN
                RETURN (SELECT count(*) FROM directory_municipality WHERE starts_with(name, prefix));
            END $$""")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION navet_test_places(text)")


@pytest.mark.usefixtures("places_are_counted")
def test_a_locked_query_gives_the_model_and_the_answer_or_nothing(django_assert_num_queries):
    place, asked = Municipality.objects.get(name="Borås"), _locked_place()
    with transaction.atomic():
        assert asked.found(pk=0, prefix="Bor") is None
        with django_assert_num_queries(1):
            found, many = asked.found(pk=place.pk, prefix="Bor")
    assert (found, found.name) == (place, "Borås")
    assert many == Municipality.objects.filter(name__startswith="Bor").count()
    with transaction.atomic(), pytest.raises(TypeError, match="prefix"):
        asked.found(pk=place.pk)


@pytest.mark.usefixtures("places_are_counted")
def test_what_a_locked_query_counts_is_no_older_than_its_lock():
    """Another holds the row, writes, and commits while we wait: what it wrote is in our count."""
    place, asked = Municipality.objects.get(name="Borås"), _locked_place()

    many = asked_while_locked(
        lambda: Municipality.objects.select_for_update().get(pk=place.pk),
        lambda: asked.found(pk=place.pk, prefix="Ny ort")[1],
        lambda: Municipality.objects.create(code="9999", name="Ny ort"),
    )
    assert many == 1


def _schools():
    return SchoolUnit.objects.select_related("organiser").filter(pk=Param("school"))


def _place_for_a_school(beside=_schools):
    """A municipality is locked for a school that is read beside it."""
    return LockedPair(
        lambda: (
            Municipality.objects.select_for_update()
            .annotate(is_its_own=Q(pk=Beside("municipality_id")), is_north=Q(name__startswith="Norr"))
            .filter(pk=Param("place"))
        ),
        beside,
        "navet_test_places(%s)",
        "prefix",
    )


@pytest.mark.usefixtures("places_are_counted")
def test_a_locked_pair_gives_both_models_and_the_answer_in_one_statement(django_assert_num_queries):
    unit, asked = a_school("Engelbrekt", "86215855"), _place_for_a_school()
    other = Municipality.objects.exclude(pk=unit.municipality_id).first()
    with transaction.atomic():
        asked.found(place=other.pk, school=unit.pk, prefix="")
        with django_assert_num_queries(1):
            place, school, many = asked.found(place=unit.municipality_id, school=unit.pk, prefix="")
            assert (place.is_its_own, school.organiser) == (True, unit.organiser)
        assert (place, school, many) == (unit.municipality, unit, Municipality.objects.count())
        place, school, _ = asked.found(place=other.pk, school=unit.pk, prefix="")
        assert (place, place.is_its_own, school.name) == (other, False, unit.name)


@pytest.mark.usefixtures("places_are_counted")
def test_half_a_locked_pair_is_nothing_and_without_the_one_beside_nothing_is_locked():
    unit, asked = a_school("Engelbrekt", "86215855"), _place_for_a_school()
    with transaction.atomic():
        assert asked.found(place=0, school=unit.pk, prefix="") is None
        assert asked.found(place=unit.municipality_id, school=0, prefix="") is None
        with ThreadPoolExecutor(1) as pool:
            pool.submit(_take_at_once, unit.municipality_id).result(30)


def _take_at_once(pk):
    try:
        with transaction.atomic():
            Municipality.objects.select_for_update(nowait=True).get(pk=pk)
    finally:
        connection.close()


@pytest.mark.usefixtures("places_are_counted")
def test_two_that_ask_first_at_the_same_moment_both_get_an_answer():
    """The first requests of a process come together: nobody may find a query that another is still putting together."""
    unit = a_school("Engelbrekt", "86215855")
    halfway, both = threading.Event(), threading.Barrier(2)

    def beside():
        halfway.set()
        both.wait(timeout=20)
        return _schools()

    asked = _place_for_a_school(beside)

    def ask():
        try:
            with transaction.atomic():
                return asked.found(place=unit.municipality_id, school=unit.pk, prefix="")[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(ask)
        assert halfway.wait(timeout=20)
        second = pool.submit(ask)
        assert [second.result(30), first.result(30)] == [unit, unit]


@pytest.mark.usefixtures("places_are_counted")
def test_what_is_locked_is_worked_out_when_the_lock_is_there_also_beside_another():
    unit, asked = a_school("Engelbrekt", "86215855"), _place_for_a_school()

    place, school, many = asked_while_locked(
        lambda: Municipality.objects.select_for_update().get(pk=unit.municipality_id),
        lambda: asked.found(place=unit.municipality_id, school=unit.pk, prefix="Norr"),
        lambda: Municipality.objects.filter(pk=unit.municipality_id).update(name="Norrort"),
    )
    assert (place.name, place.is_north, place.is_its_own) == ("Norrort", True, True)
    assert (school.name, many) == ("Engelbrekt", 1)


@pytest.fixture(params=["logged", "not logged"])
def logged(request):
    with CaptureQueriesContext(connection) if request.param == "logged" else nullcontext():
        yield


@pytest.mark.usefixtures("logged")
def test_words_and_values_mean_the_same_logged_or_not():
    named = {"n": 2, "text": "%s", "unused": 0}
    assert queries.row("SELECT %(n)s::int + %(n)s::int, %(text)s::text, '100%%'", named) == (4, "%s", "100%")
    assert queries.rows("SELECT n, %s::text FROM generate_series(1, %s::int) AS n", ["å", 2]) == [
        (1, "å"),
        (2, "å"),
    ]
    assert queries.row("SELECT 1 WHERE false", []) is None


@pytest.mark.usefixtures("logged")
def test_a_broken_transaction_is_not_asked():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            queries.row("SELECT 1", [])


def test_who_listens_to_statements_hears_these():
    heard = []

    def listen(execute, sql, params, many, context):
        heard.append((sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        queries.row("SELECT %s::int", [1])
    assert heard == [("SELECT %s::int", [1], False)]


_BY_PK = Query(lambda: Municipality.objects.filter(pk=Param("pk")))


def _cut():
    """The server ends this connection; returns which one it was."""
    pid = connection.connection.info.backend_pid
    with psycopg.connect(
        connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    return pid


def _a_request_begins():
    connection.close_if_unusable_or_obsolete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "asked", [lambda pk: _BY_PK.first(pk=pk).pk, lambda pk: queries.row("SELECT %s::bigint", [pk])[0]]
)
def test_a_connection_that_was_cut_is_made_anew_at_the_next_request(asked):
    place = Municipality.objects.first()
    asked(place.pk)
    pid = _cut()
    _a_request_begins()

    assert asked(place.pk) == place.pk
    assert connection.connection.info.backend_pid != pid


@pytest.mark.django_db(transaction=True)
def test_a_question_is_its_own_test_of_the_connection(monkeypatch):
    place = Municipality.objects.first()
    tested = []
    monkeypatch.setattr(connection, "is_usable", lambda: tested.append(1) or True)
    _a_request_begins()

    assert _BY_PK.first(pk=place.pk) == place
    assert Municipality.objects.count()  # by Django's own cursor, which has no test to make any more
    assert not tested


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_has_begun_is_not_asked_again_on_another_connection():
    place = Municipality.objects.first()

    @transaction.atomic
    def begun_and_cut():
        Municipality.objects.filter(pk=place.pk).update(name="Annan")
        _cut()
        _BY_PK.first(pk=place.pk)

    _a_request_begins()
    with pytest.raises(OperationalError):
        begun_and_cut()
    _a_request_begins()
    assert _BY_PK.first(pk=place.pk).name == place.name


@pytest.mark.django_db(transaction=True)
def test_a_question_that_the_server_refused_is_asked_once():
    heard = []

    def cancelled(execute, sql, *asked):
        heard.append(sql)
        raise OperationalError("canceling statement due to statement timeout")

    _a_request_begins()
    with connection.execute_wrapper(cancelled), pytest.raises(OperationalError, match="timeout"):
        _BY_PK.first(pk=1)
    assert len(heard) == 1


def _named(asked):
    found = Municipality.objects.filter(code__gte=asked["from"])
    return (found.filter(code__lt=asked["to"]) if "to" in asked else found).values("pk", "code", "name")


@pytest.mark.parametrize("asked", [{"from": "14"}, {"from": "14", "to": "15"}, {"from": "1", "to": "1485"}])
def test_a_search_gives_what_its_queryset_gives(asked):
    plain = _named(asked).order_by("-name", "pk")
    search = Search(_named, asked).order_by("-name", "pk")
    assert list(search) == list(plain)
    assert search[2:5] == list(plain[2:5])
    after = list(plain)[1]["name"]
    assert search.filter(name__lt=after)[0:4] == list(plain.filter(name__lt=after)[0:4])


def test_a_field_is_among_any_number_of_values():
    pks = list(Municipality.objects.order_by("pk").values_list("pk", flat=True)[:3])
    among = Query(lambda: Municipality.objects.filter(AnyOf("pk", Param("pks"))).order_by("pk"))
    assert [[one.pk for one in among.rows(pks=part)] for part in (pks, pks[1:], [])] == [pks, pks[1:], []]
