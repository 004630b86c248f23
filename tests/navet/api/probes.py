"""Views that use every part of the API's ground, so that it is tested from the outside and apart from any room."""

import django_filters
from django.urls import include, path
from rest_framework import serializers
from rest_framework.response import Response

from navet.accounts.models import EmailCode
from navet.api import etags, fields
from navet.api.serializers import StrictSerializer
from navet.api.views import CreateView, ListView, View
from navet.errors import Refused
from tests.navet.api.making import NOW, make_row


class Full(Refused):
    code = "probe_full"
    message = "No places left."
    field = "count"


class Need(StrictSerializer):
    kind = serializers.ChoiceField(choices=["wheelchair", "loop"])
    count = serializers.IntegerField(min_value=1, max_value=40)


class Parcel(StrictSerializer):
    name = fields.LineField(max_length=20)
    count = serializers.IntegerField(min_value=1)
    wanted = serializers.BooleanField(required=False)
    day = serializers.DateField(required=False)
    at = serializers.DateTimeField(required=False)
    price = fields.MoneyField(required=False)
    code = fields.CodeField(required=False)
    needs = Need(many=True, required=False)
    words = serializers.ListField(child=serializers.CharField(), required=False)
    key = serializers.CharField(read_only=True)


class Parcels(CreateView):
    """Stores a row; refuses 13 after having stored one, and a second one of the name "once"."""

    required_capability = None
    serializer_class = Parcel

    def create(self, request):
        data = self.validated(request)
        if data["name"] == "once" and EmailCode.objects.filter(subject="once").exists():
            raise Full(free_places=0)
        row = make_row(subject=data["name"])
        if data["count"] == 13:
            raise Full(free_places=3)
        return Response(
            {"z": row.pk, "a": data["name"]}, status=201, headers={"Location": f"/parcels/{row.pk}"}
        )


class Guarded(CreateView):
    required_capability = {"GET": "arrivals.view", "POST": "schools.plan"}
    serializer_class = Parcel

    def get(self, request):
        return Response({})

    def create(self, request):
        return Response({}, status=201)


class Forgotten(View):
    def get(self, request):
        return Response({})


class RowFilters(django_filters.FilterSet):
    subject = django_filters.CharFilter()
    attempts = django_filters.NumberFilter()

    class Meta:
        model = EmailCode
        fields = []


class RowOut(serializers.ModelSerializer):
    class Meta:
        model = EmailCode
        fields = ["id", "subject"]


class Rows(ListView):
    required_capability = None
    queryset = EmailCode.objects.all()
    serializer_class = RowOut
    filterset_class = RowFilters
    ordering = "-created_at"


class Versioned(View):
    required_capability = None

    def patch(self, request):
        etags.check(7, expected=etags.expected_version(request))
        return Response({"at": NOW.isoformat()}, headers=etags.header(8))


class Broken(View):
    required_capability = None

    def get(self, request):
        raise RuntimeError("nobody foresaw this")


probes = [
    path("parcels/", Parcels.as_view()),
    path("guarded/", Guarded.as_view()),
    path("forgotten/", Forgotten.as_view()),
    path("rows/", Rows.as_view()),
    path("versioned/", Versioned.as_view()),
    path("broken/", Broken.as_view()),
    path("throttled/", Parcels.as_view(throttle_scope="guess")),
    path("booked/", Parcels.as_view(throttle_scope={"POST": "booking"})),
]
urlpatterns = [path("api/v1/probe/", include(probes)), path("", include("navet.urls"))]
handler404 = "navet.pages.pages.not_found"
handler500 = "navet.pages.pages.server_error"
