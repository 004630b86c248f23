"""What is said by mail of a conference. Built when it is sent: what is no longer true is not said."""

import dataclasses
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.common.letters import Pay, letter
from bookings.conferences import differences, links, quote_pdf
from bookings.conferences.line import LINE
from bookings.conferences.models import Adjustment, Reservation, Status
from bookings.conferences.operations import money
from navet.outbox.mail import Mail
from navet.pages import formats
from navet.payments.models import Settlement


def option(*, booking_id: int) -> Mail | None:
    """The rooms are held, until when."""
    return _mail(booking_id, Status.OPTION, gettext_lazy("Held for you: %(what)s, %(day)s"), _held)


def quote(*, booking_id: int) -> Mail | None:
    """With the quote as PDF."""
    mail = _mail(booking_id, Status.QUOTED, gettext_lazy("Quote: %(what)s, %(day)s"), _quoted)
    reservation = Reservation.objects.whole().get(pk=booking_id)
    given = reservation.quotes.order_by("number").last()
    if mail is None or given is None:
        return mail
    file = quote_pdf.attachment(reservation, given)
    return dataclasses.replace(mail, attachments=(*mail.attachments, file))


def to_pay(*, booking_id: int) -> Mail | None:
    return _mail(booking_id, Status.UNPAID, gettext_lazy("To be paid: %(what)s, %(day)s"), _to_pay)


def confirmed(*, booking_id: int) -> Mail | None:
    return _mail(booking_id, Status.CONFIRMED, gettext_lazy("Booked: %(what)s, %(day)s"), _booked, files=True)


def changed(*, booking_id: int, back_ore: int = 0) -> Mail | None:
    def said(reservation: Reservation) -> list[str]:
        return [_("This is how it stands now."), *_left_to_pay(reservation), *_back(back_ore)]

    return _mail(booking_id, "", gettext_lazy("Changed: %(what)s, %(day)s"), said, calendar=True)


def adjusted(*, booking_id: int, adjustment_id: int, back_ore: int = 0) -> Mail | None:
    """What was added or taken off when it had begun, why, and what that makes of the price."""

    def said(reservation: Reservation) -> list[str]:
        one = Adjustment.objects.prefetch_related("lines").get(pk=adjustment_id, reservation=reservation)
        text = _("What was agreed when the conference had begun: %(reason)s") % {"reason": one.reason}
        return [text, *differences.as_text(one), *_left_to_pay(reservation), *_back(back_ore)]

    subject = gettext_lazy("Changed: %(what)s, %(day)s")
    return _mail(booking_id, Status.CONFIRMED, subject, said, calendar=True)


def final_count(*, booking_id: int) -> Mail | None:
    """Asked for, unless it has been given."""
    given = Reservation.objects.filter(pk=booking_id, final_at__isnull=False).exists()
    subject = gettext_lazy("How many will you be? %(what)s, %(day)s")
    return None if given else _mail(booking_id, Status.CONFIRMED, subject, _count)


def lapsed(*, booking_id: int) -> Mail | None:
    return _mail(booking_id, Status.LAPSED, gettext_lazy("No longer held: %(what)s, %(day)s"), _lapsed)


def cancelled(*, booking_id: int, percent: int, back_ore: int = 0) -> Mail | None:
    def said(reservation: Reservation) -> list[str]:
        text = _("The booking is cancelled, and nobody is expected.")
        return [text, *_cost(reservation, percent), *_back(back_ore)]

    return _mail(
        booking_id, Status.CANCELLED, gettext_lazy("Cancelled: %(what)s, %(day)s"), said, calendar=True
    )


def called_off(*, booking_id: int, percent: int, back_ore: int = 0) -> Mail | None:
    def said(reservation: Reservation) -> list[str]:
        reason = _("The reason: %(reason)s") % {"reason": reservation.cancel_reason}
        return [_("We are sorry: Navet has had to call it off. You pay nothing."), reason, *_back(back_ore)]

    return _mail(
        booking_id,
        Status.CANCELLED,
        gettext_lazy("Called off by Navet: %(what)s, %(day)s"),
        said,
        calendar=True,
    )


