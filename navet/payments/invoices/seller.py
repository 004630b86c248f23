"""Who invoices: Navet's own numbers, from the environment. In demo mode what is missing is made up, and says so."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from navet.errors import Refused
from navet.payments.invoices import bankgiro, identifiers
from navet.payments.invoices.document import ORGANISATION, Seller

# Numbers whose check digits are right and that nobody has been given on purpose of ours; every paper with them says demo.
_DEMO = Seller(
    name="Navet science center (demo)",
    organisation_number="5599999991",
    vat_number="SE559999999101",
    street="Skaraborgsvägen",
    postal_code="503 30",
    city="Borås",
    bankgiro="55999999",
    is_demo=True,
)


class SellerNotSet(Refused):
    """`extra`: `missing`, names of settings."""

    code = "seller_not_set"
    message = gettext_lazy("Nothing can be invoiced before Navet's own numbers are set.")


def current() -> Seller:
    """Raises SellerNotSet where a number is missing or wrong and this is no demo."""
    missing = faults()
    if not missing:
        return _from_settings()
    if settings.DEMO_ALLOWED:
        return replace(_DEMO, endpoint_scheme=ORGANISATION, endpoint_id=_DEMO.organisation_number)
    names = ", ".join(missing)
    text = _("Nothing can be invoiced before Navet's own numbers are set: %(names)s.") % {"names": names}
    raise SellerNotSet(text, missing=missing)


def on_receipts() -> Seller:
    """As far as the numbers are set; a receipt does not wait for those that are not. In a demo house the made-up ones."""
    if faults() and settings.DEMO_ALLOWED:
        return _DEMO
    return _from_settings()


def faults() -> list[str]:
    """The settings that are missing or cannot be right."""
    ours = settings.SELLER
    checks = {
        "SELLER_NAME": bool(ours["name"]),
        "SELLER_ORGANISATION_NUMBER": identifiers.is_organisation_number(
            identifiers.digits(ours["organisation_number"])
        ),
        "SELLER_VAT_NUMBER": identifiers.is_vat_number(ours["vat_number"]),
        "SELLER_BANKGIRO": bankgiro.is_valid(identifiers.digits(ours["bankgiro"])),
        "SELLER_STREET": bool(ours["street"]),
        "SELLER_POSTAL_CODE": bool(ours["postal_code"]),
        "SELLER_CITY": bool(ours["city"]),
    }
    return [name for name, is_right in checks.items() if not is_right]


def _from_settings() -> Seller:
    ours = dict(settings.SELLER)
    number = identifiers.digits(ours.pop("organisation_number"))
    endpoint = ours.pop("endpoint_id") or number
    account = identifiers.digits(ours.pop("bankgiro"))
    return Seller(organisation_number=number, bankgiro=account, endpoint_id=endpoint, **ours)
