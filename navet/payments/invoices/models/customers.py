"""Who pays by invoice, and how they want it."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from navet.payments.invoices.document import GLN, ORGANISATION, Party


class Way(models.TextChoices):
    """How an invoice gets there."""

    E_INVOICE = "e_invoice", _("E-invoice (Peppol)")
    MAIL = "mail", _("PDF by e-mail")


class Schedule(models.TextChoices):
    """When what is owed is drafted. Charges are collected by the month or half-year, orders at once or after the event."""

    AT_ONCE = "at_once", _("At once")
    AFTER_EVENT = "after_event", _("After the event")
    MONTHLY = "monthly", _("Monthly")
    HALF_YEARLY = "half_yearly", _("Half-yearly, in January and July")


class Scheme(models.TextChoices):
    ORGANISATION = ORGANISATION, _("Organisation number (0007)")
    GLN = GLN, _("GLN (0088)")


@pghistory.track()
class Customer(models.Model):
    """A payer. Without an organisation number it is a person or an association, found by its e-mail address."""

    name = models.CharField(_("name"), max_length=120)
    organisation_number = models.CharField(_("organisation number"), max_length=10, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=14, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail for invoices"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", _("Swedish")), ("en", _("English"))], default="sv"
    )
    way = models.CharField(_("how invoices are sent"), max_length=10, choices=Way.choices, default=Way.MAIL)
    endpoint_scheme = models.CharField(
        _("kind of electronic address"), max_length=4, choices=Scheme.choices, blank=True
    )
    endpoint_id = models.CharField(_("electronic address"), max_length=13, blank=True)
    reference_pattern = models.CharField(_("pattern of the reference"), max_length=80, blank=True)
    reference_example = models.CharField(_("example of a reference"), max_length=60, blank=True)
    reference_is_order = models.BooleanField(_("the reference is an order number"), default=False)
    terms_days = models.PositiveSmallIntegerField(_("days to pay"), default=30)
    charges_schedule = models.CharField(
        _("charges are invoiced"), max_length=12, choices=Schedule.choices, default=Schedule.MONTHLY
    )
    orders_schedule = models.CharField(
        _("orders are invoiced"), max_length=12, choices=Schedule.choices, default=Schedule.AFTER_EVENT
    )
    is_demo = models.BooleanField(_("demo"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_number"],
                condition=~Q(organisation_number=""),
                name="one_customer_per_organisation",
            ),
            models.CheckConstraint(
                condition=~Q(way="e_invoice") | ~Q(endpoint_scheme="") & ~Q(endpoint_id=""),
                name="an_e_invoice_has_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(way="mail") | ~Q(email=""), name="an_invoice_by_mail_has_an_address"
            ),
            models.CheckConstraint(condition=Q(terms_days__lte=90), name="nobody_has_more_than_ninety_days"),
            models.CheckConstraint(
                condition=Q(charges_schedule__in=["monthly", "half_yearly"]),
                name="charges_are_collected_by_month_or_half_year",
            ),
            models.CheckConstraint(
                condition=Q(orders_schedule__in=["at_once", "after_event"]),
                name="orders_are_invoiced_at_once_or_after",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether an invoice has somewhere to go."""
        return bool(self.street and self.postal_code and self.city)

    def as_party(self) -> Party:
        """As it is now, to be kept with the invoice."""
        return Party(
            name=self.name,
            organisation_number=self.organisation_number,
            vat_number=self.vat_number,
            endpoint_scheme=self.endpoint_scheme,
            endpoint_id=self.endpoint_id,
            street=self.street,
            postal_code=self.postal_code,
            city=self.city,
            email=self.email,
        )
