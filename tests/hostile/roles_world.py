"""What else the walked doors name: what is asked for and not proved yet, what is paid, drawn, counted and planned."""

import datetime as dt
from urllib.parse import urlencode

from bookings.conferences.operations import picturing, reserving
from bookings.courses.operations import registering
from bookings.feedback.models import Answer
from bookings.groups.operations import booking as groups
from bookings.leisure.operations import enrolling
from bookings.reach import links as invitations
from bookings.reach.operations import inviting
from bookings.schools.models import SchoolBooking
from bookings.schools.operations import booking, contact
from bookings.schools.operations import series as planning
from bookings.tickets.operations import booking as tickets
from bookings.wheel import operations as wheel
from navet.accounts.actor import Actor
from navet.accounts.models import DeviceToken, EmailCode, User
from navet.directory.models import SchoolUnit
from navet.house import feeds
from navet.house.models import Room
from navet.outbox.models import Effect
from navet.payments import handlers
from navet.payments.invoices.models import Invoice
from navet.payments.invoices.operations import settling
from navet.payments.models import Order, Settlement
from navet.payments.orders import Buyer
from tests.bookings.conferences import rooms
from tests.bookings.courses import lessons
from tests.bookings.groups import parties
from tests.bookings.leisure import clubs
from tests.bookings.schools import classes, plans
from tests.bookings.tickets import shows
from tests.navet.house import making
from tests.navet.pages.test_pictures import photo
from tests.navet.payments.invoices import making as invoices
from tests.navet.payments.invoices.test_settling import bgmax
from tests.navet.payments.line import Line
from tests.navet.payments.making import order
from tests.navet.payments.paying import told_of_as_paid
from tests.visitors.counters import making as counters
from visitors import counting, decisions

NOW, TODAY = classes.NOW, classes.NOW.date()
CHILD = {
    "child_name": "Saffran Kvist", "birth_year": 2016, "emergency_name": "Ester Mormor", "emergency_phone": "+46701740626",
}  # fmt: skip
HIDDEN = CHILD | {"child_name": "Pärla Kvist", "birth_year": 2015, "is_protected": True}


def held(hers: dict[str, str], school: SchoolUnit) -> dict[str, str]:
    """Asked for, while the code is in a mail that nobody has read."""
    later = classes.session(day=TODAY + clubs.WEEK)
    group = clubs.group(day=TODAY + clubs.WEEK)
    room = Room.objects.get(slug="salen")
    customer = rooms.customer(
        hers["contact_email"], contact_name=hers["contact_name"], contact_phone=hers["contact_phone"]
    )
    on = lessons.round_(day=TODAY + clubs.WEEK, at=NOW)
    conference = reserving.request(
        **rooms.asked(rooms.wish(rooms.day(room, date=rooms.DAY + clubs.WEEK)), customer=customer)
    )
    quoted = rooms.reserve(
        rooms.wish(rooms.day(room, date=rooms.DAY + 2 * clubs.WEEK)),
        asked="quote",
        email=hers["contact_email"],
        customer=customer,
    )
    picture = picturing.add(room.conference_offer, photo(), alt_sv="Salen.", by=rooms.host(), at=NOW)
    moving = classes.confirmed(later, school=school, **hers)
    new = contact.Contact(name="Zelda Kvist", email="zelda@ny.example", phone="", mail_language="sv")
    contact.change(moving.code, contact=new, by=classes.teacher(hers["contact_email"]), at=NOW)
    made = {
        "held_code": booking.request(later.pk, **classes.wish(school, pupils=8, **hers)).code,
        "moving_code": moving.code,
    }
    EmailCode.objects.update(created_at=NOW - clubs.WEEK / 84)  # one address gets five an hour
    return made | {
        "held_tickets_code": tickets.request(shows.slot(clock="13:00").pk, **shows.wish(**hers)).code,
        "held_group_code": groups.request(**parties.wish(parties.package(), **hers)).code,
        "held_child_code": enrolling.request(group.pk, **clubs.wish(**CHILD | hers)).code,
        "quoted_code": quoted.code,
        "held_conference_code": conference.code,
        "picture": picture.digest,
        "picture_id": picture.pk,
        "held_registration_code": registering.request(on.pk, **lessons.wish(1, school=school, **hers)).code,
    }


