"""`/ledning/larm/`: the marks of the alerts, for management to set, and what is told of at the moment."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from navet.accounts import actor
from navet.accounts.doors import StaffRequest, staff_page
from navet.errors import Refused
from worker.alerts import findings, thresholds
from worker.models import Happening, Threshold


class MarksForm(forms.Form):
    """One field for each mark, within its bounds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Threshold.Name:
            lowest, highest = thresholds.LIMITS[name]
            self.fields[name.value] = forms.IntegerField(
                label=name.label, min_value=lowest, max_value=highest
            )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page("indicators.view")
def alerts(request: StaffRequest) -> HttpResponse:
    may_set = actor.of(request).has_capability("alerts.set")
    posted = request.method == "POST"
    form = MarksForm(request.POST if posted and may_set else None, initial=thresholds.in_force())
    if posted and form.is_valid() and _decided(request, form):
        return redirect("worker:alerts")
    context = {
        "form": form if may_set else None,
        "marks": [(Threshold.Name(name).label, value) for name, value in thresholds.in_force().items()],
        "going_on": _going_on(),
    }
    status = 200 if not posted else 422 if may_set else 403
    return render(request, "worker/alerts.html", context, status=status)


def _decided(request: StaffRequest, form: MarksForm) -> bool:
    try:
        thresholds.decide(form.cleaned_data, by=request.user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("These marks hold from now on."))
    return True


def _going_on() -> list[tuple[findings.Finding, Happening]]:
    """What was told of and is still so, the longest first."""
    open_ones = {(one.kind, one.subject): one for one in Happening.objects.filter(ended_at=None)}
    kinds = {kind for kind, _subject in open_ones}
    found = findings.found(kinds, at=timezone.now(), marks=thresholds.in_force())
    told = [(one, open_ones[one.kind, one.subject]) for one in found if (one.kind, one.subject) in open_ones]
    return sorted(told, key=lambda pair: pair[1].since_at)
