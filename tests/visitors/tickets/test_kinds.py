"""Tickets as rows: one tap enters a whole party, is taken back whole, and is added up by kind; who makes them, and what is kept."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pghistory.models import Events

from navet.errors import Refused
from tests.visitors.making import DAY, MORNING, desk, user
from tests.visitors.test_at_once import at_once
from tests.visitors.test_limits import limit
from tests.visitors.tickets.making import economist, price
from visitors import ledger, operations
from visitors.models import Visit
from visitors.refusals import AlreadyUndone
from visitors.tickets import audit, kinds, selling, till
from visitors.tickets.models import ReceiptLine, TicketEntry, TicketKind

pytestmark = pytest.mark.django_db
TICKETS, VISITS = "/kassa/biljetter/", "/api/v1/visits/"
NEW = {
    "name_sv": "Stor familj",
    "name_en": "Large family",
    "heads_family_adult": "2",
    "heads_family_child": "4",
    "heads_free": "1",
    "first_date": str(DAY),
    "position": "35",
}


def client(role: str = "desk") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def tap(ticket: str = "family", tickets: int = 1, **changed) -> Visit:
    return operations.record_tickets(ticket, tickets, **{"by": desk(), "at": MORNING} | changed)


def entries() -> list[tuple[str, int]]:
    return list(Visit.objects.order_by("pk").values_list("category", "count"))


def added(**changed) -> TicketKind:
    terms = {
        "name_sv": "Dagis",
        "name_en": "Nursery",
        "party": {"child": 6},
        "position": 5,
        "first_date": DAY,
    }
    return kinds.add(**terms | changed, by=economist(), at=MORNING)


@pytest.fixture
def this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING, tick=False):
        yield


def test_a_family_is_one_tap_of_three_statements_with_one_line():
    price("family", 320)
    by = desk()
    with CaptureQueriesContext(connection) as asked:
        first = operations.record_tickets("family", 2, by=by, at=MORNING)
    said = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert (len(said), entries()) == (3, [("family_adult", 4), ("family_child", 4)])
    line = ReceiptLine.objects.get()
    assert (line.visit_id, line.product, line.tickets, line.amount_ore) == (first.pk, "family", 2, 64_000)
    assert (
        list(TicketEntry.objects.values_list("kind__code", "tickets", "first_id"))
        == [("family", 2, first.pk)] * 2
    )
    (row,) = till.to_the_till(DAY, DAY).rows
    assert (row.label, row.tickets, row.amount_ore) == ("Familj, 2 vuxna och 2 barn", 2, 64_000)
    assert list(audit.disagreements()) == list(audit.disagreements(DAY)) == []


def test_a_ticket_without_a_price_is_counted_and_has_no_line():
    tap("adult", 3)
    assert (entries(), ReceiptLine.objects.count()) == ([("adult", 3)], 0)


@pytest.mark.parametrize("place", [0, 1])
def test_undo_of_either_entry_takes_back_the_whole_tap(place):
    price("family", 320)
    tap()
    taken_back = operations.undo_walk_in(Visit.objects.order_by("pk")[place], by=desk(), at=MORNING)
    assert entries()[2:] == [("family_adult", -2), ("family_child", -2)]
    assert (till.sum_of(DAY), taken_back.receipt.tickets) == (0, -1)
    with pytest.raises(AlreadyUndone):
        operations.undo_walk_in(Visit.objects.order_by("pk")[1 - place], by=desk(), at=MORNING)
    assert list(audit.disagreements()) == []
    call_command("verify_ledger")


@pytest.mark.django_db(transaction=True)
def test_two_desks_that_take_one_tap_back_by_each_of_its_entries_take_it_back_once():
    added(party={"family_adult": 2, "family_child": 2})
    price("dagis", 320)
    tap("dagis")
    adults, children = Visit.objects.order_by("pk")
    at_once(
        lambda: operations.undo_walk_in(adults, by=desk(), at=MORNING),
        lambda: operations.undo_walk_in(children, by=desk(), at=MORNING),
        lambda: tap("dagis"),
    )
    assert (Visit.objects.count(), till.sum_of(DAY)) == (6, 32_000)
    assert list(audit.disagreements()) == []


@pytest.mark.parametrize(
    ("ticket", "tickets", "why"),
    [
        ("nonsense", 1, "no_such_ticket"),
        ("coming", 1, "ticket_not_sold"),
        ("family", 0, "nobody_came"),
        ("family", 126, "implausible_count"),
        ("family", 501, "implausible_count"),
    ],
)
def test_what_is_no_tap_is_refused_and_enters_nobody(ticket, tickets, why):
    added(name_sv="coming", first_date=DAY + dt.timedelta(days=1))
    with pytest.raises(Refused) as refused:
        tap(ticket, tickets)
    assert (refused.value.code, entries()) == (why, [])


def test_the_house_that_is_full_counts_all_of_a_tap_against_its_limit():
    limit(3)
    with pytest.raises(Refused, match="full"):
        tap()
    assert entries() == []


def test_a_tap_of_which_a_part_was_taken_back_around_the_operations_is_found():
    tap()
    children = Visit.objects.get(category="family_child")
    ledger.write([ledger.reversal(children, by=desk())])
    (found,) = audit.disagreements(DAY)
    assert "tryck" in str(found)


def test_what_was_sold_never_changes_in_the_database():
    kind = added()
    for change in ({"party": {"child": 7}}, {"party": {"adult": 6}}, {"code": "annat"}):
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            TicketKind.objects.filter(pk=kind.pk).update(**change)
    tap("dagis")
    for change in (TicketEntry.objects.all().delete, lambda: TicketEntry.objects.update(tickets=2)):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()


def test_a_ticket_that_ends_is_sold_to_its_last_day_and_keeps_what_it_sold():
    kind = added()
    price("dagis", 300, first_date=DAY, at=MORNING)
    tap("dagis")
    names = {"name_sv": kind.name_sv, "name_en": kind.name_en}
    kinds.change(kind, **names, position=5, has_key=False, last_date=DAY, by=economist(), at=MORNING)
    tap("dagis")  # what waited on a tablet
    with pytest.raises(selling.TicketNotSold):
        tap("dagis", at=MORNING + dt.timedelta(days=1))
    (row,) = till.to_the_till(DAY, DAY).rows
    assert (row.label, row.tickets) == ("Dagis", 2)
    labels = Events.objects.tracks(kind).order_by("pgh_created_at").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"first_date": DAY - dt.timedelta(days=1)}, kinds.TicketInThePast),
        ({"party": {}}, kinds.AdmitsNobody),
        ({"party": {"adult": 0}}, kinds.AdmitsNobody),
        ({"party": {"adult": 60, "child": 41}}, kinds.AdmitsTooMany),
        ({"party": {"adult": 1, "pupil": 1}}, kinds.NotAWalkInsTicket),
    ],
)
def test_a_ticket_that_cannot_be_is_refused(changed, why):
    with pytest.raises(why):
        added(**changed)


@pytest.mark.parametrize(
    "party",
    [{}, [], 2, {"pupil": 1}, {"adult": 0}, {"adult": 101}, {"adult": 1.5}, {"adult": "2"}, {"adult": [1]}],
)
def test_the_database_holds_no_ticket_that_admits_nobody(party):
    with pytest.raises(DatabaseError), transaction.atomic():
        TicketKind.objects.create(code="x", name_sv="x", name_en="x", party=party, valid=DateRange(DAY, None))


def test_a_ticket_admits_as_many_categories_as_it_says_and_a_tap_is_whole_or_found():
    kind = added(party={"free": 1, "adult": 1, "child": 3, "annual_pass": 2})
    price("dagis", 100)
    first = tap("dagis", 2)
    assert entries() == [("adult", 2), ("child", 6), ("annual_pass", 4), ("free", 2)]
    assert (kind.admits, first.ticket.heads, till.sum_of(DAY)) == (7, 14, 20_000)
    assert list(audit.disagreements()) == []
    more = operations.record_walk_in("free", 2, by=desk(), at=MORNING)
    TicketEntry.objects.create(visit=more, kind=kind, tickets=2, first=first)
    assert "tryck" in str(next(audit.disagreements(DAY)))


def test_two_tickets_of_one_name_have_codes_of_their_own():
    assert [added().code, added(position=6).code, added(name_sv="!!").code] == ["dagis", "dagis-2", "biljett"]


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_is_one_ticket():
    economist()
    assert [one.code for one in at_once(added, added, added)] == ["dagis"] * 3
    assert TicketKind.objects.filter(name_sv="Dagis").count() == 1


def test_the_desk_taps_a_key_and_takes_it_back(this_morning):
    price("family", 320)
    browser = client()
    page = browser.get("/reception/").content.decode()
    assert 'name="ticket" value="family"' in page
    page = browser.post("/reception/besok/", {"ticket": "family", "count": 1}, follow=True).content.decode()
    assert "Family, 2 adults and 2 children: +1. To the till: SEK\xa0320." in page
    assert page.count("/angra/") == 2  # one row, its address twice
    last = Visit.objects.order_by("pk").last()
    page = browser.post(f"/reception/besok/{last.pk}/angra/", follow=True).content.decode()
    assert "Family, 2 adults and 2 children: −1." in page
    assert Visit.objects.count() == 4


def test_a_house_without_tickets_counts_by_category(this_morning):
    TicketKind.objects.all().delete()
    assert 'name="category" value="adult"' in client().get("/reception/").content.decode()


def test_the_api_takes_a_ticket_and_answers_with_its_tap(this_morning):
    price("family", 320)
    browser = client()
    made = browser.post(
        VISITS, {"ticket": "family", "count": 1, "municipality": "1490"}, content_type="application/json"
    ).json()
    assert made["ticket"] == {"code": "family", "tickets": 1, "heads": 4, "first": made["id"]}
    assert (made["category"], made["count"], made["receipt"]["product"]) == ("family_adult", 2, "family")
    listed = browser.get(VISITS).json()["results"]
    assert [(one["count"], one["municipality"], one["ticket"]["first"]) for one in listed] == [
        (2, "1490", made["id"])
    ] * 2
    back = browser.post(f"{VISITS}{listed[1]['id']}/undo/", {}, content_type="application/json").json()
    assert (back["reverses"], back["receipt"]["amount"]["amount"]) == (made["id"], "-320.00")


@pytest.mark.parametrize(
    ("role", "seen"), [("desk", 403), ("planner", 403), ("management", 403), ("finance", 200)]
)
def test_who_makes_tickets(this_morning, role, seen):
    browser = client(role)
    assert [browser.get(TICKETS).status_code, browser.get(f"{TICKETS}family/").status_code] == [seen, seen]
    assert browser.post(TICKETS, NEW).status_code == (302 if seen == 200 else 403)
    assert TicketKind.objects.filter(code="stor-familj").exists() == (seen == 200)


def test_finance_makes_a_ticket_prices_it_mends_its_name_takes_its_key_and_ends_it(this_morning):
    browser = client("finance")
    page = browser.post(TICKETS, NEW, follow=True).content.decode()
    assert "Large family is added. Set its price." in page
    prices = browser.get("/kassa/priser/?produkt=stor-familj").content.decode()
    assert '<option value="stor-familj" selected>Large family</option>' in prices
    terms = {"product": "stor-familj", "kronor": "420", "vat_permille": "60", "heads": "1"}
    browser.post("/kassa/priser/", {**terms, "first_date": str(DAY)})
    assert "SEK\xa0420" in browser.get(f"{TICKETS}stor-familj/").content.decode()
    tap("stor-familj")
    sold = list(ReceiptLine.objects.values())
    fields = {"name_sv": "Storfamilj", "name_en": "Big family", "position": "1", "last_date": str(DAY)}
    page = browser.post(f"{TICKETS}stor-familj/", fields, follow=True).content.decode()
    assert "Big family is changed." in page
    kind = TicketKind.objects.get(code="stor-familj")
    assert (kind.position, kind.has_key, kind.last_date) == (1, False, DAY)
    assert kind.party == {"family_adult": 2, "family_child": 4, "free": 1}
    page = browser.get(f"{TICKETS}stor-familj/").content.decode()
    assert re.search(r"<li>Stor familj / Large family, called so until .* \(The finance\)</li>", page)
    assert list(ReceiptLine.objects.values()) == sold
    assert [row.amount_ore for row in till.to_the_till(DAY, DAY).rows] == [42_000]
    assert "Big family" in browser.get(f"/kassa/?fran={DAY}").content.decode()
    assert 'value="stor-familj"' not in client().get("/reception/").content.decode()
