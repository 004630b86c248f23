"""Whatever the desk does in whatever order, the ledger says what a plain model says."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from navet.errors import Refused
from tests.visitors.making import MORNING, arrival, desk
from visitors import audit, operations, readding, refusals, walk_ins
from visitors.models import Arrival, CheckIn, Visit

pytestmark = pytest.mark.django_db


class Desk(RuleBasedStateMachine):
    """Parties, their check-ins and walk-ins; `standing` is code -> heads, `walked` is visit -> heads."""

    parties = Bundle("parties")
    walk_in = Bundle("walk_in")

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.by = desk()
        self.minute = 0
        self.standing: dict[str, tuple[int, int]] = {}
        self.walked: dict[int, tuple[str, int]] = {}

    def teardown(self) -> None:
        # Once a story and not after every step: the audits take longer than all the steps together.
        assert [*audit.of_the_desk(), *readding.of_every_year()] == []
        transaction.savepoint_rollback(self.savepoint)

    def now(self) -> dt.datetime:
        self.minute += 1
        return MORNING + dt.timedelta(minutes=self.minute)

    @rule(target=parties)
    def announce(self) -> str:
        return arrival().code

    @rule(code=parties, participants=st.integers(0, 40), adults=st.integers(0, 5))
    def check_in(self, code: str, participants: int, adults: int) -> None:
        try:
            operations.check_in(code, participants=participants, adults=adults, by=self.by, at=self.now())
        except refusals.AlreadyCheckedIn:
            assert code in self.standing
        except refusals.NobodyCame:
            assert participants + adults == 0
        else:
            assert code not in self.standing
            self.standing[code] = (participants, adults)

    @rule(code=parties)
    def undo(self, code: str) -> None:
        last = CheckIn.objects.filter(arrival__code=code).order_by("pk").last()
        if last is None:
            return
        try:
            operations.undo_check_in(last, by=self.by, at=self.now())
        except refusals.AlreadyUndone:
            assert code not in self.standing
        else:
            del self.standing[code]

    @rule(target=walk_in, category=st.sampled_from(walk_ins.CATEGORIES), count=st.integers(-1, 6))
    def walk(self, category: str, count: int) -> object:
        try:
            visit = operations.record_walk_in(category, count, by=self.by, at=self.now())
        except Refused:
            assert count < 1
            return multiple()
        self.walked[visit.pk] = (str(category), count)
        return visit

    @rule(visit=consumes(walk_in))
    def take_back(self, visit: Visit) -> None:
        operations.undo_walk_in(visit, by=self.by, at=self.now())
        del self.walked[visit.pk]
        with pytest.raises(refusals.AlreadyUndone):
            operations.undo_walk_in(visit, by=self.by, at=self.now())

    @invariant()
    def the_ledger_says_what_the_model_says(self) -> None:
        found: dict[str, int] = {}
        for category, count in Visit.objects.values_list("category", "count"):
            found[category] = found.get(category, 0) + count
        expected: dict[str, int] = {}
        heads = [pair for n, m in self.standing.values() for pair in (("pupil", n), ("school_adult", m))]
        for category, count in heads + list(self.walked.values()):
            expected[category] = expected.get(category, 0) + count
        assert {c: n for c, n in found.items() if n} == {c: n for c, n in expected.items() if n}
        assert CheckIn.objects.filter(undone_at=None).count() == len(self.standing)
        assert Arrival.objects.expected().not_checked_in().count() == Arrival.objects.count() - len(
            self.standing
        )


class TestDesk(Desk.TestCase):
    settings = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
