"""`/ledning/kapacitet/`: where there is room for more; and the occasions behind each figure, as a page and as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.capacity import board, links, report, sums, table, what_if
from bookings.capacity.forms import CapacityForm, RowsForm
from bookings.capacity.rows import Kind
from navet import periods
from navet.accounts import actor
from navet.accounts.doors import staff_page

reader = staff_page("capacity.view")
MOST_SHOWN = 300  # occasions on a page; the file has all


@require_safe
@reader
def overview(request: HttpRequest) -> HttpResponse:
    """What filling places would bring is shown to those who may see the indicators."""
    at, by = timezone.now(), actor.of(request)
    today = periods.local_day(at)
    form = CapacityForm(request.GET, today=today)
    if not form.is_valid():
        return render(request, "capacity/overview.html", {"form": form}, status=400)
    wish = form.wish()
    made = report.report(wish, at=at)
    context = {
        "form": form,
        "wish": wish,
        "report": made,
        "kind": Kind(wish.kind).label if wish.kind else "",
        "board": board.board(made, by=by),
        "presets": board.presets(wish, today),
        "period": links.period(wish),
        "api_query": links.api_query(wish),
        "what_if": what_if.read(form.share(), at=at) if by.has_capability("indicators.view") else None,
        "can_see_reach": by.has_capability("reach.view"),
        "share": form.share(),
    }
    return render(request, "capacity/overview.html", context)


@require_safe
@reader
def rows(request: HttpRequest) -> HttpResponse:
    """The occasions behind a figure, and what they add up to."""
    at, by = timezone.now(), actor.of(request)
    form = RowsForm(request.GET, today=periods.local_day(at))
    if not form.is_valid():
        return render(request, "capacity/rows.html", {"form": form}, status=400)
    wish = form.wish()
    found = report.rows(wish, at=at)
    context: dict[str, Any] = {
        "form": form,
        "wish": wish,
        "about": _about(wish, found),
        "total": sums.add(found),
        "rows": [(row, Kind(row.kind).label, links.page_of(row, by)) for row in found[:MOST_SHOWN]],
        "left_out": max(len(found) - MOST_SHOWN, 0),
        "period": links.period(wish),
        "query": request.GET.urlencode(),
    }
    return render(request, "capacity/rows.html", context)


@require_safe
@reader
def rows_file(request: HttpRequest, ending: str) -> HttpResponse:
    at = timezone.now()
    form = RowsForm(request.GET, today=periods.local_day(at))
    if not form.is_valid():
        raise Http404
    wish = form.wish()
    return table.download_rows(ending, wish, report.rows(wish, at=at))


def _about(wish: report.Wish, found: list[Any]) -> list[str]:
    """What narrows it down beside the period, in words; a key that no row has stands as it is."""
    said = [str(Kind(wish.kind).label)] if wish.kind else []
    if wish.product:
        said.append(found[0].product.name if found else wish.product)
    if wish.room:
        named = {room.key: room.name for row in found for room in row.rooms}
        said.append(named.get(wish.room, report.no_room() if wish.room == sums.NO_ROOM else wish.room))
    if wish.weekday is not None:
        said.append(board.day_names("wide")[wish.weekday])
    if wish.hour is not None:
        said.append(f"{wish.hour:02d}–{(wish.hour + 1) % 24:02d}")
    return said
