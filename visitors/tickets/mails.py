"""What is said by mail to the holder of an annual pass. Built when it is sent: what is no longer true is not said."""

from django.utils import timezone

from navet.outbox.mail import Mail, render
from visitors.tickets import prices, reminders, till


def reminder(*, period_id: int) -> Mail | None:
    """It ends soon. Nothing where it was renewed, annulled or blocked meanwhile, has ended, or has no address any more."""
    at = timezone.now()
    period = reminders.ending(at).select_related("annual_pass").filter(pk=period_id).first()
    if period is None:
        return None
    annual_pass = period.annual_pass
    price = prices.now(at).get(till.product_of(annual_pass))
    return render(
        "pass_reminder",
        to=[annual_pass.holder_email],
        language=annual_pass.mail_language,
        context={"pass": annual_pass, "last_date": period.last_date, "price_ore": price and price.price_ore},
    )
