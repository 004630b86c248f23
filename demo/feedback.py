"""What those who came thought of it: most were asked, a third answered, and some wrote a line."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence

from bookings.courses.models import Attendance, Course, Participant
from bookings.courses.operations import attending
from bookings.feedback import questions
from bookings.feedback.models import Answer, Asked, Score
from bookings.feedback.operations.asking import came_as_classes
from bookings.schools.models import Programme, SchoolBooking
from demo import courses
from demo.catalogue import read
from navet import periods, school_years
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.directory.models import SchoolUnit
from navet.house.models import Room

_ANSWERS = 0.35
_WRITES = 0.3
_LINES = [
    "Mer tid vid experimenten, gärna en kvart till.",
    "Eleverna pratade om besöket hela bussresan hem.",
    "Skriv i förväg vad klassen ska ha läst.",
    "Pedagogen fångade alla, även de som brukar sitta tysta.",
    "Det blev trångt när två klasser möttes i hallen.",
    "Svårt att höra längst bak i rummet.",
    "Bra koppling till det vi läser just nu.",
    "Lite för lätt för de äldsta.",
    "Ge oss något att fortsätta med i klassrummet.",
    "Lunchen och programmet låg för tätt.",
    "Vi kommer gärna tillbaka nästa år.",
    "Materialet räckte inte till alla grupper.",
]
_COURSE_LINES = ["Mycket att ta med hem.", "Gärna en uppföljning till våren.", "Tempot var högt efter fikat."]


def make_answers(
    rooms: dict[str, Room], staff: dict[str, User], *, now: dt.datetime, rng: random.Random
) -> None:
    """Of classes that came more than two days ago, and of two courses held two months ago."""
    until = now - dt.timedelta(days=2)
    came = came_as_classes(
        SchoolBooking.objects.confirmed().filter(session__occasion__period__endswith__lt=until)
    ).select_related("session__occasion", "session__programme")
    classes = [
        (Asked(booking=one), one.session.programme, one.session.occasion.ends_at)
        for one in came.order_by("pk")
    ]
    _ask(classes, _LINES, now, rng)
    persons = [
        (
            Asked(participant=one),
            one.registration.round.course,
            one.registration.round.occasions()[-1].ends_at,
        )
        for one in _held(rooms, staff, now, rng)
    ]
    _ask(persons, _COURSE_LINES, now, rng, answers=0.6)


def _ask(
    asked: Sequence[tuple[Asked, Programme | Course, dt.datetime]],
    lines: Sequence[str],
    now: dt.datetime,
    rng: random.Random,
    answers: float = _ANSWERS,
) -> None:
    """Everybody is asked the day after; some answer within a week."""
    given: list[tuple[Answer, list[Score]]] = []
    for one, about, ended_at in asked:
        one.asked_at = min(ended_at + dt.timedelta(hours=20), now)
        one.closes_at = one.asked_at + dt.timedelta(days=30)
        one.ticket = f"{rng.getrandbits(128):032x}"
        if rng.random() < answers:
            at = min(one.asked_at + dt.timedelta(hours=rng.randint(1, 160)), now)
            given.append(_answer(one, about, at, lines, rng))
            one.ticket, one.is_answered = None, True
    Asked.objects.bulk_create([one for one, _about, _ended_at in asked], batch_size=500)
    Answer.objects.bulk_create([answer for answer, _scores in given], batch_size=500)
    Score.objects.bulk_create([score for _answer, scores in given for score in scores], batch_size=1000)


def _answer(
    asked: Asked, about: Programme | Course, at: dt.datetime, lines: Sequence[str], rng: random.Random
) -> tuple[Answer, list[Score]]:
    day = periods.local_day(at)
    answer = Answer(
        ticket=asked.ticket or "",
        programme=about if isinstance(about, Programme) else None,
        course=about if isinstance(about, Course) else None,
        school_year=school_years.of(periods.local_day(asked.asked_at)),
        week_date=day - dt.timedelta(days=day.weekday()),
        remark=rng.choice(lines) if rng.random() < _WRITES else "",
    )
    scores = []
    for number, one in enumerate(questions.asked_of(is_of_a_course=isinstance(about, Course))):
        # Every programme has its strong and its weak sides, the same for all who answer.
        leaning = 3.5 - ((about.pk * 7 + number * 5) % 11) / 9
        if rng.random() < 0.93:
            value = min(4, max(1, round(rng.gauss(leaning, 0.7))))
            scores.append(Score(answer=answer, perspective=one.perspective, value=value))
    return answer, scores


def _held(
    rooms: dict[str, Room], staff: dict[str, User], now: dt.datetime, rng: random.Random
) -> Iterable[Participant]:
    """The persons who were there, nearly all who were registered."""
    schools = list(SchoolUnit.objects.open().select_related("organiser").order_by("pk")[:40])
    by = Actor(user=staff["planerare"])
    for row in read("courses.toml", "course")[:2]:
        course = Course.objects.get(slug=row["slug"])
        held = courses.plan(course, row, rooms, by, now - dt.timedelta(days=90), weeks=3)
        if held is None:
            continue
        courses.fill(held, schools, now - dt.timedelta(days=75), rng)
        for day in held.days.select_related("occasion"):
            people = [one.pk for one in attending.list_of(day)]
            there = [pk for pk in people if rng.random() < 0.92]
            at = day.occasion.starts_at
            attending.take(day.pk, present=there, listed=people, by=Actor(user=staff["pedagog"]), at=at)
    there_once = Attendance.objects.values("participant")
    found = Participant.objects.filter(pk__in=there_once).order_by("pk")
    return found.select_related("registration__round__course").prefetch_related(
        "registration__round__days__occasion"
    )
