"""What everything else stands on: a room, a school, the people who work here."""

from functools import cached_property

from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.accounts.models import DeviceToken, User
from navet.accounts.roles import Role
from navet.directory.models import SchoolUnit
from navet.house.models import Room
from tests.bookings.schools import classes, plans
from tests.navet.house import making

NOW = classes.NOW  # Monday the 12th of January 2026 at nine
TODAY = NOW.date()
DAY = classes.DAY  # a Tuesday in March
PASSWORD = "en lang mening for tester"


class Base:
    """What everything else stands on: a room, a school, the people who work here."""

    @cached_property
    def room(self) -> Room:
        return plans.house()

    @cached_property
    def educator(self) -> User:
        return making.user("ada@navet.example", Role.EDUCATOR, name="Ada Pedagog")

    @cached_property
    def school(self) -> SchoolUnit:
        """In Herrljunga, inside its agreement."""
        return classes.school(name="Altorpskolan")

    def user(self, role: str) -> User:
        """Somebody of one role, who can log in with PASSWORD."""
        found = User.objects.filter(email=f"{role}@navet.example").first()
        name = f"{Role(role).label} {role.title()}"
        return found or User.objects.create_user(f"{role}@navet.example", PASSWORD, roles=[role], name=name)

    @cached_property
    def device(self) -> DeviceToken:
        by = Actor(user=self.user("administrator"))
        return devices.enrol(name="Reception 1", by=by, at=NOW).device