def _cost(reservation: Reservation, percent: int) -> list[str]:
    """Of leaving."""
    if not percent:
        return [_("It costs nothing.")]
    order = money.order_of(reservation)
    told = {"percent": percent, "sum": formats.money(order.payable_ore if order else 0)}
    text = [_("It costs %(percent)s %% of the price: %(sum)s including VAT.") % told]
    return [*text, _("It is invoiced.")] if reservation.settlement == Settlement.INVOICE else text


def _held(reservation: Reservation) -> list[str]:
    return [
        _("The rooms are held for you until %(when)s. Book before that, or they are free for others.")
        % _until(reservation)
    ]


def _quoted(reservation: Reservation) -> list[str]:
    return [
        _("The quote is valid until %(when)s, and the rooms are held meanwhile. Accept it on the page.")
        % _until(reservation)
    ]


def _to_pay(reservation: Reservation) -> list[str]:
    return [_("It is booked when it is paid. The rooms are held until %(when)s.") % _until(reservation)]


def _booked(reservation: Reservation) -> list[str]:
    link = _("For those who take part, agenda, way and accessibility without prices or names: %(url)s")
    text = [_("Welcome. Everything below is booked."), link % {"url": links.participants_url(reservation)}]
    if reservation.final_count_date:
        day = formats.local_date(reservation.final_count_date, "long")
        text.append(_("The final number of persons is to be given by %(day)s.") % {"day": day})
    return text


def _back(ore: int) -> list[str]:
    told = {"sum": formats.money(ore)}
    return [_("%(sum)s goes back the way it came.") % told] if ore > 0 else []


def _left_to_pay(reservation: Reservation) -> list[str]:
    order = money.owed_by_card(reservation)
    if order is None:
        return []
    return [_("%(sum)s is left to pay, by card or Swish.") % {"sum": formats.money(order.owed_ore)}]


def _day(reservation: Reservation) -> str:
    """The first day, and how many follow it: a subject has no room for all of them."""
    first = formats.local_date(reservation.occasion.starts_at, "day")
    more = len(reservation.days.all()) - 1
    if more < 1:
        return first
    text = ngettext("%(day)s and %(number)s day more", "%(day)s and %(number)s days more", more)
    return text % {"day": first, "number": more}


def _pay(reservation: Reservation) -> Pay | None:
    """What the guest has to pay now, by card or Swish."""
    is_unpaid = reservation.status == Status.UNPAID
    order = money.order_of(reservation) if is_unpaid else money.owed_by_card(reservation)
    if order is None or order.owed_ore <= 0:
        return None
    label = _("Pay %(sum)s by card or Swish") % {"sum": formats.money(order.owed_ore)}
    return Pay(label, links.payment_url(order))


def _count(reservation: Reservation) -> list[str]:
    day = formats.local_date(reservation.final_count_date, "long") if reservation.final_count_date else ""
    return [_("Tell us on the page by %(day)s how many you will be, and what you eat.") % {"day": day}]


def _lapsed(_reservation: Reservation) -> list[str]:
    return [_("The time is out and the rooms are free for others. Nothing is owed.")]


def _until(reservation: Reservation) -> dict[str, str]:
    until = reservation.holds_until
    if until is None:
        return {"when": ""}
    return {"when": f"{formats.local_date(until, 'long')} {formats.local_time(until)}"}


def _mail(booking_id: int, status: str, subject: Any, said: Any, **more: bool) -> Mail | None:
    found = Reservation.objects.whole().filter(pk=booking_id)
    reservation = found.filter(status=status).first() if status else found.first()
    if reservation is None:
        return None
    with translation.override(reservation.mail_language):
        files = {"files": False, "calendar": False, **more}
        return letter(
            LINE,
            reservation,
            str(subject),
            said(reservation),
            pay=_pay(reservation),
            day=_day(reservation),
            **files,
        )
