"""Who came in a school year, and who did not: units, their pupils, and heads from the ledger. A fixed number of queries.

A unit came when a class of it was checked in. Heads are the pupils the ledger has of its classes, once for each visit.
Units are those that are open today, and those that have closed but came, were invited or are still booked in the year:
what a school did does not go with it. Visits from before the bookings of this system are in the ledger, but of no unit.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Lower
from django.utils.functional import Promise

from bookings.reach.models import Invitation
from bookings.schools.models import SchoolBooking
from navet import periods, school_years
from navet.directory.grades import Form
from navet.directory.models import SchoolUnit
from navet.house.models import Occasion
from visitors.models import Category, CheckIn, Visit

NEVER, NOT_THIS_YEAR, CAME = "never", "not_this_year", "came"


@dataclass(frozen=True)
class Wish:
    """Which units: "" is any. `came` is NEVER, NOT_THIS_YEAR or CAME; a municipality by its code."""

    year: int
    municipality: str = ""
    form: str = ""
    came: str = ""


@dataclass(frozen=True)
class Unit:
    """One unit in the school year: classes that came, their pupils, those still expected, and when it was last here, ever."""

    school: SchoolUnit
    classes: int = 0
    heads: int = 0
    to_come: int = 0
    last_date: dt.date | None = None
    is_invited: bool = False

    @property
    def came(self) -> str:
        if self.classes:
            return CAME
        return NOT_THIS_YEAR if self.last_date else NEVER


@dataclass(frozen=True)
class Share:
    """Of some units: how many came, and what that is of their pupils where their number is known.

    `pupils` are those of units with a known number, `pupils_of_visitors` of such units that came, `heads` the pupils received
    from such units (one who came twice is two); `all_heads` also of those whose number is not known.
    """

    name: str | Promise
    units: int
    units_came: int
    units_never: int
    unknown: int
    pupils: int
    pupils_of_visitors: int
    heads: int
    all_heads: int

    @property
    def of_units(self) -> float | None:
        return self.units_came / self.units if self.units else None

    @property
    def of_pupils(self) -> float | None:
        """Pupils of the units that came; None where no number is known."""
        return self.pupils_of_visitors / self.pupils if self.pupils else None

    @property
    def visits_per_pupil(self) -> float | None:
        return self.heads / self.pupils if self.pupils else None


def units(wish: Wish, *, at: dt.datetime) -> list[Unit]:
    """The units that meet the wish, open or with something to show for the year, by municipality and name. Six queries."""
    first, end = school_years.moments(wish.year)
    last = dict(_came().values_list("school").annotate(last=Max(Lower("session__occasion__period"))))
    classes = dict(_came(first, end).values_list("school").annotate(n=Count("pk")))
    heads, to_come = _heads(wish.year), _to_come(at, end)
    asked, invited = _invited(first, end, term=school_years.term(periods.local_day(at)))
    with_something = {*classes, *heads, *to_come, *asked}
    schools = SchoolUnit.objects.filter(Q(status=SchoolUnit.Status.ACTIVE) | Q(pk__in=with_something))
    schools = schools.select_related("municipality", "organiser").in_order()
    if wish.municipality:
        schools = schools.filter(municipality__code=wish.municipality)
    if wish.form:
        schools = schools.filter(forms__contains=[wish.form])
    found = [
        Unit(
            school=one,
            classes=classes.get(one.pk, 0),
            heads=heads.get(one.pk, 0),
            to_come=to_come.get(one.pk, 0),
            last_date=periods.local_day(last[one.pk]) if one.pk in last else None,
            is_invited=one.pk in invited,
        )
        for one in schools
    ]
    found.sort(key=lambda one: one.school.municipality.name)  # stable: by name within
    return meeting(found, wish.came)


def meeting(found: Iterable[Unit], came: str) -> list[Unit]:
    """Those of them that a Wish for `came` means."""
    return [one for one in found if _meets(one, came)]


def shares(found: Iterable[Unit]) -> tuple[Share, list[Share], list[Share]]:
    """Of all the units, by municipality, and by school form; a unit with two forms is in both of these."""
    found = list(found)
    by_municipality = _grouped(found, lambda one: [one.school.municipality.name])
    by_form = _grouped(found, lambda one: one.school.forms)
    forms = [_share(form.label, by_form[form]) for form in Form if form in by_form]
    names = sorted(by_municipality)
    return _share("", found), [_share(name, by_municipality[name]) for name in names], forms


def since() -> dt.date | None:
    """The day of the first class that was ever checked in; None before there was one."""
    first = _came().aggregate(first=Min(Lower("session__occasion__period")))["first"]
    return periods.local_day(first) if first else None


def _meets(unit: Unit, came: str) -> bool:
    if came == NOT_THIS_YEAR:
        return not unit.classes
    return not came or unit.came == came


def _came(first: dt.datetime | None = None, end: dt.datetime | None = None) -> QuerySet[SchoolBooking]:
    """Bookings whose class was received, of sessions in a time."""
    received = CheckIn.objects.filter(arrival__code=OuterRef("code"), undone_at__isnull=True)
    bookings = SchoolBooking.objects.filter(Exists(received))
    if first and end:
        bookings = bookings.filter(
            session__occasion__period__startswith__gte=first, session__occasion__period__startswith__lt=end
        )
    return bookings


def _to_come(at: dt.datetime, end: dt.datetime) -> dict[int, int]:
    """Classes that are booked until the school year ends, by unit."""
    booked = SchoolBooking.objects.confirmed().filter(
        session__occasion__status=Occasion.Status.PLANNED,
        session__occasion__period__startswith__gt=at,
        session__occasion__period__startswith__lt=end,
    )
    return dict(booked.values_list("school").annotate(n=Count("pk")))


def _invited(first: dt.datetime, end: dt.datetime, *, term: str) -> tuple[set[int], set[int]]:
    """Units that were invited in that time, and those of them or of others that were in the term."""
    of_year = Q(sent_at__gte=first, sent_at__lt=end)
    rows = Invitation.objects.filter(of_year | Q(term=term)).values_list("school", "term", "sent_at")
    found = [(school, of, first <= sent_at < end) for school, of, sent_at in rows]
    return {one for one, _of, in_year in found if in_year}, {one for one, of, _in_year in found if of == term}


def _heads(year: int) -> dict[int, int]:
    """Pupils in the ledger of the school year's days, by unit; what was reversed is not in it."""
    first, end = school_years.days(year)
    entries = Visit.objects.filter(
        Q(check_in__arrival__kind=Occasion.Kind.SCHOOL_SESSION),
        day__gte=first,
        day__lt=end,
        category=Category.PUPIL,
    )
    of = SchoolBooking.objects.filter(code=OuterRef("check_in__arrival__code")).values("school")
    rows = entries.values(school=Subquery(of)).annotate(n=Sum("count")).order_by()
    return {school: heads for school, heads in rows.values_list("school", "n") if school is not None}


def _grouped(found: Iterable[Unit], names_of: Callable[[Unit], Iterable[str]]) -> dict[str, list[Unit]]:
    groups: dict[str, list[Unit]] = defaultdict(list)
    for one in found:
        for name in names_of(one):
            groups[name].append(one)
    return groups


def _share(name: str | Promise, found: list[Unit]) -> Share:
    known = [one for one in found if one.school.pupils is not None]
    return Share(
        name=name,
        units=len(found),
        units_came=sum(one.came == CAME for one in found),
        units_never=sum(one.came == NEVER for one in found),
        unknown=len(found) - len(known),
        pupils=sum(one.school.pupils or 0 for one in known),
        pupils_of_visitors=sum(one.school.pupils or 0 for one in known if one.classes),
        heads=sum(one.heads for one in known),
        all_heads=sum(one.heads for one in found),
    )
