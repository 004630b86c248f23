"""A person who leaves her name wherever the house has room for one, and a search of every column for what is left of her."""

import datetime as dt
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from bookings.courses.models import Attendance
from bookings.courses.operations import attending, registering, wishes
from bookings.courses.operations.registering import Person
from bookings.feedback.models import Asked
from bookings.feedback.operations import answering, asking
from bookings.groups.operations import booking as groups
from bookings.groups.operations import receiving
from bookings.leisure.models import PaidBy, Payer
from bookings.leisure.operations import attending as children_there
from bookings.leisure.operations import drawing, enrolling, fees, telling
from bookings.schools.models import Series, SeriesGap
from bookings.schools.operations import booking as schools
from bookings.schools.operations import changing, contact
from navet.accounts.actor import Actor
from navet.accounts.models import User
from navet.api.models import IdempotencyRecord
from navet.directory import operations as directory
from navet.house.models import Occasion
from navet.outbox import relay
from navet.outbox.models import Effect
from navet.payments.invoices.models import InvoicePayment, Way
from navet.payments.invoices.operations import drafting, issuing
from navet.payments.models import Payment
from navet.payments.orders import Buyer, Line
from tests.bookings.conferences import rooms
from tests.bookings.courses import lessons
from tests.bookings.groups import parties
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW
from tests.bookings.tickets import shows
from tests.navet.payments import making as payments
from tests.navet.payments.invoices import making as invoices
from tests.visitors.making import user
from tests.visitors.tickets.making import price
from visitors import individuals
from visitors import operations as visitors
from visitors.models import Category
from visitors.safety.models import LimitOverride
from visitors.tickets import passes

MARK = "zorba"  # in every name and text of hers
EMAIL = "zorba@plant.example"
PHONE = "+46709990017"
HERS: dict[str, Any] = {"contact_name": "Zorba Plantin", "contact_email": EMAIL, "contact_phone": PHONE}
CLASS: dict[str, Any] = {
    **HERS,
    "class_name": "Zorbas klass",
    "invoice_reference": "Zorba 17",
    "needs": {"wheelchair": 1},
}


def everywhere() -> None:
    """A year of hers, by the operations where there is one: booked, waited, cancelled late, came, and left."""
    desk = Actor(user=user("desk", "management"))
    price("adult", first_date=NOW.date(), at=NOW - dt.timedelta(days=1))
    _classes(desk)
    _tickets_and_groups(desk)
    _courses()
    _leisure()
    _conference()
    visitors.record_walk_in(Category.ADULT, 3, by=desk, at=NOW)
    holder = {"holder_name": "Zorba Plantin", "holder_email": EMAIL}
    held = passes.issue(kind="family", persons=4, first_date=NOW.date(), **holder, by=desk, at=NOW)
    passes.admit(held.code, persons=2, by=desk, at=NOW)
    passes.block(held, reason="Zorba tappade kortet", by=desk, at=NOW)
    LimitOverride.objects.create(
        at=NOW, by=desk.user, heads=9, coming=5, limit=10, reason="Zorbas klass var kvar ute"
    )
    _money()
    relay.relay(timezone.now() + dt.timedelta(days=365))
    _around(desk)


def _classes(desk: Actor) -> None:
    school = classes.school(name="Altorpskolan", agreement=False)
    on = classes.session(day=NOW.date() + dt.timedelta(days=1), capacity=30)
    came = classes.confirmed(on, of=school, pupils=25, **CLASS)
    queue = classes.queued(on, of=school, pupils=20, **{**CLASS, "class_name": "Zorbas andra"})
    hem = "zorba@hem.example"
    for address, before in ((hem, EMAIL), (EMAIL, hem)):
        new = contact.Contact(name="Zorba P", email=address, phone=PHONE, mail_language="sv")
        contact.change(came.code, contact=new, verified_email=address, by=classes.teacher(before), at=NOW)
    at = NOW + dt.timedelta(days=1)
    visitors.check_in(came.code, participants=24, adults=2, by=desk, at=at)
    assert queue.status == "waiting"
    late = classes.confirmed(classes.session(day=NOW.date() + dt.timedelta(days=2)), of=school, **CLASS)
    changing.cancel(late.code, reason="Zorba är sjuk", by=classes.teacher(EMAIL), at=NOW)
    schools.request(
        classes.session(day=NOW.date() + dt.timedelta(days=3)).pk, **classes.wish(school, **CLASS)
    )
    directory.remember_contact(school, name="Zorba Plantin", email=EMAIL, phone=PHONE, by=None, at=NOW.date())
    Occasion.objects.filter(pk=on.pk).update(override_reason="Zorba bad om det")
    series = Series.objects.create(
        programme=on.programme,
        weekdays=[1],
        times=[dt.time(9)],
        first_date=NOW,
        last_date=NOW,
        created_at=NOW,
    )
    SeriesGap.objects.create(
        series=series, starts_at=NOW, code="educator_is_busy", reason="Zorba är upptagen"
    )


