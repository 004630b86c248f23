"""Finding: programmes and sessions, open to everybody; and how full the house is, for those who steer it."""

from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from bookings.schools import lists, search
from bookings.schools.api.serializers import capacity as capacity_shapes
from bookings.schools.api.serializers import programmes as programme_shapes
from bookings.schools.api.serializers import sessions as session_shapes
from bookings.schools.models import Programme, Session
from bookings.schools.operations import refusals, sessions
from navet.accounts import actor
from navet.api import etags
from navet.api.idempotency import IdempotentCreateMixin
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


def query_of(request: Request, shape: type[Serializer]) -> Any:
    """The declared query parameters, valid. Raises ValidationError."""
    query = shape(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    return query


class ProgrammesView(ListView):
    required_capability = None
    serializer_class = programme_shapes.ProgrammeSerializer
    query_parameters = frozenset({"grade", "subject"})
    queryset = Programme.objects.none()
    ordering = ("slug",)

    def get_queryset(self) -> QuerySet[Programme]:
        asked = query_of(self.request, programme_shapes.ProgrammesQuery).validated_data
        wish = search.Wish(grade=asked.get("grade", ""), subject=asked.get("subject", ""))
        return Programme.objects.published().filter(search.programme_meets(wish)).prefetch_related("rooms")

    @extend_schema(
        operation_id="programmes_list", tags=["programmes"], parameters=[programme_shapes.ProgrammesQuery]
    )
    def get(self, request: Request) -> Response:
        """Published programmes."""
        return self.list(request)


class ProgrammeView(View):
    required_capability = None
    serializer_class = programme_shapes.ProgrammeSerializer

    @extend_schema(operation_id="programmes_retrieve", tags=["programmes"])
    def get(self, request: Request, slug: str) -> Response:
        found = get_object_or_404(Programme.objects.published().prefetch_related("rooms"), slug=slug)
        return Response(self.get_serializer(found).data)


class SessionsView(IdempotentCreateMixin, ListView):
    required_capability = {"GET": None, "POST": PLAN}
    query_parameters = frozenset(
        {"grade", "subject", "from", "to", "pupils", "language", "programme", "free"}
    )
    queryset = Session.objects.none()
    ordering = ("begins", "pk")
    refusals = HOUSE_REFUSALS

    def get_serializer_class(self) -> type[Serializer]:
        return (
            session_shapes.NewSessionSerializer
            if self.request.method == "POST"
            else session_shapes.SessionSerializer
        )

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "at": timezone.now()}

    def get_queryset(self) -> QuerySet[Session]:
        at = timezone.now()
        wish = query_of(self.request, session_shapes.SessionsQuery).wish()
        chosen = search.matching(search.announced(at=at), wish, at=at)
        # The cursor's position has to be a column.
        return search.with_rooms(chosen.annotate(begins=F("occasion__period__startswith")))

    @extend_schema(
        operation_id="sessions_list",
        tags=["sessions"],
        parameters=[session_shapes.SessionsQuery],
        responses=session_shapes.SessionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Sessions to come, released or not, with what is free of each at this moment."""
        return self.list(request)

    @extend_schema(
        operation_id="sessions_create",
        tags=["sessions"],
        request=session_shapes.NewSessionSerializer,
        responses={201: session_shapes.PlannedSessionSerializer},
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
    data = session_shapes.PlannedSessionSerializer(session, context={"at": at, "request": request}).data
    return Response(data, headers=etags.header(session.occasion.version))


class SessionView(View):
    required_capability = {"GET": None, "PATCH": PLAN}
    if_match = {"PATCH": "required"}
    refusals = (*HOUSE_REFUSALS, *STANDING, sessions.CapacityBelowHeld)

    def get_serializer_class(self) -> type[Serializer]:
        return (
            session_shapes.SessionChangesSerializer
            if self.request.method == "PATCH"
            else session_shapes.SessionSerializer
        )

    @extend_schema(
        operation_id="sessions_retrieve", tags=["sessions"], responses=session_shapes.SessionSerializer
    )
    def get(self, request: Request, pk: int) -> Response:
        """One session of a published programme; planners see those of unpublished ones as well."""
        at = timezone.now()
        found = search.with_rooms(
            search.with_free(Session.objects.all(), at).select_related("occasion", "programme")
        )
        session = get_object_or_404(found, pk=pk)
        if not session.programme.is_published and not actor.of(request).has_capability(PLAN):
            raise Http404
        data = session_shapes.SessionSerializer(session, context={"at": at, "request": request}).data
        return Response(data, headers=etags.header(session.occasion.version))

    @extend_schema(
        operation_id="sessions_change",
        tags=["sessions"],
        request=session_shapes.SessionChangesSerializer,
        responses=session_shapes.PlannedSessionSerializer,
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

    def deed(self, session: Session, **arguments: Any) -> Any:
        raise NotImplementedError


class MoveView(SessionDeed):
    serializer_class = session_shapes.SessionMoveSerializer
    refusals = (*HOUSE_REFUSALS, *STANDING)

    def deed(self, session: Session, **arguments: Any) -> Any:
        return sessions.move_session(session, **arguments)

    @extend_schema(
        operation_id="sessions_move", tags=["sessions"], responses=session_shapes.PlannedSessionSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Another time, other rooms, other educators. Everybody who booked or waits is told."""
        return super().post(request, pk)


class CancellationView(SessionDeed):
    serializer_class = session_shapes.SessionCancellationSerializer
    refusals = STANDING

    def deed(self, session: Session, **arguments: Any) -> Any:
        return sessions.cancel_session(session, **arguments)

    @extend_schema(
        operation_id="sessions_cancel", tags=["sessions"], responses=session_shapes.PlannedSessionSerializer
    )
    def post(self, request: Request, pk: int) -> Response:
        """Call the session off. Everybody who booked or waits is told and owes nothing."""
        return super().post(request, pk)


class CapacityView(View):
    required_capability = "capacity.view"
    serializer_class = capacity_shapes.CapacitySerializer
    query_parameters = frozenset({"from", "to"})

    @extend_schema(
        operation_id="capacity_retrieve", tags=["capacity"], parameters=[capacity_shapes.CapacityQuery]
    )
    def get(self, request: Request) -> Response:
        """Places offered, held and free, by ISO week and programme."""
        asked = query_of(request, capacity_shapes.CapacityQuery).validated_data
        at = timezone.now()
        rows = lists.capacity(asked["from"], asked["to"], at=at)
        sums = {name: sum(row[name] for row in rows) for name in ("offered", "held", "free")}
        return Response(self.get_serializer({"at": at, "weeks": rows, **sums}).data)
