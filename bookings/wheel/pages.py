"""`/planering/arshjul/`: the year as a picture and as the list behind it; its entries; its calendar feed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from babel.dates import get_month_names
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.wheel import feed, operations, picture, sources
from bookings.wheel.forms import EntryForm, WheelForm
from bookings.wheel.items import Item
from bookings.wheel.models import Entry
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.accounts.models import User
from navet.house import feeds
from navet.pages import formats

MOST_ON_PAPER = 60  # rows of the list that a sheet has room for beside the wheel
MAX_ID = 2**63


@dataclass(frozen=True)
class Row:
    """An item as the list shows it. `url` is "" for those who may not open it; `days` says when, in words."""

    number: int
    item: Item
    days: str
    weeks: str
    url: str
    is_over: bool


@require_safe
@staff_page("wheel.view")
def wheel(request: HttpRequest) -> HttpResponse:
    """`period` chooses a calendar or a school year, `slag` kinds."""
    today, who = periods.local_day(timezone.now()), actor.of(request)
    form = WheelForm(_asked(request, today) if request.GET else None, today=today)
    first, end = form.days()
    kinds = form.kinds()
    found = [one for one in sources.items(first, end, who=who) if one.kind in kinds]
    numbered = list(enumerate(found, start=1))
    names = get_month_names("wide", "stand-alone", locale=get_language() or "sv")
    rows = [_row(number, item, who, today) for number, item in numbered]
    context = {
        "form": form,
        "first": first,
        "last": end - dt.timedelta(days=1),
        "name": str(first.year) if first.month == 1 else f"{first.year}/{end.year % 100:02d}",
        "today": today if first <= today < end else None,
        "week": today.isocalendar().week,
        "kinds": [(kind, sum(item.kind == kind for item in found)) for kind in kinds],
        "months": _by_month(rows, first, names),
        "wheel": picture.wheel(
            first, end, numbered, kinds, today=today, month_name=lambda month: names[month], tip=_tip
        ),
        "on_paper": len(rows) <= MOST_ON_PAPER,
        "count": len(rows),
        "can_edit": who.has_capability("wheel.edit"),
        "feed_key": feeds.token_of(cast(User, request.user)),
    }
    faulty = form.is_bound and bool(form.errors)
    return render(request, "wheel/wheel.html", context, status=400 if faulty else 200)


def _asked(request: HttpRequest, today: dt.date) -> QueryDict:
    """What was asked for, this year where none was."""
    asked = request.GET.copy()
    if not asked.get("period"):
        asked["period"] = str(today.year)
    return asked


def _row(number: int, item: Item, who: actor.Actor, today: dt.date) -> Row:
    weeks = dict.fromkeys((item.first.isocalendar().week, item.last.isocalendar().week))
    return Row(
        number,
        item,
        _days(item),
        "–".join(str(week) for week in weeks),
        item.url if item.url and who.has_capability(item.asks) else "",
        item.last < today,
    )


def _by_month(rows: list[Row], first: dt.date, names: Any) -> list[tuple[str, list[Row]]]:
    """Month with its year -> what begins in it; what began before the year is in its first month."""
    found: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        day = max(row.item.first, first)
        found.setdefault((day.year, day.month), []).append(row)
    return [(f"{names[month]} {year}", these) for (year, month), these in sorted(found.items())]


def _days(item: Item) -> str:
    if item.first == item.last:
        return formats.local_date(item.first, "day")
    return f"{formats.local_date(item.first, 'day')} – {formats.local_date(item.last, 'day')}"


def _tip(item: Item) -> str:
    return f"{_days(item)}: {item.title}" + (f" ({item.note})" if item.note else "")


@form_page
@staff_page("wheel.edit")
def entry(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new entry, or one that is changed."""
    found = _standing(pk) if pk is not None else None
    form = EntryForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        written = attempt(form, lambda: _write(request, form, found))
        if written is not None:
            messages.success(request, _("The year wheel is changed."))
            return redirect("wheel:wheel")
    return answer(request, "wheel/entry.html", form, {"entry": found})


def _write(request: HttpRequest, form: EntryForm, found: Entry | None) -> Entry:
    by, at, words = actor.of(request), timezone.now(), form.words()
    if found is None:
        return operations.add(words, by=by, at=at)
    seen = form.cleaned_data["seen"]
    return operations.change(found.pk, words, seen=-1 if seen is None else seen, by=by, at=at)


@form_page
@staff_page("wheel.edit")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; then it is off the wheel, and calendars are told."""
    found = _standing(pk)
    form = EntryForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
        done = attempt(form, lambda: _remove(request, found.pk, number))
        if done:
            messages.success(request, _("%(title)s is off the year wheel.") % {"title": found})
            return redirect("wheel:wheel")
        return render(request, "wheel/remove.html", {"entry": found, "refused": True}, status=409)
    return render(request, "wheel/remove.html", {"entry": found})


def _remove(request: HttpRequest, pk: int, seen: int) -> bool:
    operations.remove(pk, seen=seen, by=actor.of(request), at=timezone.now())
    return True


def _standing(pk: int) -> Entry:
    found = Entry.objects.standing().filter(pk=min(pk, MAX_ID - 1)).first()
    if found is None:
        raise Http404
    return found


@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of the holder of the key; a new password makes the key worthless."""
    user = feeds.reader(token)
    if user is None or not user.has_capability("wheel.view"):
        raise Http404
    return HttpResponse(
        feed.of(user, timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="arshjul.ics"',
            "Cache-Control": "private, max-age=300",
        },
    )
