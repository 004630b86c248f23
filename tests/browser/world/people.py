"""Courses and leisure groups."""

import datetime as dt
from functools import cached_property

from bookings.courses.models import OwnCourse, Registration, Round
from bookings.courses.operations import attending, material
from bookings.leisure.models import Enrolment, Group, Payer
from bookings.leisure.operations import drawing, telling
from navet.accounts.actor import Actor
from tests.bookings.courses import lessons
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes
from tests.browser.world.base import DAY, NOW, TODAY, Base


class People(Base):
    """Courses and leisure groups."""

    @cached_property
    def course_round(self) -> Round:
        """Two afternoons with three places, decided a week before."""
        return lessons.round_(
            lessons.course(slug="ai-i-klassrummet", title_sv="AI i klassrummet", text_sv="Vi provar."),
            days=2,
            least=3,
            capacity=3,
        )

    @cached_property
    def registration(self) -> Registration:
        return lessons.registered(self.course_round, 2, school=self.school)

    @cached_property
    def queued_registration(self) -> Registration:
        """Two more than there are places for."""
        return self.registration and lessons.registered(
            self.course_round, 2, school=self.school, waiting_list=True
        )

    @cached_property
    def course_today(self) -> Round:
        """Its list can be taken."""
        today = lessons.round_(day=TODAY, at=NOW - dt.timedelta(hours=2))
        lessons.registered(today, 2, school=self.school)
        return today

    @cached_property
    def attended_registration(self) -> Registration:
        """Of a course that was last week, with a certificate and a link."""
        day = TODAY - dt.timedelta(days=3)
        before = lessons.round_(day=day, at=NOW - dt.timedelta(days=9))
        made = lessons.registered(before, 2, school=self.school, at=NOW - dt.timedelta(days=8))
        (only,) = before.days.all()
        by, at = Actor(user=self.user("educator")), only.occasion.starts_at
        people = [one.pk for one in made.participants.all()]
        attending.take(only.pk, present=people, listed=people, by=by, at=at)
        material.add(before.pk, day=only, title="Bilder", url="https://navet.example/bilder", by=by)
        return made

    @cached_property
    def double(self) -> Registration:
        """One of those of last week, with another address, at another course."""
        first = self.attended_registration
        again = lessons.round_(day=TODAY - dt.timedelta(days=4), at=NOW - dt.timedelta(days=9))
        name = first.participants.first().name
        made = lessons.registered(again, 1, school=self.school, at=NOW - dt.timedelta(days=8))
        made.participants.update(name=name)
        (only,) = again.days.all()
        people = [one.pk for one in made.participants.all()]
        by = Actor(user=self.user("educator"))
        attending.take(only.pk, present=people, listed=people, by=by, at=only.occasion.starts_at)
        return made

    @cached_property
    def wish(self) -> OwnCourse:
        """A school that would like a course of its own."""
        return lessons.wished(school=self.school)

    @cached_property
    def group(self) -> Group:
        """Four afternoons with one place, for a fee, for whoever comes first."""
        Payer.objects.create(name="Fritidskortet", organisation_number="2021006552")
        robots = clubs.club(slug="robotklubben", title_sv="Robotklubben", text_sv="Vi bygger robotar.")
        return clubs.group(robots, capacity=1, fee_ore=80_000)

    @cached_property
    def enrolment(self) -> Enrolment:
        """A place whose fee is to be paid."""
        return clubs.enrolled(self.group, contact_email=classes.TEACHER)

    @cached_property
    def queued_child(self) -> Enrolment:
        return self.enrolment and clubs.enrolled(self.group, contact_email=classes.TEACHER)

    @cached_property
    def drawn(self) -> Group:
        """Its draw is held: a child with a place, siblings who wait; and one whose draw is to come."""
        club = clubs.club(slug="rymdklubben", title_sv="Rymdklubben")
        early, closes = NOW - dt.timedelta(days=9), NOW - dt.timedelta(days=2)
        group = clubs.group(
            club, day=DAY + dt.timedelta(days=1), capacity=1, opens_at=early, closes_at=closes, at=early
        )
        clubs.enrolled(group, at=early)
        for _n in range(2):
            clubs.enrolled(group, at=early, contact_email="syskon@hem.example", with_siblings=True)
        drawing.hold(group.pk, at=NOW)
        return Group.objects.get(pk=group.pk)

    @cached_property
    def applied(self) -> Enrolment:
        """In a window, before its draw."""
        club = clubs.club(slug="kemiklubben", title_sv="Kemiklubben")
        group = clubs.group(club, day=DAY + dt.timedelta(days=2), closes_at=clubs.CLOSES)
        return clubs.enrolled(group, contact_email=classes.TEACHER, with_siblings=True)

    @cached_property
    def club_today(self) -> Group:
        """Ada leads it today; one child will not come, and something was written to the guardians."""
        today = clubs.group(day=TODAY, at=NOW - dt.timedelta(hours=2), educators=[self.educator])
        clubs.enrolled(today)
        absent = clubs.enrolled(today)
        telling.absent(absent.code, meeting_id=today.pk, by=None, at=NOW)
        telling.write(today.pk, subject="Välkomna", text="Vi ses.", by=Actor(user=self.educator), at=NOW)
        return today
