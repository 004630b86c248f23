"""The day at the desk, the doors and the till; public events and groups."""

import datetime as dt
from decimal import Decimal
from functools import cached_property

from bookings.groups.models import GroupBooking, GroupPackage
from bookings.groups.operations import booking as group_booking
from bookings.tickets.models import Event, Slot, TicketBooking
from bookings.tickets.operations import booking as ticket_booking
from navet.accounts.actor import Actor
from navet.periods import date_range
from tests.bookings.groups import parties
from tests.bookings.schools import classes
from tests.bookings.tickets import shows
from tests.browser.world.base import NOW, TODAY
from tests.browser.world.schools import Schools
from tests.visitors.counters import making as counters
from visitors import operations as visitors
from visitors.counters import operations as doors
from visitors.models import Arrival, Visit
from visitors.safety.models import AssemblyNote, HouseLimit
from visitors.tickets import kinds, passes, prices
from visitors.tickets.models import AnnualPass, TicketKind


class Desk(Schools):
    """The day at the desk, the doors and the till; public events and groups."""

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
