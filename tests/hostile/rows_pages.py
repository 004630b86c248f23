"""Wrong input to the pages."""

import struct
import zlib
from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, filled, form, request
from tests.hostile.world import World

BOOK = "/boka/{w.open.pk}/"
PGM = "image/x-portable-graymap"
# 20 000 × 20 000 black pixels, packed as PNG does it.
BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 20_000, 20_000, 8, 0, 0, 0, 0)
    + zlib.compress(bytes(20_000_000), 9)
)


def book(
    sent: str, said: str, *, status: int = 422, on: str = "open", who: Any = callers.anybody, **changed: Any
) -> Row:
    send = form(BOOK.replace("open", on), filled(**changed))
    return Row(sent, "POST /boka/<id>/", send, status, said, "", who)


def see(sent: str, path: str, status: int, said: str, *, who: Any = callers.anybody) -> Row:
    return Row(sent, f"GET {_shown(path)}", request("GET", path), status, said, "", who)


def tap(
    sent: str, path: str, fields: Any, status: int, said: str, *, who: Any = callers.desk, **more: Any
) -> Row:
    return Row(sent, f"POST {_shown(path)}", form(path, fields, **more), status, said, "", who)


def _shown(path: str) -> str:
    return path if "{" not in path else path.partition("{")[0] + "<code>" + path.rpartition("}")[2]


def price(sent: str, said: str, *, status: int = 422, who: Any = callers.planner, **changed: Any) -> Row:
    fields = {
        "product": "adult",
        "kronor": "120",
        "vat_permille": "250",
        "heads": "1",
        "first_date": "2026-01-12",
    }
    return Row(sent, "POST /kassa/priser/", form("/kassa/priser/", fields | changed), status, said, "", who)


def ticket(sent: str, said: str, *, status: int = 422, who: Any = callers.planner, **changed: Any) -> Row:
    fields = {
        "name_sv": "Familj",
        "name_en": "Family",
        "heads_adult": "2",
        "position": "5",
        "first_date": "2026-01-12",
    }
    return Row(
        sent, "POST /kassa/biljetter/", form("/kassa/biljetter/", fields | changed), status, said, "", who
    )


def many_wrong_pins(world: World, client: Any) -> Any:
    """Six wrong codes; what the sixth is told."""
    path = f"/bokning/{world.held.code}/bekrafta/"
    return [client.post(path, {"pin": world.wrong_pin()}) for _ in range(6)][-1]


def right_pin_after_five_wrong(world: World, client: Any) -> Any:
    many_wrong_pins(world, client)
    return client.post(f"/bokning/{world.held.code}/bekrafta/", {"pin": world.pins["held"]})


def expired_pin(world: World, client: Any) -> Any:
    import datetime as dt  # beside its one use

    import time_machine

    from tests.hostile.world import NOW

    with time_machine.travel(NOW + dt.timedelta(minutes=16), tick=False):
        return client.post(f"/bokning/{world.held.code}/bekrafta/", {"pin": world.pins["held"]})


CONTACT = {
    "version": "1",
    "contact_name": "Maria Lind",
    "contact_email": "maria@hem.example",
    "contact_phone": "070-174 06 05",
    "mail_language": "sv",
}


def contact(sent: str, said: str, **changed: str) -> Row:
    path = "/bokning/{w.mine.code}/kontakt/"
    return tap(sent, path, CONTACT | changed, 422, said, who=callers.teacher)


