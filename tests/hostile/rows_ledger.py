"""Wrong input to the ledger: the filters of its rows, and the decision on what counts."""

from typing import Any

from tests.hostile import callers
from tests.hostile.rows import VISITS, Row, form, request

DECIDE = "/ledning/rakneregler/andra/"
PREVIEW = f"{DECIDE}forhandsvisning/"
TERTIAL = "/ledning/tertial/2025-3/"


def _ask(
    sent: str, query: str, status: int, said: str, field: str = "", *, who: Any = callers.planner
) -> Row:
    return Row(sent, f"GET {VISITS}", request("GET", VISITS + query), status, said, field, who)


def _see(sent: str, path: str, status: int, said: str, *, who: Any = callers.planner) -> Row:
    return Row(sent, f"GET {path.partition('?')[0]}", request("GET", path), status, said, "", who)


def _decide(sent: str, said: str, *, status: int = 422, who: Any = callers.planner, **changed: Any) -> Row:
    """What counts by default, but for what was changed."""
    fields = {
        "seen": "0", "reason": "Direktionen", "counts_pupils": ["pupil"], "counts_educators": ["course"], "counts_leisure": ["leisure"],
        "counts_visitors": ["pupil", "adult"], "target_pupils": "18000", "target_educators": "1250", "target_visitors": "65000",
        "target_leisure": "200", "target_conferences": "200",
    }  # fmt: skip
    return Row(sent, f"POST {DECIDE}", form(f"{DECIDE}?ar=2026", fields | changed), status, said, "", who)


def _comment(sent: str, said: str, *, status: int = 422, who: Any = callers.planner, **changed: Any) -> Row:
    """What management writes of a tertial, of which nothing is written yet."""
    return Row(sent, f"POST {TERTIAL}", form(TERTIAL, {"seen": "0"} | changed), status, said, "", who)


def _marks(sent: str, said: str, *, status: int = 422, who: Any = callers.planner, **changed: Any) -> Row:
    """The marks of the alerts as they are by default, but for what was changed."""
    fields = {"week_fill": "50", "minimum_days": "14", "repeat_days": "28"} | changed
    return Row(sent, "POST /ledning/larm/", form("/ledning/larm/", fields), status, said, "", who)


