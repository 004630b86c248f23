"""Classes that book the demo's sessions: who, how many, and what became of it."""

import datetime as dt
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bookings.schools.models import Need, SchoolBooking, Session
from navet import codes, periods
from navet.directory.models import Agreement, SchoolUnit
from navet.house.models import Occasion

_FIRST = ["Sara", "Johan", "Elsa", "Ali", "Maja", "Erik", "Nora", "Omar", "Klara", "Viktor", "Lina", "Jonas"]
_LAST = ["Ek", "Lund", "Sjö", "Berg", "Dahl", "Holm", "Nyman", "Åberg", "Öst", "Ström"]
_LATE_REASON = "Klassen kan inte komma (demo)"


@dataclass
class Classroom:
    """Draws classes for sessions, heavier from larger schools, as the register's pupils say."""

    rng: random.Random
    now: dt.datetime
    by_grade: dict[str, tuple[list[SchoolUnit], list[int]]] = field(default_factory=dict)
    free_municipalities: set[int] = field(default_factory=set)
    seats: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def read(cls, rng: random.Random, now: dt.datetime) -> "Classroom":
        room = cls(rng, now)
        schools: dict[str, list[SchoolUnit]] = defaultdict(list)
        for unit in SchoolUnit.objects.open().select_related("municipality", "organiser").order_by("pk"):
            for grade in unit.grades:
                schools[grade].append(unit)
        room.by_grade = {
            grade: (units, [max(unit.pupils or 60, 10) // max(len(unit.grades), 1) for unit in units])
            for grade, units in schools.items()
        }
        room.free_municipalities = set(
            Agreement.objects.filter(municipality__isnull=False).values_list("municipality_id", flat=True)
        )
        return room

    def code(self) -> str:
        """A code from the demo's own dice, so that the same seed gives the same data."""
        return "".join(self.rng.choices(codes.ALPHABET, k=codes.LENGTH))

    def draw(self, session: Session, status: str, **more: object) -> SchoolBooking | None:
        """One class for a session, or None when no school has its grades."""
        grades = [grade for grade in session.programme.grades if grade in self.by_grade]
        if not grades:
            return None
        grade = self.rng.choice(grades)
        school = self.rng.choices(*self.by_grade[grade])[0]
        most = session.programme.max_pupils
        pupils = max(session.programme.min_pupils, min(most, round(self.rng.gauss(most * 0.82, most * 0.13))))
        name = f"{self.rng.choice(_FIRST)} {self.rng.choice(_LAST)}"
        starts_at = session.occasion.starts_at
        asked_at = min(
            self.now - dt.timedelta(hours=1), starts_at - dt.timedelta(days=self.rng.randint(12, 75))
        )
        return SchoolBooking(
            code=self.code(),
            session=session,
            school=school,
            class_name=self._class_name(grade),
            grade=grade,
            pupils=pupils,
            first_pupils=pupils,
            adults=max(1, round(pupils / 12)),
            language="sv",
            contact_name=name,
            contact_email=f"{name.lower().replace(' ', '.')}@skola.example".translate(
                str.maketrans("åäö", "aao")
            ),
            contact_phone=f"+4670174{self.rng.randint(600, 699):04d}",
            needs={self.rng.choice(Need.values): 1} if self.rng.random() < 0.12 else {},
            bus_at=(starts_at.astimezone(periods.HOUSE_ZONE) - dt.timedelta(minutes=20)).time()
            if self.rng.random() < 0.3
            else None,
            price_ore=self._price(session, school, pupils),
            invoice_reference="" if self._is_free(school) else f"DEMO{self.rng.randint(1000, 9999)}",
            status=status,
            created_at=asked_at,
            **more,
        )

    def _class_name(self, grade: str) -> str:
        names = {"FSK": "Grodorna", "F": "Förskoleklass", "GY": "NA1", "VUX": "Sfi C", "AN": "Grupp"}
        return (
            f"{names.get(grade, grade)}{self.rng.choice('ABC')}"
            if grade.isdigit()
            else f"{names[grade]} {self.rng.choice('AB')}"
        )

    def _is_free(self, school: SchoolUnit) -> bool:
        municipal = school.organiser.kind == "KOMMUN"
        return municipal and school.municipality_id in self.free_municipalities

    def _price(self, session: Session, school: SchoolUnit, pupils: int) -> int:
        programme = session.programme
        if self._is_free(school):
            return 0
        return programme.price_half_ore if pupils <= programme.half_class_max else programme.price_full_ore

    def sit_down(self, booking: SchoolBooking, sittings: list[Occasion]) -> None:
        """Give about a third of the classes a lunch sitting that has room."""
        heads = booking.pupils + booking.adults
        for lunch in sittings:
            fits = self.seats[lunch.pk] + heads <= (lunch.capacity or 0)
            period = booking.session.occasion.period
            clear = lunch.ends_at <= period.lower or lunch.starts_at >= period.upper
            if fits and clear and self.rng.random() < 0.35:
                booking.lunch = lunch
                self.seats[lunch.pk] += heads
                return


def fill(
    sessions: list[Session], lunches: dict[dt.date, list[Occasion]], room: Classroom
) -> list[SchoolBooking]:
    """Book the sessions: most of the past, fewer the further ahead; some cancelled, a few with a waiting list."""
    bookings: list[SchoolBooking] = []
    for session in sessions:
        if session.release_at > room.now:
            continue
        for _group in range(session.occasion.max_groups or 1):
            if room.rng.random() > _chance(session.occasion.starts_at, room.now):
                continue
            booking = room.draw(session, SchoolBooking.Status.CONFIRMED)
            if booking is None:
                continue
            booking.confirmed_at = booking.created_at + dt.timedelta(minutes=4)
            _perhaps_cancel(booking, room)
            if booking.status == SchoolBooking.Status.CONFIRMED:
                room.sit_down(booking, lunches.get(periods.local_day(session.occasion.starts_at), []))
            bookings.append(booking)
    bookings += _queues(bookings, room)
    return SchoolBooking.objects.bulk_create(bookings, batch_size=500)


def _chance(starts_at: dt.datetime, now: dt.datetime) -> float:
    """How likely a group's place is booked by now: the near weeks are nearly full, next term half empty."""
    weeks_ahead = (starts_at - now).days / 7
    return 0.84 if weeks_ahead <= 4 else max(0.3, 0.84 - 0.035 * weeks_ahead)


def _perhaps_cancel(booking: SchoolBooking, room: Classroom) -> None:
    """Five in a hundred cancel, a fifth of those too late."""
    if room.rng.random() > 0.05:
        return
    starts_at = booking.session.occasion.starts_at
    is_late = room.rng.random() < 0.2
    days_before = 2 if is_late else room.rng.randint(9, 30)
    cancelled_at = max(booking.created_at + dt.timedelta(hours=1), starts_at - dt.timedelta(days=days_before))
    if cancelled_at > room.now:
        return
    booking.status = SchoolBooking.Status.CANCELLED
    booking.cancelled_at = cancelled_at
    booking.cancel_reason = _LATE_REASON
    if is_late:
        programme = booking.session.programme
        half = booking.pupils <= programme.half_class_max
        booking.owed_ore = programme.price_half_ore if half else programme.price_full_ore


def _queues(bookings: list[SchoolBooking], room: Classroom) -> list[SchoolBooking]:
    """Somebody waits for every fifteenth of the sessions to come that have no group left: nobody waits where there is room."""
    groups: Counter[Session] = Counter(
        b.session for b in bookings if b.status == "confirmed" and b.session.occasion.starts_at > room.now
    )
    full = [session for session, many in groups.items() if many >= (session.occasion.max_groups or 1)]
    queue = []
    for session in full[::15]:
        for _ in range(room.rng.randint(1, 3)):
            waiting = room.draw(
                session,
                SchoolBooking.Status.WAITING,
                waiting_since=room.now - dt.timedelta(hours=room.rng.randint(2, 200)),
            )
            if waiting:
                queue.append(waiting)
    return queue