def _tickets_and_groups(desk: Actor) -> None:
    ticket = shows.confirmed(shows.slot(day=NOW.date(), clock="11:00"), **HERS)
    visitors.check_in(ticket.code, participants=3, adults=0, by=desk, at=NOW)
    package = parties.package()
    on = {"starts_at": parties.start(NOW.date() + dt.timedelta(days=4)), "group_name": "Zorbas kalas"}
    party = parties.confirmed(package, **HERS, **on)
    groups.cancel(party.code, reason="Zorba har feber", by=Actor(email=EMAIL), at=NOW)
    groups.request(**parties.wish(parties.package(), **HERS, **on))
    receiving.receive("other", group_name="Zorbas scouter", heads=7, by=desk, at=NOW)


def _courses() -> None:
    """She came under two addresses, was told to be one person, asked for a course, was asked what she thought, and left one."""
    by, at = Actor(user=user("planner", email="planerare@navet.example")), NOW - dt.timedelta(hours=2)
    school = classes.school(name="Altorpskolan")
    people = []
    for number, address in enumerate((EMAIL, "zorba@hem.example")):
        on = lessons.round_(day=NOW.date(), at=at - number * dt.timedelta(days=1), hour=10 + 3 * number)
        made = lessons.registered(
            on, 1, school=school, at=at, participants=[Person("Zorba Plantin", address)], **HERS
        )
        (day,) = on.days.all()
        ids = [one.pk for one in made.participants.all()]
        attending.take(day.pk, present=ids, listed=ids, by=by, at=day.occasion.starts_at)
        people.append(Attendance.objects.get(participant__in=ids).visit.person)
    individuals.decide(*people, year=NOW.year, verdict="same", by=by, at=NOW)
    left = lessons.registered(lessons.round_(), 1, participants=[Person("Zorba P", EMAIL)], **HERS)
    registering.cancel(left.code, reason="Zorba är på Kreta", by=Actor(email=EMAIL), at=NOW)
    wish = lessons.wished(school=school, what="Zorbas dans", when="När Zorba kan", **HERS)
    wishes.decline(wish.pk, reason="Zorba dansar för bra", by=by, at=NOW)
    asking.promise_due(at=NOW + dt.timedelta(days=2))
    for asked in Asked.objects.filter(participant__email=EMAIL):
        answering.answer(asked.pk, scores={"use": 4}, remark="Zorba var bra", at=NOW + dt.timedelta(days=2))


def _leisure() -> None:
    """Her child was there, will miss a meeting, and somebody else pays; another left; a third was drawn; all were written to."""
    by, at, her = clubs.planner(), NOW - dt.timedelta(hours=2), clubs.guardian(EMAIL)
    hers = {**HERS, "emergency_name": "Zorbas mormor", "emergency_phone": PHONE, "at": at}
    group = clubs.group(day=NOW.date(), meetings=2, fee_ore=80_000)
    first, second = group.meetings.all()
    came = clubs.enrolled(group, child_name="Zorba Liten", **hers)
    payer = Payer.objects.create(
        name="Fritidskortet", organisation_number="2021000007", reference_is_called="Nummer"
    )
    fees.choose(came.code, paid_by=PaidBy.OTHER, payer=payer, reference="Zorba 18", by=her, at=at)
    children_there.take(first.pk, present=[came.pk], listed=[came.pk], by=by, at=first.occasion.starts_at)
    telling.absent(came.code, meeting_id=second.pk, by=her, at=NOW)
    telling.write(group.pk, subject="Zorba bjuder", text="Zorba tar med fika.", by=by, at=NOW)
    left = clubs.enrolled(group, child_name="Zorba Lång", is_protected=True, **hers)
    enrolling.leave(left.code, reason="Zorba flyttar", by=her, at=NOW)
    drawn = clubs.group(closes_at=NOW - dt.timedelta(hours=1))
    clubs.enrolled(drawn, child_name="Zorba Tredje", **hers)
    drawing.hold(drawn.pk, at=NOW)


