"""Hold the draw of a group, once, and rerun it. What is kept of it names nobody."""

import datetime as dt

from django.db import transaction

from bookings.common import holding
from bookings.leisure import draw, seeds
from bookings.leisure.draw import Outcome, Party
from bookings.leisure.models import Draw, Enrolment, Exchange, Group
from bookings.leisure.operations import places, refusals


@transaction.atomic
def hold(group_id: int, *, at: dt.datetime) -> Draw:
    """Places to those who applied in the window, the others a place in the queue; all are told. Held again, nothing changes.

    Raises NotDrawnYet, CalledOff, GroupOver, SeedLost.
    """
    group = places.lock_group(group_id)
    if group.has_drawn():
        return group.draw
    places.require_standing(group, at)
    if group.drawn_from is None or at < group.drawn_from:
        raise refusals.NotDrawnYet
    seed = seeds.find(group.pk, seed_sha256=group.seed_sha256)
    if not seed:
        raise refusals.SeedLost
    applied = {one.ticket: one for one in _applied(group)}
    parties = parties_of(list(applied.values()))
    many = places.free(group, at)
    outcome = draw.draw(seed, parties, places=many)
    held = Draw.objects.create(
        group=group,
        drawn_at=at,
        seed=seed,
        places=many,
        parties=[{"tickets": list(one.tickets), "continues": one.continues} for one in parties],
        placed=[list(one.tickets) for one in outcome.placed],
        waiting=[list(one.tickets) for one in outcome.waiting],
    )
    for ticket in _tickets(outcome.placed):
        _place(applied[ticket], group, at)
    for position, ticket in enumerate(_tickets(outcome.waiting), start=1):
        _queue(applied[ticket], group, position, at)
    places.let_in(group, at=at)  # whoever came after the window, where places are left
    return held


def is_seed_lost(group: Group) -> bool:
    """Whether a draw is to be held whose published seed none of the server's secrets makes any more."""
    if group.closes_at is None or group.has_drawn() or group.called_off_at is not None:
        return False
    return not seeds.find(group.pk, seed_sha256=group.seed_sha256)


@transaction.atomic
def exchange_seed(group_id: int, *, reason: str, at: dt.datetime) -> Group:
    """A new fingerprint where the seed of the old one is lost; the old one and why stay public. Raises SeedStands, CalledOff, GroupOver."""
    group = places.lock_group(group_id)
    places.require_standing(group, at)
    if not is_seed_lost(group):
        raise refusals.SeedStands
    Exchange.objects.create(group=group, seed_sha256=group.seed_sha256, reason=reason, exchanged_at=at)
    group.seed_sha256 = seeds.fingerprint(group.pk)
    group.save(update_fields=["seed_sha256"])
    return group


def parties_of(enrolments: list[Enrolment]) -> list[Party]:
    """Who is drawn together: a guardian's children who asked for it, those who continue among themselves."""
    parties = []
    for continues in (True, False):
        alike = [one for one in enrolments if one.continues is continues]
        for family in places.families(alike):
            parties.append(Party(tuple(sorted(one.ticket for one in family)), continues))
    return sorted(parties, key=lambda party: party.tickets)


def rerun(held: Draw) -> Outcome:
    """What the draw comes to when it is done again from what is published of it."""
    return draw.draw(held.seed, held.took_part(), places=held.places)


def agrees(held: Draw) -> bool:
    """Whether it comes to what it came to."""
    again = rerun(held)
    return [list(p.tickets) for p in again.placed] == held.placed and [
        list(p.tickets) for p in again.waiting
    ] == held.waiting


def _applied(group: Group) -> list[Enrolment]:
    """Who takes part: applied in the window and confirmed, by number. Locked."""
    waiting = Enrolment.objects.filter(group=group, created_at__lte=group.closes_at).confirmed()
    waiting = waiting.exclude(queued_at=None).select_related("occasion").order_by("ticket")
    return list(waiting.select_for_update(of=("self",), no_key=True))


def _tickets(parties: tuple[Party, ...]) -> list[int]:
    return [ticket for party in parties for ticket in party.tickets]


def _place(enrolment: Enrolment, group: Group, at: dt.datetime) -> None:
    places.give(enrolment, group, at=at)
    holding.write(enrolment)
    places.announce(enrolment, "drawn", at=at)


def _queue(enrolment: Enrolment, group: Group, position: int, at: dt.datetime) -> None:
    """Before everybody who came after the window."""
    enrolment.queued_at, enrolment.position = group.closes_at, position
    holding.write(enrolment)
    holding.tell(enrolment, "not_drawn", at=at)
