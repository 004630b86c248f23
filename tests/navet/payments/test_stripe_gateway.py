"""The real SDK against the sandbox process, over TCP."""

import datetime as dt
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from navet.payments import stripe_gateway as gateway
from navet.payments.sandbox.webhooks import signature
from tests.sandboxes import SECRET, RunningSandbox


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def wish(**changed) -> gateway.Wish:
    key = f"payment-{secrets.token_hex(6)}"
    made = gateway.Wish(
        key=key,
        lines=(gateway.Line("Heldag för 40", 1_250_00), gateway.Line("Visning", 99_50)),
        language="sv",
        expires_at=now() + dt.timedelta(hours=1),
        success_url="http://127.0.0.1:9/betalning/K/?tillbaka=1",
        cancel_url="http://127.0.0.1:9/betalning/K/",
        swish_reference="K3M9QX2ZD7",
        metadata={"order": "K3M9QX2ZD7"},
    )
    return replace(made, **changed)


def test_a_session_is_opened_paid_by_card_and_seen(sandbox):
    asked = wish()
    made = gateway.create_session(asked)
    assert (made.status, made.payment_status, made.amount, made.currency) == (
        "open",
        "unpaid",
        1_349_50,
        "sek",
    )
    assert (made.reference, made.metadata, made.intent_id) == (asked.key, {"order": "K3M9QX2ZD7"}, "")
    assert abs(made.expires_at - asked.expires_at) < dt.timedelta(seconds=1)
    _status, _headers, page = sandbox.ask("GET", made.url.removeprefix(sandbox.url))
    assert "1\xa0349,50\xa0kr" in page
    assert "Sandlåda" in page
    assert "<script" not in page
    status, location, _page = sandbox.press(made.url, says="ok")
    assert (status, location) == (303, asked.success_url)
    paid = gateway.session(made.id)
    assert (paid.is_paid, paid.method) == (True, "card")
    intent = gateway.intent(paid.intent_id)
    assert (intent.status, intent.received, intent.method) == ("succeeded", 1_349_50, "card")
    assert intent.metadata == {"order": "K3M9QX2ZD7"}


def test_a_declined_card_leaves_the_session_open_and_swish_pays_it(sandbox):
    made = gateway.create_session(wish(language="en"))
    status, location, page = sandbox.press(made.url, says="declined")
    assert (status, location) == (422, "")
    assert 'role="alert">The card was declined' in page
    assert gateway.session(made.id).status == "open"
    assert sandbox.press(made.url, says="swish")[:2] == (303, f"/c/pay/{made.id}/swish")
    assert sandbox.press(f"{made.url}/swish", says="no")[0] == 422
    assert sandbox.press(f"{made.url}/swish", says="yes")[0] == 303
    assert gateway.session(made.id).method == "swish"
    assert sandbox.press(made.url, says="ok")[0] == 410  # it is over, and nothing is paid again


def test_the_bank_may_ask_who_pays(sandbox):
    made = gateway.create_session(wish())
    assert sandbox.press(made.url, says="bank")[1] == f"/c/pay/{made.id}/bank"
    assert sandbox.press(f"{made.url}/bank", says="no")[0] == 422
    assert not gateway.session(made.id).is_paid
    assert sandbox.press(f"{made.url}/bank", says="yes")[0] == 303
    assert gateway.session(made.id).is_paid


def test_the_same_key_gives_the_first_answer_and_other_parameters_an_error(sandbox):
    asked = wish()
    first = gateway.create_session(asked)
    sandbox.control("pay", session=first.id)
    assert gateway.create_session(asked) == first  # as it was, though it has been paid since
    with pytest.raises(gateway.Misunderstood) as told:
        gateway.create_session(replace(asked, lines=(gateway.Line("Annat", 5_00),)))
    assert told.value.code == "IdempotencyError"


def test_a_lost_answer_and_a_refused_call_are_asked_for_again_with_the_same_key(sandbox):
    sandbox.control("faults", hang_up=0.3, refuse=0.2, seed=4)
    before = sandbox.control("state")["objects"].get("checkout.session", 0)
    for _ in range(4):
        asked = wish()
        while True:
            try:
                gateway.create_session(asked)
                break
            except gateway.Unreachable:
                continue
    assert sandbox.control("state")["objects"]["checkout.session"] == before + 4


