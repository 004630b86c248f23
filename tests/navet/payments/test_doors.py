"""The webhook's door: what Stripe did not sign in the last five minutes changes nothing."""

import json
import time

import pytest
from django.test import Client

from navet.outbox.models import Effect
from navet.payments import stripe_gateway as gateway
from navet.payments.models import StripeEvent
from navet.payments.sandbox.webhooks import signature
from tests.sandboxes import SECRET

pytestmark = pytest.mark.django_db
ABOUT = {"id": "cs_test_1", "object": "checkout.session"}
EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "created": 1,
    "data": {"object": ABOUT},
}
BODY = json.dumps(EVENT)


@pytest.fixture(autouse=True)
def configured(settings) -> None:
    settings.STRIPE = {"api_key": "sk", "webhook_secret": SECRET, "api_base": ""}


def send(
    body: str | bytes,
    signed: str | None = "",
    kind: str = "application/json",
    *,
    secret: str = SECRET,
    of: str = "",
    age: int = 0,
):
    """Signed now unless `signed` says otherwise: by another secret, of another body, or so many seconds ago."""
    if signed == "":
        said = of or (body if isinstance(body, str) else body.decode("latin1"))
        signed = signature(said, secret, int(time.time()) - age)
    headers = {"Stripe-Signature": signed} if signed is not None else {}
    client = Client(enforce_csrf_checks=True)
    return client.post("/stripe/webhook/", body, content_type=kind, headers=headers)


def test_a_signed_event_is_kept_once_and_promised_once():
    for _ in range(3):
        assert send(BODY).status_code == 200
    kept = StripeEvent.objects.get()
    assert (kept.event_id, kept.about) == ("evt_1", {"kind": "checkout.session", "id": "cs_test_1"})
    assert list(Effect.objects.values_list("kind", "payload")) == [("stripe.event", {"event": kept.pk})]


def test_a_content_type_with_a_charset_is_as_good():
    assert send(BODY, kind="application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize(
    ("what", "sent", "status", "code"),
    [
        ("forged", {"body": BODY, "secret": "whsec_x"}, 400, "wrong_signature"),
        ("of another body", {"body": BODY + " ", "of": BODY}, 400, "wrong_signature"),
        ("replayed", {"body": BODY, "age": 301}, 400, "too_old"),
        ("unsigned", {"body": BODY, "signed": None}, 400, "not_signed"),
        ("signed with letters", {"body": BODY, "signed": "t=å,v1=ö"}, 400, "not_signed"),
        ("signed by rubbish", {"body": BODY, "signed": "t=,v1="}, 400, "wrong_signature"),
        ("no event", {"body": "{}"}, 400, "no_event"),
        ("no JSON", {"body": "hej"}, 400, "no_event"),
        ("a list", {"body": "[1]"}, 400, "no_event"),
        ("deep", {"body": "[" * 100_000}, 400, "no_event"),
        ("no UTF-8", {"body": b"\xff\xfe\xff", "signed": "t=1,v1=a"}, 400, "no_event"),
        ("empty", {"body": ""}, 415, "wrong_content_type"),
        ("about nothing", {"body": json.dumps(EVENT | {"data": {"object": None}})}, 400, "no_event"),
        ("a form", {"body": "a=b", "kind": "application/x-www-form-urlencoded"}, 415, "wrong_content_type"),
        ("of no type", {"body": BODY, "kind": ""}, 415, "wrong_content_type"),
        ("oversized", {"body": "x" * (gateway.MAX_BODY + 1)}, 413, "too_large"),
    ],
)  # fmt: skip
def test_what_stripe_did_not_send_is_refused_and_changes_nothing(what, sent, status, code):
    answer = send(**sent)
    assert (answer.status_code, answer.json()) == (status, {"code": code})
    assert StripeEvent.objects.count() == Effect.objects.count() == 0


def test_it_takes_posts_only():
    assert Client().get("/stripe/webhook/").status_code == 405


def test_who_guesses_is_slowed_down_and_stripe_is_not(settings):
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    most = int(rates["guess"].partition("/")[0])
    codes = {send(BODY, "t=1,v1=a").status_code for _ in range(2 * most + 1)}
    assert codes == {400, 429}
    assert send(BODY).status_code == 200
