"""How people reach the house: what Navet has set in the environment, and nothing that it has not."""

from dataclasses import dataclass

import phonenumbers
from django.conf import settings
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from navet.pages import formats


@dataclass(frozen=True)
class House:
    """Empty where nothing is set. `phone` is written as people write it, `phone_url` is what a telephone dials."""

    name: str
    address: str
    phone: str
    phone_url: str
    email: str

    @property
    def place(self) -> str:
        """Name and address on one line, for mails and calendars."""
        return ", ".join(part for part in (self.name, self.address) if part)


def house() -> House:
    number = settings.HOUSE_PHONE
    return House(
        name="Navet science center",
        address=settings.HOUSE_ADDRESS,
        phone=formats.phone(number) if number else "",
        phone_url=f"tel:{_dialled(number)}" if number else "",
        email=settings.HOUSE_EMAIL,
    )


def _dialled(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, "SE")
    except phonenumbers.NumberParseException:
        return "".join(number.split())
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _asking() -> tuple[str, str, str]:
    """A sentence with a gap, and what goes into the gap: its address and its words."""
    ours = house()
    if ours.phone:
        return _("Call Navet, {}."), ours.phone_url, ours.phone
    if ours.email:
        return _("Write to Navet, {}."), f"mailto:{ours.email}", ours.email
    return _("Please get in touch with Navet."), "", ""


def ask_us_html() -> SafeString:
    """Where only people can help, with the number to press."""
    sentence, url, words = _asking()
    return format_html(sentence, format_html('<a href="{}">{}</a>', url, words))


def _ask_us() -> str:
    sentence, _url, words = _asking()
    return sentence.format(words)


# The same without a link, for a refusal: said when it is shown, in the reader's language.
ask_us = lazy(_ask_us, str)
