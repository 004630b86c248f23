"""Wrong input to the API."""

from typing import Any

from tests.hostile import callers, rows_groups, rows_tickets
from tests.hostile.rows import BOOKINGS, CHECK_INS, SESSIONS, VISITS, Row, request, wish

POST_BOOKING = f"POST {BOOKINGS}"


def book(
    sent: str, status: int, said: str, field: str = "", *, who: Any = callers.anybody, **changed: Any
) -> Row:
    return Row(sent, POST_BOOKING, request("POST", BOOKINGS, wish(**changed)), status, said, field, who)


def raw(sent: str, body: Any, status: int, said: str, **options: Any) -> Row:
    return Row(sent, POST_BOOKING, request("POST", BOOKINGS, body, **options), status, said)


def ask(sent: str, path: str, status: int, said: str, field: str = "", *, who: Any = callers.planner) -> Row:
    where = "GET " + path.replace("{w.mine.code}", "<code>").replace("{w.theirs.code}", "<code>")
    return Row(sent, where, request("GET", path), status, said, field, who)


def desk(
    sent: str, path: str, body: Any, status: int, said: str, field: str = "", *, who: Any = callers.desk
) -> Row:
    where = "POST " + path.replace("{w.received.pk}", "<id>").replace("{w.walk_in.pk}", "<id>")
    return Row(sent, where, request("POST", path, body), status, said, field, who)


def own(
    sent: str, method: str, tail: str, body: Any, status: int, said: str, field: str = "", **more: Any
) -> Row:
    """About one booking: `code` says whose, `headers` what goes with it."""
    code, who = more.pop("code", "{w.mine.code}"), more.pop("who", callers.teacher)
    return Row(sent, f"{method} {BOOKINGS}<code>/{tail}", request(method, f"{BOOKINGS}{code}/{tail}", body, **more),
               status, said, field, who)  # fmt: skip


def plan(
    sent: str, status: int, said: str, field: str = "", *, who: Any = callers.planner, **changed: Any
) -> Row:
    body = {"programme": "rymden", "rooms": ["kuben"], "starts_at": "2026-03-24T09:00:00+01:00", **changed}
    return Row(sent, f"POST {SESSIONS}", request("POST", SESSIONS, body), status, said, field, who)


