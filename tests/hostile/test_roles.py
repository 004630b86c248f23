"""Who sees which field at which door, walked from the outside. The rows are also docs/roles.md."""

import html
import io
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from django.utils import translation

from bookings.courses.operations import attending, registering
from bookings.courses.operations.registering import Person
from bookings.leisure.operations import attending as children_there
from bookings.leisure.operations import drawing, telling
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import changing
from navet.accounts import browser, devices
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.accounts.roles import STAFF_ROLES
from navet.api.throttles import Throttle
from navet.directory import operations as directory
from navet.payments.invoices.operations import drafting, issuing
from navet.payments.orders import Buyer
from tests.bookings.conferences import rooms
from tests.bookings.courses import lessons
from tests.bookings.feedback import came
from tests.bookings.groups import parties
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes
from tests.bookings.tickets import shows
from tests.hostile import roles
from tests.hostile.roles import CALLERS, DOORS, FIELDS
from tests.navet.house import making
from tests.navet.payments.invoices import making as invoices
from tests.navet.payments.making import order
from visitors import operations as visitors
from visitors.tickets import passes

pytestmark = pytest.mark.django_db
NOW, TODAY = classes.NOW, classes.NOW.date()
OWNER, OTHER = "zelda@skola.example", "lars@skola.example"
HERS = {"contact_name": "Zelda Kvist", "contact_email": OWNER, "contact_phone": "+46701740617"}
# What is found in a page: any of the texts where there are several.
PLANTED: dict[str, str | tuple[str, ...]] = {
    "contact's name": "Zelda Kvist",
    "contact's e-mail": OWNER,
    "contact's telephone": "701740617",
    "class": "Vitsippan 5X",
    "group's name": "Gullvivorna",
    "participant's name": "Rakel Storm",
    "participant's e-mail": "rakel@skola.example",
    "what was wished": "Robotar i slöjden",
    "pass holder's name": "Hjördis Pass",
    "pass holder's e-mail": "hjordis@hem.example",
    "buyer's reference": "YY170617",
    "child's name": "Saffran Kvist",
    "protected child's first name": "Pärla",
    "protected child's whole name": "Pärla Kvist",
    "whom to call": "Ester Mormor",
    "telephone in an emergency": "701740626",
    "what was thought": "Raketen var roligast",
    "what was written to guardians": "Ta med regnkläder",
    "why it was cancelled": "Febern gick i klassen",
    "access needs": (
        "Hörslinga × 13",
        "Hörslinga: 13",
        '"hearing_loop":13',
        '"hearing_loop": 13',
    ),
}


@dataclass
class Walked:
    """The things that the doors name, and who knocks."""

    things: dict[str, str]
    clients: dict[str, Client]

    def __getattr__(self, name: str) -> str:
        return self.things[name]


