import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from navet.accounts import history
from navet.accounts.models import User
from navet.directory import operations
from navet.directory.models import Municipality
from navet.house.models import Occasion
from navet.inserts import Insert, at_once
from tests.navet.house.making import hours

pytestmark = pytest.mark.django_db


def an_occasion() -> Occasion:
    return Occasion.objects.create(
        kind=Occasion.Kind.INTERNAL, title_sv="Möte", title_en="Meeting", period=hours()
    )


def ask(do, *, user=None, auth=None, method="post"):
    request = getattr(RequestFactory(), method)("/planering/")
    request.user, request.auth = user, auth
    return history.HistoryMiddleware(lambda _request: HttpResponse(do()))(request)


def told():
    events = apps.get_model("house", "OccasionEvent").objects.order_by("pk")
    return [event.pgh_context and event.pgh_context.metadata for event in events]


def user():
    return User.objects.create_user("a@navet.example", name="A")


def test_who_changed_a_tracked_row_is_kept():
    by = user()
    ask(an_occasion, user=by)
    assert told() == [{"user": by.pk, "url": "/planering/"}]


def test_all_changes_of_a_request_have_one_context():
    ask(lambda: [an_occasion(), an_occasion()], user=user())
    events = apps.get_model("house", "OccasionEvent").objects
    assert events.values("pgh_context").distinct().count() == 1
    assert events.count() == 2


def test_a_statement_that_postgresql_prepared_is_told_of_as_well():
    made = an_occasion()
    made.pk = None
    by = user()
    before = len(told())
    ask(lambda: Insert(Occasion)([made]), user=by)
    assert told()[before:] == [{"user": by.pk, "url": "/planering/"}]


def test_what_is_inserted_at_once_says_in_the_same_statement_who_did_it():
    made = an_occasion()
    made.pk = None
    by = user()
    before = len(told())

    def insert():
        with at_once():
            Insert(Occasion)([made])

    ask(insert, user=by)
    assert told()[before:] == [{"user": by.pk, "url": "/planering/"}]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_kept_too():
    by = user()
    made = an_occasion()
    ask(lambda: Occasion.objects.filter(pk=made.pk).update(title_sv="Ny"), user=by)
    assert told()[-1] == {"user": by.pk, "url": "/planering/"}


def test_a_rollback_does_not_silence_what_comes_after():
    by = user()

    def twice():
        try:
            with transaction.atomic():
                an_occasion()
                raise ValueError
        except ValueError:
            an_occasion()

    ask(twice, user=by)
    assert told() == [{"user": by.pk, "url": "/planering/"}]


def test_a_table_nobody_tracks_costs_no_statement_more():
    operations.ensure_municipalities()
    place = Municipality.objects.first()
    assert not any("municipality" in table for table in history.tracked_tables())
    with CaptureQueriesContext(connection) as queries:
        ask(lambda: Municipality.objects.filter(pk=place.pk).update(name=place.name), user=user())
    assert len([q for q in queries if q["sql"].startswith("UPDATE")]) == 1
    assert not [q for q in queries if "set_config" in q["sql"]]


def test_reading_tells_nothing():
    ask(an_occasion, user=user(), method="get")
    assert told() == [None]


def test_every_tracked_model_is_heard():
    assert '"school_bookings_schoolbooking"' in history.tracked_tables()
    assert '"house_occasion"' in history.tracked_tables()
    assert '"directory_agreement"' in history.tracked_tables()
