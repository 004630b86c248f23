"""Old and new rules side by side: the figures are the report's, and their difference is its rows, added again by hand."""

import csv
import datetime as dt
import io
import random
import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from navet import periods
from tests.visitors.figures import FIGURE, SUM, number
from tests.visitors.making import DAY, MORNING, arrival, desk, municipality, user
from visitors import comparing, counting, decisions, indicators, individuals, operations, versions
from visitors.behind import Wanted
from visitors.insight import day_sums
from visitors.models import Category, CountingDecision, CountingRule, Target, Visit

pytestmark = pytest.mark.django_db
PREVIEW = "/ledning/rakneregler/andra/forhandsvisning/"
CATEGORIES = [category.value for category in Category if category != Category.DOOR_CORRECTION]


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING + dt.timedelta(hours=1), tick=False):
        yield


def client(role: str = "management") -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def a_ledger(seed: int, entries: int = 70) -> None:
    """People of every category, some of them again and again, some taken back, in two years and three places."""
    rng = random.Random(seed)
    places = [municipality(), municipality("1463", "Mark"), None]
    for _n in range(entries):
        at = MORNING - dt.timedelta(days=rng.randrange(430), minutes=rng.randrange(60))
        facts = {
            "at": at, "day": periods.local_day(at), "leaves_at": at, "category": rng.choice([*CATEGORIES, "course", "leisure"]),
            "source": "list", "municipality": rng.choice(places), "person": rng.choice(["", "a", "b", "c", "d", "e", "f"]),
        }  # fmt: skip
        heads = 1 if facts["person"] else rng.randrange(1, 30)
        visit = Visit.objects.create(count=heads, **facts)
        if rng.random() < 0.15:
            Visit.objects.create(count=-heads, reverses=visit, **facts)


def added_again(code: str, counted: frozenset[str], year: int = 2026) -> dict:
    """Plainly, in Python: the outcome, by month, by municipality and by category."""
    visits = [v for v in Visit.objects.order_by("at", "pk") if v.day.year == year and v.category in counted]
    if code in counting.INDIVIDUALS:
        taken = {v.reverses_id for v in Visit.objects.all()}
        first: dict[str, Visit] = {}
        counts_as = dict(individuals.Individual.objects.values_list("person", "counts_as"))
        for v in visits:
            if v.person and not v.reverses_id and v.pk not in taken:
                first.setdefault(counts_as.get(v.person, v.person), v)
        found = [(v, 1) for v in first.values()]
    else:
        found = [(v, v.count) for v in visits]
    told: dict = {"outcome": sum(n for _v, n in found), "month": {}, "place": {}, "category": {}}
    for v, n in found:
        for part, key in (("month", v.day.month), ("place", v.municipality_id), ("category", v.category)):
            told[part][key] = told[part].get(key, 0) + n
    return told


def less(new: dict, old: dict) -> dict:
    return {k: d for k in {**new, **old} if (d := new.get(k, 0) - old.get(k, 0))}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_difference_is_that_of_plain_re_addition(seed):
    a_ledger(seed)
    if seed == 3:
        day_sums.close_if_due(at=MORNING)
    if seed == 2:
        by, at = desk(), MORNING
        named = sorted({v.person for v in Visit.objects.in_year(2026).exclude(person="")})
        individuals.decide(named[0], named[1], year=2026, verdict=individuals.SAME, by=by, at=at)
    rng = random.Random(seed)
    old = counting.rules_of(2026)
    chosen = {code: frozenset(rng.sample(CATEGORIES, 5)) for code in decisions.BY_CATEGORY}
    new = counting.Rules({**old.categories, **chosen}, {**old.targets, "pupils": 7})
    laid = comparing.compare(2026, old, new, as_of=DAY)
    unlike = 0
    for pair in laid.pairs:
        code = pair.new.code
        if code not in decisions.BY_CATEGORY:
            assert (pair.difference, pair.causes) == (0, [])
            continue
        before, after = added_again(code, old.categories[code]), added_again(code, new.categories[code])
        assert (pair.old.outcome, pair.new.outcome) == (before["outcome"], after["outcome"])
        assert {c.category: c.number for c in pair.causes if c.number} == less(
            after["category"], before["category"]
        )
        assert {m.key: m.difference for m in pair.months if m.difference} == less(
            after["month"], before["month"]
        )
        assert sorted(p.difference for p in pair.places) == sorted(
            less(after["place"], before["place"]).values()
        )
        for month in (None, 1, 2, 3):
            rows = comparing.rows(Wanted(code, 2026, month=month, until=DAY), old, new)
            wanted = less(after["month"], before["month"])
            expected = wanted.get(month, 0) if month else pair.difference
            assert sum(row.counts for row in rows) == expected
        unlike += pair.difference != 0
    assert unlike >= 3


