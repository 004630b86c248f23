"""The year's figures by API: as JSON, and in the shapes that spreadsheets, monitoring and statistics read."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from navet import periods
from navet.api.views import View
from navet.pages import exports
from visitors import indicators
from visitors.insight import serializers as shapes
from visitors.insight import standards, table

OPENMETRICS, JSON_STAT = "openmetrics", "json-stat"
KINDS = (exports.CSV, exports.XLSX, OPENMETRICS, JSON_STAT)


def asked_report(asked: dict[str, Any]) -> indicators.Report:
    """The report for `year` and `as_of` (both may be left out); a past `as_of` is answered as was known then."""
    today = periods.local_day(timezone.now())
    as_of: dt.date = asked.get("as_of") or today
    known = as_of if as_of < today else None
    return indicators.report(asked.get("year", as_of.year), as_of=as_of, known=known)


@method_decorator(never_cache, name="dispatch")
class IndicatorsView(View):
    serializer_class = shapes.ReportSerializer
    required_capability = "indicators.view"
    query_parameters = frozenset({"year", "as_of"})

    @extend_schema(operation_id="indicators_retrieve", parameters=[shapes.IndicatorsQuery])
    def get(self, request: Request) -> Response:
        """The year against its targets, with the definition of each figure and a forecast.

        With an `as_of` in the past the figures are what was known by the end of that day: entries, bookings, targets
        and rules that came later are left out.
        """
        return Response(self.get_serializer(asked_report(_asked(request))).data)


class _AsAskedInTheAddress(BaseContentNegotiation):
    """The address says what is answered, whatever is accepted; refusals are JSON."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


@method_decorator(never_cache, name="dispatch")
class IndicatorsFileView(View):
    serializer_class = shapes.ReportSerializer
    required_capability = "indicators.view"
    query_parameters = frozenset({"year", "as_of"})
    content_negotiation_class = _AsAskedInTheAddress

    @extend_schema(
        operation_id="indicators_file_retrieve",
        parameters=[
            shapes.IndicatorsQuery,
            OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(KINDS)),
        ],
        responses={
            (200, exports.CONTENT_TYPES[exports.CSV].split(";")[0]): OpenApiTypes.BYTE,
            (200, exports.CONTENT_TYPES[exports.XLSX]): OpenApiTypes.BYTE,
            (200, "application/openmetrics-text"): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: Request, kind: str) -> HttpResponse:
        """The same numbers, one on each line: `csv`, `xlsx`, `openmetrics`, `json-stat`."""
        if kind not in KINDS:
            raise Http404
        report = asked_report(_asked(request))
        if kind == OPENMETRICS:
            return HttpResponse(standards.openmetrics(report), content_type=standards.OPENMETRICS_TYPE)
        if kind == JSON_STAT:
            return JsonResponse(standards.json_stat(report))
        name = f"indikatorer-{report.year}-{report.as_of}"
        heading = [str(word) for word in table.HEADING]
        return exports.download(kind, name=name, heading=heading, rows=table.cells(report))


def _asked(request: Request) -> dict[str, Any]:
    """Raises ValidationError."""
    query = shapes.IndicatorsQuery(data=request.query_params.dict())
    query.is_valid(raise_exception=True)
    return query.validated_data