COUNTS = [
    book("pupils: -3", 400, "invalid", "pupils", pupils=-3),
    book("pupils: 0", 400, "invalid", "pupils", pupils=0),
    book('pupils: "7" (text)', 400, "invalid", "pupils", pupils="7"),
    book("pupils: 7.5", 400, "invalid", "pupils", pupils=7.5),
    book("pupils: true", 400, "invalid", "pupils", pupils=True),
    book("pupils: null", 400, "invalid", "pupils", pupils=None),
    book("pupils: 1000000000", 400, "invalid", "pupils", pupils=10**9),
    book("pupils: a number of 30 digits", 400, "number_out_of_range", pupils=10**30),
    raw("pupils: NaN", lambda w: '{"pupils": NaN}', 400, "malformed_json"),
    raw("pupils: 1e999", lambda w: '{"pupils": 1e999}', 400, "number_out_of_range"),
    book("pupils: 31, the programme takes 30", 409, "group_too_large", "pupils", pupils=31),
    book("pupils: 4, the programme needs 5", 409, "group_too_small", "pupils", pupils=4),
    book("adults: -1", 400, "invalid", "adults", adults=-1),
    book("adults: a list", 400, "invalid", "adults", adults=[]),
]
WHICH = [
    book("a session that does not exist", 400, "no_such_session", "session", session=999_999),
    book("a full session", 409, "session_full", "pupils", session=lambda w: w.full.pk),
    book("a session not yet released", 409, "not_released", "session", session=lambda w: w.unreleased.pk),
    book("a session of an unpublished programme", 409, "not_published", "session",
         session=lambda w: w.unpublished.pk),
    book("a cancelled session", 409, "session_cancelled", "session", session=lambda w: w.cancelled.pk),
    book("a session that has begun", 409, "session_began", session=lambda w: w.begun.pk),
    book("a school that does not exist", 400, "no_such_school", "school", school=999_999),
    book("a school that has closed", 409, "school_closed", "school", school=lambda w: w.closed_school.pk),
    book("a school as both id and code", 400, "invalid", "school", school_code="12345678"),
    book("no invoice reference, from a school that pays", 409, "invoice_reference_missing", "invoice_reference",
         school=lambda w: w.paying_school.pk),
    book("a lunch sitting of another day", 409, "lunch_not_that_day", "lunch",
         lunch=lambda w: w.lunch_of_another_day.pk),
    book("a lunch sitting with too few seats", 409, "lunch_full", "lunch", lunch=lambda w: w.full_lunch.pk),
    book("a lunch sitting that does not exist", 400, "no_such_lunch", "lunch", lunch=999_999),
    book("a session's occasion as lunch", 400, "no_such_lunch", "lunch", lunch=lambda w: w.open.occasion_id),
    book("a grade that does not exist", 400, "invalid", "grade", grade="10"),
    book("a grade the programme is not made for", 409, "grade_not_served", "grade", grade="9"),
    book("a language that is not offered", 400, "invalid", "language", language="de"),
    book("the class has booked this session already", 409, "already_booked", "class_name",
         session=lambda w: w.mine.session_id, class_name=lambda w: w.mine.class_name, pupils=5,
         who=callers.teacher),
    book("an exception, without being a planner", 403, "may_not_override", "override_reason",
         override_reason="Vi är 40"),
]  # fmt: skip
TEXTS = [
    book("needs: unknown code", 400, "invalid", "needs", needs={"gluten": 1}),
    book("needs: -1 wheelchair", 400, "invalid", "needs", needs={"wheelchair": -1}),
    book("needs: free text", 400, "invalid", "needs", needs="Kalle har astma"),
    book("needs: 40 wheelchairs among 22 people", 400, "bad_needs", "needs", needs={"wheelchair": 40}),
    book("class_name with NUL", 400, "invalid", "class_name", class_name="5A\0"),
    book("class_name of 10 000 letters", 400, "invalid", "class_name", class_name="A" * 10_000),
    book("contact_name with a line break and a header", 400, "invalid", "contact_name",
         contact_name="Maria\r\nBcc: alla@skola.example"),
    book("contact_email with a line break and a header", 400, "invalid", "contact_email",
         contact_email="a@skola.example\nBcc: b@skola.example"),
    book("contact_email that is none", 400, "invalid", "contact_email", contact_email="maria(at)skola"),
    book("contact_phone: SQL", 400, "invalid", "contact_phone", contact_phone="1; DROP TABLE schools"),
    book("bus_at: 25:00", 400, "invalid", "bus_at", bus_at="25:00"),
    book("an unknown field", 400, "invalid", "discount", discount=100),
    book("a read-only field", 400, "invalid", "price", price=0),
]  # fmt: skip
BODIES = [
    raw("a broken JSON body", '{"session": 1,', 400, "malformed_json"),
    raw("a list instead of an object", "[1]", 400, "not_an_object"),
    raw("an empty body", "", 400, "invalid"),
    raw("the same name twice", '{"pupils": 7, "pupils": 30}', 400, "duplicate_name"),
    raw("1 000 objects inside each other", '{"a":' * 1000 + "1" + "}" * 1000, 400, "too_deep"),
    raw("100 000 lists inside each other", '{"a":' + "[" * 100_000 + "]" * 100_000 + "}", 400, "too_deep"),
    raw("invalid UTF-8", b'{"class_name": "\xff\xfe"}', 400, "malformed_json"),
    raw("half a character", '{"class_name": "\\ud800"}', 400, "malformed_json"),
    raw("a body over 1 MiB", '{"class_name": "' + "a" * 1_100_000 + '"}', 413, "too_large"),
    raw("a body of 10 MB", '{"class_name": "' + "a" * 10_000_000 + '"}', 413, "too_large"),
    raw("text/plain", "hej", 415, "unsupported_media_type", content_type="text/plain"),
    raw("multipart/form-data", "--x--", 415, "unsupported_media_type",
        content_type="multipart/form-data; boundary=x"),
    raw("application/xml", "<a/>", 415, "unsupported_media_type", content_type="application/xml"),
    raw("Idempotency-Key with a space", "{}", 400, "idempotency_key_malformed",
        headers={"Idempotency-Key": "a b"}),
    raw("Idempotency-Key of 256 characters", "{}", 400, "idempotency_key_malformed",
        headers={"Idempotency-Key": "a" * 256}),
    raw("Accept: application/xml", "{}", 406, "not_acceptable", headers={"Accept": "application/xml"}),
    Row("an unknown query parameter", POST_BOOKING, request("POST", BOOKINGS + "?quick=1", wish()), 400,
        "unknown_parameter", "quick"),
    Row("DELETE", f"DELETE {BOOKINGS}", request("DELETE", BOOKINGS), 405, "method_not_allowed"),
    Row("PUT", f"PUT {SESSIONS}", request("PUT", SESSIONS), 405, "method_not_allowed", "", callers.planner),
]  # fmt: skip
OTHERS = [
    own("nobody's code", "GET", "", None, 404, "not_found", code="0000000000"),
    own("a code of the wrong form", "GET", "", None, 404, "not_found", code="HEJ"),
    own("somebody else's code", "GET", "", None, 404, "not_found", code="{w.theirs.code}"),
    own("a code, without having proved the address", "GET", "", None, 404, "not_found", who=callers.anybody),
    own("another's booking changed", "PATCH", "", {"pupils": 5}, 404, "not_found", code="{w.theirs.code}",
        headers={"If-Match": '"v1"'}),
    own("another's booking cancelled", "POST", "cancellation/", {}, 404, "not_found", code="{w.theirs.code}"),
    own("a change without If-Match", "PATCH", "", {"pupils": 5}, 428, "precondition_required"),
    own("a change with an old If-Match", "PATCH", "", {"pupils": 5}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("If-Match: hello", "PATCH", "", {"pupils": 5}, 412, "stale", headers={"If-Match": "hello"}),
    own("more pupils than the programme takes", "PATCH", "", {"pupils": 31}, 409, "group_too_large", "pupils",
        headers={"If-Match": '"v1"'}),
    own("final count without adults", "PATCH", "", {"pupils": 9, "final_count": True}, 400, "invalid",
        "final_count", headers={"If-Match": '"v1"'}),
    own("move to a full session", "POST", "move/", {"session": lambda w: w.full.pk}, 409, "session_full", "pupils"),
    own("move to where it is", "POST", "move/", {"session": lambda w: w.mine.session_id}, 409, "same_session",
        "session"),
    own("another's contact changed", "POST", "contact/", {"contact_name": "Ove"}, 404, "not_found", code="{w.theirs.code}"),
    own("contact_email that is none", "POST", "contact/", {"contact_email": "maria"}, 400, "invalid", "contact_email"),
    own("mail_language: tlh", "POST", "contact/", {"mail_language": "tlh"}, 400, "invalid", "mail_language"),
    own("a contact's role", "POST", "contact/", {"role": "rektor"}, 400, "invalid", "role"),
    own("a contact with an old If-Match", "POST", "contact/", {"contact_name": "Ove"}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("a code when no address waits for one", "POST", "contact/confirmation/", {"pin": "123456"}, 409, "code_expired", "code"),
    own("language: de", "PATCH", "", {"language": "de"}, 400, "invalid", "language",
        headers={"If-Match": "*"}),
    own("an offer that was never made", "POST", "offer/", {"accept": False}, 409, "not_possible_now"),
    own("a wrong code from the mail", "POST", "confirmation/", {"pin": lambda w: w.wrong_pin()}, 409, "wrong_code",
        "code", code="{w.held.code}", who=callers.anybody),
    own("the code of another booking", "POST", "confirmation/", {"pin": lambda w: w.pins["elsewhere"]}, 409,
        "wrong_code", "code", code="{w.held.code}", who=callers.anybody),
    own("a code of five digits", "POST", "confirmation/", {"pin": "12345"}, 400, "invalid", "pin",
        code="{w.held.code}", who=callers.anybody),
    own("a code for a booking that does not exist", "POST", "confirmation/", {"pin": "123456"}, 404,
        "no_such_booking", code="0000000000", who=callers.anybody),
]  # fmt: skip
DESK = [
    desk("check-in by nobody", CHECK_INS, {}, 401, "not_authenticated", who=callers.anybody),
    desk("check-in by a teacher", CHECK_INS, {}, 401, "not_authenticated", who=callers.teacher),
    desk("check-in with a forged device key", CHECK_INS, {}, 401, "not_authenticated", who=callers.forged),
    desk("check-in with a revoked device key", CHECK_INS, {}, 401, "not_authenticated", who=callers.revoked),
    desk("a code of the wrong form", CHECK_INS, {"arrival": "HEJ", "participants": 1}, 400, "invalid", "arrival"),
    desk("nobody's code", CHECK_INS, {"arrival": "7K3M9QX2ZD", "participants": 1}, 400, "no_such_arrival", "arrival"),
    desk("check-in tapped yesterday", CHECK_INS, {"arrival": lambda w: w.arrival.code, "participants": 20,
         "checked_in_at": "2026-01-11T23:59:59+01:00"}, 409, "not_the_same_day", "checked_in_at"),
    desk("check-in tapped in an hour", CHECK_INS, {"arrival": lambda w: w.arrival.code, "participants": 20,
         "checked_in_at": "2026-01-12T10:00:00+01:00"}, 409, "in_the_future", "checked_in_at"),
    desk("check-in tapped in the year 1", CHECK_INS, {"arrival": lambda w: w.arrival.code, "participants": 20,
         "checked_in_at": "0001-01-01T00:00:00+14:00"}, 400, "invalid", "checked_in_at"),
    desk("check-in tapped at 25:00", CHECK_INS, {"arrival": lambda w: w.arrival.code, "participants": 20,
         "checked_in_at": "2026-01-12T25:00:00+01:00"}, 400, "invalid", "checked_in_at"),
    desk("a walk-in tapped yesterday", VISITS, {"category": "adult", "count": 1,
         "at": "2026-01-11T12:00:00+01:00"}, 409, "not_the_same_day", "at"),
    desk("a walk-in tapped in an hour", VISITS, {"category": "adult", "count": 1,
         "at": "2026-01-12T10:00:00+01:00"}, 409, "in_the_future", "at"),
    desk("a walk-in tapped at no time", VISITS, {"category": "adult", "count": 1, "at": "nyss"}, 400, "invalid", "at"),
    desk("check-in of nobody", CHECK_INS, {"arrival": lambda w: w.arrival.code, "participants": 0}, 409,
         "nobody_came", "participants"),
    desk("check-in of -1", CHECK_INS, {"arrival": lambda w: w.arrival.code, "participants": -1}, 400, "invalid",
         "participants"),
    desk("check-in of 9 000", CHECK_INS, {"arrival": lambda w: w.arrival.code, "participants": 9000}, 409,
         "implausible_count", "participants"),
    desk("check-in a second time", CHECK_INS, {"arrival": lambda w: w.received.arrival.code, "participants": 20},
         409, "already_checked_in"),
    desk("check-in of tomorrow's class", CHECK_INS, {"arrival": lambda w: w.tomorrow.code, "participants": 20},
         409, "not_today"),
    desk("check-in of a cancelled class", CHECK_INS, {"arrival": lambda w: w.gone.code, "participants": 20}, 409,
         "arrival_cancelled"),
    desk("walk-in of 0", VISITS, {"category": "adult", "count": 0}, 400, "invalid", "count"),
    desk("a ticket that does not exist", VISITS, {"ticket": "hund", "count": 1}, 400, "no_such_ticket", "ticket"),
    desk("a ticket that is no code", VISITS, {"ticket": "två vuxna", "count": 1}, 400, "invalid", "ticket"),
    desk("a ticket and a category", VISITS, {"ticket": "adult", "category": "adult", "count": 1}, 400, "invalid", "ticket"),
    desk("neither ticket nor category", VISITS, {"count": 1}, 400, "invalid", "category"),
    desk("-1 tickets", VISITS, {"ticket": "adult", "count": -1}, 400, "invalid", "count"),
    desk("a ticket and a pass", VISITS, {"ticket": "adult", "count": 1, "annual_pass": lambda w: w.annual_pass.code}, 400,
         "invalid", "annual_pass"),
    desk("walk-in of an unknown category", VISITS, {"category": "hund", "count": 1}, 400, "invalid", "category"),
    desk('walk-in from municipality ""', VISITS, {"category": "adult", "count": 1, "municipality": ""}, 400,
         "invalid", "municipality"),
    desk("walk-in beyond the limit, without being a manager", VISITS,
         {"category": "adult", "count": 1, "override_reason": "Ösregn"}, 403, "may_not_override_limit",
         "override_reason"),
    desk("a walk-in that the house has no room for", VISITS, {"category": "adult", "count": 400}, 409,
         "house_full", "override_reason"),
    desk("check-in of a class that the house has no room for", CHECK_INS,
         {"arrival": lambda w: w.arrival.code, "participants": 400}, 409, "house_full", "override_reason"),
    desk("a reason on two lines", VISITS, {"category": "adult", "count": 1, "override_reason": "Regn\nsnö"}, 400,
         "invalid", "override_reason"),
    desk("a pass that is blocked", VISITS,
         {"category": "annual_pass", "count": 1, "annual_pass": lambda w: w.blocked_pass.code}, 409, "pass_blocked",
         "annual_pass"),
    desk("a pass with a letter wrong", VISITS, {"category": "annual_pass", "count": 1, "annual_pass": "0000000001"}, 400,
         "misread_pass", "annual_pass"),
    desk("a pass that does not exist", VISITS, {"category": "annual_pass", "count": 1, "annual_pass": "0000000000"}, 400,
         "no_such_pass", "annual_pass"),
    desk("more people than the pass admits", VISITS,
         {"category": "annual_pass", "count": 5, "annual_pass": lambda w: w.annual_pass.code}, 409, "too_many_on_pass",
         "count"),
    desk("a pass with an adult's ticket", VISITS,
         {"category": "adult", "count": 1, "annual_pass": lambda w: w.annual_pass.code}, 400, "invalid", "annual_pass"),
    desk("a pass by a teacher", VISITS, {"category": "annual_pass", "count": 1}, 401, "not_authenticated",
         who=callers.teacher),
    desk("undo of a check-in that is none", "/api/v1/check-ins/999999/undo/", {}, 404, "not_found"),
]  # fmt: skip
ASKED = [
    ask("date: 2026-02-30", "/api/v1/arrivals/?date=2026-02-30", 400, "invalid", "date"),
    ask("date: 3 mars", "/api/v1/arrivals/?date=3%20mars", 400, "invalid", "date"),
    ask("date: year 0", "/api/v1/arrivals/?date=0000-01-01", 400, "invalid", "date"),
    ask("date: year 10000", "/api/v1/arrivals/?date=10000-01-01", 400, "invalid", "date"),
    ask("date: year 1", "/api/v1/arrivals/?date=0001-01-01", 400, "invalid", "date"),
    ask("arrivals, by nobody", "/api/v1/arrivals/", 401, "not_authenticated", who=callers.anybody),
    ask("indicators, by the desk", "/api/v1/indicators/", 403, "permission_denied", who=callers.desk),
    ask("year: 20", "/api/v1/indicators/?year=20", 400, "invalid", "year"),
    ask("indicators as a PDF", "/api/v1/indicators/pdf/", 404, "not_found"),
    ask("as_of: 31 juni", "/api/v1/indicators/csv/?as_of=2026-06-31", 400, "invalid", "as_of"),
    ask("a misspelt parameter", f"{SESSIONS}?pupil=7", 400, "unknown_parameter", "pupil"),
    ask("date: nothing", f"{BOOKINGS}?date=", 400, "invalid", "date"),
    ask("page_size: 0", f"{SESSIONS}?page_size=0", 400, "invalid_page_size", "page_size"),
    ask("page_size: 100000", f"{SESSIONS}?page_size=100000", 400, "invalid_page_size", "page_size"),
    ask("a cursor of one's own", f"{SESSIONS}?cursor=abc", 400, "invalid_cursor", "cursor"),
    ask("grade: 99", f"{SESSIONS}?grade=99", 400, "invalid", "grade"),
    ask("from: 2026-13-01", f"{SESSIONS}?from=2026-13-01", 400, "invalid", "from"),
    ask("bookings of all schools, by a teacher", BOOKINGS, 401, "not_authenticated", who=callers.teacher),
    ask("a session id beyond 64 bits", f"{SESSIONS}{10**30}/", 404, "not_found"),
    plan("a session in the past", 409, "session_in_the_past", "starts_at", starts_at="2025-03-24T09:00:00+01:00"),
    plan("a time without its offset", 400, "invalid", "starts_at", starts_at="2026-03-24T09:00:00"),
    plan("year 10000", 400, "invalid", "starts_at", starts_at="10000-03-24T09:00:00+01:00"),
    plan("a room that does not exist", 400, "invalid", "rooms[0]", rooms=["månen"]),
    plan("a Sunday", 409, "outside_opening_hours", "starts_at", starts_at="2026-03-22T09:00:00+01:00"),
    plan("planning by a teacher", 401, "not_authenticated", who=callers.teacher),
    plan("planning by the desk", 403, "permission_denied", who=callers.desk),
]  # fmt: skip
ROWS = [*COUNTS, *WHICH, *TEXTS, *BODIES, *OTHERS, *DESK, *ASKED, *rows_tickets.ROWS, *rows_groups.ROWS]
