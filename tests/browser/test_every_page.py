"""Every page, looked at once: axe finds nothing, nothing breaks the policy or the console, and it fits.

At 320 px nothing scrolls sideways; where money, reports, rules or rows are read, no table does at 390 px. At 200 %, of the whole page and of the text alone, nothing scrolls sideways, is cut off or lies
over anything else.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser import places
from tests.browser.hands import Hands, faults
from tests.browser.places import PLACES, Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Not ours to design: Django's administration, what allauth keeps closed here, the API (which answers no pages).
NOT_OURS = ("admin:", "account_", "mfa_", "set_language")
WHO = sorted({place.who for place in PLACES})
FITS = (Path(__file__).parent / "fits.js").read_text()
WIDE = {"width": 1280, "height": 900}
ZOOMED = {"width": 640, "height": 450}  # what a window of that size has room for at 200 %
# The visitor's own choice of text size; not by a style sheet, which the page's policy would refuse.
LARGER_TEXT = "document.documentElement.style.fontSize = '200%'"
USUAL_TEXT = "document.documentElement.style.fontSize = ''"
FOLDED = (
    *("payments:", "invoices:", "till:till", "tertials:", "capacity:rows", "visitors:rows", "visitors:ahead"),
    *("visitors:counting", "visitors:preview-counting", "visitors:proposed-rows", "visitors:version-rows"),
)
TABLES = "[...document.querySelectorAll('.table-scroll')].map((one) => one.scrollWidth - one.clientWidth).filter((px) => px > 0)"
OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.mark.parametrize("who", WHO)
def test_the_pages_are_whole(context_of, world, who):
    here = [(place, place.address(world)) for place in PLACES if place.who == who]
    hands = Hands(context_of(who).new_page())

    found = {f"{path} {fault}" for place, path in here for fault in _faults(hands, place, path)}

    assert found == set()


def test_a_mail_is_whole(open_context, world):
    page = open_context().new_page()
    page.set_viewport_size({"width": 320, "height": 640})

    page.set_content(world.mail.html)

    assert faults(page) == []
    assert page.evaluate(OVERFLOW) == 0


def _faults(hands: Hands, place: Place, path: str) -> Iterator[str]:
    hands.complaints.clear()
    hands.page.set_viewport_size(WIDE)
    answer = hands.page.goto(path)
    if answer.status != place.status:
        yield f"answered {answer.status}"
    yield from faults(hands.page)
    hands.page.evaluate(LARGER_TEXT)
    yield from (f"with text of 200 %: {fault}" for fault in hands.page.evaluate(FITS))
    hands.page.evaluate(USUAL_TEXT)
    hands.page.set_viewport_size(ZOOMED)
    yield from (f"at 200 %: {fault}" for fault in hands.page.evaluate(FITS))
    hands.page.set_viewport_size({"width": 320, "height": 640})
    if overflow := hands.page.evaluate(OVERFLOW):
        yield f"scrolls {overflow} px sideways at 320 px"
    if place.name.startswith(FOLDED):
        hands.page.set_viewport_size({"width": 390, "height": 844})
        yield from (
            f"has a table that scrolls {px} px sideways at 390 px" for px in hands.page.evaluate(TABLES)
        )
    yield from (text for text in hands.complaints if place.status < 500 or not text.startswith("500 "))


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("button { position: absolute; inset: 0 auto auto 0 } main a { position: absolute; inset: 0 auto auto 0 }", "overlap"),
        ("h1 { width: 4rem; overflow: hidden; white-space: nowrap }", "cut off"),
        ("h1 { width: 4rem; overflow-wrap: anywhere }", "broken word"),
        ("main { width: 200vw }", "sideways"),
        (".button { width: 3rem; white-space: nowrap }", "text leaves its frame"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_found(open_context, style, fault):
    page = open_context(viewport=ZOOMED).new_page()
    page.set_content(
        f'<html lang="sv"><style>{style}</style><main><h1>Skolprogram</h1><p><a href="/">Till start</a></p>'
        '<button class="button">Boka ett tillfälle</button></main></html>'
    )

    assert any(fault in found for found in page.evaluate(FITS))


def test_no_address_is_forgotten():
    known = {place.name for place in PLACES if place.name} | places.NO_PAGES
    ours = {name for name in _names(get_resolver("navet.urls")) if not name.startswith(NOT_OURS)}

    assert ours - known == set()
    assert {name for name in known if not name.startswith(NOT_OURS)} - ours == set()


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield space + pattern.name
        elif not str(pattern.pattern).startswith("api/"):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
