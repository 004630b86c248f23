"""The API's doors of courses: one operation each."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bookings.common import access
from bookings.common import refusals as common
from bookings.common.api import CODE, CancelView, ConfirmView, OwnView, language
from bookings.common.models import Status
from bookings.courses import search
from bookings.courses.api import serializers as shapes
from bookings.courses.line import LINE
from bookings.courses.models import Course, Field, Registration, Round
from bookings.courses.operations import refusals, registering
from bookings.courses.operations.registering import Person
from navet import periods
from navet.api import etags
from navet.api.idempotency import IdempotentCreateMixin
from navet.api.serializers import INT_MAX, parsed
from navet.api.views import ListView
from navet.directory.grades import Form

TAGS = ["courses"]
PEOPLE = (refusals.RoundFull, refusals.AlreadyRegistered, refusals.NamedTwice, refusals.TooManyAtOnce)
SLUG = {"type": "string", "minLength": 1, "maxLength": 50}


class CourseFilter(django_filters.FilterSet):
    field = django_filters.ChoiceFilter(choices=Field.choices, help_text="What it is about.")
    form = django_filters.ChoiceFilter(choices=Form.choices, method="of_form", help_text="For educators in.")

    def of_form(self, courses: QuerySet, _name: str, form: str) -> QuerySet:
        return courses.filter(forms__contains=[form])


class Courses(ListView):
    required_capability = None
    serializer_class = shapes.CourseSerializer
    filterset_class = CourseFilter
    ordering = ("pk",)
    queryset = Course.objects.published()

    @extend_schema(operation_id="courses_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """What educators can learn here."""
        return super().get(request)


class RoundFilter(django_filters.FilterSet):
    course = extend_schema_field(SLUG)(
        django_filters.CharFilter(field_name="course__slug", max_length=50, help_text="The course's slug.")
    )
    first = django_filters.DateFilter(method="from_day", help_text="First day.")
    last = django_filters.DateFilter(method="to_day", help_text="Last day.")

    def from_day(self, rounds: QuerySet, _name: str, day: Any) -> QuerySet:
        return rounds.filter(occasion__period__startswith__gte=periods.day_bounds(day)[0])

    def to_day(self, rounds: QuerySet, _name: str, day: Any) -> QuerySet:
        return rounds.filter(occasion__period__startswith__lt=periods.day_bounds(day)[1])


class Rounds(ListView):
    required_capability = None
    serializer_class = shapes.CourseRoundSerializer
    filterset_class = RoundFilter
    ordering = ("occasion_id",)
    queryset = Round.objects.none()

    def get_queryset(self) -> QuerySet[Round]:
        return search.rounds(timezone.now()).order_by()

    @extend_schema(operation_id="course_rounds_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """Rounds that can be registered for, full ones too; those of one school alone are not among them."""
        return super().get(request)


class RegistrationFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=Status.choices)
    round = extend_schema_field({"type": "integer", "minimum": 1, "maximum": INT_MAX})(
        django_filters.NumberFilter(field_name="round", min_value=1, max_value=INT_MAX)
    )


class Registrations(IdempotentCreateMixin, ListView):
    required_capability = {"GET": "courses.view_registrations", "POST": None}
    serializer_class = shapes.CourseRegistrationSerializer
    filterset_class = RegistrationFilter
    throttle_scope = {"POST": "booking"}
    refusals = (
        *PEOPLE, refusals.NoSuchRound, refusals.NotOpen, refusals.ForAnotherSchool, refusals.ReferenceMissing,
        common.SchoolClosed, common.Cancelled, common.Began, common.TooManyHolds,
    )  # fmt: skip
    ordering = ("created_at", "pk")
    queryset = Registration.objects.none()

    def get_queryset(self) -> QuerySet[Registration]:
        return Registration.objects.whole().visible_to(access.actor(self.request, at=timezone.now()))

    @extend_schema(operation_id="course_registrations_list", tags=TAGS)
    def get(self, request: Request) -> Response:
        """All registrations, for staff."""
        return super().get(request)

    @extend_schema(
        operation_id="course_registrations_create",
        tags=TAGS,
        request=shapes.NewCourseRegistrationSerializer,
        responses={201: shapes.CourseRegistrationSerializer},
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Register persons: held while the mailed code is entered, or confirmed at once for a proved address and staff."""
        return super().post(request, *args, **kwargs)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = shapes.NewCourseRegistrationSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        at = timezone.now()
        by = access.actor(request, at=at)
        made = registering.request(
            **asked.validated_data, mail_language=language(), verified_email=by.email or None, by=by, at=at
        )
        whole = Registration.objects.whole().get(pk=made.pk)
        headers = {
            "Location": reverse("api-course-registration", args=[made.code]),
            **etags.header(whole.version),
        }
        return Response(
            shapes.CourseRegistrationSerializer(whole).data, status=status.HTTP_201_CREATED, headers=headers
        )


class RegistrationView(OwnView):
    line, shape = LINE, shapes.CourseRegistrationSerializer
    serializer_class = shapes.CourseRegistrationSerializer
    if_match = {"PATCH": "required"}
    refusals = (*PEOPLE, refusals.WasThere, common.Began, common.Cancelled, common.NotPossibleNow)

    @extend_schema(operation_id="course_registrations_retrieve", tags=TAGS, parameters=[CODE])
    def get(self, request: Request, code: str) -> Response:
        """One registration, with the version to send back as If-Match."""
        return self.answer(self.found(request, code)[0])

    @extend_schema(
        operation_id="course_registrations_change",
        tags=TAGS,
        parameters=[CODE],
        request=shapes.CourseChangesSerializer,
        responses=shapes.CourseRegistrationSerializer,
    )
    def patch(self, request: Request, code: str) -> Response:
        """Change who comes before it begins: more while places last, fewer always; the answer has the new price."""
        it, by = self.found(request, code)
        version = etags.expected_version(request)
        people = parsed(shapes.CourseChangesSerializer, request.data).get("participants")
        if people is None:
            known: Any = it
            people = [Person(one.name, one.email) for one in known.participants.all()]
        return self.answer(
            registering.change(it.code, participants=people, version=version, by=by, at=timezone.now())
        )


class ConfirmationView(ConfirmView):
    line, shape = LINE, shapes.CourseRegistrationSerializer

    @extend_schema(
        operation_id="course_registrations_confirm",
        tags=TAGS,
        parameters=[CODE],
        responses={200: shapes.CourseRegistrationSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Enter the mailed code. The answer's session cookie proves the address from now on."""
        return self.confirm(request, code)


class CancellationView(CancelView):
    line, shape = LINE, shapes.CourseRegistrationSerializer

    @extend_schema(
        operation_id="course_registrations_cancel",
        tags=TAGS,
        parameters=[CODE],
        responses={200: shapes.CourseRegistrationSerializer},
    )
    def post(self, request: Request, code: str) -> Response:
        """Cancel, free of charge before it begins; cancelling again changes nothing."""
        return self.cancel(request, code)