def children(hers: dict[str, str]) -> dict[str, object]:
    """Applied for and not drawn yet; and a place with a fee."""
    applied = clubs.group(closes_at=clubs.CLOSES)
    clubs.enrolled(applied, **CHILD | hers)
    clubs.enrolled(applied, **HIDDEN | hers)
    fee = clubs.enrolled(clubs.group(fee_ore=80_000), **CHILD | hers)
    return {"applied_id": applied.pk, "fee_code": fee.code, "club_slug": applied.club.slug}


def money(hers: dict[str, str], invoice_id: int) -> dict[str, object]:
    """Hers, paid by card."""
    handlers.register("test", Line())
    buyer = Buyer(hers["contact_name"], hers["contact_email"])
    paid = told_of_as_paid(order(buyer=buyer, settlement=Settlement.CARD, at=NOW), at=NOW)
    customer = Invoice.objects.get(pk=invoice_id).customer_id
    return {
        "paid_code": Order.objects.get(pk=paid.order_id).code,
        "payment_id": paid.pk,
        "customer_id": customer,
    }


def running(users: dict[str, User], booked: SchoolBooking, school: SchoolUnit) -> dict[str, object]:
    """What the house keeps: an invitation, rules, a door, a mail that could not be sent, feeds."""
    SchoolUnit.objects.filter(pk=school.pk).update(email="expedition@altorp.example", pupils=240)
    by = Actor(user=users["planner"])
    (invited,) = inviting.send([school.pk], by=by, at=NOW)
    rule = decisions.decide(
        2026, categories={"visitors": ["adult", "pupil"]}, targets={"leisure": 250}, reason="Direktionen",
        seen=0, by=users["management"], at=NOW,
    )  # fmt: skip
    asked = [("ar", 2026), ("seen", decisions.version()), ("reason", "Direktionen i mars")]
    asked += [("visa", "skillnad"), ("indikator", "visitors")]
    counts = {"pupils": "pupil", "educators": "course", "leisure": "leisure"}
    asked += [(f"counts_{code}", category) for code, category in counts.items()]
    asked += [("counts_visitors", category) for category in ("adult", "child", "pupil")]
    asked += [(f"target_{code}", target) for code, target in counting.targets_of(2026, []).items()]
    yesterday = TODAY - clubs.WEEK / 7
    counters.receive(counters.counter(), counters.own(yesterday, at_9=31), at=NOW)
    room = plans.house()
    making.plan(making.hours(dt.date(2026, 3, 4)), title="Uthyrning", rooms=(room,))
    plan = plans.series(plans.programme(room), room, last_date=dt.date(2026, 3, 25), weekdays=[2])
    series = planning.plan_series(plan, by=plans.planner(), at=NOW)
    words = wheel.Words("campaign", "Rymdveckan", "Space week", TODAY, TODAY, "Affischer", "staff")
    money = settling.book_file(
        bgmax(("12345", 70_000)), name="bg.txt", by=invoices.BY, at=invoices.AT
    ).payments
    args = {"code": booked.code, "email": booked.contact_email, "name": booked.contact_name}
    payload = {"mail": "school.confirmed", "args": args}
    mail = Effect.objects.create(
        kind="mail", key="walked", payload=payload, due_at=NOW, state="dead", attempts=8
    )
    return {
        "invited_path": f"/inbjudan/{invited.pk}-{invitations.key_of(invited)}/nej-tack/",
        "rules": rule.number,
        "proposal": f"?{urlencode(asked)}",
        "mail_id": mail.pk,
        "series_id": series.pk,
        "gap_id": series.gaps.get().pk,
        "wheel_id": wheel.add(words, by=by, at=NOW).pk,
        "unknown_money": money.get().pk,
        "device_id": DeviceToken.objects.get(name="Surfplatta").public_id,
        "answer_id": Answer.objects.exclude(remark="").get().pk,
        "programme_slug": booked.session.programme.slug,
        "educator_feed": feeds.token_of(users["educator"]),
        "wheel_feed": feeds.token_of(users["planner"]),
    }
