"""`python -m tests.hostile.table > docs/wrong-input.md`: the rows of the tests, as a table."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "navet.settings")
django.setup()  # the rows name models; the tests have set up already, and then this does nothing

# ruff: noqa: E402
from tests.hostile import (
    rows_api,
    rows_conferences,
    rows_counters,
    rows_courses,
    rows_feedback,
    rows_ledger,
    rows_leisure,
    rows_money,
    rows_pages,
    rows_wheel,
)
from tests.hostile.rows import Row

API_ROWS = [
    *rows_api.ROWS,
    *rows_ledger.API,
    *rows_money.API,
    *rows_conferences.TO_THE_API,
    *rows_feedback.API,
    *rows_courses.TO_THE_API,
]
COUNTER_ROWS = rows_counters.ROWS
PAGE_ROWS = [
    *rows_pages.ROWS,
    *rows_ledger.PAGES,
    *rows_money.PAGES,
    *rows_conferences.TO_THE_PAGES,
    *rows_feedback.PAGES,
    *rows_courses.TO_THE_PAGES,
    *rows_leisure.TO_THE_PAGES,
    *rows_wheel.PAGES,
]
ROWS = [*API_ROWS, *COUNTER_ROWS, *PAGE_ROWS]
HEAD = """# Wrong input, and what comes back

Every row is a test (`tests/hostile/test_wrong_input.py`), which also holds that nothing changed: bookings, sessions,
arrivals, check-ins, visits, promised mails, users, devices and stored answers are the same before and after. This page
is made of the tests: `python -m tests.hostile.table > docs/wrong-input.md`.

The API answers with problem details; the code is stable. Pages answer in the visitor's language, here Swedish, at the
field, and keep what was written. A webhook that Stripe signed is answered with 200 whatever it is about: another amount or currency pays nothing and is
told to finance, and an event of an unknown kind or of something that is not ours changes nothing (`tests/navet/payments/test_payments.py`).
"""


def text() -> str:
    """The whole page."""
    return "\n".join(
        [
            HEAD,
            *_section("The API", API_ROWS, "Code"),
            *_section("The doors", COUNTER_ROWS, "Code"),
            *_section("Pages", PAGE_ROWS, "What it says"),
        ]
    )


def _section(title: str, rows: list[Row], said: str) -> list[str]:
    lines = [
        f"## {title}: {len(rows)} rows",
        "",
        f"| Sent | To | By | Status | {said} |",
        "| --- | --- | --- | --- | --- |",
    ]
    return [*lines, *(_line(row) for row in rows), ""]


def _line(row: Row) -> str:
    at = f" at `{row.field}`" if row.field else ""
    said = f"`{row.said}`{at}" if row.to_the_api else row.said
    by = row.who.__name__.replace("_", " ")
    cells = [row.sent, f"`{row.where}`", by, str(row.status), said]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    print(text(), end="")
