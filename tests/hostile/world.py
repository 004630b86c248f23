"""A house with one of everything that can be asked for wrongly, at Monday 2026-01-12 09:00 in Borås."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from bookings.courses.models import OwnCourse, Registration, Round
from bookings.courses.operations import registering
from bookings.feedback.models import Asked
from bookings.groups.models import GroupBooking, GroupPackage
from bookings.groups.operations import booking as groups
from bookings.leisure.models import Enrolment, Group
from bookings.schools.models import Programme, SchoolBooking, Series, Session
from bookings.schools.operations import booking, series
from bookings.schools.operations import sessions as planning
from bookings.tickets.models import Slot, TicketBooking
from bookings.tickets.operations import booking as tickets
from navet import periods
from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import STAFF_ROLES, Role
from navet.directory.models import SchoolUnit
from navet.house.models import Occasion, Room
from tests.bookings.courses import lessons
from tests.bookings.feedback import came as feedback
from tests.bookings.groups import parties
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes, plans
from tests.bookings.tickets import shows
from tests.hostile import doors
from tests.hostile.doors import Doors
from tests.visitors import making as desk
from visitors import operations as arrivals
from visitors.models import Arrival, CheckIn, Visit
from visitors.safety.models import HouseLimit
from visitors.tickets import passes
from visitors.tickets.models import AnnualPass

NOW = classes.NOW
TODAY = periods.local_day(NOW)
TEACHER = classes.TEACHER
OTHER = "lars.ek@skola.example"


@dataclass
class World:
    """Names say what is wrong with a thing; `open` and `school` have nothing wrong."""

    open: Session
    other: Session
    full: Session
    unreleased: Session
    unpublished: Session
    cancelled: Session
    begun: Session
    school: SchoolUnit
    closed_school: SchoolUnit
    paying_school: SchoolUnit
    lunch: Occasion
    lunch_of_another_day: Occasion
    full_lunch: Occasion
    mine: SchoolBooking
    theirs: SchoolBooking
    held: SchoolBooking
    elsewhere: SchoolBooking
    room: Room
    programme: Programme
    educator: User
    series: Series
    arrival: Arrival
    received: CheckIn
    tomorrow: Arrival
    gone: Arrival
    walk_in: Visit
    limit: HouseLimit
    package: GroupPackage
    party: GroupBooking
    others_party: GroupBooking
    held_party: GroupBooking
    annual_pass: AnnualPass
    blocked_pass: AnnualPass
    slot: Slot
    sold_out: Slot
    tickets: TicketBooking
    others_tickets: TicketBooking
    held_tickets: TicketBooking
    club_group: Group
    place: Enrolment
    course_round: Round
    full_round: Round
    reserved_round: Round
    registration: Registration
    others_registration: Registration
    held_registration: Registration
    wish: OwnCourse
    staff: User
    receptionist: User
    token: str
    revoked: str
    doors: Doors
    asked: Asked
    answered: Asked
    closed: Asked
    pins: dict[str, str] = field(default_factory=dict)

    @property
    def asked_path(self) -> str:
        return feedback.path(self.asked)

    @property
    def answered_path(self) -> str:
        return feedback.path(self.answered)

    @property
    def closed_path(self) -> str:
        return feedback.path(self.closed)

    def wrong_pin(self) -> str:
        """Six digits that are not the held booking's."""
        return f"{(int(self.pins['held']) + 1) % 10**6:06d}"


