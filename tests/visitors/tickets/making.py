"""Prices for the tests of tickets."""

import datetime as dt

from navet.accounts.actor import Actor
from tests.visitors.making import DAY, MORNING, user
from visitors.tickets import prices
from visitors.tickets.models import Price

YESTERDAY = MORNING - dt.timedelta(days=1)


def economist() -> Actor:
    return Actor(user=user("finance", email="finance@navet.example", name="Eva Ekonom"))


def price(product: str = "adult", kronor: int = 120, **changed) -> Price:
    terms = {"vat_permille": 250, "first_date": DAY - dt.timedelta(days=1), "at": YESTERDAY} | changed
    return prices.begin(product, price_ore=kronor * 100, by=economist(), **terms)
