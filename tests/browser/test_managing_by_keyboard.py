"""Management without a mouse: a figure of capacity opened down to its rows, the year wheel, a change of rules seen side by side, a
report to the board and the marks of the alerts. Whatever has the focus can be seen."""

import datetime as dt

import pytest

from tests.browser import places
from tests.browser.hands import Hands, rests
from tests.browser.test_planning_by_keyboard import write_date
from tests.browser.world import DAY
from visitors.models import CountingDecision
from visitors.tertials.models import Comment
from worker.models import Threshold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MARCH = f"?fran={DAY}&till=2026-03-31"
# What has the focus: whether it is seen, and what is reached by Tab but was not yet, on the page as it is shown now.
LOOK = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    here.wasReached = true;
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const box = here.getBoundingClientRect();
    return [here === document.body, ring && box.bottom > 0 && box.top < innerHeight, here.outerHTML.slice(0, 120)];
}"""
LEFT = """() => [...document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'])")]
    .filter((one) => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled && !one.wasReached).map((one) => one.outerHTML.slice(0, 120))"""


def lap(hands: Hands) -> None:
    """Tab through the page once: everything is reached, and wherever the focus is it shows."""
    while True:
        hands.page.keyboard.press("Tab")
        is_over, is_seen, what = hands.page.evaluate(LOOK)
        if is_over:
            break
        assert is_seen, what
    assert hands.page.evaluate(LEFT) == []


def test_a_year_is_managed(context_of, world):
    assert world.open
    hers = Hands(context_of(places.MANAGEMENT).new_page())

    hers.go(f"/ledning/kapacitet/{MARCH}")
    lap(hers)
    figure = hers.page.locator(".board [data-figure]").first.inner_text()
    hers.follow(figure)
    assert hers.page.locator("[data-sum=offered]").inner_text() == figure

    hers.go("/planering/arshjul/?period=2026").follow("Ny post")
    hers.choose("Slag", "Kampanj").write("Titel på svenska", "Rymdveckan").write(
        "Titel på engelska", "Space week"
    )
    write_date(hers, "Första dagen", DAY)
    write_date(hers, "Sista dag", DAY + dt.timedelta(days=4))
    hers.choose("Synlig för", "Alla som ser årshjulet").press("Spara").says("Rymdveckan")

    # As the form asks it, which has a box for each of seventy answers.
    hers.go(f"{places.PREVIEW}{world.proposal}").says("Gamla regler")
    assert not CountingDecision.objects.exists()
    hers.press("Besluta").says("Version 1")
    assert CountingDecision.objects.get().reason == "Direktionen i mars"

    hers.go("/ledning/tertial/").follow("Tertialrapport 1, 2026")
    hers.write("Kommentar: Elever på skolprogram", "Fler klasser än i fjol.").press("Spara").says(
        "Fler klasser än i fjol."
    )
    lap(hers)
    assert Comment.objects.get().comment == "Fler klasser än i fjol."

    hers.go("/ledning/larm/").number("En vecka är för tom under, procent", "40").press("Spara")
    rests(hers.page)
    assert Threshold.objects.get(name=Threshold.Name.WEEK_FILL).value == 40
    assert hers.complaints == []
