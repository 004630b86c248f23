"""The API's own addresses: who am I, which problems are there."""

from collections.abc import Iterator

from django.http import Http404
from django.utils.module_loading import autodiscover_modules
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from navet.accounts import actor
from navet.accounts.roles import capabilities_of
from navet.api.problems import CODES, DOOR_CODES, TITLES
from navet.api.views import View
from navet.errors import Refused


class MeSerializer(serializers.Serializer):
    """`kind` is "user", "device" or "public"; `capabilities` is what the caller may do, sorted."""

    kind = serializers.ChoiceField(choices=["user", "device", "public"])
    name = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    capabilities = serializers.ListField(child=serializers.CharField())


class Me(View):
    """Who the caller is, and what the caller may do."""

    required_capability = None
    serializer_class = MeSerializer

    @extend_schema(operation_id="who_am_i", tags=["me"], responses=MeSerializer)
    def get(self, request: Request) -> Response:
        by = actor.of(request)
        language = by.user.language if by.user else request.LANGUAGE_CODE
        roles = [by.device.role] if by.device else (by.user.roles if by.user else [])
        kind = "device" if by.device else ("user" if by.user else "public")
        name = str(by.device or by.user or "")
        capabilities = sorted(capabilities_of(roles))
        return Response({"kind": kind, "name": name, "language": language, "capabilities": capabilities})


class ProblemTypeSerializer(serializers.Serializer):
    """A kind of problem: its stable code, the status it comes with and what it says."""

    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    message = serializers.CharField(allow_blank=True)


class ProblemTypes(View):
    """Every code that a problem can have; `type` of a problem leads here."""

    required_capability = None
    serializer_class = ProblemTypeSerializer

    @extend_schema(
        operation_id="problem_types", tags=["problems"], responses=ProblemTypeSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        return Response(sorted(_types().values(), key=lambda kind: kind["code"]))


class ProblemType(View):
    """One kind of problem, in words."""

    required_capability = None
    serializer_class = ProblemTypeSerializer

    @extend_schema(operation_id="problem_type", tags=["problems"], responses=ProblemTypeSerializer)
    def get(self, request: Request, code: str) -> Response:
        kind = _types().get(code)
        if kind is None:
            raise Http404
        return Response(kind)


def _types() -> dict[str, dict[str, object]]:
    """The general codes and the refusals of every app, by code."""
    autodiscover_modules("operations")  # a refusal exists once the module that raises it is loaded
    ours = {code: status for status, code in CODES.items()} | DOOR_CODES
    general = {code: _type(code, status, "") for code, status in ours.items()}
    return general | {
        kind.code: _type(kind.code, kind.status, str(kind.message)) for kind in _refusals(Refused)
    }


def _type(code: str, status: int, message: str) -> dict[str, object]:
    return {"code": code, "status": status, "title": str(TITLES.get(status, "")), "message": message}


def _refusals(kind: type[Refused]) -> Iterator[type[Refused]]:
    for below in kind.__subclasses__():
        yield below
        yield from _refusals(below)
