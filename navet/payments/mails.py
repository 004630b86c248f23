"""What is said by mail about money."""

from django.conf import settings
from django.urls import reverse

from navet.accounts.models import User
from navet.outbox.mail import Mail, render
from navet.payments import shown
from navet.payments.models import Difference, Payment


def receipt(*, payment_id: int) -> Mail | None:
    """What was paid, to whoever ordered it."""
    payment = Payment.objects.select_related("order").filter(pk=payment_id).first()
    if payment is None or not payment.order.buyer_email:
        return None
    order = payment.order
    url = settings.SITE_URL + reverse("payments:receipt", args=[order.code])
    parties = {"seller": shown.seller(), "buyer": shown.buyer(order)}
    context = shown.bill(order) | {"payment": payment, "url": url} | parties
    return render("payment_receipt", to=[order.buyer_email], language=order.language, context=context)


def difference(*, user_id: int, difference_id: int) -> Mail | None:
    """Stripe and our books do not agree; to somebody in finance."""
    user = User.objects.active().filter(pk=user_id).first()
    found = Difference.objects.filter(pk=difference_id).first()
    if user is None or found is None:
        return None
    url = settings.SITE_URL + reverse("payments:differences")
    return render(
        "payment_difference", to=[user.email], language=user.language, context={"found": found, "url": url}
    )
