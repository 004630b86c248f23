"""The report to the board: what is kept of it, that it never changes, and what its PDF says."""

import datetime as dt
import importlib.util
import io

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from navet import periods
from tests.visitors.making import arrival, desk, user
from tests.visitors.test_indicators import entry
from visitors import indicators, operations
from visitors.insight.outlook import Status
from visitors.models import Target, Visit
from visitors.tertials import document, figures
from visitors.tertials import operations as tertials
from visitors.tertials.models import Comment, Issue
from visitors.tertials.operations import Words
from visitors.tertials.tertial import Tertial

pytestmark = pytest.mark.django_db
FIRST = Tertial(2026, 1)
ADDRESS = "/ledning/tertial/2026-1/"
LAST_DAY = dt.date(2026, 4, 30)
MORNING_AFTER = periods.at(dt.date(2026, 5, 1), dt.time(6))
needs_pypdf = pytest.mark.skipif(
    not importlib.util.find_spec("pypdf"), reason="the extra `rules` (pypdf) is not installed"
)


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def years() -> None:
    """Two earlier years of pupils, and this one up to April; what was entered, was entered by the evening."""
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for year in (2024, 2025) for n in range(0, 364, 7)]
    days += [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(0, 120, 7)]
    Visit.objects.bulk_create(entry(day, "pupil", 300) for day in days)
    with time_machine.travel(periods.at(dt.date(2026, 4, 20), dt.time(9)), tick=False):
        party = arrival(starts_at=periods.at(dt.date(2026, 4, 20), dt.time(9)))
        operations.check_in(party, participants=24, adults=2, by=desk(), at=party.starts_at)


def manager():
    return user("management", email="ledning@navet.example", name="Lena Ledning")


def said(comment: str = "Två skolor ställde in.", action: str = "Fler bjuds in.") -> dict[str, Words]:
    return {"pupils": Words(comment, action), "visitors": Words("", "")}


def write(at: dt.datetime, seen: int, **what: str) -> Issue | None:
    return tertials.write(FIRST, said(**what), seen=seen, by=manager(), at=at)


# --- Thirds of a year --------------------------------------------------------------------------------------------


def test_a_year_has_three_of_four_months_and_no_day_is_left_out():
    ends = [Tertial(2026, n).last_day for n in (1, 2, 3)]
    assert ends == [dt.date(2026, 4, 30), dt.date(2026, 8, 31), dt.date(2026, 12, 31)]
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    assert all(Tertial.of(day).first_day <= day <= Tertial.of(day).last_day for day in days)
    assert Tertial.ended_before(dt.date(2026, 5, 1)) == FIRST
    assert Tertial.ended_before(dt.date(2026, 4, 30)) == Tertial(2025, 3)
    assert Tertial.named("2026-1") == FIRST


@pytest.mark.parametrize("text", ["2026-4", "2026-0", "26-1", "2026", "2026-11", "1999-1", "٢٠٢٦-1", ""])
def test_what_is_no_tertial_has_no_name(text):
    with pytest.raises(ValueError, match=r"tertial|year"):
        Tertial.named(text)


# --- Keeping it --------------------------------------------------------------------------------------------------


def test_it_is_kept_when_its_last_day_is_over_and_once(years):
    assert tertials.give_out_due(FIRST.over_at - dt.timedelta(seconds=1)) is not None  # the one before it
    assert not tertials.is_given_out(FIRST)
    issue = tertials.give_out_due(FIRST.over_at)
    assert issue is not None
    assert (issue.tertial, issue.version, issue.by) == (FIRST, 1, None)
    assert tertials.give_out_due(FIRST.over_at + dt.timedelta(hours=1)) is None
    assert Issue.objects.filter(year=2026).count() == 1


def test_its_figures_are_those_of_the_evening_however_late_it_is_made(years):
    """Added later, taken back later, and another target: none of it was known on the last evening."""
    with time_machine.travel(MORNING_AFTER, tick=False):
        on_time = figures.data(FIRST, at=MORNING_AFTER)
    weeks_later = periods.at(dt.date(2026, 5, 20), dt.time(9))
    with time_machine.travel(weeks_later, tick=False):
        late = entry(LAST_DAY, "pupil", 30)
        late.source = "list"  # what is imported counts as known on its day
        late.save()
        Target.objects.create(year=2026, indicator="pupils", value=1)
        issue = tertials.give_out_due(weeks_later)
        as_known = indicators.report(2026, as_of=LAST_DAY, known=LAST_DAY)
        now = indicators.report(2026, as_of=LAST_DAY)
    assert issue is not None
    assert issue.data["figures"] == on_time["figures"]
    pupils = issue.data["figures"][0]
    assert (pupils["outcome"], pupils["target"]) == (18 * 300 + 24, 18_000)
    assert now.figures[0].outcome > pupils["outcome"]
    for figure, kept in zip(as_known.figures, issue.data["figures"], strict=True):
        assert (kept["outcome"], kept["booked_ahead"], kept["expected_by_now"], kept["status"]) == (
            figure.outcome, figure.booked_ahead, figure.outlook.expected_by_now, figure.outlook.status,
        )  # fmt: skip
    assert pupils["in_tertial"] == sum(month.outcome for month in as_known.figures[0].by_month[:4])


