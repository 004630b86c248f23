"""The desk scans: a code held before the camera, a scanner that types wherever the focus is, and words spelt anyhow."""

from pathlib import Path

import pytest
import segno
from playwright.sync_api import Page, expect

from tests.browser.hands import faults, rests
from tests.visitors.test_search import CODE, SEARCHES
from visitors.models import CheckIn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Notes what was in the field as the page was left.
LEFT = """where => addEventListener("pagehide", () =>
    sessionStorage.setItem("left", document.querySelector(where).value))"""
WIDTH, HEIGHT, FRAMES = 640, 480, 10


def video(path: Path, text: str) -> Path:
    """A code in the middle of a light wall, as the camera sees it: ten frames of grey in the YUV4MPEG2 format."""
    code = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(scale=6, border=4)]
    top, left = (HEIGHT - len(code)) // 2, (WIDTH - len(code[0])) // 2
    picture = [bytearray([200] * WIDTH) for _row in range(HEIGHT)]
    for number, row in enumerate(code):
        picture[top + number][left : left + len(row)] = bytes(30 if dark else 225 for dark in row)
    colourless = bytes([128]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + b"".join(picture) + colourless
    path.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT) + frame * FRAMES)
    return path


def scan(page: Page, text: str) -> None:
    """Type as a scanner does: ten milliseconds a key by the keyboard's own clock, however busy the machine is."""
    keyboard = page.context.new_cdp_session(page)
    first = page.evaluate("(performance.timeOrigin + performance.now()) / 1000")
    for number, sign in enumerate([*text, "\r"]):
        key = (
            {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13} if sign == "\r" else {"key": sign}
        )
        pressed = {"type": "keyDown", "text": sign, "timestamp": first + number / 100, **key}
        keyboard.send("Input.dispatchKeyEvent", pressed)


@pytest.fixture
def desk(open_context, logged_in, world):
    """The reception's page, on a machine without a camera."""
    context = open_context()
    logged_in(context, world.user("desk"))
    return context.new_page()


@pytest.fixture
def before_the_camera(browser_type_launch_args, our_browser, live_server, logged_in, world, tmp_path):
    """Opens the reception in a browser whose camera sees the text as a code."""
    opened = []

    def open_reception(text: str) -> Page:
        seen = video(tmp_path / "camera.y4m", text)
        flags = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={seen}",
        ]
        settings = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], *flags]}
        browser = our_browser.browser_type.launch(**settings)
        opened.append(browser)
        context = browser.new_context(base_url=live_server.url, locale="sv-SE", permissions=["camera"])
        logged_in(context, world.user("desk"))
        page = context.new_page()
        page.goto("/reception/")
        return page

    yield open_reception
    for browser in opened:
        browser.close()


@pytest.mark.parametrize("what", ["the code of the mail's picture", "the address of the booking"])
def test_a_code_before_the_camera_is_checked_in_with_one_tap(before_the_camera, world, live_server, what):
    party = world.today
    text = party.code if "mail" in what else f"{live_server.url}/bokning/{party.code}/"
    page = before_the_camera(text)

    page.get_by_role("button", name="Skanna med kameran").click()
    page.wait_for_url(f"**/reception/{party.code}/")
    page.get_by_role("button", name="Checka in").click()

    page.wait_for_url(f"**/reception/#p{party.code}")
    page.get_by_text("20 + 2, räknat.").wait_for()
    received = CheckIn.objects.get()
    assert (received.arrival, received.participants, received.adults) == (party, 20, 2)


@pytest.mark.parametrize(
    "text",
    [
        "{code}",
        "{code_in_small}",
        "https://bokning.navet.example/bokning/{code}/",
        "httpsÖ--navet.example-bokning-{code}-",
    ],
)
@pytest.mark.parametrize("field", ["body", "#sok", "#walk_count", "#dag"])
def test_a_scanner_that_types_is_caught_in_any_field(desk, world, text, field):
    code = world.today.code
    desk.goto("/reception/")
    where = "#sok" if field == "body" else field
    if field == "#sok":
        desk.fill(field, "Alt")
    if field != "body":
        desk.focus(field)
    kept = desk.input_value(where)
    desk.evaluate(LEFT, where)

    scan(desk, text.format(code=code, code_in_small=code.lower()))

    desk.wait_for_url(f"**/reception/{code}/")
    assert desk.evaluate("sessionStorage.getItem('left')") == kept


def test_a_scanner_that_types_is_caught_on_the_desks_other_pages(desk, world):
    desk.goto("/reception/arskort/nytt/")
    desk.fill("#id_holder_name", "Maria")
    desk.evaluate(LEFT, "#id_holder_name")
    scan(desk, world.today.code)
    desk.wait_for_url(f"**/reception/{world.today.code}/")
    assert desk.evaluate("sessionStorage.getItem('left')") == "Maria"


def test_what_a_person_types_stays_in_the_field(desk, world):
    assert world.today
    desk.goto("/reception/")
    desk.focus("#sok")
    desk.keyboard.type("Altorp", delay=120)
    assert desk.input_value("#sok") == "Altorp"
    desk.keyboard.press("Enter")
    desk.get_by_text("Träffar på").wait_for()


@pytest.mark.parametrize("words", ["Altorp", "altrop 5b", "ALTORPSKOLAN", "altorpsk 5b"])
def test_a_name_is_found_however_it_is_spelt(desk, world, words):
    assert world.today
    assert world.here
    desk.goto(f"/reception/?sok={words}")
    names = desk.locator("#day .rows__title").all_inner_texts()
    assert any(name.startswith("Altorpskolan") and "5B" in name for name in names)
    assert faults(desk) == []


def test_the_device_searches_as_the_server_does(desk):
    desk.goto("/reception/")
    party = {"code": CODE, "label": "Herrljunga skola, 7B"}
    found = {
        text: desk.evaluate("([party, text]) => Desk.matches(party, text)", [party, text])
        for text in SEARCHES
    }
    assert found == SEARCHES


def test_a_list_is_not_drawn_anew_under_a_finger(desk, world):
    """Else whoever taps while the list renews itself has tapped on nothing."""
    assert world.today
    desk.goto("/reception/")
    button = desk.get_by_role("button", name="Alla kom")
    button.hover()  # which waits until nothing moves it any more
    desk.mouse.down()
    with desk.expect_response("**/reception/?dag=*"):
        desk.evaluate("htmx.trigger('#day', 'renew')")
    rests(desk)
    desk.mouse.up()
    expect(button).to_have_count(0)
    assert CheckIn.objects.count() == 1
