"""Wrong input to the API of tickets."""

from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, request

TICKETS, SALES, SLOTS = "/api/v1/ticket-bookings/", "/api/v1/ticket-sales/", "/api/v1/ticket-slots/"


def book(sent: str, status: int, said: str, field: str = "", **changed: Any) -> Row:
    body = {
        "slot": lambda w: w.slot.pk,
        "tickets": {"adult": 1, "child": 2},
        "contact_name": "Karin Ek",
        "contact_email": "karin@hem.example",
        **changed,
    }
    return Row(sent, f"POST {TICKETS}", request("POST", TICKETS, body), status, said, field)


def own(
    sent: str, method: str, tail: str, body: Any, status: int, said: str, field: str = "", **more: Any
) -> Row:
    """About one booking: `code` says whose, `headers` what goes with it."""
    code, who = more.pop("code", "{w.tickets.code}"), more.pop("who", callers.teacher)
    path = f"{TICKETS}{code}/{tail}"
    return Row(
        sent,
        f"{method} {TICKETS}<code>/{tail}",
        request(method, path, body, **more),
        status,
        said,
        field,
        who,
    )


def sell(
    sent: str, status: int, said: str, field: str = "", *, who: Any = callers.desk, **changed: Any
) -> Row:
    body = {"slot": lambda w: w.slot.pk, "tickets": {"adult": 1}, **changed}
    return Row(sent, f"POST {SALES}", request("POST", SALES, body), status, said, field, who)


ROWS = [
    book("no tickets", 400, "invalid", "tickets", tickets={}),
    book("tickets: 0 adults", 400, "invalid", "tickets", tickets={"adult": 0}),
    book("tickets: -1 adult", 400, "invalid", "tickets", tickets={"adult": -1}),
    book('tickets: "2" adults (text)', 400, "invalid", "tickets", tickets={"adult": "2"}),
    book("tickets: true", 400, "invalid", "tickets", tickets={"adult": True}),
    book("tickets of an unknown kind", 400, "invalid", "tickets", tickets={"hund": 1}),
    book("tickets: a list", 400, "invalid", "tickets", tickets=["adult"]),
    book("tickets: 11, the event sells 10 at once", 409, "too_many_tickets", "tickets", tickets={"adult": 11}),
    book("only a companion", 409, "only_companions", "tickets", tickets={"companion": 1}),
    book("a sold-out slot", 409, "slot_full", "tickets", slot=lambda w: w.sold_out.pk),
    book("a slot that does not exist", 400, "no_such_slot", "slot", slot=999_999),
    book("a school's session as a slot", 400, "no_such_slot", "slot", slot=lambda w: w.open.pk),
    book("contact_name with a line break and a header", 400, "invalid", "contact_name",
         contact_name="Karin\r\nBcc: alla@hem.example"),
    book("contact_email that is none", 400, "invalid", "contact_email", contact_email="karin(at)hem"),
    book("a price of one's own", 400, "invalid", "price", price=0),
    own("somebody else's code", "GET", "", None, 404, "not_found", code="{w.others_tickets.code}"),
    own("a code, without having proved the address", "GET", "", None, 404, "not_found", who=callers.anybody),
    own("a school's code", "GET", "", None, 404, "not_found", code="{w.mine.code}"),
    own("another's tickets cancelled", "POST", "cancellation/", {}, 404, "not_found",
        code="{w.others_tickets.code}"),
    own("cancelled with an old If-Match", "POST", "cancellation/", {}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("another's tickets changed", "PATCH", "", {"tickets": {"adult": 1}}, 404, "not_found",
        code="{w.others_tickets.code}", headers={"If-Match": '"v1"'}),
    own("a change without If-Match", "PATCH", "", {"tickets": {"adult": 1}}, 428, "precondition_required"),
    own("a change with an old If-Match", "PATCH", "", {"tickets": {"adult": 1}}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("a change to 11, the event sells 10 at once", "PATCH", "", {"tickets": {"adult": 11}}, 409,
        "too_many_tickets", "tickets", headers={"If-Match": "*"}),
    own("a change to 0 adults", "PATCH", "", {"tickets": {"adult": 0}}, 400, "invalid", "tickets",
        headers={"If-Match": "*"}),
    own("a change to a companion alone", "PATCH", "", {"tickets": {"companion": 1}}, 409, "only_companions",
        "tickets", headers={"If-Match": "*"}),
    own("the code of another booking", "POST", "confirmation/", {"pin": lambda w: w.pins["held"]}, 409,
        "wrong_code", "code", code="{w.held_tickets.code}", who=callers.anybody),
    own("a code for a booking that does not exist", "POST", "confirmation/", {"pin": "123456"}, 404,
        "no_such_booking", code="0000000000", who=callers.anybody),
    sell("sold by nobody", 401, "not_authenticated", who=callers.anybody),
    sell("sold by a teacher", 401, "not_authenticated", who=callers.teacher),
    sell("checked in for another day", 409, "slot_not_today", "slot", check_in=True),
    sell("sold out at the desk too", 409, "slot_full", "tickets", slot=lambda w: w.sold_out.pk),
    Row("first: 3 mars", f"GET {SLOTS}", request("GET", f"{SLOTS}?first=3%20mars"), 400, "invalid", "first"),
    Row("bookings of all, by the desk", f"GET {TICKETS}", request("GET", TICKETS), 403, "permission_denied", "",
        callers.desk),
]  # fmt: skip
