"""Who counts as whom: pseudonyms of a year are joined or parted by decisions, and the ledger is never touched.

All under one address are one, until somebody decides that two of them are two persons: then the one that came later leaves the
address. Two that somebody decided to be one are one, and so are all that hang together by that. Decisions are on pseudonyms
alone, so they hold when names and addresses are gone. docs/counting.md says it in words.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from navet.accounts.actor import Actor
from navet.errors import Refused
from visitors.audit import Difference
from visitors.models import Individual, IndividualDecision, Visit

SAME, APART = IndividualDecision.Verdict.SAME, IndividualDecision.Verdict.APART


class NobodyOfThisYear(Refused):
    code = "nobody_of_this_year"
    status = 404
    message = gettext_lazy("Nobody of this year is counted so.")


class Known(NamedTuple):
    """A pseudonym with that of its address; in the order in which they came."""

    person: str
    address: str


def who() -> Coalesce:
    """Of an entry of the ledger: whom it counts as."""
    named = Individual.objects.filter(person=OuterRef("person")).values("counts_as")[:1]
    return Coalesce(Subquery(named), F("person"), output_field=CharField())


def know(person: str, *, address: str, year: int) -> None:
    """A pseudonym that is to be counted as others of its address are. Known already, nothing changes. The caller has the transaction."""
    if Individual.objects.filter(person=person).exists():
        return
    lock(year)
    alone = Individual.objects.filter(person=address).values_list("counts_as", flat=True).first() or address
    rows = [
        Individual(year=year, person=one, address=address, counts_as=alone)
        for one in dict.fromkeys((address, person))
    ]
    Individual.objects.bulk_create(rows, ignore_conflicts=True)


def lock(year: int) -> None:
    """Until the transaction ends nobody else joins or parts individuals of this year."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"visitors.individuals {year}"]
        )


@transaction.atomic
def decide(one: str, other: str, *, year: int, verdict: str, by: Actor, at: dt.datetime) -> None:
    """They are one person, or two. The same decision again changes nothing; another one takes its place.

    Raises NobodyOfThisYear for a pseudonym that no entry of the year has.
    """
    first, second = sorted((one, other))
    named = Visit.objects.in_year(year).filter(person__in=[first, second]).values_list("person", flat=True)
    if first == second or len(set(named)) < 2 or by.user is None:
        raise NobodyOfThisYear
    lock(year)
    if standing(year).get((first, second)) == verdict:
        return
    rows = [Individual(year=year, person=each, address=each, counts_as=each) for each in (first, second)]
    Individual.objects.bulk_create(rows, ignore_conflicts=True)
    IndividualDecision.objects.create(
        year=year, first=first, second=second, verdict=verdict, by=by.user, at=at
    )
    _work_out(year)


def standing(year: int) -> dict[tuple[str, str], str]:
    """Pair -> its latest verdict. One query."""
    rows = IndividualDecision.objects.filter(year=year).order_by("pk")
    return {
        (first, second): verdict for first, second, verdict in rows.values_list("first", "second", "verdict")
    }


def counted_as(known: Iterable[Known], verdicts: dict[tuple[str, str], str]) -> dict[str, str]:
    """Pseudonym -> the one it counts as: the earliest of those that hang together. `known` in the order they came. Pure."""
    known = list(known)
    came = {one.person: number for number, one in enumerate(known)}
    address = dict(known)
    left = {
        max(pair, key=lambda one: came.get(one, -1))
        for pair, verdict in verdicts.items()
        if verdict == APART and len({address.get(one, one) for one in pair}) == 1
    }
    root = {one: one for each in known for one in each}

    def find(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    def join(one: str, other: str) -> None:
        earlier, later = sorted((find(one), find(other)), key=lambda each: came.get(each, len(came)))
        root[later] = earlier

    for each in known:
        if each.person not in left:
            join(each.person, each.address)
    for (first, second), verdict in sorted(verdicts.items()):
        if verdict == SAME and first in came and second in came:
            join(first, second)
    return {each.person: find(each.person) for each in known}


def _rows(year: int) -> list[Known]:
    rows = Individual.objects.filter(year=year).order_by("pk").values_list("person", "address")
    return [Known(*row) for row in rows]


def _work_out(year: int) -> None:
    wanted = counted_as(_rows(year), standing(year))
    before = dict(Individual.objects.filter(year=year).values_list("person", "counts_as"))
    changed = {person: to for person, to in wanted.items() if before[person] != to}
    if changed:
        whens = [When(person=person, then=Value(to)) for person, to in changed.items()]
        Individual.objects.filter(person__in=changed).update(counts_as=Case(*whens))


def differences() -> Iterator[Difference]:
    """Individuals that count otherwise than the decisions say (settings.LEDGER_AUDITS)."""
    for year in Individual.objects.order_by("year").values_list("year", flat=True).distinct():
        wanted = counted_as(_rows(year), standing(year))
        now = dict(Individual.objects.filter(year=year).values_list("person", "counts_as"))
        for person, to in sorted(wanted.items()):
            if now[person] != to:
                yield Difference(
                    _("individual %(one)s of %(year)s") % {"one": person[:12], "year": year}, 1, 0
                )
