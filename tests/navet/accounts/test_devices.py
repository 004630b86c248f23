"""Desk devices, at the API's door and on the administrators' page."""

import datetime as dt

import pytest
from django.utils import timezone

from navet.accounts import devices
from navet.accounts.actor import Actor
from navet.accounts.models import DeviceToken, User

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


@pytest.fixture
def admin():
    return User.objects.create_user("admin@navet.example", name="Ada", roles=["administrator"])


@pytest.fixture
def enrolled(admin):
    return devices.enrol(name="Tablet", by=Actor(user=admin), at=timezone.now())


def ask(client, token, url=ME, scheme="Bearer"):
    return client.get(url, headers={"Authorization": f"{scheme} {token}"})


def test_a_device_is_known_by_its_token_and_may_do_what_its_role_may(client, enrolled):
    said = ask(client, enrolled.token).json()

    assert (said["kind"], said["name"]) == ("device", "Tablet")
    assert said["capabilities"] == [
        "arrivals.view",
        "courses.attend",
        "desk.check_in",
        "desk.walk_in",
        "groups.receive",
        "house.safety",
        "passes.manage",
        "tickets.sell",
        "till.view",
        "visits.view",
    ]


def test_the_token_is_not_kept(enrolled):
    assert enrolled.token not in str(DeviceToken.objects.values().get())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"),
        lambda t: "x",
        lambda t: t * 9,
        lambda t: "",
        lambda t: f"{t} {t}",
        lambda t: "å" * 64,
    ],
)
def test_a_forged_token_is_401(client, enrolled, spoil):
    answer = ask(client, spoil(enrolled.token).encode().decode("latin-1"))

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_is_401_at_once(client, enrolled, admin):
    devices.revoke(enrolled.device, by=Actor(user=admin), at=timezone.now())

    assert ask(client, enrolled.token).status_code == 401


def test_an_expired_token_is_401(client, enrolled):
    DeviceToken.objects.update(expiry=timezone.now() - dt.timedelta(seconds=1))

    assert ask(client, enrolled.token).status_code == 401


def test_a_device_outlives_the_account_of_whoever_enrolled_it(client, enrolled):
    User.objects.update(is_active=False)

    assert ask(client, enrolled.token).status_code == 200


@pytest.mark.urls("tests.navet.api.probes")
def test_a_device_of_another_role_is_403(client, enrolled):
    headers = {"Authorization": f"Bearer {enrolled.token}"}

    assert client.get("/api/v1/probe/guarded/", headers=headers).status_code == 200
    answer = client.post("/api/v1/probe/guarded/", {}, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_last_use_is_written_at_most_once_a_minute(client, enrolled, django_assert_num_queries):
    ask(client, enrolled.token)
    with django_assert_num_queries(1):
        ask(client, enrolled.token)


def test_two_live_devices_cannot_share_a_name_but_a_new_one_may_follow_a_revoked(enrolled, admin):
    by, at = Actor(user=admin), timezone.now()
    with pytest.raises(devices.DeviceNameTaken):
        devices.enrol(name="TABLET ", by=by, at=at)

    devices.revoke(enrolled.device, by=by, at=at)
    assert devices.enrol(name="Tablet", by=by, at=at).device.role == "desk"


def test_revoking_twice_changes_nothing(enrolled, admin):
    first = devices.revoke(enrolled.device, by=Actor(user=admin), at=timezone.now())
    again = devices.revoke(enrolled.device, by=Actor(user=admin), at=timezone.now())

    assert first.revoked_at == again.revoked_at


def test_the_page_shows_the_token_once_and_lets_nobody_keep_it(client, admin):
    client.force_login(admin)
    answer = client.post("/personal/enheter/", {"name": "Kassan", "role": "desk"})
    token = answer.context["token"]

    assert "no-store" in answer["Cache-Control"]
    assert "data:image/svg+xml" in answer.content.decode()
    assert ask(client, token).json()["name"] == "Kassan"
    assert token not in client.get("/personal/enheter/").content.decode()


def test_the_page_refuses_a_taken_name_in_words_and_a_role_that_is_none(client, admin, enrolled):
    client.force_login(admin)

    taken = client.post("/personal/enheter/", {"name": "tablet", "role": "desk"})
    odd = client.post("/personal/enheter/", {"name": "New", "role": "king"})

    assert taken.context["form"].errors["name"] == [str(devices.DeviceNameTaken.message)]
    assert "role" in odd.context["form"].errors
    assert DeviceToken.objects.count() == 1


def test_the_page_revokes_after_asking(client, admin, enrolled):
    client.force_login(admin)
    url = f"/personal/enheter/{enrolled.device.public_id}/aterkalla/"

    client.get(url)
    assert ask(client, enrolled.token).status_code == 200
    client.post(url)
    assert ask(client, enrolled.token).status_code == 401


def test_the_page_is_closed_to_others(client, enrolled):
    assert client.get("/personal/enheter/")["Location"] == "/konto/login/?next=/personal/enheter/"

    client.force_login(User.objects.create_user("desk@navet.example", roles=["desk"]))
    assert client.get("/personal/enheter/").status_code == 403


def test_the_page_costs_the_same_with_many_devices(client, admin, django_assert_max_num_queries):
    client.force_login(admin)
    for n in range(12):
        devices.enrol(name=f"T{n}", by=Actor(user=admin), at=timezone.now())
    with django_assert_max_num_queries(4):
        client.get("/personal/enheter/")
