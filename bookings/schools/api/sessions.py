"""Finding sessions, open to everybody, and planning them."""

import abc
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from bookings.schools import lists, search
from bookings.schools.api.serializers import sessions as shapes
from bookings.schools.models import Session
from bookings.schools.operations import refusals, sessions
from navet.accounts import actor
from navet.api import etags
from navet.api.idempotency import IdempotentCreateMixin
from navet.api.serializers import parsed
from navet.api.views import ListView, View
from navet.house import refusals as house

PLAN = "schools.plan"
HOUSE_REFUSALS = (
    house.RoomTaken,
    house.EducatorBusy,
    house.HouseClosed,
    house.RoomClosed,
    house.OutsideOpeningHours,
    house.RoomInactive,
    house.EducatorInactive,
    sessions.RoomNotForProgramme,
    sessions.EducatorCannotLead,
    sessions.SessionInThePast,
    sessions.ReleasedTooLate,
    refusals.LanguageNotOffered,
)
STANDING = (sessions.SessionCancelled, sessions.SessionHasBegun)


class SessionsView(IdempotentCreateMixin, ListView):
    required_capability = {"GET": None, "POST": PLAN}
    query_parameters = frozenset(
        {"grade", "subject", "from", "to", "pupils", "language", "programme", "free"}
    )
    queryset = Session.objects.none()
    ordering = ("begins", "pk")
    refusals = HOUSE_REFUSALS

    def get_serializer_class(self) -> type[Serializer]:
        return shapes.NewSessionSerializer if self.request.method == "POST" else shapes.SessionSerializer

    @extend_schema(
        operation_id="sessions_list",
        tags=["sessions"],
        parameters=[shapes.SessionsQuery],
        responses=shapes.SessionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Sessions to come, released or not, with what is free of each at this moment."""
        at = timezone.now()
        wish = shapes.wish_of(parsed(shapes.SessionsQuery, request.query_params.dict()))
        found: Any = search.listed(wish, at=at)  # a paginator takes it for a queryset
        page: Any = self.paginate_queryset(found) or []
        rooms = search.rooms_by_session([session["pk"] for session in page])
        return self.get_paginated_response(shapes.listed(page, rooms, at=at))

    @extend_schema(
        operation_id="sessions_create",
        tags=["sessions"],
        request=shapes.NewSessionSerializer,
        responses={201: shapes.PlannedSessionSerializer},
    )
    def post(self, request: Request) -> Response:
        """Plan one session."""
        return super().post(request)

    def create(self, request: Request) -> Response:
        body = {"educators": []} | self.validated(request)
        made = sessions.create_session(body.pop("programme"), **body, by=actor.of(request), at=timezone.now())
        answer = planned(made.pk, request)
        answer.status_code = status.HTTP_201_CREATED
        answer["Location"] = request.build_absolute_uri(f"{request.path}{made.pk}/")
        return answer


def planned(pk: int, request: Request) -> Response:
    """A session as planners see it, with its ETag."""
    at = timezone.now()
    found = lists.with_queue(search.with_free(Session.objects.all(), at))
    found = search.with_people(found.select_related("occasion", "programme"))
    session = get_object_or_404(found, pk=pk)
    data = shapes.PlannedSessionSerializer(session, context={"at": at, "request": request}).data
    return Response(data, headers=etags.header(session.occasion.version))


class SessionView(View):
    required_capability = {"GET": None, "PATCH": PLAN}
    if_match = {"PATCH": "required"}
    refusals = (*HOUSE_REFUSALS, *STANDING, sessions.CapacityBelowHeld)

    def get_serializer_class(self) -> type[Serializer]:
        return shapes.SessionChangesSerializer if self.request.method == "PATCH" else shapes.SessionSerializer

    @extend_schema(operation_id="sessions_retrieve", tags=["sessions"], responses=shapes.SessionSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """One session of a published programme; planners see those of unpublished ones as well."""
        at = timezone.now()
        found = search.with_rooms(
            search.with_free(Session.objects.all(), at).select_related("occasion", "programme")
        )
        session = get_object_or_404(found, pk=pk)
        if not session.programme.is_published and not actor.of(request).has_capability(PLAN):
            raise Http404
        data = shapes.SessionSerializer(session, context={"at": at, "request": request}).data
        return Response(data, headers=etags.header(session.occasion.version))

    @extend_schema(
        operation_id="sessions_change",
        tags=["sessions"],
        request=shapes.SessionChangesSerializer,
        responses=shapes.PlannedSessionSerializer,
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change places, groups, language, release or educators. Never fewer places than are taken."""
        session = get_object_or_404(Session, pk=pk)
        version = etags.expected_version(request)
        body = self.validated(request)
        sessions.change_session(session, **body, version=version, by=actor.of(request), at=timezone.now())
        return planned(pk, request)


class SessionDeed(IdempotentCreateMixin, View):
    """What is done to a session by a POST: `deed` does it."""

    required_capability = PLAN
    if_match = {"POST": "optional"}

    def create(self, request: Request, pk: int) -> Response:
        session = get_object_or_404(Session, pk=pk)
        version = etags.expected_version(request, required=False)
        body = self.validated(request)
        self.deed(session, **body, version=version, by=actor.of(request), at=timezone.now())
        return planned(pk, request)

    @abc.abstractmethod
    def deed(self, session: Session, **arguments: Any) -> Any:
        """The operation, with what was sent, the version and who asks."""


class MoveView(SessionDeed):
    serializer_class = shapes.SessionMoveSerializer
    refusals = (*HOUSE_REFUSALS, *STANDING)

    def deed(self, session: Session, **arguments: Any) -> Any:
        return sessions.move_session(session, **arguments)

    @extend_schema(operation_id="sessions_move", tags=["sessions"], responses=shapes.PlannedSessionSerializer)
    def post(self, request: Request, pk: int) -> Response:
        """Another time, other rooms, other educators. Everybody who booked or waits is told."""
        return super().post(request, pk)


class CancellationView(SessionDeed):
    serializer_class = shapes.SessionCancellationSerializer
    refusals = STANDING

    def deed(self, session: Session, **arguments: Any) -> Any:
        return sessions.cancel_session(session, **arguments)

    @extend_schema(
        operation_id="sessions_cancel", tags=["sessions"], responses=shapes.PlannedSessionSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Call the session off. Everybody who booked or waits is told and owes nothing."""
        return super().post(request, pk)
