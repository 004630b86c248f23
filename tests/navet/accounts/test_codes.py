"""One-time codes: who gets one, how often, how many tries, and what is kept of them."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from navet.accounts import mails, operations
from navet.accounts.models import EmailCode, User
from navet.accounts.operations import CodeExpired, TooManyCodes, TooManyTries, WrongCode
from navet.outbox.models import Effect
from navet.retention import rules

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
WHO = "anna@skolan.example"


def send(email=WHO, *, at=NOW, subject="7K3M9QX2ZD"):
    return operations.send_code(email, purpose="booking", subject=subject, language="sv", at=at)


def check(code, email=WHO, *, at=NOW, subject="7K3M9QX2ZD", purpose="booking"):
    operations.check_code(email, code, purpose=purpose, subject=subject, at=at)


def wrong_for(row):
    return f"{(int(operations.code_of(row)) + 1) % 10**6:06d}"


def test_send_code_promises_one_mail_that_holds_the_code_and_its_subject(time_machine):
    time_machine.move_to(NOW, tick=False)
    row = send()
    effect = Effect.objects.get()

    mail = mails.code(**effect.payload["args"])

    assert mail.to == [WHO]
    assert operations.code_of(row) in mail.text
    assert operations.code_of(row) in mail.html
    assert "7K3M9-QX2ZD" in mail.text


def test_neither_table_nor_outbox_holds_the_code():
    row = send()
    code = operations.code_of(row)

    kept = [str(list(table.objects.values())) for table in (EmailCode, Effect)]

    assert len(code) == 6
    assert code.isdigit()
    assert not [text for text in kept if code in text]


def test_the_code_depends_on_the_servers_secret(settings):
    rows = [send(f"{n}@skolan.example") for n in range(5)]
    before = [operations.code_of(row) for row in rows]
    settings.SECRET_KEY = "another"

    assert [operations.code_of(row) for row in rows] != before


def test_a_code_is_accepted_once_whatever_the_case_of_the_address():
    code = operations.code_of(send("Anna@Skolan.example"))

    check(code, "ANNA@skolan.example")
    with pytest.raises(CodeExpired):
        check(code)


def test_a_code_expires_after_fifteen_minutes():
    code = operations.code_of(send())

    with pytest.raises(CodeExpired):
        check(code, at=NOW + dt.timedelta(minutes=15))


def test_a_code_is_good_for_its_own_subject_purpose_and_address_only():
    code = operations.code_of(send())

    for other in ({"subject": "ANOTHER000"}, {"purpose": "look"}, {"email": "bo@skolan.example"}):
        with pytest.raises(CodeExpired):
            check(code, **other)


def test_the_newest_code_counts_and_the_earlier_mail_has_nothing_left_to_say(time_machine):
    time_machine.move_to(NOW, tick=False)
    first, second = send(), send(at=NOW + dt.timedelta(seconds=1))

    with pytest.raises(WrongCode):
        check(operations.code_of(first))
    assert mails.code(code_id=first.pk) is None
    check(operations.code_of(second))


def test_after_five_wrong_tries_the_right_code_is_refused_too():
    row = send()
    for _n in range(5):
        with pytest.raises(WrongCode):
            check(wrong_for(row))

    with pytest.raises(TooManyTries):
        check(operations.code_of(row))


@pytest.mark.parametrize("text", ["", "12345", "abcdef", "１２３４５６", "1234567", "\x00"])
def test_what_is_no_code_is_a_wrong_code(text):
    send()

    with pytest.raises(WrongCode):
        check(text)


def test_the_sixth_code_within_the_hour_is_refused_whatever_it_is_for():
    for n in range(5):
        send(subject=f"S{n}")
    with pytest.raises(TooManyCodes):
        send(subject="S6")

    send(at=NOW + dt.timedelta(minutes=61))
    send("another@skolan.example")


def test_an_unknown_address_is_treated_as_a_known_one():
    User.objects.create_user("staff@navet.example")

    known, unknown = send("staff@navet.example"), send("nobody@navet.example")

    assert (known.purpose, known.expires_at) == (unknown.purpose, unknown.expires_at)
    assert Effect.objects.count() == 2


def test_old_codes_are_forgotten_with_their_addresses():
    send()

    codes = rules.named("accounts.codes")
    assert codes.rows(NOW + dt.timedelta(hours=24)).count() == 0
    assert codes.rows(NOW + dt.timedelta(hours=25)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_try_counts_although_the_callers_transaction_is_rolled_back():
    row = send()
    for _n in range(5):
        with pytest.raises(WrongCode), transaction.atomic():
            check(wrong_for(row))

    row.refresh_from_db()
    assert row.attempts == 5
    with pytest.raises(TooManyTries), transaction.atomic():
        check(operations.code_of(row))


@pytest.mark.django_db(transaction=True)
def test_a_code_is_not_used_up_when_the_callers_transaction_is_rolled_back():
    row = send()
    with transaction.atomic():
        check(operations.code_of(row))
        transaction.set_rollback(True)

    check(operations.code_of(row))


def at_once(jobs):
    """Run every job at the same moment, each over a connection of its own; what each raised, or None."""
    start = Barrier(len(jobs))

    def one(job):
        start.wait()
        try:
            with transaction.atomic():
                job()
        except Exception as exc:
            return type(exc)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


@pytest.mark.django_db(transaction=True)
def test_twelve_guesses_at_once_get_five_tries():
    row = send()

    raised = at_once([lambda: check(wrong_for(row))] * 12)

    assert (raised.count(WrongCode), raised.count(TooManyTries)) == (5, 7)


@pytest.mark.django_db(transaction=True)
def test_the_right_code_at_once_from_four_windows_is_accepted_once():
    row = send()

    raised = at_once([lambda: check(operations.code_of(row))] * 4)

    assert (raised.count(None), raised.count(CodeExpired)) == (1, 3)


@pytest.mark.django_db(transaction=True)
def test_eight_requests_at_once_send_five_codes():
    raised = at_once([send] * 8)

    assert (raised.count(None), raised.count(TooManyCodes)) == (5, 3)
    assert Effect.objects.count() == 5
