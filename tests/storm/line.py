"""A product line that writes down, in the transaction it is told in, what it was told."""

import datetime as dt

from django.db import connection

from navet.payments import handlers
from navet.payments.models import Order

KIND = "storm"


class Line:
    def lock(self, order: Order) -> None:
        """Nothing of its own."""

    def paid(self, order: Order, *, at: dt.datetime) -> bool:
        _note(order, "paid")
        return True

    def unpaid(self, order: Order, *, at: dt.datetime) -> None:
        _note(order, "unpaid")

    def address(self, order: Order) -> str:
        return ""


def register() -> None:
    handlers.register(KIND, Line())


def make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS storm_told")
        cursor.execute("CREATE TABLE storm_told (code text NOT NULL, said text NOT NULL)")


def drop_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE storm_told")


def told() -> list[tuple[str, int]]:
    """(order code, how often it was said to be paid)"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, count(*) FROM storm_told WHERE said = 'paid' GROUP BY code")
        return cursor.fetchall()


def _note(order: Order, said: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO storm_told VALUES (%s, %s)", [order.code, said])
