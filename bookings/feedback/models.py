"""Who was asked, and what was answered: two tables that nothing joins once an answer is given (docs/feedback.md)."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.courses.models import Course, Participant, Registration
from bookings.schools.models import Programme, SchoolBooking
from navet.accounts.models import User

LONGEST_REMARK = 300  # characters
MOST = 4  # "agree"; 1 is "disagree"


def new_ticket() -> str:
    return secrets.token_hex(16)


class Perspective(models.TextChoices):
    """The five of Navet's own review of programmes, and four that a course has instead; accessibility is in both."""

    QUALITY = "quality", _("Quality")
    CURRENCY = "currency", _("Currency")
    CREATIVITY = "creativity", _("Creativity")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    RESOURCES = "resources", _("Resources")
    USE = "use", _("Use")
    CONTENT = "content", _("Content")
    LEVEL = "level", _("Level")
    LEADING = "leading", _("Leading")


class AskedQuerySet(models.QuerySet["Asked"]):
    def whole(self) -> "AskedQuerySet":
        """With all that the mail and the form say, in one query."""
        return self.select_related(
            "booking__session__programme",
            "booking__session__occasion",
            "participant__registration__round__course",
            "participant__registration__round__occasion",
        )


class Asked(models.Model):
    """Somebody was asked, once: the contact of a class that came, or a person who was on a course.

    `ticket` moves to the answer, and is nowhere here any more: whose answer it is, nobody can find out.
    """

    booking = models.OneToOneField(
        SchoolBooking, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant = models.OneToOneField(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    ticket = models.CharField(max_length=32, unique=True, null=True, blank=True, default=new_ticket)
    asked_at = models.DateTimeField(_("asked"))
    closes_at = models.DateTimeField(_("can be answered until"))
    is_answered = models.BooleanField(_("answered"), default=False)

    objects = AskedQuerySet.as_manager()

    class Meta:
        verbose_name = _("question asked")
        verbose_name_plural = _("questions asked")
        constraints = [
            models.CheckConstraint(
                condition=Q(booking__isnull=True) ^ Q(participant__isnull=True),
                name="who_is_asked_came_with_a_class_or_to_a_course",
            ),
            models.CheckConstraint(
                condition=Q(is_answered=True, ticket__isnull=True)
                | Q(is_answered=False, ticket__isnull=False),
                name="an_answered_question_has_given_its_ticket_away",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("asked_at")), name="a_question_can_be_answered_for_a_time"
            ),
        ]

    @property
    def is_of_a_course(self) -> bool:
        return self.participant_id is not None

    @property
    def booked(self) -> SchoolBooking | Registration:
        """What she came by. Raises LookupError where a check constraint does not hold."""
        if self.participant is not None:
            return self.participant.registration
        if self.booking is not None:
            return self.booking
        raise LookupError("nobody was asked")

    @property
    def about(self) -> Programme | Course:
        """What they came for. Reads it whole."""
        booked = self.booked
        return booked.round.course if isinstance(booked, Registration) else booked.session.programme

    @property
    def came_at(self) -> dt.datetime:
        booked = self.booked
        return (booked.round if isinstance(booked, Registration) else booked.session).occasion.starts_at

    @property
    def address(self) -> str:
        return self.participant.email if self.participant is not None else self.booked.contact_email

    @property
    def language(self) -> str:
        return self.booked.mail_language


class Answer(models.Model):
    """What somebody thought of a programme or a course. Of when it holds the week, of who nothing."""

    # Moved here from the question: one ticket, one answer. It is drawn at random and leads nowhere.
    ticket = models.CharField(max_length=32, unique=True)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField(_("school year"), help_text=_("The year of its autumn."))
    week_date = models.DateField(_("Monday of the week it was given"))
    remark = models.CharField(_("open line"), max_length=LONGEST_REMARK, blank=True)
    struck_at = models.DateTimeField(_("open line struck out"), null=True, blank=True)
    struck_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=True) ^ Q(course__isnull=True),
                name="an_answer_is_about_a_programme_or_a_course",
            ),
            models.CheckConstraint(condition=~Q(ticket=""), name="an_answer_has_its_ticket"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | Q(remark=""), name="what_is_struck_out_is_gone"
            ),
        ]
        indexes = [
            models.Index(fields=["school_year", "programme"], name="answers_by_year_and_programme"),
        ]


class Score(models.Model):
    """How far an answer agrees in one perspective, 1 to 4; without one where she had no opinion."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="scores")
    perspective = models.CharField(_("perspective"), max_length=13, choices=Perspective.choices)
    value = models.PositiveSmallIntegerField(_("how far she agrees"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "perspective"], name="an_answer_scores_a_perspective_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=MOST), name="a_score_is_one_to_four"),
            models.CheckConstraint(
                condition=Q(perspective__in=Perspective.values), name="a_score_is_of_a_known_perspective"
            ),
        ]


def rule(name: str) -> int:
    """A number of settings.FEEDBACK."""
    return settings.FEEDBACK[name]