def build() -> World:
    """Made by the operations wherever there is one; the caller has put the clock at NOW."""
    room = plans.house()
    programme = plans.programme(room, slug="rymden")
    educator = plans.educator("ada", programme)
    staff = User.objects.create_user(
        "alla@navet.example", name="Alla Roller", roles=[role.value for role in STAFF_ROLES]
    )
    receptionist = User.objects.create_user("rut@navet.example", name="Rut", roles=[Role.DESK])
    school = classes.school(name="Altorpskolan")
    sessions = _sessions(programme, Actor(user=staff))
    lunch_of_the_full = classes.lunch(clock="11:30", capacity=20)
    classes.confirmed(sessions["full"], school=school, pupils=30, contact_email=OTHER)
    seated = classes.session(programme, clock="13:00")
    classes.confirmed(seated, school=school, pupils=18, lunch_id=lunch_of_the_full.pk, contact_email=OTHER)
    mine = classes.confirmed(classes.session(programme, clock="13:00", day=_later(2)), school=school)
    theirs = classes.confirmed(classes.session(programme, day=_later(3)), school=school, contact_email=OTHER)
    held = _held(classes.session(programme, day=_later(4)), school)
    elsewhere = _held(classes.session(programme, day=_later(5)), school, contact_email=OTHER)
    received = desk.arrival(starts_at=NOW, label="Sandgärdskolan, 4B")
    at_the_desk = Actor(user=receptionist)
    gone = desk.arrival(starts_at=NOW + dt.timedelta(hours=3), label="Fristadskolan, 6C")
    arrivals.withdraw(gone.code, at=NOW)
    device = devices.enrol(name="Surfplatta 1", by=Actor(user=staff), at=NOW)
    stolen = devices.enrol(name="Surfplatta 2", by=Actor(user=staff), at=NOW)
    devices.revoke(stolen.device, by=Actor(user=staff), at=NOW)
    package = parties.package(slug="kalas")
    held_party = groups.request(**parties.wish(package))
    slot, sold_out = shows.slot(), shows.slot(capacity=1, clock="13:00")
    shows.confirmed(sold_out, tickets={"adult": 1})
    held_tickets = tickets.request(slot.pk, **shows.wish())
    courses = _courses(school)
    return World(
        **sessions,
        **courses,
        **_leisure(),
        package=package,
        party=parties.confirmed(package, starts_at=parties.start(_later(1)), contact_email=TEACHER),
        others_party=parties.confirmed(package, starts_at=parties.start(_later(2)), contact_email=OTHER),
        held_party=held_party,
        slot=slot,
        sold_out=sold_out,
        tickets=shows.confirmed(slot, contact_email=TEACHER),
        others_tickets=shows.confirmed(slot, contact_email=OTHER),
        held_tickets=held_tickets,
        school=school,
        closed_school=classes.school(name="Nedlagda skolan", status="UPPHORT"),
        paying_school=classes.school(name="Vårgårdaskolan", agreement=False),
        lunch=classes.lunch(),
        lunch_of_another_day=classes.lunch(day=_later(1)),
        full_lunch=lunch_of_the_full,
        mine=mine,
        asked=feedback.question(mine),
        answered=feedback.question(theirs, is_answered=True, ticket=None),
        closed=feedback.question(held, closes_at=NOW),
        theirs=theirs,
        held=held,
        elsewhere=elsewhere,
        room=room,
        programme=programme,
        educator=educator,
        series=series.plan_series(
            plans.series(programme, room, first_date=_later(6), last_date=_later(14)),
            by=Actor(user=staff),
            at=NOW,
        ),
        arrival=desk.arrival(starts_at=NOW),
        received=arrivals.check_in(received, participants=20, adults=2, by=at_the_desk, at=NOW),
        tomorrow=desk.arrival(starts_at=NOW + dt.timedelta(days=1), label="Byttorpskolan, 5A"),
        gone=gone,
        limit=HouseLimit.objects.create(heads=300, valid=periods.date_range(TODAY, TODAY)),
        annual_pass=passes.issue(kind="family", persons=4, first_date=TODAY, by=at_the_desk, at=NOW),
        blocked_pass=_blocked(at_the_desk),
        walk_in=arrivals.record_walk_in("adult", 3, by=at_the_desk, at=NOW),
        staff=staff,
        receptionist=receptionist,
        token=device.token,
        revoked=stolen.token,
        doors=doors.build(staff, NOW),
        pins={
            "held": classes.pin_of(held.code),
            "elsewhere": classes.pin_of(elsewhere.code),
            "party": classes.pin_of(held_party.code),
            "tickets": classes.pin_of(held_tickets.code),
            "course": classes.pin_of(courses["held_registration"].code),
        },
    )


def _leisure() -> dict[str, Any]:
    """A group with a fee, and a place in it whose fee is to be paid."""
    group = clubs.group(meetings=1, day=_later(9), fee_ore=80_000)
    return {"club_group": group, "place": clubs.enrolled(group, contact_email=TEACHER)}


def _courses(school: SchoolUnit) -> dict[str, Any]:
    """A round with places, a full one, one that is another school's alone; registrations, and a wish not answered."""
    course = lessons.course(slug="ai", title_sv="AI i klassrummet")
    on = lessons.round_(course, day=_later(6))
    full = lessons.round_(course, day=_later(7), capacity=1)
    lessons.registered(full, 1, school=school, contact_email=OTHER)
    reserved = lessons.round_(course, day=_later(8), reserved_for=classes.school(name="Fristadskolan"))
    return {
        "course_round": on,
        "full_round": full,
        "reserved_round": reserved,
        "registration": lessons.registered(on, 2, prefix="mine", school=school),
        "others_registration": lessons.registered(on, 1, prefix="other", school=school, contact_email=OTHER),
        "held_registration": registering.request(
            on.pk, **lessons.wish(1, prefix="held", school=school, contact_email=OTHER)
        ),
        "wish": lessons.wished(school=school),
    }


def _blocked(by: Actor) -> AnnualPass:
    made = passes.issue(kind="person", persons=1, first_date=TODAY, by=by, at=NOW)
    passes.block(made, reason="Borttappat", by=by, at=NOW)
    return made


def _later(days: int) -> dt.date:
    return classes.DAY + dt.timedelta(days=days)


def _sessions(programme: Programme, by: Actor) -> dict[str, Session]:
    cancelled = classes.session(programme)
    planning.cancel_session(cancelled, reason="Vattenläcka", by=by, at=NOW)
    return {
        "open": classes.session(programme),
        "other": classes.session(programme, day=_later(1)),
        "full": classes.session(programme),
        "unreleased": classes.session(programme, release_at=NOW + dt.timedelta(days=3)),
        "unpublished": classes.session(plans.programme(is_published=False)),
        "cancelled": cancelled,
        "begun": classes.session(programme, day=TODAY, clock="08:30"),
    }


def _held(on: Session, school: SchoolUnit, **fields: str) -> SchoolBooking:
    return booking.request(on.pk, **classes.wish(school, class_name="6B", **fields))
