"""The API's shape of invoices."""

from rest_framework import serializers

from navet.api.fields import MoneyField
from navet.payments.invoices.models import Kind, State


class InvoiceSerializer(serializers.Serializer):
    """Amounts of a credit note are below zero. `number` is null in a draft."""

    id = serializers.IntegerField()
    number = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(Kind.choices)
    state = serializers.ChoiceField(State.choices)
    ocr = serializers.CharField(allow_blank=True)
    issue_date = serializers.DateField(allow_null=True)
    due_date = serializers.DateField(allow_null=True)
    customer = serializers.CharField(source="customer.name")
    organisation_number = serializers.CharField(source="customer.organisation_number", allow_blank=True)
    reference = serializers.CharField(allow_blank=True)
    net = MoneyField(source="net_ore")
    vat = MoneyField(source="vat_ore")
    rounding = MoneyField(source="rounding_ore")
    payable = MoneyField(source="payable_ore")
    paid = MoneyField(source="paid_ore")
    balance = MoneyField(source="balance_ore", help_text="Still to pay; below zero what was paid too much.")
