"""The doors of the counters: what devices send, and what management sees and approves."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from navet.accounts import actor
from navet.api.views import CreateView, View
from visitors.counters import days, operations, refusals, shapes
from visitors.counters import serializers as forms

Reader = tuple[type[Serializer], Callable[..., shapes.Said]]
# The name that only this shape has -> who checks it, who reads it.
SHAPES: Mapping[str, Reader] = {
    "readings": (forms.OwnCountsSerializer, lambda data, body, at: shapes.own(data, body)),
    "timestamp": (
        forms.AxisCountsSerializer,
        lambda data, body, at: shapes.axis(data, body, at=at, is_answer=False),
    ),
    "logics_data": (forms.XovisLogicsSerializer, lambda data, body, at: shapes.xovis_logics(data, body)),
    "live_data": (forms.XovisLiveSerializer, lambda data, body, at: shapes.xovis_live(data, body)),
    "status_data": (
        forms.XovisStatusSerializer,
        lambda data, body, at: shapes.xovis_status(data, body, moment=forms.moment_or_none),
    ),
}
BODIES = PolymorphicProxySerializer(
    component_name="DoorCounts",
    serializers=[shape for shape, _reader in SHAPES.values()],
    resource_type_field_name=None,
)
DAY = OpenApiParameter("day", {"type": "string", "format": "date"}, OpenApiParameter.PATH)


class DoorCountsView(CreateView):
    serializer_class = forms.ReceivedSerializer
    required_capability = {"POST": "counts.post"}
    refusals = (
        refusals.CounterNotActive,
        refusals.WrongShape,
        refusals.WrongSerial,
        refusals.CountedInTheFuture,
        refusals.ClockFarOff,
    )

    @extend_schema(
        operation_id="door_counts_create",
        request=BODIES,
        responses={201: forms.ReceivedSerializer, 200: forms.ReceivedSerializer},
    )
    def post(self, request: Request) -> Response:
        """Heads through a door, in our own format or as Axis and Xovis devices send them.

        201 for what is new; 200 when the same delivery came before. Only the key of a door counter opens this.
        """
        return super().post(request)

    def create(self, request: Request) -> Response:
        by, at = actor.of(request), timezone.now()
        counter = operations.counter_of(by)
        received = operations.receive(read(request.data, at=at), counter, by=by, at=at)
        code = status.HTTP_201_CREATED if received.is_new else status.HTTP_200_OK
        return Response(self.get_serializer(received).data, code)


def read(body: Any, *, at: dt.datetime) -> shapes.Said:
    """What a body says, by the shape that its names tell. Raises ValidationError."""
    name = next((name for name in SHAPES if name in body), None)
    if name is None:
        raise ValidationError(
            [ErrorDetail(_("This is none of the shapes that door counters send."), "unknown_shape")]
        )
    form, reader = SHAPES[name]
    checked = form(data=body)
    checked.is_valid(raise_exception=True)
    return reader(checked.validated_data, body, at)


class DoorDaysView(View):
    serializer_class = forms.DoorDaysSerializer
    required_capability = "counts.view"
    query_parameters = frozenset({"from", "to"})

    @extend_schema(operation_id="door_days_list", parameters=[forms.DoorDaysQuery])
    def get(self, request: Request) -> Response:
        """Each day through the door, raw and corrected, beside what was registered."""
        query = forms.DoorDaysQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        return Response(self.get_serializer({"days": days.between(asked["from"], asked["to"])}).data)


class CorrectionView(CreateView):
    serializer_class = forms.NewCorrectionSerializer
    required_capability = {"POST": "counts.approve"}
    refusals = (
        refusals.DayNotOver,
        refusals.AlreadyCorrected,
        refusals.NothingCounted,
        refusals.DifferenceChanged,
        refusals.NothingToCorrect,
        refusals.ImplausibleDifference,
    )

    @extend_schema(
        operation_id="door_corrections_create",
        parameters=[DAY],
        responses={201: forms.CorrectionSerializer},
    )
    def post(self, request: Request, day: str) -> Response:
        """Enter the day's difference in the ledger, as one entry."""
        return super().post(request, day)

    def create(self, request: Request, day: str) -> Response:
        asked = self.validated(request)
        done = operations.approve(day_of(day), **asked, by=actor.of(request), at=timezone.now())
        return Response(forms.CorrectionSerializer(done).data, status.HTTP_201_CREATED)


class TakeBackView(CreateView):
    serializer_class = forms.ReasonSerializer
    required_capability = {"POST": "counts.approve"}
    refusals = (refusals.NoCorrection,)

    @extend_schema(
        operation_id="door_corrections_take_back",
        parameters=[DAY],
        responses={200: forms.CorrectionSerializer},
    )
    def post(self, request: Request, day: str) -> Response:
        """Reverse the day's correction; the day can be corrected anew."""
        return super().post(request, day)

    def create(self, request: Request, day: str) -> Response:
        asked = self.validated(request)
        done = operations.take_back(day_of(day), **asked, by=actor.of(request), at=timezone.now())
        return Response(forms.CorrectionSerializer(done).data)


def day_of(text: str) -> dt.date:
    """The day in an address. Raises Http404 for one that the house does not keep."""
    try:
        return forms.DayField().run_validation(text)
    except ValidationError as none:
        raise Http404 from none
