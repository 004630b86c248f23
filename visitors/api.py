"""The desk's doors in the API: arrivals, check-ins, visits."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from navet import codes, periods
from navet.accounts import actor
from navet.api.idempotency import IdempotentCreateMixin
from navet.api.serializers import parsed, shown
from navet.api.views import CreateView, ListView, View
from navet.queries import Search
from visitors import behind, day_list, limits, moments, operations, refusals, search, walk_ins
from visitors import serializers as shapes
from visitors.models import Arrival, CheckIn, Visit
from visitors.tickets import passes, selling
from visitors.tickets import refusals as pass_refusals


def _query(view: View, shape: type[Serializer]) -> dict[str, Any]:
    """The declared query parameters. Raises ValidationError."""
    query = shape(data=view.request.query_params.dict())
    query.is_valid(raise_exception=True)
    return query.validated_data


class ArrivalsView(ListView):
    serializer_class = shapes.ArrivalSerializer
    required_capability = "arrivals.view"
    query_parameters = frozenset({"date", "search", "status"})
    queryset = Arrival.objects.none()
    ordering = ("starts_at", "pk")

    @extend_schema(operation_id="arrivals_list", parameters=[shapes.ArrivalsQuery])
    def get(self, request: Request) -> Response:
        """Who is expected on a day, in order of time."""
        at = timezone.now()
        asked: Any = self._asked_for(at)  # a paginator takes it for a queryset
        page: Any = self.paginate_queryset(asked) or []
        parties = [shown(shapes.ArrivalSerializer, party) for party in day_list.of(page, at=at)]
        return self.get_paginated_response(parties)

    def _asked_for(self, at: dt.datetime) -> Search:
        query = parsed(shapes.ArrivalsQuery, self.request.query_params.dict())
        day = query.get("date") or periods.local_day(at)
        text = query.get("search", "")
        among = search.among(Arrival.objects.on_day(day), _words(text)) if text else None
        return day_list.listed(day, state=query.get("status", ""), among=among)


def _words(text: str) -> str:
    return search.code_in(text) or text


class ArrivalView(View):
    serializer_class = shapes.ArrivalSerializer
    required_capability = "arrivals.view"

    @extend_schema(operation_id="arrivals_retrieve")
    def get(self, request: Request, code: str) -> Response:
        party = day_list.party(codes.normalise(code), at=timezone.now())
        if party is None:
            raise Http404
        return Response(self.get_serializer(party).data)


def _tapped(request: Request, body: dict[str, Any], field: str) -> dict[str, Any]:
    """`by`, `at` and `already_inside` of what `body` tells in `field`, which is taken out of it. Raises as moments.of_tap."""
    now = timezone.now()
    at = moments.of_tap(body.pop(field, None), now=now, field=field)
    by = moments.through(actor.of(request), at, now=now)
    return {"by": by, "at": at, "already_inside": moments.told_later(at, now=now)}


class CheckInsView(CreateView):
    serializer_class = shapes.NewCheckInSerializer
    required_capability = "desk.check_in"
    refusals = (
        refusals.CancelledArrival,
        refusals.MarkedNoShow,
        refusals.NotToday,
        refusals.AlreadyCheckedIn,
        refusals.NobodyCame,
        refusals.ImplausibleCount,
        moments.FromTheFuture,
        moments.FromAnotherDay,
        limits.HouseFull,
        limits.MayNotOverrideLimit,
    )

    @extend_schema(operation_id="check_ins_create", responses={201: shapes.CheckInSerializer})
    def post(self, request: Request) -> Response:
        """Receive a party with the head counts that really came."""
        return super().post(request)

    def create(self, request: Request) -> Response:
        body = self.validated(request)
        code = body.pop("arrival")
        tapped = _tapped(request, body, "checked_in_at")
        done = operations.check_in(code, **body, **tapped)
        return Response(shown(shapes.CheckInSerializer, done), status.HTTP_201_CREATED)


class UndoCheckInView(CreateView):
    serializer_class = shapes.NothingSerializer
    required_capability = "desk.check_in"
    refusals = (refusals.AlreadyUndone, refusals.TooLateToUndo)

    @extend_schema(operation_id="check_ins_undo", responses={200: shapes.CheckInSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Take a check-in back on the same day; the party can be checked in again."""
        return super().post(request, pk)

    def create(self, request: Request, pk: int) -> Response:
        self.validated(request)
        standing = get_object_or_404(CheckIn.objects.select_related("arrival"), pk=pk)
        undone = operations.undo_check_in(standing, by=actor.of(request), at=timezone.now())
        return Response(shapes.CheckInSerializer(undone).data)


