"""The payer's pages and finance's, against the real sandbox."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from navet.accounts.models import User
from navet.outbox.mail import Mail
from navet.outbox.models import Effect
from navet.pages import formats
from navet.payments import differences, mails, orders, payments
from navet.payments.models import Difference, Dispute, Order, Payment
from tests.navet.payments import line, making

pytestmark = pytest.mark.django_db(transaction=True)
SUM = formats.money(29_750_00)


@pytest.fixture(autouse=True)
def told(monkeypatch) -> line.Line:
    return line.register(monkeypatch)


def page(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def staff(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(f"{role}@navet.example", name="Någon", roles=[role]))
    return client


def paid(sandbox, order: Order) -> Payment:
    payment = payments.begin(order, at=timezone.now())
    sandbox.control("pay", session=payment.session_id)
    payments.look(payment, at=timezone.now())
    return order.payments.get()


def test_an_order_is_paid_from_its_page_and_the_page_tells_by_itself(sandbox):
    order = line.order()
    path = f"/betalning/{order.code}/"
    shown = page(path)
    assert f"Betala {SUM}" in shown
    assert "skuld till Stripe" in shown
    assert "Borås Stad" not in shown
    answer = Client().post(path)
    payment = order.payments.get()
    assert (answer.status_code, answer["Location"]) == (302, payment.url)
    back = f"{path}?klar={payment.pk}"
    waiting = page(back)
    assert f'hx-get="{path}lage/?klar={payment.pk}"' in waiting
    assert "Betala 29" not in waiting  # nobody pays twice out of impatience
    assert Effect.objects.filter(kind="stripe.look").count() == 1
    sandbox.control("pay", session=payment.session_id, method="swish")
    assert "Vi väntar på besked" in page(back)  # landing pays nothing
    line.relay_all()  # the webhook was lost, and she need not wait
    assert "Det är betalt" in page(f"{path}lage/?klar={payment.pk}")
    assert "hx-get" not in page(f"{path}lage/?klar={payment.pk}")
    receipt = page(f"{path}kvitto/")
    assert "Betald med Swish" in receipt
    assert "Moms 25 %" in receipt
    for said in ("Organisationsnummer", "559999-9991", "SE559999999101", "Skaraborgsvägen"):
        assert said in receipt
    assert "Kvittonummer" in receipt
    named = page(f"{path}kvitto/", staff("finance"))
    for said in ("Borås Stad", "212000-1561", "YY1"):
        assert said not in receipt
        assert said in named


def test_only_the_page_that_leads_to_checkout_may(sandbox):
    order = line.order()
    policy = Client().get(f"/betalning/{order.code}/")["Content-Security-Policy"]
    assert f"form-action 'self' {sandbox.url}" in policy
    assert "stripe" not in Client().get("/")["Content-Security-Policy"]
    paid(sandbox, order)
    assert sandbox.url not in Client().get(f"/betalning/{order.code}/")["Content-Security-Policy"]


def test_with_stripe_itself_the_policy_names_stripe(settings):
    settings.STRIPE = {"api_key": "sk_live_x", "webhook_secret": "w", "api_base": ""}
    order = line.order()
    answer = Client().get(f"/betalning/{order.code}/")
    assert "form-action 'self' https://checkout.stripe.com;" in answer["Content-Security-Policy"] + ";"
    assert "Sandlåda" not in answer.content.decode()


def test_every_end_of_an_order_is_told(sandbox, settings):
    at = timezone.now()
    lapsed = line.order(pay_by=at)
    assert "Tiden för att betala är ute" in page(f"/betalning/{lapsed.code}/")
    Order.objects.filter(pk=lapsed.pk).update(state="lapsed")
    assert "hålls inte längre" in page(f"/betalning/{lapsed.code}/")
    cancelled = orders.cancel(line.order(), at=at)
    assert "avbokad" in page(f"/betalning/{cancelled.code}/")
    assert "faktura" in page(f"/betalning/{making.order().code}/")
    assert Client().post(f"/betalning/{cancelled.code}/").status_code == 409
    assert Client().get(f"/betalning/{cancelled.code}/kvitto/").status_code == 302
    settings.STRIPE = dict.fromkeys(settings.STRIPE, "")
    assert "kan inte användas just nu" in page(f"/betalning/{line.order().code}/")


@pytest.mark.parametrize("code", ["0000000000", "x", "ÅÄÖ", "7K3M9QX2ZD7K3M9QX2ZD"])
def test_a_code_that_does_not_exist_is_not_found(code):
    for tail in ("", "lage/", "kvitto/"):
        assert Client().get(f"/betalning/{code}/{tail}").status_code == 404


def test_strange_returns_are_nothing(sandbox):
    order = line.order()
    for came in ("x", "0", "9" * 40, "-1", "²"):
        assert "hx-get" not in page(f"/betalning/{order.code}/?klar={came}")


def test_who_may_see_and_refund(sandbox):
    payment = paid(sandbox, line.order())
    finance, management, desk = staff("finance"), staff("management"), staff("desk")
    paths = [
        "/ekonomi/betalningar/",
        f"/ekonomi/betalningar/{payment.order.code}/",
        "/ekonomi/betalningar/avstamning/",
    ]
    refund = f"/ekonomi/betalningar/aterbetala/{payment.pk}/"
    for path in paths:
        assert [client.get(path).status_code for client in (finance, management, desk, Client())] == [
            200,
            200,
            403,
            302,
        ]
    assert [client.get(refund).status_code for client in (finance, management, desk, Client())] == [
        200,
        403,
        403,
        302,
    ]
    assert SUM in page(paths[1], finance)


def test_finance_refunds_a_part_and_no_more_than_is_left(sandbox):
    payment = paid(sandbox, line.order())
    finance = staff("finance")
    refund = f"/ekonomi/betalningar/aterbetala/{payment.pk}/"
    for amount in ("29750,01", "0", "-1", "x", "1,001", "9" * 30, ""):
        assert finance.post(refund, {"amount": amount, "note": "Trasig projektor"}).status_code == 422
    assert finance.post(refund, {"amount": "100,50", "note": "Trasig projektor"}).status_code == 302
    made = payment.refunds.get()
    assert (made.amount_ore, made.note, made.by.email) == (
        100_50,
        "Trasig projektor",
        "finance@navet.example",
    )
    assert "Trasig projektor" in page(f"/ekonomi/betalningar/{payment.order.code}/", finance)


def test_the_list_asks_as_often_for_many_as_for_one(sandbox):
    finance = staff("finance")
    counts = []
    for _ in range(2):
        paid(sandbox, line.order())
        with CaptureQueriesContext(connection) as asked:
            page("/ekonomi/betalningar/?lage=paid", finance)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert finance.get("/ekonomi/betalningar/?lage=okand").status_code == 400


def test_a_difference_is_told_by_mail_and_settled_with_a_note(sandbox):
    finance = staff("finance")
    payment = paid(sandbox, line.order())
    at = timezone.now()
    for _ in range(2):
        differences.note(Difference.Kind.MISSING, payment.key, payment=payment, ours="1", theirs="2", at=at)
    found = Difference.objects.get()
    reader = User.objects.get(roles__contains=["finance"])
    mail = mails.difference(user_id=reader.pk, difference_id=found.pk)
    assert isinstance(mail, Mail)
    assert payment.key in mail.text
    path = "/ekonomi/betalningar/avstamning/"
    assert payment.key in page(path, finance)
    assert finance.post(path, {"difference": found.pk, "note": ""}).status_code == 422
    finance.post(path, {"difference": found.pk, "note": "Bankens fel"})
    found.refresh_from_db()
    assert (found.note, found.settled_by) == ("Bankens fel", reader)
    assert "Allt stämmer" in page(path, finance)


@pytest.mark.parametrize(("language", "says"), [("sv", "Kvitto: Konferens"), ("en", "Receipt: Konferens")])
def test_the_receipt_comes_by_mail_in_the_orders_language(sandbox, language, says):
    payment = paid(sandbox, line.order(language=language))
    mail = mails.receipt(payment_id=payment.pk)
    assert isinstance(mail, Mail)
    assert (mail.to, mail.subject) == (["inkop@boras.example"], says)
    assert f"/betalning/{payment.order.code}/kvitto/" in mail.text
    assert "29" in mail.html
    for said in ("559999-9991", "SE559999999101", "Borås Stad", "212000-1561", f": {payment.pk}"):
        assert said in mail.text
        assert said.removeprefix(": ") in mail.html


def test_a_page_that_is_past_its_time_is_not_led_to(sandbox):
    order = line.order()
    payment = payments.begin(order, at=timezone.now() - dt.timedelta(minutes=29))
    again = payments.begin(order, at=payment.expires_at - dt.timedelta(minutes=1))
    assert again != payment


def test_orders_and_payments_are_listed_for_finance_alone_in_a_steady_number_of_queries(sandbox):
    finance, counts = staff("finance"), []
    for _ in range(2):
        payment = paid(sandbox, line.order())
        Dispute.objects.create(
            payment=payment, stripe_id=f"dp_{payment.pk}", status="lost", amount_ore=5_00, opened_at=timezone.now(),
            taken_ore=5_00, taken_at=timezone.now(),
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            found = finance.get("/api/v1/payments/?state=paid").json()["results"]
            orders_found = finance.get("/api/v1/orders/?state=open&settlement=card").json()["results"]
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert (len(found), len(orders_found)) == (2, 2)
    assert found[0]["amount"] == {"amount": "29750.00", "currency": "SEK"}
    assert (found[0]["refunded"]["amount"], found[0]["taken"]["amount"]) == ("0.00", "5.00")
    assert orders_found[0]["buyer"] == "Borås Stad"
    assert "inkop@boras.example" not in str(orders_found)
    others = (staff("management"), staff("desk"), Client())
    for path in ("/api/v1/payments/", "/api/v1/orders/"):
        assert [client.get(path).status_code for client in others] == [200, 403, 401]
