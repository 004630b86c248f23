"""The host without a mouse: two pictures of the hall, the second one first, and one taken away; guests see what is left."""

import pytest

from bookings.conferences.models import RoomPicture
from tests.browser.hands import Hands, faults
from tests.browser.test_reception_by_keyboard import log_in
from tests.navet.pages.test_pictures import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose_file(hands: Hands, size: tuple[int, int], name: str = "salen.jpg") -> Hands:
    """The system's own window is not the page's; what it gives is put into the field that has the focus."""
    hands.to("button", "Bild")
    file = {"name": name, "mimeType": "image/jpeg", "buffer": photo(size).getvalue()}
    hands.page.locator("*:focus").set_input_files(file)
    return hands


def shown(hands: Hands) -> list[tuple[str, bool]]:
    """What pictures say, and whether the browser has them; they come when they are scrolled to."""
    pictures = hands.page.locator("main img.picture")
    found = []
    for number in range(pictures.count()):
        one = pictures.nth(number)
        one.scroll_into_view_if_needed()
        whole = one.evaluate("async (one) => { await one.decode(); return one.naturalWidth > 0 }")
        found.append((one.get_attribute("alt"), whole))
    return found


def test_pictures_are_uploaded_ordered_and_taken_away(hands, world):
    hall = world.hall
    host = log_in(hands(), world, "conference_host")
    host.go("/planering/konferenser/").follow("Lokalerna och deras bilder").follow(str(hall))
    choose_file(host, (1200, 800)).write("Vad bilden visar, på svenska", "Salen, mot duken.")
    host.press("Ladda upp")
    assert shown(host) == [("Salen, mot duken.", True)]

    choose_file(host, (300, 200)).write("Vad bilden visar, på svenska", "Dörren till salen.")
    host.press("Ladda upp").says("Bilden är för liten")
    assert faults(host.page) == []
    choose_file(host, (900, 1400))
    host.press("Ladda upp")
    assert shown(host) == [("Salen, mot duken.", True), ("Dörren till salen.", True)]

    host.press("Dörren till salen.")
    assert [alt for alt, _whole in shown(host)] == ["Dörren till salen.", "Salen, mot duken."]
    assert faults(host.page) == []

    guest = hands()
    guest.go("/konferens/")
    assert shown(guest) == [("Dörren till salen.", True), ("Salen, mot duken.", True)]

    host.follow("Dörren till salen.")
    assert faults(host.page) == []
    host.to("button", "Ta bort bilden")
    host.page.keyboard.press("Enter")
    host.page.get_by_role("dialog").wait_for()
    host.press("Ja, fortsätt")
    assert list(RoomPicture.objects.values_list("position", "alt_sv")) == [(1, "Salen, mot duken.")]
    guest.go("/konferens/")
    assert shown(guest) == [("Salen, mot duken.", True)]
    assert (host.complaints, guest.complaints) == ([], [])
