"""Programmes, sessions and classes, what they thought, and who is invited."""

import datetime as dt
from functools import cached_property

from bookings.feedback import links as feedback_links
from bookings.feedback.models import Answer, Asked, Score
from bookings.reach import links as reach_links
from bookings.reach.models import Invitation
from bookings.reach.operations import inviting
from bookings.schools.models import Programme, SchoolBooking, Series, Session
from bookings.schools.operations import booking, changing, contact
from bookings.schools.operations import series as series_operations
from navet.accounts.actor import Actor
from navet.directory.models import SchoolUnit
from tests.bookings.schools import classes, plans
from tests.browser.world.base import DAY, NOW, Base
from tests.navet.house import making


class Schools(Base):
    """Programmes, sessions and classes, what they thought, and who is invited."""

    @cached_property
    def programme(self) -> Programme:
        """For years 4 to 6, 5 to 30 pupils, one group at a time."""
        made = plans.programme(
            self.room,
            slug="rymden",
            title_sv="Rymden runt på en timme",
            title_en="Space in an hour",
            text_sv="Vi bygger en raket.",
            prepare_sv="Läs om månen.",
            curriculum_sv="Astronomi i årskurs 4–6.",
            accessibility_sv="Rummet är mörkt en stund.",
        )
        made.educators.add(self.educator)
        return made

    @cached_property
    def open(self) -> Session:
        """A session in March with places left."""
        return self.session(DAY)

    @cached_property
    def full(self) -> Session:
        """Another with none."""
        return self.session(DAY + dt.timedelta(days=2))

    def session(self, day: dt.date, clock: str = "09:00") -> Session:
        return plans.create(self.programme, self.room, day=day, clock=clock, educators=[self.educator])

    def booking(self, on: Session | None = None, **fields) -> SchoolBooking:
        """Confirmed, unless the session is full and `waiting_list` asks for the queue."""
        values = {"school": self.school, "grade": "5", "needs": {"wheelchair": 1}, **fields}
        return classes.confirmed(on or self.open, **values)

    @cached_property
    def booked(self) -> SchoolBooking:
        return self.booking(self.session(DAY + dt.timedelta(days=6)))

    @cached_property
    def waiting(self) -> SchoolBooking:
        self.booking(self.full, pupils=30, contact_email="first@skola.example")
        return self.booking(self.full, waiting_list=True)

    @cached_property
    def offered(self) -> SchoolBooking:
        on = self.session(DAY + dt.timedelta(days=7))
        first = self.booking(on, pupils=30, contact_email="first@skola.example")
        second = self.booking(on, waiting_list=True)
        changing.cancel(first.code, by=None, at=NOW)
        second.refresh_from_db()
        return second

    @cached_property
    def held(self) -> SchoolBooking:
        """Not confirmed yet."""
        on = self.session(DAY + dt.timedelta(days=13))
        return booking.request(on.pk, **classes.wish(self.school, class_name="4B", pupils=8))

    @cached_property
    def recontacted(self) -> str:
        """The code of one whose new address has not been proved yet."""
        new = contact.Contact(
            name="Ove Berg", email="ove@skola.example", phone="+46701740610", mail_language="sv"
        )
        contact.change(self.booked.code, contact=new, by=classes.teacher(), at=NOW)
        return self.booked.code

    @cached_property
    def cancelled(self) -> SchoolBooking:
        made = self.booking(self.session(DAY + dt.timedelta(days=8)))
        return changing.cancel(made.code, by=classes.teacher(), at=NOW)

    @cached_property
    def series(self) -> Series:
        """Four Wednesdays in March; the first cannot be, since the house is let."""
        making.plan(making.hours(dt.date(2026, 3, 4)), title="Uthyrning", rooms=(self.room,))
        plan = plans.series(self.programme, self.room, last_date=dt.date(2026, 3, 25), weekdays=[2])
        return series_operations.plan_series(plan, by=plans.planner(), at=NOW)

    @cached_property
    def asked(self) -> Asked:
        """A question that can be answered, as if the class had come."""
        before = self.session(DAY + dt.timedelta(days=14), "13:00")
        made = self.booking(before, class_name="6C")
        return Asked.objects.create(booking=made, asked_at=NOW, closes_at=NOW + dt.timedelta(days=30))

    @cached_property
    def reviewed(self) -> Answer:
        """Five answers of this school year, one with an open line."""
        given = [
            Answer(
                ticket=f"{n:032}",
                programme=self.programme,
                school_year=2025,
                week_date=NOW.date(),
                remark="Mer tid vid raketen, tack!" if n == 4 else "",
            )
            for n in range(5)
        ]
        Answer.objects.bulk_create(given)
        Score.objects.bulk_create(
            Score(answer=one, perspective="quality", value=4 - n // 2) for n, one in enumerate(given)
        )
        return given[-1]

    def feedback_url(self, tail: str = "") -> str:
        return f"/tyck-till/{self.asked.pk}-{feedback_links.key_of(self.asked)}/{tail}"

    @cached_property
    def invited(self) -> Invitation:
        """A school invited to the open session."""
        SchoolUnit.objects.filter(pk=self.school.pk).update(email="expedition@altorp.example", pupils=240)
        assert self.open
        (made,) = inviting.send([self.school.pk], by=Actor(user=self.user("planner")), at=NOW)
        return made

    def invitation_url(self) -> str:
        return f"/inbjudan/{self.invited.pk}-{reach_links.key_of(self.invited)}/nej-tack/"
