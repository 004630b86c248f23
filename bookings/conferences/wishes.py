"""What a guest asks for, as operations take it: days with rooms, a package and add-ons. No database."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RoomWish:
    """A room on hire by its slug, and how it is to be furnished (a kind of navet.house's furnishings)."""

    room: str
    furnishing: str


@dataclass(frozen=True)
class AddOnWish:
    """An add-on by its slug; `persons` None: everybody; `starts` None: when it begins as a rule."""

    add_on: str
    starts: dt.time | None = None
    persons: int | None = None


@dataclass(frozen=True)
class DayWish:
    """One day, by the slug of its part (a morning, a whole day), with what is wanted on it; `persons` None: as the whole."""

    date: dt.date
    part: str
    rooms: tuple[RoomWish, ...]
    extra_hours: int = 0
    package: str = ""
    add_ons: tuple[AddOnWish, ...] = ()
    persons: int | None = None


@dataclass(frozen=True)
class Customer:
    """Who books and who pays. The organisation's fields are empty for a private person."""

    contact_name: str
    contact_email: str
    contact_phone: str
    customer_type: str
    organisation: str = ""
    organisation_number: str = ""
    invoice_reference: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    mail_language: str = "sv"

    def fields(self) -> dict[str, Any]:
        return vars(self) | {"contact_email": self.contact_email.lower()}


@dataclass(frozen=True)
class ConferenceWish:
    """A conference: its days in order, how many come, what they eat (counts by code)."""

    title: str
    persons: int
    days: tuple[DayWish, ...]
    diets: dict[str, int] = field(default_factory=dict)
    message: str = ""
