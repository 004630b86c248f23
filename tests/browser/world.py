"""A small house in which every page has something to show, made by the operations themselves."""

import dataclasses
import datetime as dt
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from bookings.conferences.models import Reservation, RoomOffer
from bookings.conferences.operations import changing as conference_changes
from bookings.conferences.operations import leaving, reserving, under_way
from bookings.conferences.wishes import AddOnWish
from bookings.courses.models import OwnCourse, Registration, Round
from bookings.courses.operations import attending, material
from bookings.feedback import links as feedback_links
from bookings.feedback.models import Answer, Asked, Score
from bookings.groups.models import GroupBooking, GroupPackage
from bookings.groups.operations import booking as group_booking
from bookings.leisure.models import Enrolment, Group, Payer
from bookings.leisure.operations import drawing, telling
from bookings.reach import links as reach_links
from bookings.reach.models import Invitation
from bookings.reach.operations import inviting
from bookings.schools.models import Programme, SchoolBooking, Series, Session
from bookings.schools.operations import booking, changing, contact
from bookings.schools.operations import series as series_operations
from bookings.tickets.models import Event, Slot, TicketBooking
from bookings.tickets.operations import booking as ticket_booking
from bookings.wheel import operations as wheel
from bookings.wheel.models import Entry
from navet.accounts import devices
from navet.accounts import operations as accounts
from navet.accounts.actor import Actor
from navet.accounts.models import DeviceToken, User
from navet.accounts.roles import Role
from navet.directory.models import SchoolUnit
from navet.house.models import Room
from navet.outbox.models import DeliveredMail, Effect
from navet.payments import differences, handlers, payments, refunds
from navet.payments import stripe_gateway as gateway
from navet.payments.invoices.models import Invoice, InvoicePayment
from navet.payments.invoices.operations import settling
from navet.payments.models import Difference, Order, Payment, Settlement
from navet.periods import date_range
from navet.retention import engine, rules
from navet.retention.models import Run
from tests.bookings.conferences import rooms as conferences
from tests.bookings.courses import lessons
from tests.bookings.groups import parties
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes, plans
from tests.bookings.tickets import shows
from tests.browser.hands import relay_mails
from tests.navet.house import making
from tests.navet.payments import making as orders_of_tests
from tests.navet.payments.invoices import making as invoices
from tests.navet.payments.invoices.test_settling import bgmax
from tests.navet.payments.line import Line
from tests.visitors.counters import making as counters
from visitors import counting, decisions
from visitors import operations as visitors
from visitors.counters import operations as doors
from visitors.models import Arrival, CountingDecision, Visit
from visitors.safety.models import AssemblyNote, HouseLimit
from visitors.tertials import operations as tertials
from visitors.tertials.models import Issue
from visitors.tertials.tertial import Tertial
from visitors.tickets import kinds, passes, prices
from visitors.tickets.models import AnnualPass, TicketKind
from worker.alerts import telling as alerts

NOW = classes.NOW  # Monday the 12th of January 2026 at nine
TODAY = NOW.date()
DAY = classes.DAY  # a Tuesday in March
PASSWORD = "en lang mening for tester"


