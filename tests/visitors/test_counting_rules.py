"""What counts is decided for a reason, and every version can be looked at."""

import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client

from navet.accounts.models import User
from tests.visitors.making import DAY, MORNING, arrival, desk, user
from visitors import decisions, indicators, operations
from visitors.models import CountingDecision, CountingRule, Target

pytestmark = pytest.mark.django_db
RULES = "/ledning/rakneregler/"
FORM = "/ledning/rakneregler/andra/"
DEFAULT = {"pupils": ["pupil"], "educators": ["course"], "leisure": ["leisure"]}


@pytest.fixture(autouse=True)
def _this_morning(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(MORNING, tick=False):
        yield


def boss() -> User:
    return user("management", email="chef@navet.example", name="Maj Chef")


def decide(year: int = 2026, **changed):
    facts = {"categories": {}, "targets": {}, "reason": "Direktionen 3 mars", "seen": decisions.version()}
    return decisions.decide(year, **facts | changed, by=boss(), at=MORNING)


def client(role: str = "management", language: str = "en") -> Client:
    browser = Client(headers={"accept-language": language})
    browser.force_login(user(role, email=f"{role}@navet.example", name=f"The {role}"))
    return browser


def visitors(year: int = 2026) -> int:
    return next(f.outcome for f in indicators.report(year, as_of=DAY).figures if f.code == "visitors")


def test_a_decision_changes_the_figure_and_is_a_version():
    operations.check_in(arrival(), participants=22, adults=3, by=desk(), at=MORNING)
    assert visitors() == 25
    assert decisions.in_force(2026) is None
    made = decide(categories={"visitors": ["adult", "child", "pupil"]}, targets={"visitors": 60_000})
    assert visitors() == 22
    assert (made.number, made.by, made.reason) == (1, boss(), "Direktionen 3 mars")
    assert {
        "indicator": "visitors",
        "category": "school_adult",
        "before": True,
        "after": False,
    } in made.changes
    assert {"indicator": "visitors", "category": "", "before": 65_000, "after": 60_000} in made.changes
    assert indicators.report(2026, as_of=DAY).decision == made
    assert not CountingRule.objects.exclude(indicator="visitors").exists()


def test_a_year_goes_by_the_latest_decision_up_to_it():
    first = decide(2025, targets={"pupils": 17_000})
    later = decide(2027, targets={"pupils": 19_000})
    again = decide(2025, targets={"pupils": 17_500})
    assert decisions.in_force(2024) is None
    assert decisions.in_force(2026) == again
    assert decisions.in_force(2027) == again
    assert [first.number, later.number, again.number] == [1, 2, 3]


def test_only_cells_that_change_are_written():
    with pytest.raises(decisions.NothingChanged):
        decide(categories=DEFAULT, targets={"pupils": 18_000})
    decide(categories=DEFAULT | {"pupils": ["pupil", "school_adult"]})
    assert CountingRule.objects.values_list("year", "indicator", "category", "counts").get() == (
        2026,
        "pupils",
        "school_adult",
        True,
    )
    assert not Target.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_decision_needs_a_reason(reason):
    with pytest.raises(decisions.NoReason):
        decide(targets={"pupils": 1}, reason=reason)
    assert not Target.objects.exists()


def test_who_decides_from_an_old_version_is_told():
    decide(targets={"pupils": 17_000})
    with pytest.raises(decisions.DecidedMeanwhile):
        decide(targets={"pupils": 16_000}, seen=0)


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_two_versions_or_one_refusal():
    by, outcomes = boss(), []
    start = threading.Barrier(2)

    def one(value: int) -> None:
        start.wait()
        try:
            made = decisions.decide(
                2026, categories={}, targets={"pupils": value}, reason="Samtidigt", seen=0, by=by, at=MORNING
            )
            outcomes.append(made.number)
        except decisions.DecidedMeanwhile:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(value,)) for value in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "refused"]
    assert CountingDecision.objects.count() == Target.objects.count() == 1


# --- The pages --------------------------------------------------------------------------------------------------


def fields(**changed) -> dict:
    page = client().get(f"{FORM}?ar=2026")
    form = page.context["form"]
    filled = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return filled | {"reason": "Direktionen 3 mars"} | changed


@pytest.mark.parametrize(
    ("role", "sees", "decides"),
    [
        ("management", 200, 200),
        ("finance", 200, 403),
        ("planner", 200, 403),
        ("desk", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_many_see_what_counts_and_management_decides(role, sees, decides):
    assert client(role).get(RULES).status_code == sees
    assert client(role).get(FORM).status_code == decides
    assert (client(role).post(FORM, {}).status_code == 403) == (decides == 403)


def test_the_page_decides_and_shows_the_version():
    browser = client()
    sent = browser.post(
        f"{FORM}?ar=2026", fields(counts_pupils=["pupil", "school_adult"], target_leisure=250)
    )
    assert sent.status_code == 302, sent.context["form"].errors
    page = browser.get(sent["Location"]).content.decode()
    assert "Version 1, decided 12 March 2026 by The management." in page
    assert "Pupils on school programmes now counts: adult with a school class" in page
    assert "target 200 → 250" in page
    assert "Direktionen 3 mars" in page
    assert "since 2026" in page
    assert "version 1, decided" in browser.get("/ledning/?ar=2026").content.decode()
    assert "defaults" in browser.get("/ledning/?ar=2025").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": " "}, "This field is required."),
        ({}, "This is what counts already"),
        ({"target_pupils": -1}, "greater than or equal to 0"),
        ({"target_pupils": "många"}, "Enter a whole number."),
        ({"counts_pupils": ["okänd"]}, "not one of the available choices"),
        ({"seen": 7, "target_pupils": 1}, "Somebody else has decided meanwhile"),
    ],
)
def test_what_cannot_be_decided_is_said_and_changes_nothing(changed, said):
    answer = client().post(f"{FORM}?ar=2026", fields(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("&#x27;", "'")
    assert not CountingDecision.objects.exists()
    assert not CountingRule.objects.exists()


def test_a_past_year_is_changed_knowingly():
    assert "also those already reported" in client().get(f"{FORM}?ar=2025").content.decode()
    assert "already reported" not in client().get(f"{FORM}?ar=2026").content.decode()


def test_the_rules_page_takes_a_fixed_number_of_queries(django_assert_max_num_queries):
    for value in range(1, 9):
        decide(targets={"pupils": value})
    browser = client()
    browser.get(RULES)
    with django_assert_max_num_queries(6):
        browser.get(RULES)