PIN = "POST /bokning/<code>/bekrafta/"
CODE = "/bokning/{w.held.code}/bekrafta/"
BOOKING = [
    book("Elever: -3", "Kontrollera att detta värde är större än eller lika med 1.", pupils="-3"),
    book("Elever: sju", "Fyll i ett heltal.", pupils="sju"),
    book("Elever: 1e9", "Fyll i ett heltal.", pupils="1e9"),
    book("Elever: tomt", "Det här fältet är obligatoriskt.", pupils=""),
    book("Elever: 31, programmet tar 30", "Programmet tar högst 30 elever.", pupils="31"),
    book("Elever två gånger: 20 och 400", "Programmet tar högst 30 elever.", pupils=["20", "400"]),
    book("ett fullt tillfälle", "Inga platser finns kvar på det här tillfället.", on="full"),
    book("ett inställt tillfälle", "Tillfället är inställt. Välj ett annat.", on="cancelled"),
    book("ett tillfälle som har börjat", "Tillfället har börjat. Kontakta Navet.", on="begun"),
    book("ett tillfälle som inte har släppts", "Tillfället går inte att boka än.", on="unreleased"),
    book("ett opublicerat program", "Programmet går inte att boka just nu.", on="unpublished", language="sv"),
    book("en skola som inte finns", "Vi hittar ingen sådan skola. Prova namnet eller koden.", school_text="Hogwarts", school=""),
    book("en nedlagd skola, med påhittat dolt id", "Vi hittar ingen sådan skola. Prova namnet eller koden.", school_text="Nedlagda skolan",
         school=lambda w: str(w.closed_school.pk)),
    book("en annan dags lunch", "Välj ett giltigt alternativ.", lunch=lambda w: str(w.lunch_of_another_day.pk)),
    book("en full lunch", "Inga platser finns kvar vid den här lunchen.", lunch=lambda w: str(w.full_lunch.pk)),
    book("Årskurs: 9", "Välj ett giltigt alternativ. 9 finns inte bland tillgängliga alternativ.", grade="9"),
    book("Telefon: ring mig", "Skriv ett telefonnummer, till exempel 070-174 06 05.", contact_phone="ring mig"),
    book("E-post med radbrytning", "Ange en giltig mejladress.", contact_email="a@skola.example\nBcc: b@skola.example"),
    book("Klass med NUL-tecken", "Det här fältet är obligatoriskt.", class_name="\0"),
    book("-1 rullstolar", "Kontrollera att detta värde är större än eller lika med 0.", need_wheelchair="-1"),
    book("ingen fakturareferens, från en skola som betalar", "Besöket är inte kostnadsfritt för den här skolan, så en fakturareferens behövs.", school_text="Vårgårdaskolan",
         school=lambda w: str(w.paying_school.pk)),
    tap("en post utan ett enda fält", BOOK, {}, 422, "Det här fältet är obligatoriskt.", who=callers.anybody),
    tap("en post på 2 MB", BOOK, {"class_name": "a" * 2_000_000}, 413, "Det blev för mycket på en gång", who=callers.anybody),
    tap("ett tillfälle som inte finns", "/boka/999999/", {}, 404, "Sidan finns inte", who=callers.anybody),
]  # fmt: skip
CODES = [
    tap("fel kod", CODE, {"pin": lambda w: w.wrong_pin()}, 422, "Koden är inte den vi skickade senast.", who=callers.anybody),
    tap("koden till en annan bokning", CODE, {"pin": lambda w: w.pins["elsewhere"]}, 422, "Koden är inte den vi skickade senast.", who=callers.anybody),
    tap("bokstäver som kod", CODE, {"pin": "ABCDEF"}, 422, "Koden är sex siffror.", who=callers.anybody),
    Row("sex fel koder", PIN, many_wrong_pins, 422, "För många felaktiga koder. Be om en ny."),
    Row("rätt kod efter sex fel", PIN, right_pin_after_five_wrong, 422, "För många felaktiga koder. Be om en ny."),
    Row("en kod efter sexton minuter", PIN, expired_pin, 422, "Det finns ingen kod som fortfarande gäller. Be om en ny."),
    see("en bokningskod som inte finns", "/bokning/0000000000/", 404, "Sidan finns inte"),
    see("en bokningskod med NUL-tecken", "/bokning/%00/", 404, "Sidan finns inte"),
    see("någon annans bokning", "/bokning/{w.theirs.code}/", 200, "För att se, ändra eller avboka behöver du visa att du läser kontaktpersonens mejl.", who=callers.teacher),
    tap("en ändring av någon annans bokning", "/bokning/{w.theirs.code}/andra/", {"pupils": "5", "version": "1"},
        302, "", who=callers.teacher),
    tap("en avbokning av någon annans bokning", "/bokning/{w.theirs.code}/avboka/", {"version": "1"}, 302, "",
        who=callers.teacher),
    tap("ett gammalt formulär", "/bokning/{w.mine.code}/antal/", {"version": "7", "pupils": "9", "adults": "1"},
        422, "Bokningen har ändrats under tiden. Se på den igen.", who=callers.teacher),
    tap("ett ändrat dolt fält", "/bokning/{w.mine.code}/antal/", {"version": "x", "pupils": "9", "adults": "1"},
        422, "Fyll i ett heltal.", who=callers.teacher),
    contact("E-post utan @", "Ange en giltig mejladress.", contact_email="maria"),
    contact("E-post med radbrytning", "Ange en giltig mejladress.", contact_email="a@skola.example\nBcc: b@skola.example"),
    contact("Telefon: ring mig", "Skriv ett telefonnummer, till exempel 070-174 06 05.", contact_phone="ring mig"),
    contact("inget namn", "Det här fältet är obligatoriskt.", contact_name=" "),
    contact("mejl på klingon", "Välj ett giltigt alternativ. tlh finns inte bland tillgängliga alternativ.", mail_language="tlh"),
    contact("ett gammalt formulär", "Bokningen har ändrats under tiden. Se på den igen.", version="7"),
    tap("en annan kontaktperson för någon annans bokning", "/bokning/{w.theirs.code}/kontakt/", CONTACT, 302, "", who=callers.teacher),
    tap("en kod när ingen adress väntar", "/bokning/{w.mine.code}/kontakt/kod/", {"pin": "123456"}, 302, "", who=callers.teacher),
    tap("byte till ett tillfälle som inte finns", "/bokning/{w.mine.code}/byt/", {"session": "999999"}, 404, "Sidan finns inte",
        who=callers.teacher),
    tap("en adress som ingen är", "/mina-bokningar/", {"email": "maria"}, 422, "Ange en giltig mejladress.", who=callers.anybody),
]  # fmt: skip
ASKED = [
    see("månad 13", "/skolprogram/kalender/?manad=2026-13", 404, "Sidan finns inte"),
    see("månad i år 0", "/skolprogram/kalender/?manad=0000-01", 404, "Sidan finns inte"),
    see("datum: 30 februari", "/skolprogram/?fran=2026-02-30", 400, "Fyll i ett giltigt datum."),
    see(
        "årskurs 99",
        "/skolprogram/?arskurs=99",
        400,
        "Välj ett giltigt alternativ. 99 finns inte bland tillgängliga alternativ.",
    ),
    see(
        "elever: -5",
        "/skolprogram/?elever=-5",
        400,
        "Kontrollera att detta värde är större än eller lika med 1.",
    ),
    see(
        "slutdatum före startdatum",
        "/skolprogram/?fran=2026-03-03&till=2026-03-01",
        400,
        "Sista datumet ligger före det första.",
    ),
    see("ett program som inte finns", "/skolprogram/hogwarts/", 404, "Sidan finns inte"),
    see("dag: hej", "/reception/?dag=hej", 200, "Fyll i ett giltigt datum.", who=callers.desk),
    see(
        "dag: år 9999",
        "/reception/?dag=9999-12-31",
        200,
        "Ange ett datum mellan åren 2000 och 2100.",
        who=callers.desk,
    ),
    see("vecka: 2026-W99", "/planering/?vecka=2026-W99", 404, "Sidan finns inte", who=callers.planner),
    see(
        "ledningens sida, som reception",
        "/ledning/",
        403,
        "Du får inte öppna den här sidan",
        who=callers.desk,
    ),
    see("planeringen, utan inloggning", "/planering/", 302, ""),
]
KAMERA = "/reception/kamera/"


