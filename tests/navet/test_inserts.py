import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from navet import inserts, queries
from navet.directory.models import Municipality, Organiser
from navet.inserts import Insert, InsertOf, at_once, held_back, last
from navet.outbox.models import Effect
from navet.queries import Open

pytestmark = pytest.mark.django_db


def effect(key, **given):
    return Effect(kind="mail", key=key, due_at=timezone.now(), payload={"å": [1, None]}, **given)


def test_insert_gives_ids_and_keeps_every_value():
    made = Insert(Effect)([effect("a"), effect("b", urgent=True)])
    assert [one.pk for one in made] == [Effect.objects.get(key=key).pk for key in "ab"]
    kept = Effect.objects.get(key="b")
    assert (kept.payload, kept.urgent, kept.due_at) == ({"å": [1, None]}, True, made[1].due_at)
    assert not made[0]._state.adding
    assert kept.created_at is not None


def test_insert_of_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Insert(Effect)([]) == []


def test_insert_otherwise_leaves_out_what_is_there():
    quiet = Insert(Effect, "ON CONFLICT DO NOTHING")
    quiet([effect("a")])
    again = effect("a")
    assert quiet([again]) == []
    assert again.pk is None
    quiet([effect("a"), effect("b")])
    assert Effect.objects.count() == 2


def test_what_is_not_given_has_the_defaults_that_a_model_has():
    plain = Effect.objects.create(kind="mail", key="a", payload={"å": [1, None]}, due_at=timezone.now())
    insert = InsertOf(Effect, ("kind", "key", "payload", "due_at", "created_at"))
    as_json = connection.ops.adapt_json_value(plain.payload, None)
    given = {"kind": "mail", "payload": as_json, "due_at": plain.due_at, "created_at": plain.created_at}
    insert([given | {"key": key} for key in ("b", "100 %s")])
    others = [field.attname for field in Effect._meta.concrete_fields if field.name not in ("id", "key")]
    for key in ("b", "100 %s"):
        made = Effect.objects.get(key=key)
        assert {name: getattr(made, name) for name in others} == {
            name: getattr(plain, name) for name in others
        }


@pytest.mark.parametrize("default", ["it's 100 %", "%s", "å\\n", None, 7, True])
def test_a_default_may_be_anything(default):
    words = inserts._literal(default)
    assert queries.row(f"SELECT {words}, %s::int", [1]) == (default, 1)


def test_insert_raises_what_django_raises():
    loud = Insert(Effect)
    loud([effect("a")])
    with pytest.raises(IntegrityError), transaction.atomic():
        loud([effect("a")])
    assert Effect.objects.count() == 1


def test_what_is_inserted_at_once_is_one_statement(django_assert_num_queries):
    organisers = Insert(Organiser, keyed=True)
    with django_assert_num_queries(1), at_once():
        organisers([Organiser(pk=900_001, name="100 % Å", organisation_number="2120001561", kind="KOMMUN")])
        Insert(Effect, "ON CONFLICT DO NOTHING")([effect("a"), effect("b")])
    assert Organiser.objects.get(pk=900_001).name == "100 % Å"
    assert set(Effect.objects.values_list("key", flat=True)) == {"a", "b"}


def both_at_once(first, then):
    with at_once():
        Insert(Effect)([effect(first)])
        then()


def fail():
    raise ZeroDivisionError


def test_what_is_inserted_at_once_is_there_or_not_at_all():
    Insert(Effect)([effect("a")])
    with pytest.raises(IntegrityError), transaction.atomic():
        both_at_once("b", lambda: Insert(Effect)([effect("a")]))
    with pytest.raises(ZeroDivisionError):
        both_at_once("c", fail)
    Insert(Effect)([effect("d")])  # alone again
    assert set(Effect.objects.values_list("key", flat=True)) == {"a", "d"}


def test_who_listens_may_say_something_with_what_is_inserted_at_once():
    def say(execute, sql, params, many, context):
        assert isinstance(sql, Open)
        words = f"{sql} set_config('navet.test', %s, true)"
        return execute(words, [*params, "said"], many, context)

    with connection.execute_wrapper(say), at_once():
        Insert(Effect)([effect("a")])
    assert queries.row("SELECT current_setting('navet.test')", []) == ("said",)
    assert Effect.objects.get().key == "a"


def held_back_then(key, then):
    with held_back():
        with at_once():
            Insert(Effect)([effect(key)])
        then()


KEEP = "INSERT INTO directory_municipality (code, name, organisation_number, in_sjuharad) VALUES (%s, %s, '2120001561', false)"


def test_what_is_held_back_goes_with_the_last_words(django_assert_num_queries):
    with django_assert_num_queries(1), held_back():
        with at_once():
            Insert(Effect)([effect("a")])
        with at_once():
            Insert(Effect)([effect("b")])
        last(KEEP, ["9901", "A"])
    assert set(Effect.objects.values_list("key", flat=True)) == {"a", "b"}
    assert Municipality.objects.filter(code="9901").exists()


def test_whoever_asks_sees_what_is_held_back(django_assert_num_queries):
    """By the ORM, by a savepoint or by a query of ours: nobody reads the past."""
    for number, ask in enumerate(
        (Effect.objects.count, lambda: queries.rows("SELECT count(*) FROM outbox_effect", [])[0][0])
    ):
        with django_assert_num_queries(2), held_back():
            with at_once():
                Insert(Effect)([effect(f"e{number}")])
            assert ask() == number + 1
    with held_back():
        with at_once():
            Insert(Effect)([effect("kept")])
        with pytest.raises(ZeroDivisionError), transaction.atomic():  # a savepoint, and back to it
            fail()
    assert Effect.objects.filter(key="kept").exists()


def test_what_is_held_back_does_not_go_where_all_is_undone():
    with pytest.raises(ZeroDivisionError):
        held_back_then("a", fail)
    with transaction.atomic(), held_back():
        last(KEEP, ["9901", "A"])
        transaction.set_rollback(True)
    assert not Effect.objects.exists()
    assert not Municipality.objects.filter(code="9901").exists()
    last(KEEP, ["9902", "B"])  # nothing is held back any more
    assert Municipality.objects.filter(code="9902").exists()


def test_an_error_of_what_was_held_back_is_told_to_whoever_asks_next():
    Insert(Effect)([effect("a")])
    for then in (Effect.objects.count, lambda: None):
        with pytest.raises(IntegrityError), transaction.atomic():
            held_back_then("a", then)
    assert Effect.objects.count() == 1


def test_nothing_inserted_at_once_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0), at_once():
        pass
