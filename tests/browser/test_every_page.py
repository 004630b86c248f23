"""Every page: axe finds nothing, 320 px needs no sideways scrolling, nothing breaks the policy or the console."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser import places
from tests.browser.hands import Hands, faults
from tests.browser.places import PLACES, Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Not ours to design: Django's administration, what allauth keeps closed here, the API (which answers no pages).
NOT_OURS = ("admin:", "account_", "mfa_", "set_language")
WHO = sorted({place.who for place in PLACES})
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
    hands.page.set_viewport_size({"width": 1280, "height": 900})
    answer = hands.page.goto(path)
    if answer.status != place.status:
        yield f"answered {answer.status}"
    yield from faults(hands.page)
    hands.page.set_viewport_size({"width": 320, "height": 640})
    if overflow := hands.page.evaluate(OVERFLOW):
        yield f"scrolls {overflow} px sideways at 320 px"
    yield from (text for text in hands.complaints if place.status < 500 or not text.startswith("500 "))


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
