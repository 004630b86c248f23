"""Wrong input to courses: their API, and their pages."""

from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, form, request
from tests.hostile.world import TEACHER

REGISTRATIONS, ROUNDS, COURSES = "/api/v1/course-registrations/", "/api/v1/course-rounds/", "/api/v1/courses/"
ADA = {"name": "Ada Ek", "email": "ada@skola.example"}


def register(sent: str, status: int, said: str, field: str = "", **changed: Any) -> Row:
    body = {
        "round": lambda w: w.course_round.pk,
        "school": lambda w: w.school.pk,
        "participants": [ADA],
        "contact_name": "Maria Lind",
        "contact_email": "karin@skola.example",
        **changed,
    }
    return Row(sent, f"POST {REGISTRATIONS}", request("POST", REGISTRATIONS, body), status, said, field)


def own(
    sent: str, method: str, tail: str, body: Any, status: int, said: str, field: str = "", **more: Any
) -> Row:
    """About one registration: `code` says whose, `headers` what goes with it."""
    code, who = more.pop("code", "{w.registration.code}"), more.pop("who", callers.teacher)
    path = f"{REGISTRATIONS}{code}/{tail}"
    where = f"{method} {REGISTRATIONS}<code>/{tail}"
    return Row(sent, where, request(method, path, body, **more), status, said, field, who)


def read(sent: str, where: str, status: int, said: str, field: str = "", who: Any = callers.anybody) -> Row:
    return Row(sent, f"GET {where.partition('?')[0]}", request("GET", where), status, said, field, who)


def page(
    sent: str, where: str, path: str, fields: Any, status: int, said: str, who: Any = callers.anybody
) -> Row:
    return Row(sent, f"POST {where}", form(path, fields), status, said, who=who)