def test_without_a_key_nobody_is_asked(settings):
    settings.STRIPE = {"api_key": "", "webhook_secret": SECRET, "api_base": ""}
    for ask in (lambda: gateway.session("cs_test_1"), lambda: next(gateway.refunds_of("pi_1"))):
        with pytest.raises(gateway.Misunderstood) as told:
            ask()
        assert told.value.code == "not_configured"
    body = event()
    with pytest.raises(gateway.Forged):
        gateway.event_of(body.encode(), signature(body, SECRET, int(time.time())))


def test_nobody_there_is_unreachable(settings):
    settings.STRIPE = {"api_key": "sk", "webhook_secret": "whsec", "api_base": "http://127.0.0.1:9"}
    with pytest.raises(gateway.Unreachable):
        gateway.session("cs_test_1")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"expires_at": dt.timedelta(minutes=29)}, "InvalidRequestError"),
        ({"expires_at": dt.timedelta(hours=25)}, "InvalidRequestError"),
        ({"lines": (gateway.Line("Litet", 2_99),)}, "amount_too_small"),
    ],
)
def test_a_session_is_declined(sandbox, changed, code):
    if isinstance(changed.get("expires_at"), dt.timedelta):
        changed = {"expires_at": now() + changed["expires_at"]}
    with pytest.raises(gateway.Declined) as told:
        gateway.create_session(wish(**changed))
    assert told.value.code == code


def test_a_wrong_key_is_ours_to_mend(sandbox, settings):
    settings.STRIPE = {**sandbox.settings, "api_key": "sk_wrong"}
    with pytest.raises(gateway.Misunderstood):
        gateway.session("cs_test_1")


def test_what_does_not_exist_is_missing(sandbox):
    for ask in (gateway.session, gateway.intent, gateway.refund, gateway.dispute):
        with pytest.raises(gateway.Missing):
            ask("nothing_1")


def test_a_session_is_expired_once(sandbox):
    made = gateway.create_session(wish())
    assert gateway.expire_session(made.id).status == "expired"
    with pytest.raises(gateway.Declined):
        gateway.expire_session(made.id)
    assert sandbox.ask("GET", f"/c/pay/{made.id}")[0] == 410


def test_refunds_never_exceed_the_payment(sandbox):
    paid = _paid(sandbox)
    part = gateway.create_refund(intent_id=paid, amount_ore=349_50, key=f"a{paid}", metadata={"refund": "1"})
    again = gateway.create_refund(intent_id=paid, amount_ore=349_50, key=f"a{paid}", metadata={"refund": "1"})
    assert part == again
    assert (part.status, part.intent_id, part.metadata) == ("succeeded", paid, {"refund": "1"})
    with pytest.raises(gateway.Declined):
        gateway.create_refund(intent_id=paid, amount_ore=1_000_01, key=f"b{paid}", metadata={})
    gateway.create_refund(intent_id=paid, amount_ore=1_000_00, key=f"c{paid}", metadata={})
    with pytest.raises(gateway.Declined) as told:
        gateway.create_refund(intent_id=paid, amount_ore=1, key=f"d{paid}", metadata={})
    assert told.value.code == "charge_already_refunded"
    assert sorted(one.amount for one in gateway.refunds_of(paid)) == [349_50, 1_000_00]
    assert gateway.refund(part.id) == part


def test_a_refund_may_fail_later_and_leaves_the_money_refundable(sandbox):
    sandbox.control("faults", refund_status="pending")
    paid = _paid(sandbox)
    made = gateway.create_refund(intent_id=paid, amount_ore=1_349_50, key=f"a{paid}", metadata={})
    assert made.status == "pending"
    sandbox.control("settle", refund=made.id, status="failed")
    assert (gateway.refund(made.id).status, gateway.refund(made.id).failure) == ("failed", "declined")
    gateway.create_refund(intent_id=paid, amount_ore=1_349_50, key=f"b{paid}", metadata={})


