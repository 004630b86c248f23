"""Wrong input to the year wheel: what is asked of it, and what is written on it."""

from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, form, request

WHEEL, NEW = "/planering/arshjul/", "/planering/arshjul/ny/"


def _see(sent: str, path: str, status: int, said: str, *, who: Any = callers.planner) -> Row:
    return Row(sent, f"GET {path.partition('?')[0]}", request("GET", path), status, said, "", who)


def _write(sent: str, said: str, *, status: int = 422, who: Any = callers.planner, **changed: Any) -> Row:
    """A right entry but for what was changed."""
    fields = {
        "kind": "event", "title_sv": "Öppet hus", "title_en": "Open house", "first": "2026-05-09", "last": "2026-05-10",
        "note": "", "audience": "staff",
    }  # fmt: skip
    return Row(sent, f"POST {NEW}", form(NEW, fields | changed), status, said, "", who)


PAGES = [
    _see("årshjulet för år 1999", f"{WHEEL}?period=1999", 400, "Välj ett giltigt alternativ. 1999 finns inte bland tillgängliga alternativ."),
    _see("årshjulet för två läsår", f"{WHEEL}?period=2025-2027", 400, "Välj ett giltigt alternativ."),
    _see("årshjulet, slag: fest", f"{WHEEL}?slag=fest", 400, "Välj ett giltigt alternativ. fest finns inte bland tillgängliga alternativ."),
    _see("årshjulet, som reception", WHEEL, 403, "Du får inte öppna den här sidan", who=callers.desk),
    _see("en post i årshjulet som inte finns", f"{WHEEL}99999999999999999999/", 404, "Sidan finns inte"),
    _see("årshjulets kalender med fel nyckel", "/kalender/arshjul/1-0000.ics", 404, "Sidan finns inte", who=callers.anybody),
    _write("en post i årshjulet utan titel", "Det här fältet är obligatoriskt.", title_sv=" "),
    _write("en post den 30 februari", "Fyll i ett giltigt datum.", first="2026-02-30"),
    _write("en post år 1999", "Ange ett datum mellan åren 2000 och 2100.", first="1999-01-01"),
    _write("en post som slutar före den börjar", "Sista dagen är före den första.", last="2026-05-08"),
    _write("en post på mer än ett år", "En post är ett år som längst.", last="2027-05-10"),
    _write("en post av ett slag som inte finns", "Välj ett giltigt alternativ. fest finns inte bland tillgängliga alternativ.", kind="fest"),
    _write("en post för alla i världen", "Välj ett giltigt alternativ.", audience="world"),
    _write("en anteckning på 301 tecken", "300", note="å" * 301),
    _write("en post som väntas ge 20 av ingenting", "Ange hur många, vad det räknas i och vilka, eller lämna alla tre tomma.", brings="20"),
    _write("en post som väntas ge −101 procent", "Procent är −100 till 300", brings="-101", brings_unit="percent", brings_of="visitors"),
    _write("en post i årshjulet, som reception", "Du får inte öppna den här sidan", status=403, who=callers.desk),
]  # fmt: skip
