"""Planners who press at the same moment, on real connections: each unit is invited once."""

import pytest

from bookings.reach.models import Invitation
from bookings.reach.operations import inviting
from bookings.reach.operations.refusals import NobodyToInvite
from navet.outbox.models import Effect
from tests.bookings.schools import classes
from tests.bookings.schools.test_together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_planners_invite_each_unit_once():
    classes.session()
    ids = [classes.school(email=f"e{n}@skola.example").pk for n in range(3)]
    by = classes.planner()
    orders = [ids, ids[::-1], ids[1:], ids[:2]]
    said = all_at_once([lambda ids=ids: inviting.send(ids, by=by, at=classes.NOW) for ids in orders])
    assert all(isinstance(one, list | NobodyToInvite) for one in said)
    assert sum(len(one) for one in said if isinstance(one, list)) == 3
    assert Invitation.objects.count() == Effect.objects.filter(payload__mail="reach.invitation").count() == 3