def test_disputes_are_opened_on_cards_only(sandbox):
    paid = _paid(sandbox)
    made = sandbox.control("dispute", payment_intent=paid)
    seen = gateway.dispute(made["id"])
    assert (seen.status, seen.intent_id, seen.amount) == ("needs_response", paid, 1_349_50)
    assert seen.answer_by is not None
    sandbox.control("close-dispute", dispute=made["id"], status="lost")
    assert gateway.dispute(made["id"]).status == "lost"
    with pytest.raises(AssertionError, match="cannot be disputed"):
        sandbox.control("dispute", payment_intent=_paid(sandbox, "swish"))


def test_lists_go_through_every_page_of_the_period(sandbox, monkeypatch):
    monkeypatch.setattr(gateway, "PAGE", 2)
    began = now().replace(microsecond=0)
    made = {_paid(sandbox) for _ in range(5)}
    end = now() + dt.timedelta(seconds=2)
    assert {one.id for one in gateway.intents_between(began, end)} >= made
    assert {one.intent_id for one in gateway.sessions_between(began, end)} >= made
    assert list(gateway.intents_between(end, end + dt.timedelta(days=1))) == []
    assert list(gateway.refunds_of(next(iter(made)))) == []


def test_a_killed_sandbox_knows_what_it_knew(settings, tmp_path):
    mortal = RunningSandbox(tmp_path).start()
    settings.STRIPE = mortal.settings
    try:
        asked = wish()
        made = gateway.create_session(asked)
        mortal.control("pay", session=made.id)
        mortal.kill()
        mortal.start()
        assert gateway.session(made.id).is_paid
        assert gateway.create_session(asked) == made
    finally:
        mortal.kill()


def _paid(sandbox: RunningSandbox, method: str = "card") -> str:
    made = gateway.create_session(wish())
    return sandbox.control("pay", session=made.id, method=method)["payment_intent"]


def event(**changed) -> str:
    about = {"id": "cs_test_1", "object": "checkout.session"}
    told = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "created": 1_790_000_000}
    return json.dumps({**told, "data": {"object": about}, **changed})


def test_a_signed_event_is_read(settings):
    settings.STRIPE = {"api_key": "sk", "webhook_secret": SECRET, "api_base": ""}
    body = event()
    read = gateway.event_of(body.encode(), signature(body, SECRET, int(time.time())))
    assert (read.id, read.type, read.kind, read.about) == (
        "evt_1",
        "checkout.session.completed",
        "checkout.session",
        "cs_test_1",
    )


def now_by(secret: str, body: str) -> Callable[[], str]:
    """Signed when the test runs, not when it is collected: a signature grows too old, and its parameter has one name."""
    return lambda: signature(body, secret, int(time.time()))


@pytest.mark.parametrize(
    ("body", "signed", "reason"),
    [
        (event().encode(), "", "not_signed"),
        (event().encode(), "t=1,v1=å", "not_signed"),
        (event().encode(), "rubbish", "wrong_signature"),
        (event().encode(), "t=1", "wrong_signature"),
        (event().encode(), f"t={'9' * 5000},v1=a", "wrong_signature"),
        (event().encode(), now_by("whsec_another", event()), "wrong_signature"),
        (event(id="evt_2").encode(), now_by(SECRET, event()), "wrong_signature"),
        (event().encode(), signature(event(), SECRET, 1_700_000_000), "too_old"),
        (b"\xff\xfe", "t=1,v1=a", "no_event"),
        (b"[]", now_by(SECRET, "[]"), "no_event"),
        (b"{}", now_by(SECRET, "{}"), "no_event"),
        (b"no json", now_by(SECRET, "no json"), "no_event"),
    ],
)
def test_a_forged_event_is_told_from_a_real_one(settings, body, signed, reason):
    settings.STRIPE = {"api_key": "sk", "webhook_secret": SECRET, "api_base": ""}
    with pytest.raises(gateway.Forged) as told:
        gateway.event_of(body, signed() if callable(signed) else signed)
    assert told.value.reason == reason


def test_without_a_secret_nothing_is_signed(settings):
    settings.STRIPE = {"api_key": "sk", "webhook_secret": "", "api_base": ""}
    with pytest.raises(gateway.Forged):
        gateway.event_of(event().encode(), signature(event(), "", int(time.time())))
