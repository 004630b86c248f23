"""A guardian with a telephone: applies, loses the draw, waits, is let in when another leaves, pays. A leader ticks who came."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings.common.models import Status
from bookings.leisure.models import Enrolment, Group, Meeting
from bookings.leisure.operations import telling
from navet import periods
from navet.outbox.models import DeliveredMail
from tests.bookings.leisure import clubs
from tests.browser.hands import Hands, faults, relay_mails
from tests.browser.test_booking_by_keyboard import confirm, read_mail
from tests.browser.test_paying import seen
from tests.browser.test_reception_by_keyboard import heads, log_in
from tests.browser.world import NOW, TODAY, World
from tests.faults.launching import wait_until
from worker import tasks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}}
GUARDIAN, OTHER = "kim.ek@hem.example", "noor@hem.example"
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
LINK = re.compile(r"http\S+/bokning/\S+")


@pytest.fixture
def telephone(open_context):
    """Makes somebody with a telephone of her own."""
    return lambda: Hands(open_context(**PHONE).new_page())


class TestFromTheWindowToThePlace:
    """The Stripe sandbox lives now, so the window lies two hours back, and two hours go by."""

    @pytest.fixture(autouse=True)
    def clock(self) -> Iterator[time_machine.Traveller]:
        with time_machine.travel(timezone.now() - 2 * HOUR, tick=True) as moved:
            yield moved

    @pytest.fixture
    def group(self, clock) -> Group:
        """One place for 800 kronor, two weeks ahead; its window closes in half an hour."""
        at = timezone.now()
        robots = clubs.club(slug="robotklubben", title_sv="Robotklubben", youngest=8, oldest=13)
        window = {"opens_at": at - HOUR, "closes_at": at + HOUR / 2}
        return clubs.group(
            robots, day=a_tuesday_after(at), capacity=1, fee_ore=80_000, at=at - HOUR, **window
        )

    def test_apply_lose_the_draw_wait_move_up_and_pay(self, telephone, hands, clock, sandbox, world, group):
        her = telephone()
        loser = clubs.loser_of_two(group)
        if loser == 2:
            enrolled_by_another(group)
        apply(her, group)
        if loser == 1:
            enrolled_by_another(group)
        mine = Enrolment.objects.get(contact_email=GUARDIAN)

        clock.shift(HOUR)
        tasks.tidy_leisure()
        loses(her)
        assert waiting(group) == [mine.pk]

        another_leaves(telephone())
        moves_up(her)
        mine.refresh_from_db()
        assert (mine.status, mine.queued_at, mine.owes_fee()) == (Status.CONFIRMED, None, True)

        clock.shift(HOUR)
        pays(her)
        mine.refresh_from_db()
        assert not mine.owes_fee()
        assert mine.order.paid_ore == 80_000

        planner = log_in(hands(), world, "planner").go(f"/planering/fritid/grupp/{group.pk}/")
        row = planner.page.get_by_role("row", name=re.compile("Alva Ek"))
        expect(row).to_contain_text("Betalt")
        seen(planner.page, "leisure-9-staff")
        assert faults(planner.page) == []
        assert her.complaints == planner.complaints == []


class TestTheLeadersList:
    """Of two children on two Tuesdays; time goes from the day before."""

    @pytest.fixture(autouse=True)
    def clock(self) -> Iterator[time_machine.Traveller]:
        with time_machine.travel(NOW, tick=True) as moved:
            yield moved

    def test_tick_who_came_and_call_on_the_day_alone(self, telephone, hands, clock, world):
        group = of_two(world)
        first, second = group.meetings.all()
        his = leader(telephone(), world)
        his.follow(f"Närvaro {group.club}")
        assert "Om något händer" not in his.text()
        assert not shows_whom_to_call(his, first)
        assert heads() == {}

        clock.move_to(first.occasion.starts_at + MINUTE)
        his = leader(telephone(), world)
        looks_well(his.page, "list-1-meetings")
        his.follow(f"Närvaro {group.club}")
        his.says("har meddelat att hen inte kommer")
        his.follow("Om något händer").says("Mormor Siv")
        expect(his.page.get_by_role("link", name="070-174 06 99")).to_have_attribute(
            "href", "tel:+46701740699"
        )
        looks_well(his.page, "list-2-whom-to-call")
        his.follow("Tillbaka").tick("Alva Ek").press("Spara listan")
        his.says("Sparat: 1 barn är här.")
        expect(his.page.get_by_role("checkbox", name="Alva Ek")).to_be_checked()
        expect(his.page.get_by_role("checkbox", name="Sam Ali Kommer inte")).not_to_be_checked()
        looks_well(his.page, "list-3-saved")
        assert (heads(), individuals(hands(), world)) == ({"leisure": 1}, "1")

        clock.move_to(second.occasion.starts_at + MINUTE)
        again = leader(telephone(), world)
        assert not shows_whom_to_call(again, first)
        again.go("/reception/fritid/").follow(f"Närvaro {group.club}").press("Alla är här")
        again.says("Sparat: 2 barn är här.")
        assert (heads(), individuals(hands(), world)) == ({"leisure": 3}, "2")  # Alva came twice
        assert his.complaints == again.complaints == []


def of_two(world: World) -> Group:
    """Alva, and Sam who will not come the first time."""
    robots = clubs.club(slug="robotklubben", title_sv="Robotklubben")
    leads = [world.user("educator")]
    group = clubs.group(robots, meetings=2, day=TODAY + dt.timedelta(days=1), educators=leads)
    clubs.enrolled(group, child_name="Alva Ek", emergency_name="Mormor Siv", emergency_phone="+46701740699")
    sam = clubs.enrolled(group, child_name="Sam Ali")
    telling.absent(sam.code, meeting_id=group.pk, by=clubs.guardian(sam.contact_email), at=timezone.now())
    return group


def leader(his: Hands, world: World) -> Hands:
    return log_in(his, world, "educator").go("/reception/fritid/")


def shows_whom_to_call(his: Hands, meeting: Meeting) -> bool:
    """As whoever has kept the address finds out."""
    his.go(f"/reception/fritid/{meeting.pk}/ring/")
    assert faults(his.page) == []
    refused = "bara för ledaren, den dag träffen är" in his.text()
    assert refused is not ("Mormor Siv" in his.text())
    return not refused


def individuals(hers: Hands, world: World) -> str:
    """The figure of children on the manager's board."""
    log_in(hers, world, "management").go("/ledning/")
    stat = hers.page.locator(".board .stat", has_text="Barn och unga i meningsfull fritid")
    return stat.locator(".stat__figure a").inner_text()


