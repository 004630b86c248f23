"""Wrong input to what has to do with money and personal data: Stripe's door, payments, refunds, decisions on disposal."""

import json
import time
from typing import Any

from django.test import Client, override_settings

from navet.payments.sandbox.webhooks import signature
from tests.hostile import callers
from tests.hostile.rows import Row, Send, form, request
from tests.hostile.world import World
from tests.sandboxes import SECRET

HOOK = "/stripe/webhook/"
DECIDE = "/dataskydd/visitors.arrivals/"
EVENT = {
    "id": "evt_1", "object": "event", "type": "checkout.session.completed", "created": 1,
    "data": {"object": {"id": "cs_test_1", "object": "checkout.session"}},
}  # fmt: skip
BODY = json.dumps(EVENT)


def _sent(
    body: str = BODY, *, of: str = "", secret: str = SECRET, age: int = 0, kind: str = "application/json", header: str | None = None
) -> Send:  # fmt: skip
    """Signed now, unless said otherwise: of another body, by another secret, so many seconds ago, or as `header` says."""

    def send(world: World, client: Client) -> Any:
        signed = signature(of or body, secret, int(time.time()) - age) if header is None else header
        with override_settings(STRIPE={"api_key": "sk", "webhook_secret": SECRET, "api_base": ""}):
            headers = {"Stripe-Signature": signed} if signed else {}
            return client.post(HOOK, body, content_type=kind, headers=headers)

    return send


def _hook(sent: str, status: int, said: str, **how: Any) -> Row:
    return Row(sent, f"POST {HOOK}", _sent(**how), status, said)


def _decide(sent: str, said: str, *, status: int = 422, who: Any = callers.planner, path: str = DECIDE, **changed: Any) -> Row:  # fmt: skip
    fields = {"days": "100", "reference": "Direktionen § 12, 2026-01-10"} | changed
    return Row(sent, f"POST {path}", form(path, fields), status, said, "", who)


def _ask(sent: str, path: str, status: int, said: str, *, who: Any = callers.planner, field: str = "") -> Row:
    return Row(sent, f"GET {path.partition('?')[0]}", request("GET", path), status, said, field, who)


API = [
    _ask("payments in a state that is not there", "/api/v1/payments/?state=stolen", 400, "invalid", field="state"),
    _ask("payments from yesterday, in words", "/api/v1/payments/?paid_from=i+g%C3%A5r", 400, "invalid", field="paid_from"),
    _ask("payments by a filter that is not there", "/api/v1/payments/?order=1", 400, "unknown_parameter", field="order"),
    _ask("payments, as the desk", "/api/v1/payments/", 403, "permission_denied", who=callers.desk),
    _ask("payments, from nobody", "/api/v1/payments/", 401, "not_authenticated", who=callers.anybody),
    _ask("orders settled by coins", "/api/v1/orders/?settlement=coins", 400, "invalid", field="settlement"),
    _ask("orders of 30 February", "/api/v1/orders/?supplied_to=2026-02-30", 400, "invalid", field="supplied_to"),
    _ask("orders, from nobody", "/api/v1/orders/", 401, "not_authenticated", who=callers.anybody),
]  # fmt: skip
PAGES = [
    _hook("a webhook without a signature", 400, "not_signed", header=""),
    _hook("a webhook whose signature is nonsense", 400, "wrong_signature", header="t=1,v1=x"),
    _hook("a webhook signed with another secret", 400, "wrong_signature", secret="whsec_somebody_elses"),
    _hook("a webhook changed after it was signed", 400, "wrong_signature", of=BODY.replace("evt_1", "evt_2")),
    _hook("a webhook that was signed six minutes ago, once more", 400, "too_old", age=360),
    _hook("a webhook of more than 256 KB", 413, "too_large", body=BODY + " " * 262_145),
    _hook("a webhook as a form", 415, "wrong_content_type", kind="application/x-www-form-urlencoded"),
    _hook("a signed webhook that is no event", 400, "no_event", body='{"id": 1}'),
    _hook("a signed webhook that is no JSON", 400, "no_event", body="{"),
    Row("en webhook med GET", f"GET {HOOK}", request("GET", HOOK), 405, ""),
    Row("betalning av en kod som inte finns", "POST /betalning/0000000000/", form("/betalning/0000000000/", {}), 404, "Sidan finns inte"),
    _ask("kvitto med en kod i versaler och tecken", "/betalning/ÅÄÖ-!/kvitto/", 404, "Sidan finns inte", who=callers.anybody),
    _ask("betalningar i ett okänt läge", "/ekonomi/betalningar/?lage=stulen", 400, "Välj ett giltigt alternativ."),
    _ask("betalningar, som reception", "/ekonomi/betalningar/", 403, "Du får inte öppna den här sidan", who=callers.desk),
    _ask("återbetalning av en betalning som inte finns", "/ekonomi/betalningar/aterbetala/999999/", 404, "Sidan finns inte"),
    _decide("ett gallringsbeslut på -1 dagar", "Kontrollera att detta värde är större än eller lika med 0.", days="-1"),
    _decide("ett gallringsbeslut på två veckor i ord", "Fyll i ett heltal.", days="två veckor"),
    _decide("ett gallringsbeslut på tiotusen år", "Kontrollera att detta värde är mindre än eller lika med", days="3650000"),
    _decide("ett gallringsbeslut utan beslut", "Det här fältet är obligatoriskt.", reference=" "),
    _decide("kortare tid än bokföringslagen medger", "", path="/dataskydd/payments.orders/", days="30"),
    _decide("ett gallringsbeslut om en regel som inte finns", "Sidan finns inte", status=404, path="/dataskydd/hundar/"),
    _decide("ett gallringsbeslut, som reception", "Du får inte öppna den här sidan", status=403, who=callers.desk),
    _decide("ett gallringsbeslut från en annan webbplats", "Formuläret var för gammalt", status=403, who=callers.stranger_to_csrf),
    _ask("någon annans uppgifter, utan bevisad adress", "/mina-bokningar/uppgifter/fil/?email=maria.lind@skola.example", 302, "", who=callers.anybody),
]  # fmt: skip