MATCH = {"headers": {"If-Match": "*"}}
TO_THE_API = [
    register("nobody who comes", 400, "invalid", "participants", participants=[]),
    register("participants: a text", 400, "invalid", "participants", participants="Ada"),
    register("a participant without an address", 400, "invalid", "", participants=[{"name": "Ada"}]),
    register("a participant with a field of her own", 400, "invalid", "", participants=[{**ADA, "age": 9}]),
    register("31 participants", 400, "invalid", "participants",
             participants=[{"name": "A", "email": f"a{n}@skola.example"} for n in range(31)]),
    register("one address twice", 400, "named_twice", "participants", participants=[ADA, {**ADA, "name": "Bo"}]),
    register("somebody who is registered already", 409, "already_registered", "participants",
             participants=[{"name": "P", "email": "mine0@skola.example"}]),
    register("more persons than places", 409, "round_full", "waiting_list", round=lambda w: w.full_round.pk),
    register("a round of another school alone", 409, "for_another_school", "",
             round=lambda w: w.reserved_round.pk),
    register("a round that does not exist", 404, "no_such_round", "", round=999_999),
    register("round: a text", 400, "invalid", "round", round="x"),
    register("a school that does not exist", 400, "invalid", "school", school=999_999),
    register("a school that has closed", 400, "invalid", "school", school=lambda w: w.closed_school.pk),
    register("a school that pays, without a reference", 409, "reference_missing", "invoice_reference",
             school=lambda w: w.paying_school.pk),
    register("contact_name with a line break and a header", 400, "invalid", "contact_name",
             contact_name="Karin\r\nBcc: alla@skola.example"),
    register("contact_email that is none", 400, "invalid", "contact_email", contact_email="karin(at)skola"),
    register("a price of one's own", 400, "invalid", "price", price=0),
    own("somebody else's code", "GET", "", None, 404, "not_found", code="{w.others_registration.code}"),
    own("a code, without having proved the address", "GET", "", None, 404, "not_found", who=callers.anybody),
    own("a school class's code", "GET", "", None, 404, "not_found", code="{w.mine.code}"),
    own("another's cancelled", "POST", "cancellation/", {}, 404, "not_found", code="{w.others_registration.code}"),
    own("cancelled with an old If-Match", "POST", "cancellation/", {}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("a change without If-Match", "PATCH", "", {"participants": [ADA]}, 428, "precondition_required"),
    own("a change with an old If-Match", "PATCH", "", {"participants": [ADA]}, 412, "changed_meanwhile",
        headers={"If-Match": '"v7"'}),
    own("another's changed", "PATCH", "", {"participants": [ADA]}, 404, "not_found",
        code="{w.others_registration.code}", **MATCH),
    own("changed to nobody", "PATCH", "", {"participants": []}, 400, "invalid", "participants", **MATCH),
    own("changed to eleven, there are ten places", "PATCH", "",
        {"participants": [{"name": "A", "email": f"b{n}@skola.example"} for n in range(11)]}, 409, "round_full",
        "waiting_list", **MATCH),
    own("the code of another booking", "POST", "confirmation/", {"pin": lambda w: w.pins["held"]}, 409,
        "wrong_code", "code", code="{w.held_registration.code}", who=callers.anybody),
    own("a code for a registration that does not exist", "POST", "confirmation/", {"pin": "123456"}, 404,
        "no_such_booking", code="0000000000", who=callers.anybody),
    read("first: 3 mars", f"{ROUNDS}?first=3%20mars", 400, "invalid", "first"),
    read("a field that no course is about", f"{COURSES}?field=x", 400, "invalid", "field"),
    read("registrations of all, by nobody", REGISTRATIONS, 401, "not_authenticated"),
    read("registrations of all, by the desk", REGISTRATIONS, 403, "permission_denied", who=callers.desk),
]  # fmt: skip
WISH = {"school_text": "Altorpskolan", "what": "AI", "persons": "25", "when": "Vecka 12", "contact_name": "Maria", "contact_email": TEACHER}  # fmt: skip
ASK, CHECK, DOUBLES = "/kurser/onskemal/", "/kurser/intyg/", "/planering/individer/"
MATERIAL, PLAN = "/planering/kurser/omgang/<id>/material/", "/planering/kurser/onskemal/<id>/"
LINK = {"title": "Bilder", "url": "https://navet.example/", "day": lambda w: w.course_round.pk}
TO_THE_PAGES = [
    page("a wish of no school", ASK, ASK, WISH | {"school_text": "Ingen"}, 422, "hittar ingen sådan skola"),
    page("a wish for nothing", ASK, ASK, WISH | {"what": " "}, 422, "Välj en kurs"),
    page("a wish for 0 persons", ASK, ASK, WISH | {"persons": "0"}, 422, "större än eller lika med 1"),
    page("a wish for a course that is not there", ASK, ASK, WISH | {"course": "999999"}, 422, "giltigt alternativ"),
    page("a certificate's day: 3 mars", CHECK, CHECK, {"code": "x", "name": "Ada", "first_day": "3 mars"}, 422,
         "giltigt datum"),
    page("material: javascript", MATERIAL, "/planering/kurser/omgang/{w.course_round.pk}/material/",
         LINK | {"url": "javascript:alert(1)"}, 422, "giltig URL", callers.planner),
    page("material of another round's day", MATERIAL, "/planering/kurser/omgang/{w.course_round.pk}/material/",
         LINK | {"day": lambda w: w.full_round.pk}, 422, "giltigt alternativ", callers.planner),
    page("material, by the desk", MATERIAL, "/planering/kurser/omgang/{w.course_round.pk}/material/", LINK, 403, "",
         callers.desk),
    page("an own course planned without days", PLAN, "/planering/kurser/onskemal/{w.wish.pk}/", {}, 422,
         "obligatoriskt", callers.planner),
    page("an own course declined without a reason", f"{PLAN}avboj/", "/planering/kurser/onskemal/{w.wish.pk}/avboj/",
         {"reason": " "}, 422, "obligatoriskt", callers.planner),
    page("individuals, by the desk", DOUBLES, DOUBLES, {"one": "a", "other": "b", "verdict": "same"}, 403, "",
         callers.desk),
    page("individuals whom nobody knows", DOUBLES, DOUBLES, {"one": "a", "other": "b", "verdict": "same"}, 302, "",
         callers.planner),
]  # fmt: skip