def test_a_side_is_what_the_report_says_once_it_is_decided():
    a_ledger(5)
    arrival(starts_at=MORNING + dt.timedelta(days=9))
    changes = decisions.propose(
        2026,
        categories={"visitors": ["pupil", "adult"], "educators": ["course", "adult"]},
        targets={"visitors": 900},
        reason="r",
        seen=0,
    )
    old, new = counting.rules_of(2026), versions.rules_with(2026, changes, of=2026)
    assert not CountingRule.objects.exists()
    laid = comparing.compare(2026, old, new, as_of=DAY)
    assert [pair.old for pair in laid.pairs] == indicators.report(2026, as_of=DAY).figures
    decide(2026, {"visitors": ["pupil", "adult"], "educators": ["course", "adult"]}, {"visitors": 900})
    assert [pair.new for pair in laid.pairs] == indicators.report(2026, as_of=DAY).figures


def decide(year: int, categories: dict, targets: dict, at: dt.datetime = MORNING) -> CountingDecision:
    return decisions.decide(
        year, categories=categories, targets=targets, reason="Direktionen", seen=decisions.version(),
        by=user("management", email="chef@navet.example", name="Maj Chef"), at=at,
    )  # fmt: skip


def test_the_rules_are_folded_from_the_versions_as_the_rows_say_them():
    rng = random.Random(4)
    for n in range(12):
        year = rng.choice([2024, 2025, 2026, 2027])
        chosen = {
            code: rng.sample(CATEGORIES, 4) for code in rng.sample(["pupils", "visitors", "leisure"], 2)
        }
        decide(year, chosen, {"pupils": n + 1})
        for asked in (2023, 2024, 2025, 2026, 2027, 2030):
            assert versions.rules_at(n + 1, asked) == counting.rules_of(asked)
    assert versions.rules_at(0, 2026) == counting.Rules(counting.DEFAULT_CATEGORIES, counting.DEFAULT_TARGETS)
    changes = [{"indicator": "pupils", "category": "digital", "before": False, "after": True}]
    assert "digital" in versions.rules_with(2027, changes, of=2024).categories["pupils"] or (
        CountingRule.objects.filter(indicator="pupils", category="digital", year__gt=2024).exists()
    )


# --- The pages --------------------------------------------------------------------------------------------------


def fields(browser: Client, year: int = 2026, **changed) -> dict:
    form = browser.get(f"/ledning/rakneregler/andra/?ar={year}").context["form"]
    filled = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return filled | {"ar": year, "reason": "Direktionen 3 mars"} | changed


def opened(browser: Client, page: str) -> int:
    """Every figure of the page that is a link is the sum of the rows behind it; how many there are."""
    figures = FIGURE.findall(page)
    for address, text in figures:
        rows = browser.get(unescape(address))
        assert rows.status_code == 200, address
        assert int(SUM.search(rows.content.decode()).group(1)) == number(text), address
    return len(figures)


