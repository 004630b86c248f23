"""The staff's look at the house, and the calendar feeds."""

import datetime as dt
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from navet import periods
from navet.accounts.doors import staff_page
from navet.accounts.models import User
from navet.house import board, feeds
from navet.house.models import Room


@require_safe
@staff_page("arrivals.view")
def house(request: HttpRequest) -> HttpResponse:
    """A week, or with `?vy=dag` a day, of all rooms; `?datum=` chooses which."""
    today = periods.local_day(timezone.now())
    day, fault = _asked_day(request, today)
    is_day = request.GET.get("vy") == "dag"
    step = dt.timedelta(days=1 if is_day else 7)
    context = {
        "day": day,
        "today": today,
        "before": day - step,
        "after": day + step,
        "is_day": is_day,
        "week_number": day.isocalendar().week,
        "board": board.day_of(day) if is_day else board.week_of(day),
        "fault": fault,
        "feed_key": feeds.token_of(cast(User, request.user)),
    }
    return render(request, "house/house.html", context, status=400 if fault else 200)


def _asked_day(request: HttpRequest, today: dt.date) -> tuple[dt.date, str]:
    """The day asked for, else today; and what is wrong with what was asked."""
    text = request.GET.get("datum", "")
    try:
        day = dt.date.fromisoformat(text) if text else today
    except ValueError:
        return today, _("%(text)s is no date. Write it as 2026-03-02.") % {"text": f"”{text[:20]}”"}
    if not today.year - 20 <= day.year <= today.year + 20:
        return today, _("Choose a date within twenty years.")
    return day, ""


@require_safe
def room_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The room's calendar, for staff: the key is the reader's own."""
    user = feeds.reader(request.GET.get("nyckel", ""))
    if user is None or not user.has_capability("arrivals.view"):
        raise Http404
    room = get_object_or_404(Room, slug=slug)
    return _ical(feeds.of_room(room, user.language, timezone.now()), room.slug)


@require_safe
def educator_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the holder of the key leads."""
    user = feeds.reader(token)
    if user is None or not user.has_capability("duties.view_own"):
        raise Http404
    return _ical(feeds.of_educator(user, timezone.now()), "navet")


def _ical(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'inline; filename="{name}.ics"',
            "Cache-Control": "private, max-age=300",
        },
    )
