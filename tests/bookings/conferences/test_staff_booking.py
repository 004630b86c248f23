"""The host's page of one reservation: what stands there, what can be done, and what is refused."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.conferences import day_plan
from bookings.conferences.models import Reservation, Status
from bookings.conferences.operations import changing, leaving, refusals
from navet.payments.models import Order
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import DAY, NOW
from tests.bookings.conferences.test_under_way import sent_on
from tests.navet.house import making

pytestmark = pytest.mark.django_db
LIST = "/planering/konferenser/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def host(client):
    client.force_login(making.user("host@navet.example", "conference_host", name="Hedda Host"))
    return client


def page(it, deed=""):
    return f"{LIST}bokning/{it.code}/{deed}"


def do(client, it, deed, **fields):
    it.refresh_from_db()
    answer = client.post(page(it, f"{deed}/"), {"version": it.version, **fields})
    it.refresh_from_db()
    return answer


def asked(kind="option", **more):
    return rooms.reserve(rooms.wish(rooms.day(rooms.room(), **more)), asked=kind)


def test_an_option_is_prolonged_quoted_and_confirmed_and_who_did_it_is_told(host):
    it = asked()
    assert do(host, it, "option", until="2026-02-20").status_code == 302
    assert it.holds_until.date().isoformat() == "2026-02-20"
    do(host, it, "offert", until="2026-02-10")
    assert (it.status, it.quotes.count()) == (Status.QUOTED, 1)
    do(host, it, "boka", settlement="invoice")
    assert it.status == Status.CONFIRMED
    text = host.get(page(it)).content.decode()
    assert "Preliminärbokad → Offert lämnad" in text
    assert "Betalsätt: – → Faktura" in text
    assert text.count("<td>Hedda Host</td>") == 3
    assert Order.objects.get().code[:5] in text.replace("-", "")


def test_a_discount_is_a_line_that_stays_through_changes_and_the_order_agrees(host):
    it = rooms.booked(rooms.day(rooms.room(), package=rooms.package().slug), persons=40)
    full = it.price_ore
    assert do(host, it, "rabatt", percent="10", reason="").status_code == 422
    do(host, it, "rabatt", percent="10", reason="Återkommande kund")
    assert it.price_ore == full * 9 // 10
    assert Order.objects.get().payable_ore == it.price_ore
    wish = rooms.wish(*changing.wish_of(Reservation.objects.whole().get()).days, persons=20)
    changing.change(it.code, wish, by=rooms.host(), at=NOW)
    it.refresh_from_db()
    assert it.lines.filter(of="discount").get().net_ore == -20 * 59_500 // 10
    assert Order.objects.get().payable_ore == it.price_ore
    leaving.cancel(it.code, by=rooms.host(), at=NOW)
    assert Order.objects.get().payable_ore == 0


def test_what_a_change_costs_is_shown_before_it_is_done(host):
    it = rooms.booked(rooms.day(rooms.room()), persons=20)
    small = rooms.room("kammaren", seats=30)
    fields = {
        "version": it.version, "title": it.title, "persons": "20", "shown": "", "d0-date": DAY.isoformat(),
        "d0-part": "formiddag", "d0-extra_hours": "0", "d0-package": "", f"d0-room_{small.slug}": "theatre",
    }  # fmt: skip
    shown = host.post(page(it, "andra/"), fields)
    assert shown.context["difference"].more_ore == -200_000
    it.refresh_from_db()
    assert it.days.get().part.slug == "heldag"
    done = host.post(page(it, "andra/"), fields | {"shown": sent_on(shown)})
    assert done.status_code == 302
    it.refresh_from_db()
    assert (it.days.get().part.slug, it.price_ore) == ("formiddag", 300_000)


def test_cancelling_follows_the_terms_unless_somebody_says_why_not(host):
    late, waived = (
        rooms.booked(rooms.day(rooms.room(name), date=DAY.replace(month=1, day=20))) for name in ("a1", "a2")
    )
    assert "100 % av priset" in host.get(page(late, "avboka/")).content.decode().replace("\xa0", " ")
    do(host, late, "avboka", who="guest")
    assert do(host, waived, "avboka", who="waived").status_code == 422
    do(host, waived, "avboka", who="waived", reason="Sjukdom i huset")
    owed = {order.key: order.payable_ore for order in Order.objects.all()}
    assert owed == {f"reservation:{late.pk}": 500_000, f"reservation:{waived.pk}": 0}


def test_a_guest_gives_herself_no_discount_and_reads_no_note(host, client):
    it = asked()
    do(host, it, "anteckning", note="Vill ha bord vid fönstret")
    with pytest.raises(refusals.OnlyByStaff):
        changing.give_discount(it.code, percent=50, reason="Jag vill", by=rooms.guest(), at=NOW)
    client.logout()
    assert client.get(page(it)).status_code == 302
    client.force_login(making.user("e@navet.example", "educator"))
    assert client.get(page(it)).status_code == 403


def test_the_list_is_narrowed_and_costs_the_same_for_more(host):
    first = asked()
    second = rooms.booked(rooms.day(rooms.room("kammaren")), persons=20)
    seen = {
        query: [one.pk for one, _order in host.get(f"{LIST}?{query}").context["rows"]]
        for query in ("", "status=option", "room=kammaren", "lacks=payment", "lacks=count", "last=2026-03-02",
                      f"q={second.code}", "q=finns+inte")
    }  # fmt: skip
    assert seen == {
        "": [first.pk, second.pk], "status=option": [first.pk], "room=kammaren": [second.pk],
        "lacks=payment": [second.pk], "lacks=count": [second.pk], "last=2026-03-02": [],
        f"q={second.code}": [second.pk], "q=finns+inte": [],
    }  # fmt: skip
    assert host.get(f"{LIST}?first=x").status_code == 400
    counted = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            host.get(LIST)
        counted.append(len(captured))
        rooms.booked(rooms.day(rooms.room(f"sal{number}")))
    assert counted[0] == counted[1]


def test_meals_of_a_package_stand_at_their_times_and_coffee_moves_into_the_booked_time():
    half = rooms.package("halvdag", part_kind="half_day", meals=["coffee_am"])
    rooms.booked(rooms.day(rooms.room(), package=rooms.package().slug))
    rooms.booked(rooms.day(rooms.room("kammaren"), part="eftermiddag", package=half.slug))
    served = day_plan.kitchen(day_plan.of(DAY, NOW))
    clocks = [serving.at.astimezone(NOW.tzinfo).strftime("%H:%M") for _, serving in served]
    assert clocks == ["09:30", "12:00", "14:00", "14:30"]