API = [
    _ask("the ledger of a day and a year", "?date=2026-01-12&year=2026", 400, "invalid", "date"),
    _ask("the ledger of a month without a year", "?month=3", 400, "invalid", "month"),
    _ask("the ledger of month 13", "?year=2026&month=13", 400, "invalid", "month"),
    _ask("the ledger of an indicator without a year", "?indicator=pupils", 400, "invalid", "indicator"),
    _ask("the ledger of an unknown indicator", "?year=2026&indicator=dogs", 400, "invalid", "indicator"),
    _ask("the ledger of the year 1", "?year=1", 400, "invalid", "year"),
    _ask("the ledger up to 30 February", "?year=2026&until=2026-02-30", 400, "invalid", "until"),
    _ask("the ledger of a municipality by name", "?municipality=Bor%C3%A5s", 400, "invalid", "municipality"),
    _ask("the ledger of an unknown category", "?category=dog", 400, "invalid", "category"),
    _ask("the ledger of no source", "?source=", 400, "invalid", "source"),
    _ask("the ledger by a filter that is not there", "?years=2026", 400, "unknown_parameter", "years"),
    _ask("the ledger, from nobody", "?year=2026", 401, "not_authenticated", who=callers.anybody),
]
PAGES = [
    _see("raderna bakom en siffra, utan år", "/ledning/rader/?indikator=pupils", 400, "Det här fältet är obligatoriskt."),
    _see("ledningens sida, dag: x", "/ledning/?dag=x", 400, "Fyll i ett giltigt datum."),
    _see("ledningens sida i övermorgon", "/ledning/?dag=2099-01-01", 400, "Ange en dag som har varit, eller i dag."),
    _see("rader av en veckodag utan timme", "/ledning/rader/?ar=2026&veckodag=3", 400, "Ange veckodag och timme tillsammans."),
    _see("rader från kommun 14", "/ledning/rader/?ar=2026&kommun=14", 400, "ett giltigt värde."),
    _see("rader till i dag", "/ledning/rader/?ar=2026&till=i+dag", 400, "Fyll i ett giltigt datum."),
    _see("rader efter en rad med 20 siffror", "/ledning/rader/?ar=2026&efter=99999999999999999999", 400, ""),
    _see("rader som PDF", "/ledning/rader.pdf?ar=2026", 404, "Sidan finns inte"),
    _see("årets rader, som reception", "/ledning/rader/?ar=2026", 403, "Du får inte öppna den här sidan", who=callers.desk),
    _see("dagens rader, dag: hej", "/reception/rader/?dag=hej", 400, "Fyll i ett giltigt datum.", who=callers.desk),
    _see("väntade sällskap i månad 13", "/ledning/vantade/?ar=2026&indikator=pupils&manad=13", 400,
         "Kontrollera att detta värde är mindre än eller lika med 12."),
    _see("en förhandsvisning av räkneregler utan skäl", f"{PREVIEW}?ar=2026&seen=0", 400, "Det här fältet är obligatoriskt."),
    _see("en förhandsvisning av räkneregler, som reception", f"{PREVIEW}?ar=2026", 403, "Du får inte öppna den här sidan", who=callers.desk),
    _see("raderna bakom en jämförelse, sida: båda", f"{PREVIEW}rader/?ar=2026&indikator=pupils&visa=alla", 400,
         "Välj ett giltigt alternativ. alla finns inte bland tillgängliga alternativ."),
    _see("raderna bakom en jämförelse av hundar", f"{PREVIEW}rader/?ar=2026&indikator=pupils&visa=nya&raknas=hund", 400,
         "Välj ett giltigt alternativ. hund finns inte bland tillgängliga alternativ."),
    _see("en version av räknereglerna som inte finns", "/ledning/rakneregler/99999999999999999999/", 404, "Sidan finns inte"),
    _see("en rapport om ett fjärde tertial", "/ledning/tertial/2026-4/", 404, "Sidan finns inte"),
    _see("en rapport om ett tertial som inte har börjat", "/ledning/tertial/2099-1/", 404, "Sidan finns inte"),
    _see("en tertialrapport på norska", "/ledning/tertial/2025-3/pdf/?sprak=no", 404, "Sidan finns inte"),
    _see("en version av en tertialrapport som inte finns", "/ledning/tertial/2025-3/pdf/?version=x", 404, "Sidan finns inte"),
    _see("en tertialrapport, som reception", "/ledning/tertial/2025-3/", 403, "Du får inte öppna den här sidan", who=callers.desk),
    _marks("en gräns på 101 procent", "Kontrollera att detta värde är mindre än eller lika med 100.", week_fill="101"),
    _marks("en gräns som inte är ett tal", "Fyll i ett heltal.", minimum_days="snart"),
    _marks("gränser som gäller redan", "Inget ändrades."),
    _marks("gränser, som reception", "Du får inte öppna den här sidan", status=403, who=callers.desk),
    _comment("en kommentar på 2 001 tecken", "Säkerställ att detta värde har som mest 2000 tecken (den har 2001).", comment_pupils="x" * 2001),
    _comment("en kommentar från en gammal version", "Någon annan har skrivit här under tiden.", seen="7", comment_pupils="x"),
    _comment("en kommentar som inte säger något nytt", "Inget ändrades."),
    _comment("en kommentar, som reception", "Du får inte öppna den här sidan", status=403, who=callers.desk, comment_pupils="x"),
    _decide("ett beslut om räkneregler utan skäl", "Det här fältet är obligatoriskt.", reason=" "),
    _decide("ett beslut med målet -1", "Kontrollera att detta värde är större än eller lika med 0.", target_pupils="-1"),
    _decide("ett beslut om en kategori som inte finns", "Välj ett giltigt alternativ. hund finns inte bland tillgängliga alternativ.", counts_pupils=["hund"]),
    _decide("ett beslut från en gammal version", "Någon annan har beslutat under tiden.", seen="7"),
    _decide("ett beslut om räkneregler, som reception", "Du får inte öppna den här sidan", status=403, who=callers.desk),
    _decide("ett beslut från en annan webbplats", "Formuläret var för gammalt", status=403, who=callers.stranger_to_csrf),
]  # fmt: skip
