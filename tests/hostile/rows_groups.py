"""Wrong input to the API of groups."""

from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, request

GROUPS, TIMES, ARRIVALS = "/api/v1/group-bookings/", "/api/v1/group-times/", "/api/v1/group-arrivals/"


def book(sent: str, status: int, said: str, field: str = "", **changed: Any) -> Row:
    body = {
        "package": "kalas",
        "starts_at": "2026-03-10T11:00:00+01:00",
        "group_name": "Elsas kalas",
        "heads": 10,
        "contact_name": "Karin Ek",
        "contact_email": "karin@hem.example",
        "contact_phone": "070-174 06 05",
        **changed,
    }
    return Row(sent, f"POST {GROUPS}", request("POST", GROUPS, body), status, said, field)


def own(
    sent: str, method: str, tail: str, body: Any, status: int, said: str, field: str = "", **more: Any
) -> Row:
    """About one booking: `code` says whose, `headers` what goes with it."""
    code, who = more.pop("code", "{w.party.code}"), more.pop("who", callers.teacher)
    path = f"{GROUPS}{code}/{tail}"
    return Row(
        sent, f"{method} {GROUPS}<code>/{tail}", request(method, path, body, **more), status, said, field, who
    )


def receive(
    sent: str, status: int, said: str, field: str = "", *, who: Any = callers.desk, **changed: Any
) -> Row:
    body = {"kind": "other", "group_name": "PRO", "heads": 12, **changed}
    return Row(sent, f"POST {ARRIVALS}", request("POST", ARRIVALS, body), status, said, field, who)


def times(sent: str, query: str, status: int, said: str, field: str = "") -> Row:
    return Row(sent, f"GET {TIMES}", request("GET", f"{TIMES}?{query}"), status, said, field)


ROWS = [
    book("heads: 0", 400, "invalid", "heads", heads=0),
    book('heads: "10" (text)', 400, "invalid", "heads", heads="10"),
    book("heads: 4, the package needs 5", 409, "party_too_small", "heads", heads=4),
    book("heads: 16, the package takes 15", 409, "party_too_large", "heads", heads=16),
    book("adults: -1", 400, "invalid", "adults", adults=-1),
    book("a time without its offset", 400, "invalid", "starts_at", starts_at="2026-03-10T11:00:00"),
    book("a time the package does not begin at", 409, "time_not_offered", "starts_at",
         starts_at="2026-03-10T12:00:00+01:00"),
    book("a Sunday", 409, "time_not_offered", "starts_at", starts_at="2026-03-08T11:00:00+01:00"),
    book("tomorrow", 409, "booked_too_soon", "starts_at", starts_at="2026-01-13T11:00:00+01:00"),
    book("in a year", 409, "booked_too_far_ahead", "starts_at", starts_at="2027-01-12T11:00:00+01:00"),
    book("year 1", 400, "invalid", "starts_at", starts_at="0001-01-01T00:00:00+14:00"),
    book("a time somebody else has", 409, "time_taken", "starts_at", starts_at="2026-03-03T11:00:00+01:00"),
    book("a package that does not exist", 400, "no_such_package", "package", package="finns-inte"),
    book("a municipality that does not exist", 400, "invalid", "municipality", municipality="9999"),
    book("group_name with a line break and a header", 400, "invalid", "group_name",
         group_name="Elsa\r\nBcc: alla@hem.example"),
    book("a price of one's own", 400, "invalid", "price", price=0),
    own("somebody else's code", "GET", "", None, 404, "not_found", code="{w.others_party.code}"),
    own("a code, without having proved the address", "GET", "", None, 404, "not_found", who=callers.anybody),
    own("another's party cancelled", "POST", "cancellation/", {}, 404, "not_found", code="{w.others_party.code}"),
    own("cancelled with an old If-Match", "POST", "cancellation/", {}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("another's party changed", "PATCH", "", {"heads": 9}, 404, "not_found", code="{w.others_party.code}",
        headers={"If-Match": '"v1"'}),
    own("a change without If-Match", "PATCH", "", {"heads": 9}, 428, "precondition_required"),
    own("a change with an old If-Match", "PATCH", "", {"heads": 9}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("a change to 16, the package takes 15", "PATCH", "", {"heads": 16}, 409, "party_too_large", "heads",
        headers={"If-Match": "*"}),
    own('a change to "9" (text)', "PATCH", "", {"heads": "9"}, 400, "invalid", "heads", headers={"If-Match": "*"}),
    own("a change of the price", "PATCH", "", {"price": 0}, 400, "invalid", "price", headers={"If-Match": "*"}),
    own("a change of what is not confirmed yet", "PATCH", "", {"heads": 9}, 409, "not_possible_now",
        code="{w.held_party.code}", who=callers.planner, headers={"If-Match": "*"}),
    own("the code of another booking", "POST", "confirmation/", {"pin": lambda w: w.pins["tickets"]}, 409,
        "wrong_code", "code", code="{w.held_party.code}", who=callers.anybody),
    receive("received by nobody", 401, "not_authenticated", who=callers.anybody),
    receive("received by a teacher", 401, "not_authenticated", who=callers.teacher),
    receive("heads: 0 at the desk", 400, "invalid", "heads", heads=0),
    receive("a kind of group that is none", 400, "invalid", "kind", kind="hund"),
    times("no package", "", 400, "invalid", "package"),
    times("a package that is none", "package=finns-inte", 404, "not_found"),
    times("first: 3 mars", "package=kalas&first=3%20mars", 400, "invalid", "first"),
]  # fmt: skip
