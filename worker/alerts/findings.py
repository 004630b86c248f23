"""What there is to tell of at a moment: each finding says what is the matter, what to do about it, and where."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.capacity import coming, reading
from bookings.capacity.rows import percent
from bookings.courses.models import Round
from navet import periods
from navet.house.models import Occasion
from navet.pages import formats
from visitors import indicators
from visitors.indicators import Figure
from visitors.insight import words
from visitors.insight.outlook import Status
from worker.models import Subscription, Threshold

Kind, Name = Subscription.Kind, Threshold.Name
WEEKS_AHEAD = 4


@dataclass(frozen=True)
class Finding:
    """`subject` is the same as long as it is the same thing. `places` are where to do it: the first that somebody may open.

    All words are in the active language; each of `places` is what one must be allowed and an address. Its picture is the curve
    of `figure`, or a bar of `full` per cent.
    """

    kind: str
    subject: str
    title: str
    what: str
    to_do: str
    places: tuple[tuple[str, str], ...]
    figure: Figure | None = None
    full: int | None = None


def found(kinds: Collection[str], *, at: dt.datetime, marks: Mapping[str, int]) -> list[Finding]:
    """All of these kinds, in the order of the kinds."""
    return [one for kind, look in LOOKS.items() if kind in kinds for one in look(at, marks)]


def behind(at: dt.datetime, marks: Mapping[str, int]) -> Iterator[Finding]:
    """Indicators whose status is behind, by the stated rule: not even the upper end of the forecast reaches the target."""
    today = periods.local_day(at)
    for figure in indicators.report(today.year, as_of=today).figures:
        if figure.outlook.status == Status.BEHIND:
            yield _behind(figure, today)


def _behind(figure: Figure, today: dt.date) -> Finding:
    ends = figure.outlook.forecast
    said = {
        "outcome": formats.count(figure.outcome), "target": formats.count(figure.target), "unit": figure.unit,
        "forecast": words.interval(ends).removesuffix("*"), "more": formats.count(max(figure.target - (ends.middle if ends else 0), 0)),
    }  # fmt: skip
    what = _("%(outcome)s of %(target)s %(unit)s so far; the year is foretold to end at %(forecast)s.") % said
    return Finding(
        kind=Kind.ALERT_BEHIND,
        subject=f"indicator:{today.year}:{figure.code}",
        title=figure.name,
        what=f"{what} {why}" if (why := words.why(ends)) else what,
        to_do=_(
            "Another %(more)s are needed beyond what is foretold. See where places are free and who has not been here, "
            "and write in the tertial report what is done about it."
        )
        % said,
        places=(("indicators.view", f"{reverse('visitors:management')}#i-{figure.code}"),),
        figure=figure,
    )


def minimum(at: dt.datetime, marks: Mapping[str, int]) -> Iterator[Finding]:
    """School sessions with fewer than one group's minimum, and undecided rounds of courses, so many days before."""
    today = periods.local_day(at)
    last = today + dt.timedelta(days=marks[Name.MINIMUM_DAYS])
    sessions = reading.read(today, last, at=at, kinds=coming.SCHOOLS)
    for row in coming.under_minimum(sessions, at=at):
        said = {"held": row.held, "least": row.least}
        yield Finding(
            kind=Kind.ALERT_MINIMUM,
            subject=f"session:{row.occasion}",
            title=f"{row.title}, {formats.local_date(row.starts_at, 'day')} {formats.local_time(row.starts_at)}",
            what=_("%(held)s pupils are booked; it is meant for at least %(least)s.") % said,
            to_do=_(
                "Invite schools that have not been here, or call the session off and use the educator's time."
            ),
            places=(("schools.plan", reverse("schools:session", args=[row.occasion])),),
            full=percent(row.held, row.least),
        )
    yield from _rounds(at, last)


def _rounds(at: dt.datetime, last: dt.date) -> Iterator[Finding]:
    rounds = Round.objects.with_places(at).filter(
        occasion__status=Occasion.Status.PLANNED, occasion__period__startswith__gt=at, decide_by__lte=last,
        least__gt=1, assured_at=None,
    )  # fmt: skip
    for one in rounds.select_related("occasion", "course").order_by("decide_by", "pk"):
        if one.taken < one.least:
            said = {"taken": one.taken, "least": one.least, "day": formats.local_date(one.decide_by, "day")}  # type: ignore[arg-type]  # a minimum has a day
            yield Finding(
                kind=Kind.ALERT_MINIMUM,
                subject=f"round:{one.pk}",
                title=f"{one.course.title}, {formats.local_date(one.occasion.starts_at, 'day')}",
                what=_("%(taken)s are registered; the course needs %(least)s.") % said,
                to_do=_("Decide by %(day)s: let it take place, call it off, or tell more schools about it.")
                % said,
                places=(("courses.plan", reverse("courses:round", args=[one.pk])),),
                full=percent(one.taken, one.least),
            )


def half_empty_weeks(at: dt.datetime, marks: Mapping[str, int]) -> Iterator[Finding]:
    """Weeks of the coming four, from next Monday on, in which less of the places for schools is held than the mark says."""
    today = periods.local_day(at)
    monday = today + dt.timedelta(days=7 - today.weekday())
    for week in coming.under(coming.weeks(monday, WEEKS_AHEAD, at=at), marks[Name.WEEK_FILL]):
        name = "{}-W{:02d}".format(*week.monday.isocalendar()[:2])
        said = {
            "held": formats.count(week.held), "offered": formats.count(week.offered), "fill": week.fill or 0,
            "mark": marks[Name.WEEK_FILL], "free": formats.count(week.free),
        }  # fmt: skip
        yield Finding(
            kind=Kind.ALERT_WEEK,
            subject=f"week:{name}",
            title=_("Week %(number)s") % {"number": week.number},
            what=_("%(held)s of %(offered)s places are held, %(fill)s %%; the mark is %(mark)s %%.") % said,
            to_do=_(
                "%(free)s places can still be booked. Invite schools that have not been here this school year."
            )
            % said,
            places=(
                ("reach.view", reverse("reach:overview")),
                ("schools.plan", f"{reverse('schools:planning')}?vecka={name}"),
                ("indicators.view", reverse("visitors:management")),
            ),
            full=week.fill,
        )


LOOKS: dict[str, Callable[[dt.datetime, Mapping[str, int]], Iterator[Finding]]] = {
    Kind.ALERT_BEHIND: behind,
    Kind.ALERT_MINIMUM: minimum,
    Kind.ALERT_WEEK: half_empty_weeks,
}
