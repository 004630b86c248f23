"""The month's mail and the tertial's: the same figures as the endpoint's, in words and in pictures."""

import base64
import datetime as dt
import re
from email import message_from_bytes

import pytest
import time_machine
from django.test import Client

from navet import periods
from navet.accounts.models import User
from navet.outbox import mail, relay
from navet.outbox.models import DeliveredMail, Effect
from navet.pages import formats
from tests.visitors.test_indicators import entry
from visitors.models import Visit
from visitors.tertials import operations as tertials
from worker import mails, summaries
from worker.models import Subscription

pytestmark = pytest.mark.django_db
FIRST = periods.at(dt.date(2026, 11, 1), dt.time(6))
LAST_DAY = dt.date(2026, 10, 31)
Kind = Subscription.Kind


@pytest.fixture(autouse=True)
def _quiet(settings):
    settings.OUTBOX_WAKE = "builtins.dict"
    settings.EMAIL_BACKEND = "navet.outbox.mailbox.MailboxBackend"
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def years(planner) -> None:
    """Three years of pupils and guests; on 2 November somebody enters more of October."""
    days = [
        dt.date(year, 1, 1) + dt.timedelta(days=n) for year in (2023, 2024, 2025) for n in range(0, 364, 7)
    ]
    days += [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(0, 303, 7)]
    Visit.objects.bulk_create(entry(day, "pupil", 310 + day.month) for day in days)
    Visit.objects.bulk_create(entry(day, "adult", 700) for day in days)
    with time_machine.travel(periods.at(dt.date(2026, 11, 2), dt.time(9)), tick=False):
        late = entry(LAST_DAY, "pupil", 5)
        late.source = "list"
        late.save()


def subscribe(user: User, kind: str) -> User:
    Subscription.objects.create(user=user, kind=kind)
    return user


def send(at: dt.datetime) -> list[DeliveredMail]:
    with time_machine.travel(at, tick=False):
        summaries.promise_due(at)
        relay.relay(at)
    return list(DeliveredMail.objects.order_by("pk"))


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize("sent", [FIRST, FIRST + dt.timedelta(days=20)])
def test_the_month_s_mail_says_every_figure_of_the_endpoint_as_known_then(planner, sent):
    """Sent on time or three weeks late, it is the same."""
    subscribe(planner, Kind.MONTHLY_INDICATORS)
    (letter,) = send(sent)
    browser = Client(headers={"accept-language": "sv"})
    browser.force_login(planner)
    with time_machine.travel(periods.at(dt.date(2026, 11, 25), dt.time(9)), tick=False):
        answer = browser.get(f"/api/v1/indicators/?as_of={LAST_DAY}").json()
    assert letter.subject == "Besök och indikatorer, oktober 2026"
    text = plain(letter.text)
    for figure in answer["indicators"]:
        block = text.split(f"\n{figure['name']} (")[1].split("\n\n")[0]
        ends, month = figure["forecast"], figure["by_month"][9]
        wanted = [
            figure["outcome"], figure["target"], figure["same_day_last_year"], figure["booked_ahead"], figure["expected_by_now"],
            month["outcome"], month["last_year"], *(ends[end] for end in ("low", "middle", "high") if ends),
            *(one["outcome"] for one in figure["by_month"][:10]),
        ]  # fmt: skip
        numbers = set(re.findall(r"\d+(?: \d{3})*", block))
        assert {plain(formats.count(number)) for number in wanted if number is not None} <= numbers
        for value in (figure["outcome"], figure["target"], month["outcome"], month["last_year"]):
            assert formats.count(value) in letter.html
    assert answer["indicators"][0]["outcome"] == sum(
        Visit.objects.filter(category="pupil", day__year=2026)
        .exclude(source="list")
        .values_list("count", flat=True)
    )


@pytest.mark.usefixtures("years")
def test_its_pictures_are_png_in_their_places_with_text(planner):
    subscribe(planner, Kind.MONTHLY_INDICATORS)
    (letter,) = send(FIRST)
    pictures = re.findall(r'<img src="cid:([^"]+)" alt="([^"]+)"', letter.html)
    assert [one["cid"] for one in letter.attachments] == [cid for cid, _alt in pictures]
    assert len(pictures) == 5
    for (_cid, alt), kept in zip(pictures, letter.attachments, strict=True):
        assert kept["content_type"] == "image/png"
        assert kept["content"].startswith("iVBORw0KGgo")
        assert "som kurva över året" in alt
    planner.roles = ["administrator"]
    planner.save()
    browser = Client()
    browser.force_login(planner)
    page = browser.get(f"/brevlada/{letter.pk}/").content.decode()
    assert "png" not in page.split("<iframe")[0]
    shown = browser.get(f"/brevlada/{letter.pk}/html/").content.decode()
    assert shown.count('src="data:image/png;base64,iVBORw0KGgo') == 5
    assert "cid:" not in shown


def test_a_mail_with_pictures_is_one_related_whole_and_not_of_files_too():
    picture = mail.Attachment("k.png", "image/png", b"\x89PNG", cid="k@navet")
    letter = mail.Mail(["a@b.example"], "S", "t", '<img src="cid:k@navet" alt="k">', (picture,))
    whole = message_from_bytes(mail.compose(letter, key="k").message().as_bytes())
    assert whole.get_content_type() == "multipart/related"
    kinds = [part.get_content_type() for part in whole.walk()]
    assert kinds == ["multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"]
    shown = whole.get_payload()[1]
    assert (shown["Content-ID"], shown["Content-Disposition"]) == ("<k@navet>", 'inline; filename="k.png"')
    both = mail.Mail(
        ["a@b.example"], "S", "t", "", (picture, mail.Attachment("f.pdf", "application/pdf", b"%PDF"))
    )
    with pytest.raises(ValueError, match="pictures or files"):
        mail.compose(both, key="k")


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_tertial_s_mail_has_the_report_as_it_is_kept(planner, language):
    planner.language = language
    planner.save()
    subscribe(planner, Kind.TERTIAL_REPORT)
    night, morning = (periods.at(dt.date(2026, 9, 1), dt.time(hour)) for hour in (1, 6))
    issue = tertials.give_out_due(night)
    assert issue is not None
    assert send(night) == []
    (letter,) = send(morning)
    assert send(morning + dt.timedelta(days=3)) == [letter]
    (file,) = letter.attachments
    assert file["name"].startswith(
        "tertialrapport-2026-2-v1" if language == "sv" else "tertial-report-2026-2-v1"
    )
    assert base64.b64decode(file["content"]) == issue.pdf(language)
    for one in issue.data["figures"]:
        assert one["name"][language] in letter.text
        assert formats.count(one["outcome"]) in letter.text or language == "en"
    assert Effect.objects.get().state == Effect.State.DONE


def test_there_is_no_mail_of_a_report_that_is_not_kept(planner):
    subscribe(planner, Kind.TERTIAL_REPORT)
    morning = periods.at(dt.date(2026, 9, 1), dt.time(6))
    with time_machine.travel(morning, tick=False):
        assert mails.tertial_report(user_id=planner.pk, period="2026-2") is None
        tertials.give_out_due(morning)
        assert mails.tertial_report(user_id=planner.pk, period="2026-2") is not None
