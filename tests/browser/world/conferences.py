"""Rooms on hire in each of their states."""

import dataclasses
import datetime as dt
from functools import cached_property

from bookings.conferences.models import Reservation, RoomOffer, RoomPicture
from bookings.conferences.operations import changing as conference_changes
from bookings.conferences.operations import leaving, picturing, reserving, under_way
from bookings.conferences.wishes import AddOnWish
from navet.house.models import Room
from tests.bookings.conferences import rooms as conferences
from tests.bookings.schools import classes
from tests.browser.world.base import DAY, NOW, TODAY, Base
from tests.navet.pages.test_pictures import photo


class Conferences(Base):
    """Rooms on hire in each of their states."""

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
    def pictures(self) -> list[RoomPicture]:
        """Three of the hall, one of them standing and without English words."""
        return [
            picturing.add(self.hall, photo(size), alt_sv=sv, alt_en=en, by=conferences.host(), at=NOW)
            for size, sv, en in (
                ((2400, 1600), "Salen i biosittning.", "The hall in rows."),
                ((1200, 2000), "Dörren till salen.", ""),
                ((1000, 600), "Salen med bord.", "The hall with tables."),
            )
        ]

    @cached_property
    def empty_room(self) -> Room:
        """On hire without a picture, and not published."""
        made = conferences.room("kammaren")
        RoomOffer.objects.filter(room=made).update(is_published=False)
        return made

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
