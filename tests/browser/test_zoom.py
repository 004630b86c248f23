"""At 200 %: the whole page enlarged, and the text alone. Nothing scrolls sideways, is cut off or lies over anything else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.places import PLACES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WHO = sorted({place.who for place in PLACES})
FITS = (Path(__file__).parent / "fits.js").read_text()
# A window of 1280 x 900, as a browser at 200 % shows it: half as many of its pixels, each twice as large.
ZOOMED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
# The visitor's own choice of text size; not by a style sheet, which the page's policy would refuse.
LARGER_TEXT = "document.documentElement.style.fontSize = '200%'"


@pytest.mark.parametrize("who", WHO)
def test_every_page_fits_at_twice_the_size(context_of, world, who):
    here = [(place, place.address(world)) for place in PLACES if place.who == who]

    zoomed = {f"{path} {fault}" for path, fault in _faults(context_of(who, **ZOOMED), here, "0")}
    larger = {f"{path} {fault}" for path, fault in _faults(context_of(who), here, LARGER_TEXT)}

    assert (zoomed, larger) == (set(), set())


def _faults(context, here, enlarge: str) -> Iterator[tuple[str, str]]:
    page = context.new_page()
    for _place, path in here:
        page.goto(path)
        page.evaluate(enlarge)
        for fault in page.evaluate(FITS):
            yield path, fault


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
    page = open_context(**ZOOMED).new_page()
    page.set_content(
        f'<html lang="sv"><style>{style}</style><main><h1>Skolprogram</h1><p><a href="/">Till start</a></p>'
        '<button class="button">Boka ett tillfälle</button></main></html>'
    )

    assert any(fault in found for found in page.evaluate(FITS))
