"""Who sees which field at which door, walked from the outside. The rows are also docs/roles.md."""

import html
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import time_machine
from django.contrib import admin
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve
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
from navet.directory.models import Contact
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
from tests.hostile import roles_world as more
from tests.hostile.roles import CALLERS, DOORS, FIELDS
from tests.hostile.roles_paths import ADMINISTRATION, BY_POST, NOT_WALKED
from tests.navet.house import making
from tests.navet.payments.invoices import making as invoices
from tests.navet.payments.making import order
from visitors import operations as visitors
from visitors.models import Arrival
from visitors.tickets import passes

pytestmark = pytest.mark.django_db
NOW, TODAY = classes.NOW, classes.NOW.date()
WHOLE = ("admin/", "konto/")  # reasons for all below them
READ = frozenset({"GET", "HEAD"})
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
    "child's year of birth": "2016",
    "protected child's year of birth": "2015",
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
    things |= {
        "event_slug": slot.event.slug,
        "package_slug": group.package.slug,
        "course_slug": registered.round.course.slug,
        "booked_id": booked.pk,
        "arrival_id": Arrival.objects.get(code=booked.code).pk,
        "contact_id": Contact.objects.get().pk,
        "pass_id": card.pk,
    }
    things |= more.held(HERS, school) | more.children(HERS)
    token = devices.enrol(name="Surfplatta", by=by, at=NOW).token
    things |= more.money(HERS, things["invoice_id"]) | more.running(users, booked, school)
    clients = {"anybody": Client(), "owner": _proved(OWNER), "other": _proved(OTHER)}
    clients["device"] = Client(headers={"Authorization": f"Bearer {token}"})
    for role, user in users.items():
        clients[role] = Client()
        clients[role].force_login(user)
    return Walked({name: str(value) for name, value in things.items()}, clients)


def _leisure(leader: User) -> dict[str, str]:
    """Today's meeting, which the educator leads: her child, hers whose details are not shown, and the first with another guardian."""
    group = clubs.group(day=TODAY, meetings=1, educators=[leader])
    children = [
        clubs.enrolled(group, **more.CHILD | HERS),
        clubs.enrolled(group, **more.HIDDEN | HERS),
        clubs.enrolled(group, **more.CHILD),
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
    clubs.enrolled(drawn, at=applied, **more.CHILD | HERS)
    clubs.enrolled(drawn, at=applied, **more.HIDDEN | HERS)
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
    whole = transaction.atomic()
    whole._from_testcase = True  # as in Django's own TestCase: paying wants to be the outermost otherwise
    with django_db_blocker.unblock(), whole:
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
    if answer.headers["Content-Type"] == "image/webp":
        return answer.content.decode("latin-1")
    if answer.headers["Content-Type"] == "application/pdf":
        pages = pytest.importorskip("pypdf", reason="the extra `rules` is not installed").PdfReader
        lines = " ".join(page.extract_text() for page in pages(io.BytesIO(answer.content)).pages)
        return " ".join(lines.split())
    charset = "cp437" if answer.headers["Content-Type"] == "application/octet-stream" else "utf-8"  # SIE 4
    return html.unescape(answer.content.decode(charset))


def _is_there(text: str, said: str, digits: str, name: str) -> bool:
    if "year" in name:  # a year by itself: no part of a date, a key or a number
        return re.search(rf"(?<![\w.+-]){text}(?![\w.-])", said) is not None
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


def test_no_address_is_forgotten(house):
    walked = {resolve(urlsplit(door.path.format(w=house)).path).route for door in DOORS}
    reasons = [route for routes in NOT_WALKED.values() for route in routes]
    by_post = {route for routes in BY_POST.values() for route in routes}
    known = dict(_routes(get_resolver()))

    def has_reason(route: str) -> bool:
        return any(route == one or (one in WHOLE and route.startswith(one)) for one in reasons)

    forgotten = {route for route in known if not has_reason(route)} - walked - by_post
    assert forgotten == set(), "walk it (PATHS, PLAIN), or say why not (NOT_WALKED, BY_POST)"
    assert {route for route in by_post if READ & known.get(route, READ)} == set(), "answers GET, or is gone"
    assert {one for one in reasons if one not in known and one not in WHOLE} == set(), "is gone"
    assert {route for route in walked if has_reason(route) and not route.startswith("admin/")} == set()


def test_every_list_of_the_administration_is_walked():
    lists = {f"/admin/{model._meta.label_lower.replace('.', '/')}/" for model in admin.site._registry}
    assert lists - set(ADMINISTRATION) == set()


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Each address as the resolver writes it, with its methods."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, frozenset(_methods(pattern.callback))
        else:
            yield from _routes(pattern, route)


def _methods(view: Any) -> Iterable[str]:
    """What `require_POST` and its kin let through, or what a class has; all where nothing is said."""
    if cls := getattr(view, "view_class", None) or getattr(view, "cls", None):
        return [name.upper() for name in cls.http_method_names if hasattr(cls, name)]
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            return view.__closure__[names.index("request_method_list")].cell_contents
        view = getattr(view, "__wrapped__", None)
    return READ


def test_every_field_is_seen_somewhere():
    """Or the search for it is no search."""
    assert {name for door in DOORS for name in door.sees} == set(FIELDS)


def test_the_table_in_the_documentation_is_up_to_date(repository: Path):
    written = (repository / "docs/roles.md").read_text()
    assert written == roles.text(), "run: python -m tests.hostile.roles > docs/roles.md"
