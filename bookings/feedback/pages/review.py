"""`/planering/granskning/`: programmes and courses of a school year, what was thought of them beside how they went."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.common.doors import form_page
from bookings.courses.models import Course
from bookings.feedback import questions, review
from bookings.feedback.models import Answer, rule
from bookings.feedback.operations import answering
from bookings.feedback.review import Marks, Reviewed
from navet import periods, school_years
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.pages import exports
from navet.pages.charts import Chart, Series

reader = staff_page("feedback.view")
KINDS = {"program": review.programmes, "kurs": review.courses}


@require_safe
@reader
def overview(request: HttpRequest) -> HttpResponse:
    """`lasar` chooses the school year."""
    at, year = timezone.now(), _year(request)
    context = {
        "programmes": review.programmes(year, at=at),
        "courses": review.courses(year, at=at),
        **_years(year),
    }
    return render(request, "feedback/review.html", context)


@require_safe
@reader
def one(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """One programme or course: the perspectives as a picture with its table, the numbers, the open lines."""
    at, year = timezone.now(), _year(request)
    if kind not in KINDS:
        raise Http404
    found = next((one for one in KINDS[kind](year, at=at) if one.of.slug == slug), None)
    before = next((one for one in KINDS[kind](year - 1, at=at) if one.of.slug == slug), None)
    if found is None:
        raise Http404
    asked = questions.asked_of(is_of_a_course=isinstance(found.of, Course))
    context = {
        "one": found,
        "kind": kind,
        "is_of_a_course": isinstance(found.of, Course),
        "chart": _chart(found, before, year) if found.is_shown else None,
        "rows": [(one, found.marks.get(one.perspective.value, Marks())) for one in asked],
        "agrees": [label for _value, label in reversed(questions.AGREES)],
        "remarks": review.remarks(found.of, year),
        "may_strike": actor.of(request).has_capability("feedback.strike_out"),
        **_years(year),
    }
    return render(request, "feedback/review_one.html", context)


@require_safe
@reader
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The overview with all its numbers, one programme or course a row; no open lines."""
    at, year = timezone.now(), _year(request)
    heading = [_("Kind"), _("Programme or course"), _("Sessions held"), _("Called off"), _("Places")]
    heading += [_("Parties"), _("Booked"), _("Fill"), _("Came"), _("Parties that came"), _("Did not come")]
    heading += [
        _("Cancelled"),
        _("Cancelled late"),
        _("Schools"),
        _("Municipalities"),
        _("Asked"),
        _("Answers"),
    ]
    perspectives = dict.fromkeys(one.perspective for one in [*questions.OF_PROGRAMMES, *questions.OF_COURSES])
    for each in perspectives:
        heading += [_("%(perspective)s, mean") % {"perspective": each.label}]
        heading += [_("%(perspective)s, opinions") % {"perspective": each.label}]
    rows = [
        *_rows(_("School programme"), review.programmes(year, at=at), perspectives),
        *_rows(_("Course"), review.courses(year, at=at), perspectives),
    ]
    name = f"{_('review')}-{year}-{year + 1}"
    return exports.download(kind, name=name, heading=heading, rows=rows)


@form_page
@staff_page("feedback.strike_out")
def strike_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: the text cannot be brought back."""
    found = Answer.objects.filter(pk=pk).exclude(remark="").first() if pk < 2**63 else None
    if found is None or found not in review.remarks(_about(found), found.school_year):
        raise Http404
    about = _about(found)
    kind = "kurs" if isinstance(about, Course) else "program"
    if request.method == "POST":
        answering.strike_out(found.pk, by=actor.of(request), at=timezone.now())
        messages.success(request, _("The line is struck out."))
        answer = redirect("feedback:review_one", kind, about.slug)
        answer["Location"] += f"?lasar={found.school_year}"
        return answer
    context = {"answer": found, "about": about, "kind": kind, "year": found.school_year}
    return render(request, "feedback/strike_out.html", context)


def _about(answer: Answer) -> Any:
    return answer.programme or answer.course


def _year(request: HttpRequest) -> int:
    """The school year that `lasar` names by its autumn, else the present one."""
    known = review.years(periods.local_day(timezone.now()))
    asked = request.GET.get("lasar", "")
    return int(asked) if asked in map(str, known) else known[0]


def _years(year: int) -> dict[str, Any]:
    known = review.years(periods.local_day(timezone.now()))
    return {
        "year": year,
        "year_name": school_years.name(year),
        "years": [(one, school_years.name(one)) for one in known],
        "shown_from": rule("shown_from"),
    }


def _chart(found: Reviewed, before: Reviewed | None, year: int) -> Chart:
    asked = questions.asked_of(is_of_a_course=isinstance(found.of, Course))
    names = [one.perspective for one in asked]
    series = [Series(school_years.name(year), [_percent(found.marks.get(one)) for one in names])]
    if before is not None and before.is_shown:
        values = [_percent(before.marks.get(one)) for one in names]
        series.append(Series(school_years.name(year - 1), values))
    return Chart(
        title=_("Agree or agree mostly, per cent"),
        description=_("Of those who had an opinion."),
        labels=[one.label for one in names],
        series=series,
        key="perspectives",
    )


def _percent(marks: Marks | None) -> int | None:
    return None if marks is None or marks.share is None else round(100 * marks.share)


def _rows(kind: str, found: Iterable[Reviewed], perspectives: Iterable[Any]) -> Iterator[list[Any]]:
    for one in found:
        row = [kind, one.of.title, one.held, one.called_off, one.places, one.parties, one.booked]
        row += [None if one.fill is None else round(one.fill, 3), one.came, one.parties_came, one.no_shows]
        row += [one.cancelled, one.cancelled_late, one.schools, one.municipalities, one.asked, one.answers]
        for perspective in perspectives:
            marks = one.marks.get(perspective.value)
            row += [None if marks is None or marks.mean is None else round(marks.mean, 2)]
            row += [None if marks is None else marks.number]
        yield row
