"""`/personal/sammanfattningar/`: the summaries one wants by mail."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from navet.accounts.doors import StaffRequest, staff_page
from navet.accounts.models import User
from navet.errors import Refused
from worker import operations
from worker.models import Subscription

WHEN = {
    Subscription.Kind.WEEKLY_CAPACITY: gettext_lazy(
        "Weekly capacity summary: Mondays at six, the next four weeks"
    ),
    Subscription.Kind.MONTHLY_INDICATORS: gettext_lazy(
        "Monthly indicator summary: the first of each month at six, the month that ended"
    ),
    Subscription.Kind.TERTIAL_REPORT: gettext_lazy(
        "Tertial report: the morning after 30 April, 31 August and 31 December at six, as PDF"
    ),
    Subscription.Kind.ALERT_BEHIND: gettext_lazy("Alert: when an indicator falls behind its target"),
    Subscription.Kind.ALERT_MINIMUM: gettext_lazy(
        "Alert: when too few have booked a session or a course that is near"
    ),
    Subscription.Kind.ALERT_WEEK: gettext_lazy(
        "Alert: when a week of the coming four is less full than the mark"
    ),
    Subscription.Kind.EDUCATOR_DAY: gettext_lazy(
        "My day: at seven on days when I lead something, with parties, rooms, needs, lunch and bus"
    ),
    Subscription.Kind.DESK_DAY: gettext_lazy("The day at the desk: at seven, everybody who is expected"),
}


class SubscriptionsForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Summaries by mail"),
        choices=list(WHEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self, user: User) -> None:
        """Show only what the user's roles allow; the operation decides."""
        offered = operations.offered_to(user)
        self.fields["kinds"].widget.choices = [(kind, WHEN[kind]) for kind in offered]


@staff_page(None)
@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: StaffRequest) -> HttpResponse:
    form = SubscriptionsForm(initial={"kinds": operations.wanted_by(request.user)})
    if request.method == "POST":
        form = SubscriptionsForm(request.POST)  # nothing ticked is an answer too
        if form.is_valid() and _saved(request, form):
            return redirect("worker:subscriptions")
    form.offer(request.user)
    status = 200 if not form.errors else 422
    context = {"form": form, "offered": operations.offered_to(request.user)}
    return render(request, "worker/subscriptions.html", context, status=status)


def _saved(request: StaffRequest, form: SubscriptionsForm) -> bool:
    try:
        operations.choose(request.user, form.cleaned_data["kinds"])
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return False
    messages.success(request, _("Your choice is saved."))
    return True
