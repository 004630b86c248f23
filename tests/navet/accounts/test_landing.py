"""Where the log-in leads."""

import pytest

from navet.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "en lang mening for tester"


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("desk", "/reception/"),
        ("planner", "/planering/"),
        ("educator", "/planering/mina-dagar/"),
        ("management", "/ledning/"),
        ("finance", "/ledning/"),
        ("conference_host", "/planering/konferenser/"),
        ("data_protection", "/dataskydd/"),
        ("administrator", "/admin/"),
    ],
)
def test_the_log_in_leads_to_a_page_the_user_may_open(client, settings, role, address):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    User.objects.create_user("somebody@navet.example", PASSWORD, roles=[role], name="Somebody")

    answer = client.post(
        "/konto/login/", {"login": "somebody@navet.example", "password": PASSWORD}, follow=True
    )

    assert answer.redirect_chain[-1][0] == address
    assert answer.status_code == 200


def test_somebody_without_a_role_comes_to_her_own_account(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    User.objects.create_user("somebody@navet.example", PASSWORD, name="Somebody")

    answer = client.post(
        "/konto/login/", {"login": "somebody@navet.example", "password": PASSWORD}, follow=True
    )

    assert answer.redirect_chain[-1][0] == "/personal/"
