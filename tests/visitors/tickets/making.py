"""Prices for the tests of tickets."""

import datetime as dt
import re
from html import unescape

from django.test import Client

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


def rows_behind(browser: Client, page: str) -> dict[str, tuple[int, int, int]]:
    """Every figure of the page of the till that opens rows, by its address -> öre it says, öre and rows behind it."""
    found = {}
    for link, said in re.findall(r'href="([^"]*)" data-figure>([^<]*)<', browser.get(page).content.decode()):
        rows = browser.get(unescape(link)).content.decode()
        ore = re.sub(r"[^\d,.-]", "", said.replace("−", "-").replace(",", ""))
        found[unescape(link)] = (
            round(float(ore) * 100),
            int(re.search(r'data-sum="(-?\d+)"', rows)[1]),
            rows.count("<tr><td"),
        )
    return found