def _counted(body: dict[str, Any], **how: Any) -> Visit:
    """The entry, by a ticket or by an annual pass where one is shown."""
    again, shown_pass = body.pop("again"), body.pop("annual_pass", None)
    if ticket := body.pop("ticket", ""):
        return operations.record_tickets(ticket, body.pop("count"), **body, **how)
    if shown_pass is None:
        return operations.record_walk_in(**body, **how)
    reason = body["override_reason"]
    return passes.admit(shown_pass, persons=body["count"], again=again, override_reason=reason, **how)


class VisitsView(IdempotentCreateMixin, ListView):
    required_capability = {"GET": "visits.view", "POST": "desk.walk_in"}
    serializer_class = shapes.VisitSerializer
    refusals = (
        refusals.ImplausibleCount,
        moments.FromTheFuture,
        moments.FromAnotherDay,
        limits.HouseFull,
        limits.MayNotOverrideLimit,
        selling.NoSuchTicket,
        selling.TicketNotSold,
        *pass_refusals.AT_THE_DOOR,
    )
    query_parameters = shapes.VISIT_FILTERS
    queryset = Visit.objects.none()
    ordering = ("at", "pk")

    def get_queryset(self) -> QuerySet[Visit]:
        asked = _query(self, shapes.VisitsQuery)
        today = periods.local_day(timezone.now())
        if "year" in asked:
            asked.setdefault("until", today)
        else:
            asked["day"] = asked.pop("date", today)
        found = behind.entries(behind.Wanted(**asked))
        return found.select_related("municipality", "by", "device", "receipt", "ticket__kind")

    def get_serializer_class(self) -> type[Serializer]:
        return shapes.NewVisitSerializer if self.request.method == "POST" else shapes.VisitSerializer

    @extend_schema(operation_id="visits_list", parameters=[shapes.VisitsQuery])
    def get(self, request: Request) -> Response:
        """The ledger of a day, or of a year: the rows behind a figure of `/api/v1/indicators/`.

        Reversals are among them. `counts` adds up to the figure: heads, or one for each person or conference where the
        indicator counts those.
        """
        return self.list(request)

    @extend_schema(operation_id="visits_create", responses={201: shapes.VisitSerializer})
    def post(self, request: Request) -> Response:
        """Count visitors who came without an announcement: by a ticket of the desk, or by a category.

        A ticket may enter people of several categories: the answer is the first entry, and its `ticket` ties the others to it.
        """
        return super().post(request)

    def create(self, request: Request) -> Response:
        body = self.validated(request)
        tapped = _tapped(request, body, "at")
        visit = _counted(body, **tapped)
        return Response(shown(shapes.VisitSerializer, visit), status.HTTP_201_CREATED)


class UndoVisitView(CreateView):
    serializer_class = shapes.NothingSerializer
    required_capability = "desk.walk_in"
    refusals = (refusals.NotAWalkIn, refusals.AlreadyUndone, refusals.TooLateToUndo)

    @extend_schema(operation_id="visits_undo", responses={200: shapes.VisitSerializer})
    def post(self, request: Request, pk: int) -> Response:
        """Take a walk-in back on the same day, with all that its tap entered; answers with the (first) reversing entry."""
        return super().post(request, pk)

    def create(self, request: Request, pk: int) -> Response:
        self.validated(request)
        visit = get_object_or_404(Visit, pk=pk)
        taken_back = operations.undo_walk_in(visit, by=actor.of(request), at=timezone.now())
        return Response(shapes.VisitSerializer(taken_back).data)


class HouseNowView(View):
    serializer_class = shapes.HouseNowSerializer
    required_capability = "arrivals.view"

    @extend_schema(operation_id="house_now_retrieve")
    def get(self, request: Request) -> Response:
        """How many are in the house now, against its limit, and who is expected within the hour."""
        at = timezone.now()
        here = walk_ins.house_now(at=at)
        house = limits.standing(at=at, heads=sum(here.values()))
        answer = {
            "at": at,
            "heads": house.heads,
            "limit": house.limit,
            "warn_at": house.warn_at,
            "warning": house.warning,
            "by_category": [{"category": category, "heads": heads} for category, heads in here.items()],
            "expected_next_hour": day_list.expected_within(1, at=at),
        }
        return Response(self.get_serializer(answer).data)