def test_a_later_comment_makes_a_version_and_leaves_the_one_before_byte_by_byte(years):
    write(periods.at(dt.date(2026, 4, 29), dt.time(15)), 0)
    first = tertials.give_out_due(MORNING_AFTER)
    assert first is not None
    before = Issue.objects.get(version=1)
    assert before.data["words"]["pupils"]["comment"] == "Två skolor ställde in."
    second = write(MORNING_AFTER + dt.timedelta(hours=4), 1, comment="Tre skolor ställde in.")
    assert second is not None
    assert (second.version, second.by) == (2, manager())
    assert second.data["figures"] == before.data["figures"]
    after = Issue.objects.get(version=1)
    assert (after.data, after.pdf("sv"), after.pdf("en")) == (before.data, before.pdf("sv"), before.pdf("en"))
    assert [one.comment for one in Comment.objects.order_by("version")] == [
        "Två skolor ställde in.", "Tre skolor ställde in.",
    ]  # fmt: skip


def test_nobody_writes_over_what_she_has_not_seen_nor_the_same_again_nor_ahead():
    at = periods.at(dt.date(2026, 4, 29), dt.time(15))
    with pytest.raises(tertials.NothingNew):
        write(at, 0, comment="", action="")
    assert write(at, 0) is None
    with pytest.raises(tertials.WrittenMeanwhile):
        write(at, 0, comment="Annat.")
    with pytest.raises(tertials.NothingNew):
        write(at, 1)
    with pytest.raises(tertials.NotBegun):
        write(periods.at(dt.date(2025, 12, 31), dt.time(15)), 1)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("deed", [lambda rows: rows.update(version=9), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_what_was_reported(years, deed):
    write(periods.at(dt.date(2026, 4, 29), dt.time(15)), 0)
    tertials.give_out_due(MORNING_AFTER)
    for rows in (Comment.objects.all(), Issue.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed(rows)


# --- The PDF -----------------------------------------------------------------------------------------------------


@needs_pypdf
@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_a_tagged_pdf_that_says_every_figure_and_the_light_in_words(years, language):
    from pypdf import PdfReader

    write(periods.at(dt.date(2026, 4, 29), dt.time(15)), 0, comment="Två skolor #panic() *ställde in*.")
    issue = tertials.give_out_due(MORNING_AFTER)
    assert issue is not None
    pdf = PdfReader(io.BytesIO(issue.pdf(language)))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert b"pdfuaid" in root["/Metadata"].get_data()
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split()).replace("\xa0", " ")
    from django.utils.translation import override

    with override(language):
        for one in issue.data["figures"]:
            told = [one["name"][language], *(value for _name, value in document.facts(one, language))]
            for word in told:
                assert word.replace("\xa0", " ") in text
        for status in {one["status"] for one in issue.data["figures"]}:
            assert str(Status(status).label) in text
    assert "Två skolor #panic() *ställde in*." in text
    assert ("Utkast" in text or "Draft" in text) is False


@needs_pypdf
def test_a_draft_says_that_it_is_one(years):
    from pypdf import PdfReader

    at = periods.at(dt.date(2026, 4, 10), dt.time(9))
    made = document.pdf(figures.data(FIRST, at=at), "sv", version=0, made_at=at)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "Utkast" in text
    assert "10 april 2026" in text.replace("\xa0", " ")


# --- The pages ---------------------------------------------------------------------------------------------------


def client(role: str) -> Client:
    browser = Client(headers={"accept-language": "sv"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def test_management_writes_on_the_page_and_the_pdf_is_there(years):
    with time_machine.travel(MORNING_AFTER, tick=False):
        browser = client("management")
        tertials.give_out_due(MORNING_AFTER)
        page = browser.get(ADDRESS)
        assert page.status_code == 200
        fields = {"seen": "0", "comment_pupils": "Rad ett\r\nRad två ", "action_pupils": "Bjud in."}
        page = browser.post(ADDRESS, fields, follow=True).content.decode()
        assert "ny version, 2" in page
        assert Comment.objects.get().comment == "Rad ett\nRad två"
        answer = browser.get(f"{ADDRESS}pdf/?sprak=en&version=1")
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
        assert answer.content == Issue.objects.get(version=1).pdf("en")
        assert "tertial-report-2026-1-v1.pdf" in answer["Content-Disposition"]
        assert browser.get(f"{ADDRESS}pdf/?version=3").status_code == 404
        assert browser.get("/ledning/tertial/").content.decode().count("Lämnad, version") == 1


def test_who_may_see_the_figures_reads_it_and_does_not_write():
    with time_machine.travel(MORNING_AFTER, tick=False):
        planner = client("planner")
        assert "<textarea" not in planner.get(ADDRESS).content.decode()
        assert planner.post(ADDRESS, {"seen": "0", "comment_pupils": "x"}).status_code == 403
        assert client("desk").get(ADDRESS).status_code == 403
        assert planner.get("/ledning/tertial/2026-3/").status_code == 404  # has not begun
    assert not Comment.objects.exists()
