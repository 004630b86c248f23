import pytest

from navet.accounts.models import User
from worker import operations
from worker.models import Subscription

pytestmark = pytest.mark.django_db
URL = "/personal/sammanfattningar/"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


def kinds(user: User) -> list[str]:
    """What is sent to the user, but for the day's list that nobody asked for."""
    return sorted(set(operations.wanted_by(User.objects.get(pk=user.pk))) - operations.UNASKED)


def test_staff_subscribe_and_leave(client, planner):
    client.force_login(planner)
    assert "Sammanfattningar med e-post" in client.get(URL).content.decode()
    page = client.post(
        URL, {"kinds": ["weekly_capacity", "monthly_indicators"]}, follow=True
    ).content.decode()
    assert "Ditt val är sparat." in page
    assert page.count("checked") == 2  # and "My day" declined
    assert kinds(planner) == ["monthly_indicators", "weekly_capacity"]
    client.post(URL, {"kinds": ["weekly_capacity"]})
    assert kinds(planner) == ["weekly_capacity"]
    client.post(URL)
    assert kinds(planner) == []


def test_a_role_is_offered_only_what_it_may_see(client):
    host = User.objects.create_user("host@navet.example", name="H", roles=["conference_host"])
    client.force_login(host)
    page = client.get(URL).content.decode()
    assert 'value="weekly_capacity"' in page
    assert 'value="monthly_indicators"' not in page
    response = client.post(URL, {"kinds": ["monthly_indicators"]})
    assert response.status_code == 422
    assert "Din roll ger inte" in response.content.decode()
    assert kinds(host) == []


def test_an_unknown_summary_is_a_fault_of_the_form(client, planner):
    client.force_login(planner)
    assert client.post(URL, {"kinds": ["daily"]}).status_code == 422


def test_a_role_without_summaries_is_told_so(client):
    client.force_login(User.objects.create_user("dso@navet.example", name="D", roles=["data_protection"]))
    assert "Inga sammanfattningar för din roll" in client.get(URL).content.decode()


def test_the_page_is_for_staff(client):
    assert client.get(URL).status_code == 302


def test_choose_refuses_a_summary_that_the_role_does_not_allow(planner):
    planner.roles = ["desk"]
    with pytest.raises(operations.NotForYou):
        operations.choose(planner, ["weekly_capacity"])
    assert not Subscription.objects.exists()


def test_the_day_s_list_is_on_until_it_is_declined(client):
    desk = User.objects.create_user("desk@navet.example", name="D", roles=["desk"])
    client.force_login(desk)
    page = client.get(URL).content.decode()
    assert page.count("checked") == 1
    assert 'value="desk_day"' in page
    client.post(URL)
    assert "checked" not in client.get(URL).content.decode()
    client.post(URL, {"kinds": ["desk_day"]})
    assert client.get(URL).content.decode().count("checked") == 1