def a_tuesday_after(at: dt.datetime) -> dt.date:
    """Two to three weeks ahead, when the house is open."""
    day = periods.local_day(at) + dt.timedelta(days=14)
    return day + dt.timedelta(days=(1 - day.weekday()) % 7)


def enrolled_by_another(group: Group) -> None:
    clubs.enrolled(
        group,
        contact_email=OTHER,
        contact_name="Noor Ali",
        child_name="Sam Ali",
        birth_year=year_of_birth(group),
        at=timezone.now(),
    )


def year_of_birth(group: Group) -> int:
    return group.year - 10


def apply(her: Hands, group: Group) -> None:
    """The form, from the list of clubs to the code from the mail."""
    her.go("/fritid/")
    looks_well(her.page, "leisure-1-clubs")
    her.follow("Robotklubben").follow("Ansök")
    looks_well(her.page, "leisure-2-form")
    her.write("Barnets för- och efternamn", "Alva Ek").write("Födelseår", str(year_of_birth(group)))
    her.write("Vem vi ringer om något händer", "Mormor Siv").write("Telefonnummer dit", "070-174 06 99")
    her.write("Ditt namn", "Kim Ek").write("E-postadress", GUARDIAN)
    her.press("Fortsätt")
    looks_well(her.page, "leisure-3-code")
    confirm(her, GUARDIAN, "Bekräfta ansökan")
    her.says("Ansökan är inne")
    looks_well(her.page, "leisure-4-applied")
    assert "Platserna lottas" in read_mail(her, GUARDIAN, "Ansökan mottagen")


def loses(her: Hands) -> None:
    """By mail, and on her own page, where the draw can be looked at."""
    link = LINK.search(read_mail(her, GUARDIAN, "Ingen plats än"))[0]
    her.go(link).says("Ditt barn står på tur.")
    looks_well(her.page, "leisure-5-waiting")
    her.follow("Se lottningen")
    looks_well(her.page, "leisure-6-draw")
    her.go(link)


def another_leaves(his: Hands) -> None:
    """The guardian who won gives the place up, by the link in her own mail."""
    link = LINK.search(read_mail(his, OTHER, "Plats: Robotklubben"))[0]
    his.go(link).follow("Lämna platsen")
    assert faults(his.page) == []
    his.press("Lämna platsen")
    his.says("Platsen är återlämnad")
    assert his.complaints == []


def moves_up(her: Hands) -> None:
    mail = read_mail(her, GUARDIAN, "Plats: Robotklubben")
    assert "800\xa0kr" in mail
    her.go(LINK.search(mail)[0]).says("Platsen är er när avgiften är klar")
    looks_well(her.page, "leisure-7-offered")


def pays(her: Hands) -> None:
    """She takes the place by paying for it: Checkout, the page that waits for the bank, the receipt."""
    page = her.page
    her.page.reload()
    her.follow("Betala avgiften")
    assert faults(page) == []
    her.press("Fortsätt")
    her.press("Betala 800")
    expect(page.get_by_role("note")).to_contain_text("Sandlåda")
    page.get_by_label("4242 4242 4242 4242").check()
    page.get_by_role("button", name="Betala med kort").press("Enter")
    her.says("Vi väntar på besked från banken")
    wait_until(lambda: relay_mails() == 0 and has_come("Kvitto: Robotklubben"))
    receipt = read_mail(her, GUARDIAN, "Kvitto: Robotklubben")
    assert "800\xa0kr betalades" in receipt
    assert "Alva" not in receipt
    her.says("Det är betalt")  # the page asks by itself
    her.go(LINK.search(read_mail(her, GUARDIAN, "Avgiften är klar"))[0]).says("Barnet har plats")
    looks_well(page, "leisure-8-paid")
    her.follow("Kvitto").says("Betald med kort")


def has_come(subject: str) -> bool:
    """The bank tells of it when it likes, and what that brings about is promised anew."""
    return DeliveredMail.objects.filter(subject=subject).exists()


def waiting(group: Group) -> list[int]:
    return list(Enrolment.objects.filter(group=group).waiting().values_list("pk", flat=True))


def looks_well(page: Page, name: str) -> None:
    seen(page, name)
    assert faults(page) == []
