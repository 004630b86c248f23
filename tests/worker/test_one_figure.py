"""One figure, wherever it is read: page, endpoint, files, mail, the board's PDF and the rows themselves say the same number."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.test import Client
from lxml import html

from navet import periods
from navet.pages import formats
from tests.visitors.figures import FIGURE, SUM, number
from tests.visitors.making import MORNING, arrival, user
from tests.visitors.test_behind import two_years
from visitors.models import CheckIn, CountingRule, Expectation, Indicator, Visit
from visitors.tertials import operations as tertials
from worker import mails
from worker.models import Subscription

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 4, 30)  # the end of a month and of a tertial
MORNING_AFTER = periods.at(dt.date(2026, 5, 1), dt.time(7))
Facts = dict[str, tuple[int | None, ...]]  # indicator -> its numbers in the order of NUMBERS
NUMBERS = (
    "target", "outcome", "same_day_last_year", "booked_ahead", "expected_by_now",
    "forecast_low", "forecast", "forecast_high",
)  # fmt: skip


@pytest.fixture
def management(settings) -> Iterator[Client]:
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING + dt.timedelta(hours=1), tick=False):
        two_years()
        arrival(starts_at=MORNING + dt.timedelta(days=90))
        # The database goes by its own clock; what was announced and decided was so that morning.
        Expectation.objects.update(since=MORNING)
        CountingRule.events.field.model.objects.update(pgh_created_at=MORNING)
    with time_machine.travel(MORNING_AFTER, tick=False):
        # Found out the morning after: no evening of April knew of it.
        Visit.objects.create(
            at=MORNING, day=MORNING.date(), leaves_at=MORNING, category="pupil", count=1000, source="desk"
        )
        made = Client(headers={"accept-language": "sv"})
        made.force_login(user("management", email="ledning@navet.example", name="Lena Ledning"))
        yield made


def test_every_place_that_tells_a_figure_tells_the_same(management):
    asked = f"?as_of={LAST_DAY}"
    said = from_endpoint(management.get(f"/api/v1/indicators/{asked}").json())
    assert len([one for numbers in said.values() for one in numbers if one]) > 20
    assert {code: numbers[1] for code, numbers in said.items()} == added_again()
    assert from_csv(management.get(f"/api/v1/indicators/csv/{asked}").content.decode("utf-8-sig")) == said
    page = management.get(f"/ledning/?dag={LAST_DAY}").content.decode()
    assert from_page(page) == said
    assert from_mail() == said
    issue = tertials.give_out_due(MORNING_AFTER)
    assert issue is not None
    assert from_kept(issue.data) == said
    assert_pdf_says(issue.pdf("sv"), said)
    opened = FIGURE.findall(page)
    assert len(opened) > 100
    for address, text in opened:
        rows = management.get(unescape(address)).content.decode()
        assert int(SUM.search(rows).group(1)) == number(text), address


def from_endpoint(answer: dict) -> Facts:
    found = {}
    for one in answer["indicators"]:
        ends = one["forecast"] or dict.fromkeys(("low", "middle", "high"))
        named = {
            **one,
            "forecast_low": ends["low"],
            "forecast": ends["middle"],
            "forecast_high": ends["high"],
        }
        found[one["code"]] = tuple(named[name] for name in NUMBERS)
    return found


def from_csv(text: str) -> Facts:
    rows = {
        (row["Indikator"], row["Mått"]): row["Värde"]
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
        if row["Del"] == "year"
    }
    return {
        code: tuple(int(rows[code, name]) if rows[code, name] else None for name in NUMBERS)
        for code in Indicator.values
    }


def from_page(text: str) -> Facts:
    found = {}
    for one in html.fromstring(text).find_class("stat"):
        facts = dict(
            zip(
                (name.text_content().replace("\xa0", " ") for name in one.iter("dt")),
                (value.text_content() for value in one.iter("dd")),
                strict=True,
            )
        )
        low, high = _ends(next((value for name, value in facts.items() if name.startswith("80")), "–"))
        found[_code(one.find_class("stat__label")[0].text_content())] = (
            _number(one.find_class("stat__target")[0].text_content()),
            _number(one.find_class("stat__figure")[0].text_content()),
            _number(facts["Samma dag förra året"]),
            _number(facts["Bokat framåt"]),
            _number(facts["Väntat hittills"]),
            low,
            _number(facts["Prognos"]),
            high,
        )
    return found


def from_mail() -> Facts:
    """The text part of the month's mail, each indicator a paragraph."""
    reader = user("management", email="styrelse@navet.example", name="Stina Styrelse")
    Subscription.objects.create(user=reader, kind=Subscription.Kind.MONTHLY_INDICATORS)
    mail = mails.monthly_indicators(user_id=reader.pk, period="2026-05")
    assert mail is not None
    found = {}
    for code in Indicator:
        (part,) = (part for part in mail.text.split("\n\n") if part.startswith(f"{code.label} ("))
        lines = dict(line.strip().split(": ", 1) for line in part.splitlines()[1:])
        outcome, target = lines["I år"].split(" av ")
        middle, _bracket, ends = lines["Prognos för året, 80 % intervall"].partition(" (")
        low, high = _ends(ends)
        found[code.value] = (
            _number(target.split(" (")[0]),
            _number(outcome),
            _number(lines["Samma dag förra året"]),
            _number(lines["Bokat framåt i år"]),
            _number(lines["Väntat hittills"]),
            low,
            _number(middle),
            high,
        )
    return found


def from_kept(data: dict) -> Facts:
    return from_endpoint({"indicators": data["figures"]})


def assert_pdf_says(pdf: bytes, said: Facts) -> None:
    """Every number stands in the report, in the indicator's own part of it."""
    pypdf = pytest.importorskip("pypdf")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    text = re.sub(r"\s", " ", text)
    for numbers in said.values():
        for one in numbers:
            assert one is None or re.sub(r"\s", " ", formats.count(one)) in text


def added_again() -> dict[str, int]:
    """The outcomes of the year up to the day, from the rows one by one, as known that evening."""
    end = periods.day_bounds(LAST_DAY)[1]
    rows = [row for row in Visit.objects.filter(day__year=2026, day__lte=LAST_DAY) if row.entered_at < end]
    gone = {row.reverses_id for row in rows}
    standing = [row for row in rows if row.reverses_id is None and row.pk not in gone]
    return {
        "pupils": sum(row.count for row in standing if row.category == "pupil"),
        "visitors": sum(row.count for row in standing if row.category not in ("digital", "conference")),
        "educators": len({row.person for row in standing if row.category == "course" and row.person}),
        "leisure": len({row.person for row in standing if row.category == "leisure" and row.person}),
        "conferences": len(
            CheckIn.objects.filter(
                arrival__kind="conference", undone_at=None, checked_in_at__year=2026, checked_in_at__lt=end
            )
        ),
    }


def _code(name: str) -> str:
    return next(code.value for code in Indicator if str(code.label) == name.strip())


def _number(text: str) -> int | None:
    """The first number in it, None for a dash; with the spaces that Swedish puts between thousands."""
    found = re.search(r"\d[\d\s]*", text)
    return int(re.sub(r"\s", "", found.group())) if found else None


def _ends(text: str) -> tuple[int | None, int | None]:
    low, _dash, high = text.partition("–")
    return _number(low), _number(high)
