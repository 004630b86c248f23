"""Wrong input to the API and the pages of conferences."""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bookings.conferences.models import DayPart
from tests.bookings.conferences import rooms
from tests.hostile import callers
from tests.hostile.rows import Row, form, request
from tests.hostile.world import NOW, TODAY, World
from tests.navet.pages.test_pictures import bomb, photo

FREE, RESERVATIONS = "/api/v1/conference-availability/", "/api/v1/conference-reservations/"
BEGUN = "BEGUN23456"  # the code of a conference that has begun
BOOK, NEW = "/konferens/boka/", "/planering/konferenser/ny/"
ROOM = "/planering/konferenser/lokaler/kammaren/"
NO_PICTURE = "Det här är ingen bild som vi kan läsa."


def get(sent: str, path: str, status: int, said: str, field: str = "", who: Any = callers.anybody) -> Row:
    where = f"GET {path.partition('?')[0].replace('{w.party.code}', '<code>')}"
    return Row(sent, where, request("GET", path), status, said, field, who)


def ask(
    sent: str, said: str, *, path: str = BOOK, who: Any = callers.anybody, status: int = 422, **changed: Any
) -> Row:
    fields = {
        "date": "2026-03-03",
        "part": "heldag",
        "persons": "20",
        "furnishing": "theatre",
        "rooms": "salen",
    }
    return Row(sent, f"POST {path}", form(path, fields | changed), status, said, "", who)


def planner(world: World) -> Client:
    """Somebody who may do everything, and a conference that began an hour ago."""
    days = rooms.day(rooms.room("kammaren"), date=TODAY, part="dagen")
    DayPart.objects.create(
        slug="dagen", kind="day", title_sv="Dagen", title_en="The day", starts=dt.time(8), ends=dt.time(16)
    )
    rooms.booked(days, code=BEGUN, at=NOW - dt.timedelta(days=9), settlement="invoice")
    return callers.planner(world)


def desk(world: World) -> Client:
    planner(world)
    return callers.desk(world)


def adjust(sent: str, said: str, *, who: Any = planner, status: int = 422, **changed: str) -> Row:
    fields = {
        "version": "2",
        "persons": "45",
        "reason": "Fem till",
        "d0-part": "dagen",
        "d0-extra_hours": "0",
    }
    path = f"/planering/konferenser/bokning/{BEGUN}/under-tiden/"
    where = f"POST {path.replace(BEGUN, '<code>')}"
    return Row(sent, where, form(path, fields | changed), status, said, "", who)


def host(world: World) -> Client:
    """Somebody who may do everything, and a room on hire."""
    rooms.room("kammaren")
    return callers.planner(world)


def send(
    sent: str,
    said: str,
    content: bytes,
    name: str = "salen.jpg",
    *,
    who: Any = host,
    status: int = 422,
    **changed: str,
) -> Row:
    """A picture of a room, uploaded."""
    fields = {
        "alt_sv": "Salen, mot duken.",
        "picture": lambda _world: SimpleUploadedFile(name, content, "image/jpeg"),
    }
    return Row(sent, f"POST {ROOM}", form(ROOM, fields | changed), status, said, "", who)


TO_THE_API = [
    get("first: 3 mars", f"{FREE}?first=3%20mars", 400, "invalid", "first"),
    get("persons: 0", f"{FREE}?persons=0", 400, "invalid", "persons"),
    get("persons: 501", f"{FREE}?persons=501", 400, "invalid", "persons"),
    get("a furnishing that is none", f"{FREE}?furnishing=soffa", 400, "invalid", "furnishing"),
    get("a room that is not on hire", f"{FREE}?room=finns-inte", 404, "not_found"),
    get("a parameter that is none", f"{FREE}?rum=salen", 400, "unknown_parameter", "rum"),
    get("a parameter that is none", "/api/v1/conference-packages/?slug=heldag", 400, "unknown_parameter", "slug"),
    get("the reservations, by nobody", RESERVATIONS, 401, "not_authenticated"),
    get("the reservations, by a guest", RESERVATIONS, 401, "not_authenticated", who=callers.teacher),
    get("the reservations, by the desk", RESERVATIONS, 403, "permission_denied", who=callers.desk),
    get("a status that is none", f"{RESERVATIONS}?status=bokad", 400, "invalid", "status", callers.planner),
    get("a date that is none", f"{RESERVATIONS}?date=2026-02-30", 400, "invalid", "date", callers.planner),
    get("a code of something else", f"{RESERVATIONS}{{w.party.code}}/", 404, "not_found", "", callers.planner),
]  # fmt: skip
TO_THE_PAGES = [
    ask("a conference without a contact", "Det här fältet är obligatoriskt."),
    ask("every week, without a last day", "Ange vilken dag som är den sista.", repeat="weeks"),
    ask("a last day before the first", "Den sista dagen är före den första.", repeat="days", last="2026-03-01"),
    ask("every hour", "Välj ett giltigt alternativ.", repeat="hourly"),
    ask("a day left out that is no date", "Fyll i ett giltigt datum.", left_out="igår"),
    ask("for somebody who rings, without a contact", "Det här fältet är obligatoriskt.", path=NEW, who=callers.planner),
    ask("for somebody who rings, by the desk", "", path=NEW, who=callers.desk, status=403),
    adjust("to one that has begun, without saying why", "Det här fältet är obligatoriskt.", reason=""),
    adjust("to one that has begun, nobody", "Kontrollera att detta värde är större än eller lika med 1.", persons="0"),
    adjust("to one that has begun, more special diets than persons", "Det är fler specialkoster än personer.", diet_vegan="99"),
    adjust("to one that has begun, an evening instead of the day", "Välj ett giltigt alternativ.", **{"d0-part": "kvall"}),
    adjust("to one that has begun, the same day once more", "en till fjorton dagar", more="2026-01-12"),
    adjust("to one that has begun, nothing", "Inget är ändrat än.", persons="40"),
    adjust("to one that has begun, by the desk", "", who=desk, status=403),
    send("a text named .jpg", NO_PICTURE, b"Inte en bild, utan text."),
    send("an SVG with a script in it", NO_PICTURE, b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "salen.svg"),
    send("half a photograph", NO_PICTURE, photo().getvalue()[:3000]),
    send("a PNG of 20 000 × 20 000 pixels in 50 kB", "Bilden har mer än 50 miljoner bildpunkter.", bomb().getvalue(), "salen.png"),
    send("a picture of 300 × 200 pixels", "Bilden är för liten", photo((300, 200)).getvalue()),
    send("an empty file", "Den skickade filen var tom.", b""),
    send("a file of 20 MB", "Filen är större än 10 MB.", bytes(20_000_000)),
    send("a file of 40 MB", "Det blev för mycket på en gång", bytes(40_000_000), status=413),
    send("a picture without words", "Det här fältet är obligatoriskt.", photo().getvalue(), alt_sv=" "),
    send("a picture with too many words", "Säkerställ att detta värde har som mest 200 tecken (den har 201).", photo().getvalue(), alt_sv="a" * 201),
    send("words without a picture", "Det här fältet är obligatoriskt.", b"", picture=""),
    send("a picture, by the desk", "", photo().getvalue(), who=callers.desk, status=403),
    Row("a picture that is none", "GET /konferens/bild/<digest>.webp",
        request("GET", "/konferens/bild/salen.webp"), 404, ""),
    Row("a participants' link that is none", "GET /konferens/program/<key>/",
        request("GET", "/konferens/program/x/"), 404, ""),
]  # fmt: skip