class World:
    """Made piece by piece, as a test asks for it; each piece is made once."""

    @cached_property
    def room(self) -> Room:
        return plans.house()

    @cached_property
    def educator(self) -> User:
        return making.user("ada@navet.example", Role.EDUCATOR, name="Ada Pedagog")

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
    def told(self) -> int:
        """Weeks that are not full, as alerts tell of them."""
        plans.create(self.programme, self.room, day=TODAY + dt.timedelta(days=8))
        return alerts.watch(NOW)

    @cached_property
    def reported(self) -> Issue:
        """The tertial that ended, kept, with a comment that made its second version."""
        manager = making.user("lena@navet.example", Role.MANAGEMENT, name="Lena Ledning")
        tertial = Tertial.ended_before(TODAY)
        tertials.give_out(tertial, at=NOW)
        words = {"pupils": tertials.Words("Höstens tider blev fulla.", "Fler tider i januari.")}
        made = tertials.write(tertial, words, seen=0, by=manager, at=NOW)
        assert made is not None
        return made

    @cached_property
    def school(self) -> SchoolUnit:
        """In Herrljunga, inside its agreement."""
        return classes.school(name="Altorpskolan")

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

    @cached_property
    def tidied(self) -> Run:
        """A night on which a code was removed."""
        accounts.send_code("maria@skola.example", purpose="x", language="sv", at=NOW - dt.timedelta(days=9))
        return engine.run(rules.every(), why="night", at=NOW)

    @cached_property
    def today(self) -> Arrival:
        """A class that comes at ten today."""
        made = self.booking(self.session(TODAY, "10:00"), class_name="5B", bus_at=dt.time(9, 45))
        return Arrival.objects.get(code=made.code)

    @cached_property
    def here(self) -> Arrival:
        """A class that is in the house already."""
        made = self.booking(self.session(TODAY, "13:00"), class_name="5C")
        arrival = Arrival.objects.get(code=made.code)
        visitors.check_in(arrival, participants=18, adults=3, by=Actor(user=self.user("desk")), at=NOW)
        return arrival

    @cached_property
    def walk_in(self) -> Visit:
        return visitors.record_walk_in("adult", 2, by=Actor(user=self.user("desk")), at=NOW)

    @cached_property
    def wheel_entry(self) -> Entry:
        """A week in March on the year wheel."""
        words = wheel.Words("campaign", "Rymdveckan", "Space week", DAY, DAY + dt.timedelta(days=6), "Affischer", "staff")  # fmt: skip
        return wheel.add(words, by=Actor(user=self.user("planner")), at=NOW)

    @cached_property
    def rules(self) -> CountingDecision:
        """What counts in 2026, decided otherwise than by default."""
        return decisions.decide(
            2026, categories={"visitors": ["adult", "pupil"]}, targets={"leisure": 250}, reason="Direktionen 12 januari",
            seen=0, by=self.user("management"), at=NOW,
        )  # fmt: skip

    @cached_property
    def proposal(self) -> str:
        """The question of a preview: children would count too."""
        counts = {"pupils": "pupil", "educators": "course", "leisure": "leisure"}
        asked = [("ar", 2026), ("seen", decisions.version()), ("reason", "Direktionen i mars")]
        asked += [(f"counts_{code}", category) for code, category in counts.items()]
        asked += [("counts_visitors", category) for category in ("adult", "child", "pupil")]
        asked += [(f"target_{code}", target) for code, target in counting.targets_of(2026, []).items()]
        return f"?{urlencode(asked)}"

    @cached_property
    def ticket(self) -> TicketKind:
        """A family of four, with a price of its own."""
        by = {"by": Actor(user=self.user("finance")), "at": NOW}
        names = {
            "name_sv": "Familj, två vuxna och två barn",
            "name_en": "Family, two adults and two children",
        }
        party = {"family_adult": 2, "family_child": 2}
        made = kinds.add(**names, party=party, position=10, first_date=TODAY, **by)
        prices.begin(made.code, price_ore=32_000, vat_permille=60, first_date=TODAY, **by)
        return made

    @cached_property
    def sold(self) -> Visit:
        """Two adults at a price of today."""
        terms = {"vat_permille": 250, "first_date": TODAY, "by": Actor(user=self.user("finance")), "at": NOW}
        prices.begin("adult", price_ore=12_000, **terms)
        prices.begin("child", price_ore=0, **terms)
        return visitors.record_walk_in("adult", 2, by=Actor(user=self.user("desk")), at=NOW)

    @cached_property
    def annual_pass(self) -> AnnualPass:
        """A family's, used once today."""
        desk = {"by": Actor(user=self.user("desk")), "at": NOW}
        made = passes.issue(kind="family", persons=4, first_date=TODAY, holder_name="Maria Lind", **desk)
        passes.admit(made.code, persons=3, **desk)
        return made

    @cached_property
    def unpaid(self) -> Order:
        """A conference for forty, to be paid by card within a week."""
        handlers.register("test", Line())
        terms = {"settlement": Settlement.CARD, "pay_by": NOW + dt.timedelta(days=7), "at": NOW}
        return orders_of_tests.order([orders_of_tests.DAY_PACKAGE, orders_of_tests.ROOM], **terms)

    @cached_property
    def payment(self) -> Payment:
        """The unpaid one's twin, paid by card; a part of it is on its way back, and Stripe does not agree."""
        handlers.register("test", Line())
        order = orders_of_tests.order(settlement=Settlement.CARD, at=NOW)
        made = payments._intend(order.pk, "sv", at=NOW)
        told = gateway.Session(
            id="cs_test_of_the_browser", url="", status="complete", payment_status="paid", amount=made.amount_ore,
            currency="sek", reference=made.key, intent_id="pi_of_the_browser", method="card", metadata={},
            expires_at=made.expires_at,
        )  # fmt: skip
        paid = payments.record(told, at=NOW)
        assert paid is not None
        refunds.give(paid, 100_00, note="Projektorn var trasig", by=Actor(user=self.user("finance")), at=NOW)
        differences.note(Difference.Kind.REFUND, paid.key, payment=paid, ours="1 sek", theirs="2 sek", at=NOW)
        return paid

    @cached_property
    def limit(self) -> HouseLimit:
        """Of forty people; reached from thirty."""
        AssemblyNote.objects.create(text_sv="Samling vid flaggstången (demo)", is_demo=True)
        valid = date_range(TODAY, TODAY)
        return HouseLimit.objects.create(heads=40, warn_percent=50, valid=valid, is_demo=True)

    @cached_property
    def slot(self) -> Slot:
        """A show in March with places left."""
        return shows.slot(self.show)

    @cached_property
    def show(self) -> Event:
        return shows.event(
            shows.house(), slug="knallshow", ages_sv="Från 6 år", text_sv="Vi smäller av en ballong."
        )

    @cached_property
    def show_today(self) -> Slot:
        return shows.slot(self.show, day=TODAY, clock="14:00")

    @cached_property
    def tickets(self) -> TicketBooking:
        """Confirmed, of whoever booked all the rest too."""
        return shows.confirmed(self.slot, contact_email=classes.TEACHER)

    @cached_property
    def held_tickets(self) -> TicketBooking:
        return ticket_booking.request(self.slot.pk, **shows.wish(contact_email=classes.TEACHER))

    @cached_property
    def door_day(self) -> dt.date:
        """Yesterday, when the door counted more than the desk, fell silent for a while, and had a factor."""
        day = TODAY - dt.timedelta(days=1)
        at_door = counters.counter()
        counters.receive(at_door, counters.own(day, at_9=31, at_10=40, at_15=12), at=NOW)
        counters.registered(64, day=day)
        doors.decide_factor(
            at_door, Decimal("1.05"), valid_from=day, valid_until=None, reason="Handräknat en timme",
            by=Actor(user=counters.manager()), at=NOW,
        )  # fmt: skip
        return day

    @cached_property
    def package(self) -> GroupPackage:
        """A birthday party at 11 and 13:30 on weekdays."""
        room = parties.house()
        return parties.package(
            room, slug="raketkalas", title_sv="Raketkalas", text_sv="Vi skjuter upp raketer."
        )

    @cached_property
    def party(self) -> GroupBooking:
        """Confirmed, of whoever booked all the rest too."""
        return parties.confirmed(self.package, contact_email=classes.TEACHER)

    @cached_property
    def held_party(self) -> GroupBooking:
        later = parties.start(clock="13:30")
        return group_booking.request(
            **parties.wish(self.package, starts_at=later, contact_email=classes.TEACHER)
        )

    @cached_property
    def hall(self) -> RoomOffer:
        """On hire, beside a package, a show, lunch and dinner."""
        kuben = self.room  # opens the house
        made = conferences.room("konferenssalen")
        conferences.package(included_sv="Lokal\nKaffe\nLunch")
        conferences.show(kuben, educators=(self.educator,))
        conferences.lunch()
        conferences.dinner()
        return made.conference_offer

    @cached_property
    def conference(self) -> Reservation:
        """Confirmed, on invoice, of whoever booked all the rest too."""
        return self.reservation(DAY, package="heldag", add_ons=(AddOnWish("show"), AddOnWish("middag")))

    @cached_property
    def begun_conference(self) -> Reservation:
        """Two days, of which this is the first; a coffee was added."""
        lunch = (AddOnWish("lunch"),)
        days = [
            conferences.day(self.hall.room, date=TODAY + dt.timedelta(days=number), add_ons=lunch)
            for number in range(2)
        ]
        values = conferences.asked(conferences.wish(*days), email=classes.TEACHER)
        made = reserving.request(
            **values | {"verified_email": classes.TEACHER, "at": NOW - dt.timedelta(days=9)}
        )
        wish = conference_changes.wish_of(Reservation.objects.whole().get(pk=made.pk))
        more = dataclasses.replace(wish, persons=42)
        return under_way.adjust(made.code, more, reason="Två till", by=conferences.host(), at=NOW)

    @cached_property
    def option(self) -> Reservation:
        return self.reservation(DAY + dt.timedelta(days=1), asked="option")

    @cached_property
    def quoted(self) -> Reservation:
        return self.reservation(DAY + dt.timedelta(days=2), asked="quote", package="heldag")

    @cached_property
    def unpaid_conference(self) -> Reservation:
        return self.reservation(DAY + dt.timedelta(days=3), settlement="card")

    @cached_property
    def held_conference(self) -> Reservation:
        """Its address is not proved yet."""
        return self.reservation(DAY + dt.timedelta(days=6), verified_email=None)

    @cached_property
    def left_conference(self) -> Reservation:
        made = self.reservation(DAY + dt.timedelta(days=7))
        return leaving.cancel(made.code, by=classes.teacher(), at=NOW)

    def reservation(
        self, day: dt.date, *, package: str = "", add_ons: tuple[AddOnWish, ...] = (), **asked
    ) -> Reservation:
        wanted = conferences.day(self.hall.room, date=day, package=package, add_ons=add_ons)
        values = {"email": classes.TEACHER, "verified_email": classes.TEACHER, **asked}
        return reserving.request(**conferences.asked(conferences.wish(wanted), **values))

    @cached_property
    def mail(self) -> DeliveredMail:
        """The confirmation of `booked`."""
        code = self.booked.code
        relay_mails()
        return DeliveredMail.objects.filter(text__contains=code).latest("pk")

    @cached_property
    def given_up(self) -> Effect:
        """A mail that could not be sent."""
        payload = {"mail": "school.confirmed", "args": {}}
        return Effect.objects.create(
            kind="mail", key="a", payload=payload, due_at=NOW, state="dead", attempts=8
        )

    @cached_property
    def draft(self) -> Invoice:
        """Of an order that was changed into it; charges wait beside it."""
        invoices.charge()
        invoices.charge(organisation_number="5560360793", payer="Friskolan")
        return invoices.draft()

    @cached_property
    def invoice(self) -> Invoice:
        """Issued, and not paid."""
        return invoices.issued()

    @cached_property
    def unknown_money(self) -> InvoicePayment:
        """That came with a reference of nobody's."""
        made = settling.book_file(bgmax(("12345", 70_000)), name="bg.txt", by=invoices.BY, at=invoices.AT)
        return made.payments.get()

    @cached_property
    def device(self) -> DeviceToken:
        by = Actor(user=self.user("administrator"))
        return devices.enrol(name="Reception 1", by=by, at=NOW).device

    def user(self, role: str) -> User:
        """Somebody of one role, who can log in with PASSWORD."""
        found = User.objects.filter(email=f"{role}@navet.example").first()
        name = f"{Role(role).label} {role.title()}"
        return found or User.objects.create_user(f"{role}@navet.example", PASSWORD, roles=[role], name=name)
