"""A planner without a mouse finds the school that never came, sees the invitation, and sends it; whoever is written to can answer."""

import pytest

from bookings.feedback.models import Answer
from bookings.reach import links
from bookings.reach.models import Invitation
from navet.directory.models import SchoolUnit
from tests.browser.hands import faults
from tests.browser.test_reception_by_keyboard import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_school_that_never_came_is_invited(hands, world):
    assert world.open
    SchoolUnit.objects.filter(pk=world.school.pk).update(email="expedition@altorp.example")
    hers = hands()
    log_in(hers, world, "planner").go("/planering/rackvidd/?besok=never")
    hers.to("checkbox", "Välj Altorpskolan")
    hers.page.keyboard.press("Space")
    hers.press("Bjud in de valda")
    hers.says("Inget är skickat än")
    hers.says("expedition@altorp.example")
    assert faults(hers.page) == []
    hers.press("Skicka 1 inbjudan")
    hers.says("1 inbjudan är på väg")
    made = Invitation.objects.get()
    assert made.school == world.school

    school = hands().go(f"/inbjudan/{made.pk}-{links.key_of(made)}/nej-tack/")
    school.press("Bjud inte in oss mer").says("får inga fler")
    school.go(world.feedback_url()).to("radio", "Ingen åsikt").page.keyboard.press("ArrowUp")
    school.press("Skicka svaret").says("Tack för ditt svar")
    assert Answer.objects.count() == 1
    assert hers.complaints == school.complaints == []
