"""The API's shape of orders and payments. Of the buyer no more than the name: whoever needs the address opens the page."""

from rest_framework import serializers

from navet.api.fields import MoneyField
from navet.payments.models import Order, Payment, Settlement


class OrderSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    code = serializers.CharField()
    kind = serializers.CharField(help_text="The product line.")
    title = serializers.CharField()
    state = serializers.ChoiceField(Order.State.choices)
    settlement = serializers.ChoiceField(Settlement.choices)
    buyer = serializers.CharField(source="buyer_name")
    organisation_number = serializers.CharField(allow_blank=True)
    supply_date = serializers.DateField()
    placed_at = serializers.DateTimeField(source="created_at")
    pay_by = serializers.DateTimeField(allow_null=True)
    payable = MoneyField(source="payable_ore")
    paid = MoneyField(source="paid_ore", help_text="Less what goes back, and what lost disputes took.")
    owed = MoneyField(source="owed_ore", help_text="Below zero what is to go back.")


class PaymentSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    order = serializers.CharField(source="order.code", help_text="The code of the order.")
    state = serializers.ChoiceField(Payment.State.choices)
    method = serializers.CharField(allow_blank=True, help_text="card or swish, once it is paid.")
    begun_at = serializers.DateTimeField()
    paid_at = serializers.DateTimeField(allow_null=True)
    amount = MoneyField(source="amount_ore")
    refunded = MoneyField(source="refunded_ore", help_text="What went back or is to.")
    taken = MoneyField(source="taken_ore", help_text="What lost disputes took.")
    stripe_intent = serializers.CharField(source="intent_id", allow_null=True)
