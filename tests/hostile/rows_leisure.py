"""Wrong input to leisure groups."""

from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, form


def page(
    sent: str, where: str, path: str, fields: Any, status: int, said: str, who: Any = callers.anybody
) -> Row:
    return Row(sent, f"POST {where}", form(path, fields), status, said, who=who)


def enrol(sent: str, said: str, **changed: Any) -> Row:
    fields = {
        "child_name": "Ada Ek", "birth_year": "2016", "emergency_name": "Siv", "emergency_phone": "070-174 06 05",
        "contact_name": "Kim Ek", "contact_email": "kim@hem.example", **changed,
    }  # fmt: skip
    return page(sent, "/fritid/anmal/<id>/", "/fritid/anmal/{w.club_group.pk}/", fields, 422, said)


OWN, PLAN, LIST = (
    "/fritid/anmalan/{w.place.code}/",
    "/planering/fritid/grupp/{w.club_group.pk}/",
    "/reception/fritid/",
)
WHERE, PLANNED = "/fritid/anmalan/<code>/", "/planering/fritid/grupp/<id>/"
TO_THE_PAGES = [
    enrol("a child without a name", "obligatoriskt", child_name=" "),
    enrol("born 2019, the group takes 9 to 12", "fyller 9 till 12 år 2026", birth_year="2019"),
    enrol("born 16", "fyra siffror", birth_year="16"),
    enrol("born in a year of 30 digits", "heltal", birth_year="x" * 30),
    enrol("a telephone number in words", "telefonnummer", emergency_phone="mormor"),
    enrol("a municipality that does not exist", "giltig", municipality="9999999"),
    page("a fee by nothing", f"{WHERE}avgift/", f"{OWN}avgift/", {"paid_by": ""}, 422, "obligatoriskt", callers.teacher),
    page("a fee by invoice without an address", f"{WHERE}avgift/", f"{OWN}avgift/", {"paid_by": "invoice"}, 422,
         "Skriv adressen", callers.teacher),
    page("a fee by somebody unknown", f"{WHERE}avgift/", f"{OWN}avgift/", {"paid_by": "other", "payer": "9"}, 422,
         "giltigt", callers.teacher),
    page("another's fee", f"{WHERE}avgift/", f"{OWN}avgift/", {"paid_by": "card"}, 302, "", callers.desk),
    page("absence from a meeting that does not exist", f"{WHERE}franvaro/", f"{OWN}franvaro/",
         {"meeting": "999999", "absent": "1"}, 302, "", callers.teacher),
    page("absence, told by a stranger", f"{WHERE}franvaro/", f"{OWN}franvaro/",
         {"meeting": lambda w: w.club_group.pk, "absent": "1"}, 302, "", callers.anybody),
    page("an old version of whom to call", f"{WHERE}andra/", f"{OWN}andra/",
         {"emergency_name": "A", "emergency_phone": "0701740605", "version": "99"}, 422, "", callers.teacher),
    page("a list of another day", f"{LIST}<id>/", f"{LIST}{{w.club_group.pk}}/",
         {"listed": lambda w: w.place.pk, "present": lambda w: w.place.pk}, 409, "Närvaro tas", callers.planner),
    page("a list, by the desk", f"{LIST}<id>/", f"{LIST}{{w.club_group.pk}}/", {}, 403, "", callers.desk),
    page("a message without words", f"{LIST}grupp/<id>/skriv/", f"{LIST}grupp/{{w.club_group.pk}}/skriv/",
         {"subject": "Hej", "text": " "}, 422, "obligatoriskt", callers.planner),
    page("a camp whose last day is before the first", "/planering/fritid/nytt-kollo/", "/planering/fritid/nytt-kollo/",
         {"first_date": "2026-06-18", "last_date": "2026-06-17"}, 422, "inte före den första", callers.planner),
    page("a camp of a hundred years", "/planering/fritid/nytt-kollo/", "/planering/fritid/nytt-kollo/",
         {"first_date": "2026-06-18", "last_date": "2099-06-17"}, 422, "högst 31 dagar", callers.planner),
    page("a camp's day from nine to twelve in words", "/planering/fritid/nytt-kollo/", "/planering/fritid/nytt-kollo/",
         {"other_times": "2026-06-18 nio till tolv"}, 422, "på en egen rad", callers.planner),
    page("a camp, by the desk", "/planering/fritid/nytt-kollo/", "/planering/fritid/nytt-kollo/", {}, 403, "", callers.desk),
    page("0 places", f"{PLANNED}platser/", f"{PLAN}platser/", {"capacity": "0"}, 422, "större än eller lika med 1",
         callers.planner),
    page("called off without a reason", f"{PLANNED}stall-in/", f"{PLAN}stall-in/", {"reason": " "}, 422, "obligatoriskt",
         callers.planner),
    page("called off by the desk", f"{PLANNED}stall-in/", f"{PLAN}stall-in/", {"reason": "x"}, 403, "", callers.desk),
]  # fmt: skip
