"""What a school asks for that no round on the list gives it: a course of its own."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.courses.models.rounds import Course, Round
from navet.directory.models import SchoolUnit


class OwnCourseQuerySet(models.QuerySet["OwnCourse"]):
    def waiting(self) -> "OwnCourseQuerySet":
        """Those that a planner has to answer, first come first."""
        return self.filter(status=OwnCourse.Status.ASKED).order_by("created_at", "pk")


@pghistory.track(exclude=["contact_name", "contact_email", "contact_phone", "what", "when", "answer"])
class OwnCourse(models.Model):
    """ASKED until a planner makes a round reserved for the school, PLANNED, or says no, DECLINED. No place is held meanwhile.

    `code` is drawn with the form, so that the form sent twice asks once.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("Wished for")
        PLANNED = "planned", _("Planned")
        DECLINED = "declined", _("Declined")

    code = models.CharField(_("code"), max_length=10, unique=True)
    school = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("course")
    )
    what = models.CharField(_("what it is to be about"), max_length=500, blank=True)
    persons = models.PositiveSmallIntegerField(_("persons"))
    when = models.CharField(_("when it would suit"), max_length=200)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail address"))
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    mail_language = models.CharField(_("language of mails"), max_length=2, default="sv")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ASKED)
    round = models.OneToOneField(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="asked_for"
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"))

    objects = OwnCourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course of one's own")
        verbose_name_plural = _("courses of one's own")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="asked", round__isnull=True, answered_at__isnull=True)
                | Q(status="planned", round__isnull=False, answered_at__isnull=False)
                | Q(status="declined", round__isnull=True, answered_at__isnull=False),
                name="an_own_course_is_answered_once",
            ),
            models.CheckConstraint(
                condition=Q(persons__gte=1, persons__lte=500), name="an_own_course_has_persons"
            ),
        ]
        indexes = [
            # The planner's queue.
            models.Index(fields=["created_at"], condition=Q(status="asked"), name="own_courses_to_answer")
        ]

    def __str__(self) -> str:
        return str(self.school)
