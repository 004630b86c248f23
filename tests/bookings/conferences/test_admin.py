"""What conferences are offered and at what price, as whoever administers the house sets it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.postgres.forms import DateRangeField
from django.forms import Form
from django.urls import reverse

from bookings.conferences.models import ConferencePackage, RoomOffer
from tests.bookings.conferences import rooms
from tests.navet.house import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def admin(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(making.user("adam@navet.example", "administrator", name="Adam"))


@pytest.fixture
def package():
    """595 kronor a person until the end of 2029."""
    return rooms.package()


def of(form: Form) -> dict[str, Any]:
    """What a browser sends of a form that nobody has touched."""
    sent: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if isinstance(field.field, DateRangeField):
            sent |= {f"{field.html_name}_{end}": day or "" for end, day in enumerate(value or ("", ""))}
        elif value is not None and value is not False:
            sent[field.html_name] = value
    return sent


def address(thing: Any) -> str:
    return reverse(f"admin:conferences_{thing._meta.model_name}_change", args=[thing.pk])


def save(client, thing: Any, *new: tuple[str, str], **said: Any):
    """Change what is said, and give it these prices too, each from and until a day."""
    page = client.get(address(thing))
    assert "object (" not in page.content.decode()
    prices = page.context["inline_admin_formsets"][0].formset
    sent = of(page.context["adminform"].form) | of(prices.management_form)
    for form in prices.forms:
        sent |= of(form)
    for number, (first, end) in enumerate(new, start=len(prices.forms)):
        sent |= {f"prices-{number}-valid_0": first, f"prices-{number}-valid_1": end}
        sent |= {f"prices-{number}-per_person_ore": "64500", f"prices-{number}-per_group_ore": "0"}
        sent[f"prices-{number}-{prices.fk.name}"] = str(thing.pk)
    sent["prices-TOTAL_FORMS"] = str(len(prices.forms) + len(new))
    return client.post(address(thing), sent | said)


def test_a_package_is_said_anew_and_its_meals_ticked(client, package):
    answer = save(client, package, title_sv="Konferensdag", meals=["coffee_am", "lunch"])
    assert answer.status_code == 302
    package.refresh_from_db()
    assert (package.title_sv, package.meals) == ("Konferensdag", ["coffee_am", "lunch"])


def test_a_price_ends_and_then_another_begins(client, package):
    assert save(client, package, **{"prices-0-valid_1": "2027-01-01"}).status_code == 302
    assert save(client, package, ("2027-01-01", "")).status_code == 302
    priced = ConferencePackage.objects.get(pk=package.pk)
    asked = [dt.date(2026, 12, 31), dt.date(2027, 1, 1)]
    assert [priced.price_on(day).per_person_ore for day in asked] == [59_500, 64_500]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ([("2027-01-01", "")], "Ett annat pris gäller den tiden."),  # beside the one that is there
        ([("2030-01-01", ""), ("2031-01-01", "2032-01-01")], "Ett annat pris gäller den tiden."),
        ([("", "2025-01-01")], "Skriv från vilken dag priset gäller."),
        ([("2031-01-01", "2030-01-01")], ""),
    ],
)
def test_two_prices_at_once_or_one_without_a_first_day_are_refused_in_words(client, package, new, told):
    answer = save(client, package, *new)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert package.prices.count() == 1


def test_a_room_and_an_add_on_open_with_their_prices(client):
    hall = rooms.room()
    assert save(client, RoomOffer.objects.get(room=hall), summary_sv="Ny text").status_code == 302
    assert RoomOffer.objects.get(room=hall).summary_sv == "Ny text"
    show = rooms.show()
    assert save(client, show, parts=["day"]).status_code == 302
    show.refresh_from_db()
    assert show.parts == ["day"]


@pytest.mark.parametrize("model", ["daypart", "roomoffer", "conferencepackage", "addon"])
def test_what_is_on_offer_is_listed(client, model):
    rooms.show(rooms.room())
    rooms.package()
    assert client.get(reverse(f"admin:conferences_{model}_changelist")).status_code == 200