def look(sent: str, frame: bytes, status: int, said: str, *, who: Any = callers.desk, kind: str = PGM) -> Row:
    send = request("POST", KAMERA, lambda w: frame, content_type=kind)
    return Row(sent, f"POST {KAMERA}", send, status, said, "", who)


FRAMES = [
    look("en kamerabild utan inloggning", b"", 302, "", who=callers.anybody),
    look("en kamerabild från en annan webbplats", b"", 403, "Formuläret var för gammalt", who=callers.stranger_to_csrf),
    look("en kamerabild på 10 MB", bytes(10_000_000), 413, "Bilden är större än en kod behöver."),
    look("text i stället för en kamerabild", b"hej", 400, "Det här är ingen grå bild av den storlek den säger sig ha."),
    look("en JPEG i stället för en kamerabild", b"\xff\xd8\xff\xe0", 400, "Det här är ingen grå bild", kind="image/jpeg"),
    look("en kamerabild som säger sig vara 9999 × 9999", b"P5\n9999 9999\n255\n\0", 400, "Det här är ingen grå bild"),
    look("en PNG som packas upp till 400 megapixlar", BOMB, 400, "Det här är ingen grå bild"),
]  # fmt: skip
DESK = [
    tap("en post från en annan webbplats", "/reception/besok/", {"category": "adult", "count": "1"}, 403, "Formuläret var för gammalt",
        who=callers.stranger_to_csrf),
    tap("incheckning av -1", "/reception/{w.arrival.code}/incheckning/", {"participants": "-1", "adults": "0"}, 400,
        "Kontrollera att detta värde är större än eller lika med 0."),
    tap("incheckning utan antal", "/reception/{w.arrival.code}/incheckning/", {}, 400, "Det här fältet är obligatoriskt."),
    tap("incheckning av ingen", "/reception/{w.arrival.code}/incheckning/", {"participants": "0", "adults": "0"},
        409, "Ingen räknades. Ange minst en deltagare eller vuxen."),
    tap("incheckning av morgondagens klass", "/reception/{w.tomorrow.code}/incheckning/",
        {"participants": "20", "adults": "2"}, 409, "och kan bara checkas in då."),
    tap("incheckning en andra gång", "/reception/{w.received.arrival.code}/incheckning/",
        {"participants": "20", "adults": "2"}, 409, "Redan incheckade"),
    tap("en kod som inte finns", "/reception/0000000000/incheckning/", {"participants": "1"}, 404, "Sidan finns inte"),
    tap("besök av 10 000 000", "/reception/besok/", {"category": "adult", "count": "10000000"}, 200, "Kontrollera att detta värde är mindre än eller lika med 100000.",
        follow=True),
    tap("besök av en okänd sort", "/reception/besok/", {"category": "hund", "count": "1"}, 200, "Välj ett giltigt alternativ. hund finns inte bland tillgängliga alternativ.", follow=True),
    tap("en biljett som inte finns", "/reception/besok/", {"ticket": "hund", "count": "1"}, 200, "Biljetten finns inte.", follow=True),
    tap("en biljett och en sort på en gång", "/reception/besok/", {"ticket": "adult", "category": "adult", "count": "1"}, 200, "Ange antingen biljett eller sort.", follow=True),
    see("en incheckning som hämtas i stället för postas", "/reception/{w.arrival.code}/incheckning/", 405, "",
        who=callers.desk),
]  # fmt: skip
MONEY = [
    price("ett pris på -1 kr", "Kontrollera att detta värde är större än eller lika med 0.", kronor="-1"),
    price("ett pris på en halv öre", "decimal", kronor="1.005"),
    price("ett pris på NaN", "Fyll i ett tal.", kronor="NaN"),
    price("moms på 13 %", "Välj ett giltigt alternativ. 130 finns inte bland tillgängliga alternativ.", vat_permille="130"),
    price("ett pris från i går", "Ett pris börjar i dag eller senare", first_date="2026-01-11"),
    price("ett pris från år 1", "Ange ett datum mellan åren 2000 och 2100.", first_date="0001-01-01"),
    price("ett pris för en elev på skolprogram", "Välj ett giltigt alternativ.", product="pupil"),
    price("ett pris, satt av receptionen", "", status=403, who=callers.desk),
    price("ett pris från en annan webbplats", "Formuläret var för gammalt", status=403, who=callers.stranger_to_csrf),
    ticket("en biljett utan svenskt namn", "Det här fältet är obligatoriskt.", name_sv=""),
    ticket("en biljett för ingen", "Ange hur många biljetten släpper in.", heads_adult="0"),
    ticket("en biljett för elever på skolprogram", "Ange hur många biljetten släpper in.", heads_adult="", heads_pupil="1"),
    ticket("en biljett för -1 barn", "Kontrollera att detta värde är större än eller lika med 0.", heads_child="-1"),
    ticket("en biljett för 101 i tre kategorier", "En biljett släpper in högst 100 personer sammanlagt.", heads_adult="50", heads_child="50", heads_free="1"),
    ticket("en biljett från i går", "En biljett säljs från i dag eller senare.", first_date="2026-01-11"),
    ticket("en biljett, gjord av receptionen", "", status=403, who=callers.desk),
    ticket("en biljett från en annan webbplats", "Formuläret var för gammalt", status=403, who=callers.stranger_to_csrf),
    tap("en biljett som får ett tomt namn", "/kassa/biljetter/adult/", {"name_sv": " ", "name_en": "Adult", "position": "1"}, 422, "Det här fältet är obligatoriskt.", who=callers.planner),
    tap("en biljett som får ett annat namn av receptionen", "/kassa/biljetter/adult/", {"name_sv": "Pensionär", "name_en": "Senior", "position": "1"}, 403, ""),
    see("en biljett som inte finns", "/kassa/biljetter/hund/", 404, "Sidan finns inte", who=callers.planner),
    see("kassan från den 30 februari", "/kassa/?fran=2026-02-30", 400, "", who=callers.desk),
    see("kassan baklänges", "/kassa/?fran=2026-01-12&till=2026-01-01", 400, "Sista dagen får inte vara före den första.",
        who=callers.desk),
    see("kassan som en fil av okänt slag", "/kassa/fil/exe/", 404, "Sidan finns inte", who=callers.desk),
    tap("ett årskort från i går", "/reception/arskort/nytt/",
        {"kind": "family", "persons": "4", "first_date": "2026-01-11"}, 422, "Ett årskort börjar gälla i dag eller senare."),
    tap("ett årskort för en som gäller två", "/reception/arskort/nytt/",
        {"kind": "person", "persons": "2", "first_date": "2026-01-12"}, 422, "Ett årskort för en person gäller en."),
    tap("ett spärrat årskort", "/reception/arskort/{w.blocked_pass.code}/slapp-in/", {"persons": "1"}, 409,
        "Årskortet är spärrat"),
    tap("fem på ett årskort för fyra", "/reception/arskort/{w.annual_pass.code}/slapp-in/", {"persons": "5"}, 409,
        "Årskortet gäller 4. De andra behöver biljett."),
    tap("ett årskort med ett tecken fel", "/reception/arskort/0000000001/slapp-in/", {"persons": "1"}, 404,
        "Något tecken i koden är fel."),
    tap("ett årskort utan antal", "/reception/arskort/{w.annual_pass.code}/slapp-in/", {}, 422,
        "Det här fältet är obligatoriskt."),
    see("kassan, utan inloggning", "/kassa/", 302, ""),
    see("utrymningslistan, utan inloggning", "/reception/utrymning/", 302, ""),
    tap("över husets gräns, utan anledning", "/reception/i-huset/", {"who": "adult", "participants": "400"}, 422,
        "Det här fältet är obligatoriskt.", who=callers.planner),
    tap("över husets gräns, av receptionen", "/reception/i-huset/",
        {"who": "adult", "participants": "400", "reason": "Regn"}, 403, ""),
]  # fmt: skip
ROWS = [*BOOKING, *CODES, *ASKED, *FRAMES, *DESK, *MONEY]