def _conference() -> None:
    customer = rooms.customer(
        EMAIL, contact_name="Zorba Plantin", contact_phone=PHONE, invoice_reference="Zorba 17"
    )
    wanted = rooms.wish(rooms.day(rooms.room("salen"), date=NOW.date() + dt.timedelta(days=8)))
    rooms.reserve(wanted, email=EMAIL, customer=customer)


def _money() -> None:
    number = "5560360793"
    buyer = Buyer(name="Zorba Plantin", email=EMAIL, organisation_number=number, reference="Zorba 17")
    kept = payments.order([Line("Lunch för Zorba", payments.DAY_PACKAGE.treatment, 1, 9_900)], buyer=buyer)
    lives = {
        "name": "Zorba Plantin",
        "email": EMAIL,
        "street": "Zorbagatan 1",
        "reference_example": "Zorba 17",
    }
    invoices.customer(organisation_number=number, way=Way.MAIL, reference_pattern=r"\w+ \d+", **lives)
    sent = issuing.issue(drafting.draft_order(kept, at=invoices.AT), by=invoices.BY, at=invoices.AT)
    InvoicePayment.objects.create(
        invoice=sent,
        key="bank:17",
        amount_ore=sent.payable_ore,
        paid_date=invoices.TODAY,
        sender="Zorba Plantin",
        text="från Zorba",
        reference="Zorba 17",
        at=invoices.AT,
    )
    Payment.objects.create(
        order=kept,
        amount_ore=kept.payable_ore,
        text="Lunch för Zorba",
        begun_at=invoices.AT,
        expires_at=invoices.AT + dt.timedelta(hours=1),
    )


def _around(desk: Actor) -> None:
    """What is kept beside the bookings: a browser, an answer, a colleague who left, a mail that never went."""
    browser = SessionStore()
    browser["verified_email"] = {"email": EMAIL, "at": NOW.isoformat()}
    browser.set_expiry(7 * 24 * 3600)
    browser.save()
    IdempotencyRecord.objects.create(
        scope="anonymous", key="k", fingerprint="f", status=201, body=f'{{"email": "{EMAIL}"}}'
    )
    left = User.objects.create_user("zorba@navet.example", name="Zorba Plantin", roles=["desk"])
    left.name = "Zorba P"
    left.is_active = False
    left.save()
    LogEntry.objects.create(
        user=desk.user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(left.pk),
        object_repr="Zorba Plantin",
        action_flag=2,
    )
    Effect.objects.create(
        kind="mail", key="dead", state="dead", due_at=timezone.now(), attempts=8, recipient_hint=EMAIL
    )


# Sessions are packed, and so searched unpacked.
TEXTS = """
    SELECT c.table_name, c.column_name
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea')
    ORDER BY 1, 2
"""


def found(*marks: str) -> set[str]:
    """`table.column` of everything in the database that holds one of these, whatever the case."""
    marks = marks or (MARK, PHONE.lstrip("+"))
    with connection.cursor() as cursor:
        cursor.execute(TEXTS)
        columns = cursor.fetchall()
        return {
            f"{table}.{column}"
            for table, column in columns
            if any(_holds(cursor, table, column, mark) for mark in marks)
        } | _in_sessions(marks)


def _holds(cursor: Any, table: str, column: str, mark: str) -> bool:
    cursor.execute(
        f'SELECT EXISTS (SELECT FROM "{table}" WHERE strpos(lower("{column}"::text), %s) > 0)', [mark]
    )
    return cursor.fetchone()[0]


def _in_sessions(marks: tuple[str, ...]) -> set[str]:
    texts = [str(one.get_decoded()).lower() for one in Session.objects.all()]
    return {"django_session.session_data" for text in texts if any(mark in text for mark in marks)}