def build() -> Walked:
    """One of everything with a person in it, hers."""
    users = {
        role.value: making.user(f"{role.value}@roller.example", role.value, name=role.label)
        for role in STAFF_ROLES
    }
    by = Actor(user=users["administrator"])
    session = classes.session(day=TODAY, clock="10:00")
    school = classes.school(name="Altorpskolan")
    needs = {"hearing_loop": 13}
    booked = classes.confirmed(session, school=school, class_name="Vitsippan 5X", needs=needs, **HERS)
    left = classes.confirmed(classes.session(day=TODAY, clock="12:00"), school=school, **HERS)
    changing.cancel(left.code, reason=str(PLANTED["why it was cancelled"]), by=classes.teacher(OWNER), at=NOW)
    directory.remember_contact(school, name="Zelda Kvist", email=OWNER, by=None, at=TODAY)
    visitors.check_in(booked.code, participants=20, adults=2, by=by, at=NOW)
    slot = shows.slot()
    ticket = shows.confirmed(slot, **HERS)
    group = parties.confirmed(parties.package(), group_name="Gullvivorna", **HERS)
    things = {
        "class_code": booked.code,
        "left_code": left.code,
        "school_id": school.pk,
        "order_code": order(
            buyer=Buyer("Zelda Kvist", OWNER), settlement="card", pay_by=NOW + clubs.WEEK
        ).code,
        "session_id": session.pk,
        "slot_id": slot.pk,
        "ticket_code": ticket.code,
        "group_code": group.code,
    }
    registered = _courses(school)
    hall = rooms.room("salen")
    wanted = rooms.wish(rooms.day(hall))
    customer = rooms.customer(OWNER, contact_name="Zelda Kvist", contact_phone="+46701740617")
    conference = rooms.reserve(wanted, email=OWNER, customer=customer)
    card = passes.issue(
        kind="person",
        persons=1,
        first_date=TODAY,
        holder_name="Hjördis Pass",
        holder_email="hjordis@hem.example",
        by=by,
        at=NOW,
    )
    things |= {
        "registration_code": registered.code,
        **_past_course(school),
        "round_id": registered.round_id,
        "wish_id": lessons.wished(school=school, what="Robotar i slöjden", **HERS).pk,
        "conference_code": conference.code,
        "participants_key": conference.participants_key,
        "pass_code": card.code,
        "invoice_id": _invoice(),
    }
    things |= _leisure(users["educator"]) | _feedback(booked)
    clients = {"anybody": Client(), "owner": _proved(OWNER), "other": _proved(OTHER)}
    token = devices.enrol(name="Surfplatta", by=by, at=NOW).token
    clients["device"] = Client(headers={"Authorization": f"Bearer {token}"})
    for role, user in users.items():
        clients[role] = Client()
        clients[role].force_login(user)
    return Walked({name: str(value) for name, value in things.items()}, clients)


def _leisure(leader: User) -> dict[str, str]:
    """Today's meeting, which the educator leads: her child, hers whose details are not shown, and the first with another guardian."""
    group = clubs.group(day=TODAY, meetings=1, educators=[leader])
    hers = {"birth_year": 2016, "emergency_name": "Ester Mormor", "emergency_phone": "+46701740626"}
    children = [
        clubs.enrolled(group, child_name="Saffran Kvist", **hers | HERS),
        clubs.enrolled(group, child_name="Pärla Kvist", is_protected=True, **hers | HERS),
        clubs.enrolled(group, child_name="Saffran Kvist", **hers),
    ]
    ids = [child.pk for child in children]
    (meeting,) = group.meetings.all()
    children_there.take(
        meeting.pk, present=ids, listed=ids, by=Actor(user=leader), at=meeting.occasion.starts_at
    )
    said = str(PLANTED["what was written to guardians"])
    telling.write(group.pk, subject="Hej", text=said, by=Actor(user=leader), at=NOW)
    drawn = clubs.group(capacity=1, closes_at=NOW - clubs.WEEK / 7, at=NOW - clubs.WEEK)
    applied = NOW - clubs.WEEK / 2
    clubs.enrolled(drawn, child_name="Saffran Kvist", at=applied, **hers | HERS)
    clubs.enrolled(drawn, child_name="Pärla Kvist", is_protected=True, at=applied, **hers | HERS)
    drawing.hold(drawn.pk, at=NOW)
    return {
        "drawn_id": drawn.pk,
        "leisure_id": group.pk,
        "child_code": children[0].code,
        "hidden_code": children[1].code,
    }


def _feedback(booked: SchoolBooking) -> dict[str, str]:
    """One who is asked, and five who answered, of whom one wrote a line."""
    programme = classes.programme()
    for n in range(5):
        remark = "" if n else PLANTED["what was thought"]
        came.answered(programme, remark=remark, clock=f"{8 + n:02d}:00", **HERS)
    return {"asked_path": came.path(came.question(booked)), "thought_of": programme.slug}


def _invoice() -> int:
    invoices.customer()
    number = "2120001561"
    buyer = Buyer(
        name="Borås Stad", email="inkop@boras.example", organisation_number=number, reference="YY170617"
    )
    draft = drafting.draft_order(order(buyer=buyer), at=invoices.AT)
    return issuing.issue(draft, by=invoices.BY, at=invoices.AT).pk


