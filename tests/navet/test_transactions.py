"""A door's transaction and an operation's are one; alone, an operation has its own."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from navet import transactions
from navet.directory.models import Municipality
from navet.errors import Refused

pytestmark = pytest.mark.django_db


@transactions.operation
def make(code: str, *, refuse: bool = False) -> None:
    Municipality.objects.create(code=code, name=code)
    if refuse:
        raise Refused


@transactions.operation
def make_two_at_most(*codes: str) -> None:
    """Goes on after a refusal of what it called."""
    for number, code in enumerate(codes):
        try:
            make(code, refuse=number >= 2)
        except Refused:
            return


def stored() -> list[str]:
    return sorted(Municipality.objects.filter(code__startswith="99").values_list("code", flat=True))


def savepoints(queries: CaptureQueriesContext) -> int:
    return sum(query["sql"].startswith("SAVEPOINT") for query in queries)


def test_a_refused_operation_leaves_nothing_and_its_caller_may_go_on():
    with pytest.raises(Refused):
        make("9901", refuse=True)
    assert stored() == []


def test_an_operation_called_by_a_door_has_no_savepoint_of_its_own():
    with CaptureQueriesContext(connection) as queries, transactions.door():
        make("9901")
    assert savepoints(queries) == 1  # the door's; outside of tests that is BEGIN
    assert stored() == ["9901"]


def test_a_refusal_that_leaves_the_door_undoes_everything():
    @transactions.door()
    def deed() -> None:
        Municipality.objects.create(code="9900", name="before")
        make("9901", refuse=True)

    with pytest.raises(Refused):
        deed()
    assert stored() == []


def test_a_refusal_that_a_door_swallowed_cannot_be_committed_in_part():
    @transactions.door()
    def deed() -> None:
        with pytest.raises(Refused):
            make("9901", refuse=True)
        Municipality.objects.create(code="9902", name="after")

    with pytest.raises(transaction.TransactionManagementError):
        deed()
    assert stored() == []


def test_an_operation_within_an_operation_can_be_refused_by_itself():
    with transactions.door():
        make_two_at_most("9901", "9902", "9903")
    assert stored() == ["9901", "9902"]


def test_an_operation_after_the_door_has_its_own_transaction_again():
    with transactions.door():
        make("9901")
    with CaptureQueriesContext(connection) as queries:
        make("9902")
    assert savepoints(queries) == 1
