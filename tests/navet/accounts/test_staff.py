"""Staff: logging in, the second factor, one's own account, the administration, and what a browser remembers."""

import datetime as dt
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from navet.accounts import browser, mails
from navet.accounts.models import User
from navet.outbox.models import Effect

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def desk():
    return User.objects.create_user("desk@navet.example", "a good long password", name="Disa", roles=["desk"])


@pytest.fixture
def admin():
    return User.objects.create_user("admin@navet.example", name="Ada", roles=["administrator"])


def test_nobody_signs_up(client):
    client.post("/konto/signup/", {"email": "x@navet.example", "password1": "a good long password"})

    assert not User.objects.exists()


def test_log_in_with_address_and_password(client, desk):
    answer = client.post("/konto/login/", {"login": "DESK@navet.example", "password": "a good long password"})

    assert answer.status_code == 302
    assert client.get("/api/v1/me/").json()["kind"] == "user"


def test_a_forgotten_password_is_mailed_through_the_outbox_without_a_way_in(client, desk):
    client.post("/konto/password/reset/", {"email": "desk@navet.example"})
    effect = Effect.objects.get()

    assert effect.payload == {"mail": "accounts.password_reset", "args": {"user_id": desk.pk}}
    link = re.search(r"/konto/password/reset/key/\S+", mails.password_reset(user_id=desk.pk).text)[0]
    assert client.get(link, follow=True).context["form"].fields.keys() == {"password1", "password2"}


def test_a_forgotten_password_of_nobody_gets_the_same_answer_and_no_mail(client, desk):
    known = client.post("/konto/password/reset/", {"email": "desk@navet.example"})
    unknown = client.post("/konto/password/reset/", {"email": "nobody@navet.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Effect.objects.count() == 1


def test_without_second_factor_staff_may_only_set_it_up(client, desk, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    client.force_login(desk)

    assert client.get("/personal/")["Location"] == "/konto/2fa/totp/activate/"
    assert client.get("/api/v1/me/").json()["code"] == "second_factor_required"
    assert (
        client.get("/personal/", headers={"HX-Request": "true"})["HX-Redirect"] == "/konto/2fa/totp/activate/"
    )
    assert client.get("/healthz").status_code == 200
    assert client.post("/konto/logout/").status_code == 302


def test_with_second_factor_staff_go_on(client, desk, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    TOTP.activate(desk, generate_totp_secret())
    client.force_login(desk)

    assert client.get("/personal/").status_code == 200


def test_the_second_factor_does_not_concern_the_public(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True

    assert client.get("/api/v1/me/").status_code == 200


def test_my_account_changes_name_and_language_and_nothing_else(client, desk):
    client.force_login(desk)
    form = {
        "name": "Disa D",
        "language": "en",
        "roles": "administrator",
        "email": "x@y.example",
        "is_superuser": "1",
    }

    answer = client.post("/personal/", form)

    desk.refresh_from_db()
    assert answer.status_code == 302
    assert (desk.name, desk.language, desk.roles, desk.email) == (
        "Disa D",
        "en",
        ["desk"],
        "desk@navet.example",
    )
    assert not desk.is_superuser


def test_my_account_refuses_a_language_we_do_not_speak(client, desk):
    client.force_login(desk)

    assert "language" in client.post("/personal/", {"name": "D", "language": "xx"}).context["form"].errors


def test_changes_of_roles_are_in_the_audit_trail(desk):
    desk.roles = ["desk", "planner"]
    desk.save()

    assert [event.roles for event in desk.events.order_by("pgh_id")] == [["desk"], ["desk", "planner"]]


def test_the_administration_is_for_administrators(client, desk, admin):
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/konto/login/")
    client.force_login(desk)
    assert client.get("/admin/", follow=True).status_code == 403
    client.force_login(admin)
    assert client.get("/admin/accounts/user/").status_code == 200


def test_the_administrator_makes_staff_with_roles_and_password(client, admin):
    client.force_login(admin)
    form = {
        "email": "New@navet.example",
        "name": "Nils",
        "language": "sv",
        "roles": ["desk", "educator"],
        "usable_password": "true",
        "password1": "a good long password",
        "password2": "a good long password",
    }

    answer = client.post("/admin/accounts/user/add/", form)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    user = User.objects.get(email="new@navet.example")
    assert (user.roles, user.check_password("a good long password")) == (["desk", "educator"], True)


def test_the_administrator_cannot_become_or_touch_a_superuser(client, admin):
    above = User.objects.create_superuser("root@navet.example", name="R")
    client.force_login(admin)
    url = f"/admin/accounts/user/{admin.pk}/change/"
    form = {
        "email": admin.email,
        "name": "Ada",
        "language": "sv",
        "roles": ["administrator"],
        "is_active": "on",
    }

    client.post(url, form | {"is_superuser": "on"})
    answer = client.post(
        f"/admin/accounts/user/{above.pk}/password/", {"password1": "x" * 14, "password2": "x" * 14}
    )

    admin.refresh_from_db()
    assert not admin.is_superuser
    assert answer.status_code == 403


def request_with_session():
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    return request


def test_a_browser_remembers_a_proved_address_for_seven_days():
    request = request_with_session()
    assert browser.verified_email(request, at=NOW) is None

    browser.remember(request, "Anna@Skolan.example", at=NOW)

    assert browser.verified_email(request, at=NOW + dt.timedelta(days=6)) == "anna@skolan.example"
    assert browser.verified_email(request, at=NOW + dt.timedelta(days=7)) is None
    assert request.session.get_expiry_age() == 7 * 24 * 3600


def test_remembering_takes_a_new_session_id():
    request = request_with_session()
    request.session.create()
    planted = request.session.session_key

    browser.remember(request, "anna@skolan.example", at=NOW)

    assert request.session.session_key != planted
