"""Wrong input to feedback, the programme review, reach and invitations, and to capacity."""

from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, form, request

REACH = "/api/v1/school-reach/"
ANSWER, INVITE = "/tyck-till/<id>-<nyckel>/", "/planering/rackvidd/inbjudan/"
GONE = "0" * 32


def answer(sent: str, fields: Any, status: int, said: str, *, to: str = "asked") -> Row:
    path = "{w." + to + "_path}"
    return Row(sent, f"POST {ANSWER}", form(path, fields), status, said, "", callers.anybody)


def reach(
    sent: str, query: str, status: int, said: str, field: str = "", *, who: Any = callers.planner
) -> Row:
    return Row(sent, f"GET {REACH}", request("GET", REACH + query), status, said, field, who)


def capacity(
    sent: str,
    query: str,
    status: int,
    said: str,
    field: str = "",
    *,
    of: str = "",
    who: Any = callers.planner,
) -> Row:
    path = f"/api/v1/capacity/{of}"
    return Row(sent, f"GET {path}", request("GET", path + query), status, said, field, who)


def plan(sent: str, method: str, path: str, fields: Any, status: int, said: str, **more: Any) -> Row:
    send = form(path, fields) if method == "POST" else request("GET", path)
    shown = path.replace("{w.school.pk}", "<id>")
    return Row(sent, f"{method} {shown}", send, status, said, "", more.get("who", callers.planner))


API = [
    reach("school_year: 1", "?school_year=1", 400, "invalid", "school_year"),
    reach("school_year: i fjol", "?school_year=i+fjol", 400, "invalid", "school_year"),
    reach("a municipality of three digits", "?municipality=149", 400, "invalid", "municipality"),
    reach("a school form that does not exist", "?form=X", 400, "invalid", "form"),
    reach("visits: often", "?visits=often", 400, "invalid", "visits"),
    reach("a parameter that does not exist", "?page=2", 400, "unknown_parameter", "page"),
    reach("asked by the reception", "", 403, "permission_denied", who=callers.desk),
]
MARCH = "?from=2026-03-01&to=2026-03-31"
API += [
    capacity("no last day", "?from=2026-03-01", 400, "invalid", "to"),
    capacity("to before from", "?from=2026-03-02&to=2026-03-01", 400, "invalid", "to"),
    capacity("401 days", "?from=2026-01-01&to=2027-02-05", 400, "invalid", "to"),
    capacity("from: 30 februari", "?from=2026-02-30&to=2026-03-01", 400, "invalid", "from"),
    capacity("a kind without places", MARCH + "&kind=conference", 400, "invalid", "kind"),
    capacity("a share of 101 per cent", MARCH + "&share=101", 400, "invalid", "share"),
    capacity("weekday: 0", MARCH + "&weekday=0", 400, "invalid", "weekday", of="occasions/"),
    capacity(
        "a programme without its kind",
        MARCH + "&programme=ljus",
        400,
        "invalid",
        "programme",
        of="occasions/",
    ),
    capacity("capacity as a PDF", MARCH, 404, "not_found", of="pdf/"),
    capacity("capacity, by the desk", MARCH, 403, "permission_denied", who=callers.desk),
]
PAGES = [
    answer("ett svar utan något i", {}, 422, "Välj ett svar på minst ett påstående, eller skriv något."),
    answer("ett omdöme på 9", {"quality": "9"}, 422, "9 finns inte bland tillgängliga alternativ."),
    answer("ett telefonnummer på den öppna raden", {"remark": "Ring 070-174 06 05"}, 422, "Det ser ut som en e-postadress, ett telefonnummer eller ett personnummer. Ta bort det."),
    answer("en öppen rad på 301 tecken", {"quality": "4", "remark": "å" * 301}, 422, "300"),
    answer("ett andra svar på samma besök", {"quality": "4"}, 409, "Den är redan besvarad. Tack!", to="answered"),
    answer("ett svar när tiden är ute", {"quality": "4"}, 410, "Tiden att svara är ute.", to="closed"),
    plan("fel nyckel", "GET", "/tyck-till/1-" + GONE + "/", None, 404, "Sidan finns inte", who=callers.anybody),
    plan("en inbjudan med fel nyckel", "GET", "/inbjudan/1-" + GONE + "/nej-tack/", None, 404, "Sidan finns inte", who=callers.anybody),
    plan("ett program som inte finns", "GET", "/planering/granskning/program/finns-inte/", None, 404, "Sidan finns inte"),
    plan("en kommun som inte finns", "GET", "/planering/rackvidd/?kommun=x", None, 400, "Välj ett giltigt alternativ."),
    plan("kapacitet från igår", "GET", "/ledning/kapacitet/?fran=ig%C3%A5r", None, 400, "Fyll i ett giltigt datum."),
    plan("kapacitet baklänges", "GET", "/ledning/kapacitet/?fran=2026-03-02&till=2026-03-01", None, 400, "Sista dagen är före den första."),
    plan("kapacitet för två år", "GET", "/ledning/kapacitet/?fran=2026-01-01&till=2027-12-31", None, 400, "Fråga efter högst 400 dagar åt gången."),
    plan("kapacitet för konferenser", "GET", "/ledning/kapacitet/?slag=conference", None, 400, "conference finns inte bland tillgängliga alternativ."),
    plan("tillfällen på veckodag 7", "GET", "/ledning/kapacitet/rader/?veckodag=7", None, 400, "6"),
    plan("kapacitet för receptionen", "GET", "/ledning/kapacitet/", None, 403, "", who=callers.desk),
    plan("inga skolor valda", "POST", INVITE, {}, 200, "Ingen att bjuda in"),
    plan("en skola utan adress", "POST", INVITE, {"unit": lambda w: str(w.school.pk)}, 200, "Ingen adress känd"),
    plan("201 skolor", "POST", INVITE, {"unit": [str(n) for n in range(1, 202)], "send": "1"}, 302, ""),
    plan("en inbjudan skickad av receptionen", "POST", INVITE, {"send": "1"}, 403, "", who=callers.desk),
    plan("en kontakt utan mejladress", "POST", "/planering/rackvidd/{w.school.pk}/", {"name": "Anna", "email": "inte"}, 422, "Ange en giltig mejladress."),
]  # fmt: skip
