"""`/ledning/tertial/`: the reports to the board, what management writes in them, and their PDFs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from navet import periods
from navet.accounts import actor
from navet.accounts.doors import StaffRequest, staff_page
from navet.errors import Refused
from visitors.definitions import LANGUAGES
from visitors.insight import words
from visitors.insight.dashboard import TAGS
from visitors.insight.outlook import Status
from visitors.models import Indicator
from visitors.tertials import document, figures, operations
from visitors.tertials.forms import WordsForm
from visitors.tertials.models import Comment, Issue
from visitors.tertials.tertial import Tertial

YEARS_BACK = 1


@require_safe
@staff_page("indicators.view")
def reports(request: HttpRequest) -> HttpResponse:
    """This year's and last year's, the latest first."""
    today = periods.local_day(timezone.now())
    listed = [
        Tertial(year, n) for year in range(today.year, today.year - YEARS_BACK - 1, -1) for n in (3, 2, 1)
    ]
    given_out = _versions(today.year - YEARS_BACK)
    rows = [
        {
            "tertial": one,
            "heading": document.heading(one),
            "period": document.period(one),
            "is_over": one.last_day < today,
            "version": given_out.get((one.year, one.number)),
        }
        for one in listed
        if one.first_day <= today
    ]
    return render(request, "tertials/reports.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("indicators.view")
def report(request: StaffRequest, name: str) -> HttpResponse:
    """One report, and the form for who may write in it."""
    tertial, at = _tertial(name), timezone.now()
    may_write = actor.of(request).has_capability("reports.write")
    latest = figures.latest(tertial)
    form = WordsForm(
        request.POST if request.method == "POST" and may_write else None, initial=_initial(latest)
    )
    if request.method == "POST" and form.is_valid() and _written(request, tertial, form, at):
        return redirect("tertials:report", name=str(tertial))
    issues = list(_without_files(tertial))
    data = issues[0].data if issues else figures.data(tertial, at=at)
    context = {
        "tertial": tertial,
        "heading": document.heading(tertial),
        "period": document.period(tertial),
        "is_over": at >= tertial.over_at,
        "as_of": dt.date.fromisoformat(data["as_of"]),
        "issues": issues,
        "languages": LANGUAGES,
        "shown": [_shown(one, latest.get(one["code"]), form) for one in data["figures"]],
        "rule": data["rule"][get_language() or "sv"],
        "form": form if may_write else None,
    }
    refused = request.method == "POST"
    return render(
        request, "tertials/report.html", context, status=(422 if may_write else 403) if refused else 200
    )


@require_safe
@staff_page("indicators.view")
def pdf(request: HttpRequest, name: str) -> HttpResponse:
    """`version` of those given out, the latest unless asked for; a draft while there is none. `sprak` is sv or en."""
    tertial, at = _tertial(name), timezone.now()
    language = request.GET.get("sprak", get_language() or "sv")
    if language not in LANGUAGES:
        raise Http404
    version = request.GET.get("version", "")
    issue = _asked_issue(tertial, version)
    if issue is None and version not in {"", "0"}:
        raise Http404
    content = (
        issue.pdf(language)
        if issue
        else document.pdf(figures.data(tertial, at=at), language, version=0, made_at=at)
    )
    with override(language):
        filename = document.name(tertial, issue.version if issue else 0)
    disposition = content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _tertial(name: str) -> Tertial:
    """Raises Http404 for what is no tertial, or has not begun."""
    try:
        tertial = Tertial.named(name)
    except ValueError:
        raise Http404 from None
    if tertial.first_day > periods.local_day(timezone.now()):
        raise Http404
    return tertial


def _written(request: StaffRequest, tertial: Tertial, form: WordsForm, at: dt.datetime) -> bool:
    try:
        issue = operations.write(
            tertial, form.words(), seen=form.cleaned_data["seen"], by=request.user, at=at
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    said = _("It is written. The report has a new version, %(version)s; the ones before stay as they are.")
    messages.success(request, said % {"version": issue.version} if issue else _("It is written."))
    return True


def _initial(latest: Mapping[str, Comment]) -> dict[str, Any]:
    initial: dict[str, Any] = {"seen": operations.versions(latest)}
    for code in Indicator:
        if code in latest:
            initial |= {f"comment_{code}": latest[code].comment, f"action_{code}": latest[code].action}
    return initial


def _shown(one: Mapping[str, Any], written: Comment | None, form: WordsForm) -> dict[str, Any]:
    language = get_language() or "sv"
    status = Status(one["status"])
    tag, icon = TAGS[status]
    return {
        "code": one["code"], "name": one["name"][language], "outcome": one["outcome"], "target": one["target"], "share": one["share"],
        "forecast": words.interval(figures.ends(one)), "tag": tag, "icon": icon, "status": status.label,
        "facts": document.facts(one, language), "definition": one["definition"][language], "written": written, "fields": form.of(one["code"]),
    }  # fmt: skip


def _versions(since: int) -> dict[tuple[int, int], int]:
    """(Year, number) -> the latest version given out. One query."""
    rows = Issue.objects.filter(year__gte=since).order_by("version").values_list("year", "number", "version")
    return {(year, number): version for year, number, version in rows}


def _without_files(tertial: Tertial) -> Any:
    """Those given out, the latest first; the files are not fetched."""
    found = Issue.objects.filter(year=tertial.year, number=tertial.number).order_by("-version")
    return found.defer("pdf_sv", "pdf_en").select_related("by")


def _asked_issue(tertial: Tertial, version: str) -> Issue | None:
    if version == "":
        return operations.last_issue(tertial)
    if not (version.isascii() and version.isdigit() and len(version) <= 4):
        raise Http404
    return Issue.objects.filter(year=tertial.year, number=tertial.number, version=int(version)).first()