def _courses(school):
    """Rakel came twice, under two addresses."""
    made = None
    for n, address in enumerate(("rakel@skola.example", "rakel@hem.example")):
        on = lessons.round_(day=TODAY, at=NOW - n * lessons.WEEK / 7 - lessons.WEEK / 84)
        people = {"participants": [Person("Rakel Storm", address)]}
        asked = lessons.proved(school=school, **HERS, at=NOW - lessons.WEEK / 168) | people
        made = made or registering.request(on.pk, **asked)
        if n:
            registering.request(on.pk, **asked)
        (day,) = on.days.all()
        ids = [one.pk for one in attending.list_of(day)]
        attending.take(
            day.pk, present=ids, listed=ids, by=classes.staff("educator"), at=day.occasion.starts_at
        )
    return made


def _past_course(school) -> dict[str, str | int]:
    """Rakel was there last week, and has a certificate."""
    day = NOW - lessons.WEEK
    on = lessons.round_(day=day.date(), at=day - lessons.WEEK)
    people = {"participants": [Person("Rakel Storm", "rakel@skola.example")], "at": day - lessons.WEEK / 7}
    made = registering.request(on.pk, **lessons.proved(school=school, **HERS) | people)
    (person,) = made.participants.all()
    (held,) = on.days.all()
    attending.take(
        held.pk,
        present=[person.pk],
        listed=[person.pk],
        by=classes.staff("educator"),
        at=held.occasion.starts_at,
    )
    return {"past_code": made.code, "participant_id": person.pk}


def _proved(email: str) -> Client:
    client = Client()
    session = client.session
    session[browser.KEY] = {"email": email, "at": NOW.isoformat()}
    session.save()
    return client


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """Made once for all doors, in a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        with (
            time_machine.travel(NOW, tick=False),
            translation.override("sv"),
            override_settings(STAFF_SECOND_FACTOR_REQUIRED=False),
        ):
            made = build()
        yield made
        transaction.set_rollback(True)


def texts(name: str) -> tuple[str, ...]:
    planted = PLANTED[name]
    return (planted,) if isinstance(planted, str) else planted


def _said(answer) -> str:
    """What stands in a page, a file, or a PDF."""
    if answer.headers["Content-Type"] == "application/pdf":
        pages = pytest.importorskip("pypdf", reason="the extra `rules` is not installed").PdfReader
        lines = " ".join(page.extract_text() for page in pages(io.BytesIO(answer.content)).pages)
        return " ".join(lines.split())
    return html.unescape(answer.content.decode())


def _is_there(text: str, said: str, digits: str, name: str) -> bool:
    return text in digits if "telephone" in name else text in said or quote(text) in said


def seen(door: roles.Door, house: Walked) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    is_open = False
    for who in CALLERS:
        answer = house.clients[who].get(door.path.format(w=house))
        if answer.status_code != 200:
            assert answer.status_code in (302, 401, 403, 404), (door.path, who, answer.status_code)
            continue
        is_open = True
        said = _said(answer)
        digits = "".join(c for c in said if c.isdigit())
        for name in FIELDS:
            if any(_is_there(text, said, digits, name) for text in texts(name)):
                found.setdefault(name, []).append(who)
    assert is_open, f"{door.path} opens for nobody: what is not there shows nothing"
    return {name: tuple(found[name]) for name in FIELDS if name in found}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.where)
def test_each_field_is_seen_by_those_alone(door, house, db, monkeypatch, settings):
    monkeypatch.setattr(Throttle, "THROTTLE_RATES", dict.fromkeys(Throttle.THROTTLE_RATES))
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOW, tick=False):
        found = seen(door, house)
    if name := os.environ.get("ROLES_TO"):
        with Path(name).open("a") as out:
            out.write(f"    {door.path!r}: {found!r},\n")
    assert found == door.sees


def test_every_field_is_seen_somewhere():
    """Or the search for it is no search."""
    assert {name for door in DOORS for name in door.sees} == set(FIELDS)


def test_the_table_in_the_documentation_is_up_to_date(repository: Path):
    written = (repository / "docs/roles.md").read_text()
    assert written == roles.text(), "run: python -m tests.hostile.roles > docs/roles.md"