def test_a_preview_saves_nothing_and_every_figure_of_it_opens_its_rows():
    a_ledger(6, 60)
    browser = client()
    asked = fields(
        browser, counts_visitors=["pupil", "adult"], counts_educators=["course", "adult"], target_leisure=250
    )
    answer = browser.get(PREVIEW, asked)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing is saved yet." in page
    assert "target 200 → 250" in page
    assert opened(browser, page) > 25
    assert not CountingDecision.objects.exists()
    assert not CountingRule.objects.exists()
    assert not Target.objects.exists()
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|reason|target_\w+)" value="([^"]*)"', page))
    again = browser.get(f"/ledning/rakneregler/andra/?{answer.wsgi_request.GET.urlencode()}")
    assert 'value="250"' in again.content.decode()
    sent = browser.post(
        "/ledning/rakneregler/andra/?ar=2026",
        hidden | {name: value for name, value in asked.items() if name.startswith("counts_")},
    )
    assert sent.status_code == 302, sent.context["form"].errors
    assert Target.objects.get().value == 250
    assert "adult" in counting.rules_of(2026).categories["educators"]


def test_a_past_year_shows_what_it_does_to_this_one():
    browser = client()
    page = browser.get(PREVIEW, fields(browser, 2025, target_pupils=17_000)).content.decode()
    assert "2025: " in page
    assert "2026: " in page
    decide(2026, {}, {"pupils": 16_000})
    page = browser.get(PREVIEW, fields(browser, 2025, target_pupils=17_500)).content.decode()
    assert "2026: " not in page  # this year has a target of its own


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": " "}, "This field is required."),
        ({"target_pupils": -1}, "greater than or equal to 0"),
        ({"seen": 7, "target_pupils": 1}, "Somebody else has decided meanwhile"),
        ({}, "This is what counts already"),
    ],
)
def test_a_preview_says_what_cannot_be_decided(changed, said):
    browser = client()
    answer = browser.get(PREVIEW, fields(browser) | changed)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_version_shows_both_figures_on_its_day_and_today_and_opens_them():
    with time_machine.travel(MORNING - dt.timedelta(days=10), tick=False):
        operations.record_walk_in("free", 5, by=desk(), at=MORNING - dt.timedelta(days=10))
        operations.record_walk_in("adult", 2, by=desk(), at=MORNING - dt.timedelta(days=10))
        decide(2026, {"visitors": ["adult"]}, {"visitors": 60_000}, at=MORNING - dt.timedelta(days=9))
    operations.record_walk_in("free", 11, by=desk(), at=MORNING)
    decide(2026, {"visitors": ["adult", "free"]}, {}, at=MORNING)
    browser = client("finance")
    answer = browser.get("/ledning/rakneregler/1/")
    page = answer.content.decode()
    (then, first), (now, second) = answer.context["sides"]
    visitors = [next(one.pair for one in side if one.pair.new.code == "visitors") for side in (first, second)]
    assert (then.known, now.known) == (DAY - dt.timedelta(days=9), None)
    assert [(pair.old.outcome, pair.new.outcome) for pair in visitors] == [(7, 2), (18, 2)]
    assert [cause.number for cause in visitors[1].causes if cause.number] == [-16]
    assert "The year goes by a later version." in page
    assert opened(browser, page) > 40
    assert "The year goes by it." in browser.get("/ledning/rakneregler/2/").content.decode()
    assert browser.get("/ledning/rakneregler/3/").status_code == 404
    assert browser.get("/ledning/rakneregler/99999999999999/").status_code == 404


def test_the_versions_are_a_file_with_who_and_why():
    decide(2026, {"pupils": ["pupil", "free"]}, {"leisure": 250})
    answer = client("planner").get("/ledning/rakneregler/versioner.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(r["Version"], r["By"], r["Category"], r["Before"], r["After"], r["Reason"]) for r in rows] == [
        ("1", "Maj Chef", "Free entry", "no", "counts", "Direktionen"),
        ("1", "Maj Chef", "Target", "200", "250", "Direktionen"),
    ]
    assert client("desk").get("/ledning/rakneregler/versioner.csv").status_code == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_rows_of_a_version_are_a_file(kind):
    decide(2026, {"visitors": ["adult"]}, {})
    a_ledger(7, 3)
    answer = client().get(f"/ledning/rakneregler/1/rader.{kind}?indikator=visitors&visa=nya")
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]


def test_a_version_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    decide(2026, {"visitors": ["adult"], "leisure": ["leisure", "child"]}, {})
    browser = client()
    browser.get("/ledning/rakneregler/1/")
    with django_assert_max_num_queries(55):
        browser.get("/ledning/rakneregler/1/")
    a_ledger(7, 60)
    with django_assert_max_num_queries(55):
        browser.get("/ledning/rakneregler/1/")


@pytest.mark.parametrize(
    "query",
    ["visa=skillnad", "indikator=pupils", "indikator=conferences&visa=nya", "indikator=pupils&visa=alla",
     "indikator=pupils&visa=nya&manad=13"],
)  # fmt: skip
def test_rows_of_a_version_that_cannot_be_asked_are_refused(query):
    decide(2026, {"visitors": ["adult"]}, {})
    assert client().get(f"/ledning/rakneregler/1/rader/?{query}").status_code == 400
    assert client().get(f"{PREVIEW}rader/?ar=2026&{query}").status_code == 400
    assert client().get(f"{PREVIEW}rader/?ar=2026&indikator=pupils&visa=nya&raknas=x").status_code == 400
