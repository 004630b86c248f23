"""Another contact for a booking: what holds at once, what waits for a code, and who is told."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from bookings.common import links
from bookings.schools import mails
from bookings.schools.models import ContactChange, SchoolBooking
from bookings.schools.operations import booking, changing, contact, refusals, reminders
from navet.accounts import operations as accounts
from navet.accounts.models import EmailCode
from navet.outbox.models import Effect
from tests.bookings.schools import classes
from tests.bookings.schools.classes import NOW, TEACHER
from tests.bookings.schools.test_booking_pages import filled, proved_client
from visitors.models import Arrival

pytestmark = pytest.mark.django_db
NEW = "ove.berg@skola.example"
SAME = {"name": "Maria Lind", "email": TEACHER, "phone": "+46701740605", "mail_language": "sv"}
FILLED = {
    "contact_name": "Ove Berg",
    "contact_email": NEW,
    "contact_phone": "070-174 06 10",
    "mail_language": "en",
}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def change(made, *, by=None, at=NOW, **changed):
    verified = changed.pop("verified_email", None)
    wanted = contact.Contact(**{**SAME, **changed})
    return contact.change(
        made.code, contact=wanted, verified_email=verified, by=by or classes.teacher(), at=at
    )


def told():
    return [effect.key.partition(":")[0] for effect in Effect.objects.order_by("pk")]


def test_name_telephone_and_language_hold_at_once():
    made = classes.confirmed()
    change(made, name="Ove  Berg", phone="+46701740610", mail_language="en")
    made.refresh_from_db()
    assert (made.contact_name, made.contact_phone, made.mail_language) == ("Ove Berg", "+46701740610", "en")
    assert (made.contact_email, made.version) == (TEACHER, 2)
    arrival = Arrival.objects.get(code=made.code)
    assert (arrival.contact_name, arrival.contact_phone) == ("Ove Berg", "+46701740610")
    kept = ContactChange.objects.get()
    assert kept.changed == ["contact_name", "contact_phone", "mail_language"]
    assert (kept.was_email, kept.changed_by, kept.changed_at) == ("", None, NOW)
    assert "changed" in mails.changed(booking_id=made.pk).text  # in English now
    assert not EmailCode.objects.filter(purpose=contact.PURPOSE).exists()


def test_nothing_changed_is_nothing_told():
    made = classes.confirmed()
    before = told()
    assert change(made).version == 1
    assert told() == before
    assert not ContactChange.objects.exists()


def test_a_new_address_waits_for_its_code_and_the_old_one_is_told():
    made = classes.confirmed()
    change(made, email=NEW.upper(), mail_language="en")
    made.refresh_from_db()
    assert (made.contact_email, contact.waiting_address(made.code, at=NOW)) == (TEACHER, NEW)
    assert made.mail_language == "sv"
    assert mails.changed(booking_id=made.pk).to == [TEACHER]
    with pytest.raises(accounts.WrongCode):
        contact.confirm(made.code, pin=wrong(made.code), by=classes.teacher(), at=NOW)
    old_key = links.key_of(made)
    contact.confirm(made.code, pin=classes.pin_of(made.code), by=classes.teacher(), at=NOW)
    made.refresh_from_db()
    assert (made.contact_email, contact.waiting_address(made.code, at=NOW)) == (NEW, None)
    assert not links.is_key(made, old_key)
    newest = mails.changed(booking_id=made.pk)
    assert (newest.to, newest.language) == ([NEW], "en")
    assert links.key_of(made) in newest.text
    farewell = Effect.objects.get(payload__mail="school.contact_changed")
    said = mails.contact_changed(**farewell.payload["args"])
    assert (said.to, said.language) == ([TEACHER], "sv")
    assert "nyckel" not in said.text
    assert NEW not in said.text
    assert ContactChange.objects.latest("pk").was_email == TEACHER
    with pytest.raises(accounts.CodeExpired):  # used up
        contact.confirm(made.code, pin=classes.pin_of(made.code), by=classes.teacher(NEW), at=NOW)


def wrong(code):
    return f"{(int(classes.pin_of(code)) + 1) % 10**6:06d}"


def test_the_old_address_is_told_in_its_own_language():
    made = classes.confirmed()
    change(made, email=NEW, mail_language="en", verified_email=NEW)
    args = Effect.objects.get(payload__mail="school.contact_changed").payload["args"]
    assert "kontaktperson" in mails.contact_changed(**args).subject
    assert mails.changed(booking_id=made.pk).language == "en"


def test_what_was_promised_before_goes_to_the_new_contact_in_her_language():
    made = classes.confirmed()
    reminders.promise_due(at=classes.near(made.session))
    reminder = Effect.objects.get(payload__mail="school.reminder")
    change(made, email=NEW, mail_language="en", verified_email=NEW)
    mail = mails.reminder(**reminder.payload["args"])
    assert (mail.to, mail.language) == ([NEW], "en")


def test_a_proved_address_and_one_that_staff_gives_hold_at_once():
    made, other, planner = classes.confirmed(), classes.confirmed(), classes.planner()
    assert change(made, email=NEW, verified_email=NEW).contact_email == NEW
    assert change(other, email=NEW, by=planner).contact_email == NEW
    assert ContactChange.objects.get(booking=other).changed_by == planner.user


def test_who_waits_or_is_offered_a_place_may_change_too_and_gets_the_mail_of_her_state():
    on = classes.session()
    first = classes.confirmed(on, pupils=30)
    made = classes.queued(on, pupils=10)
    change(made, email=NEW, verified_email=NEW)
    assert (told().count("school.waiting"), mails.waiting(booking_id=made.pk).to) == (2, [NEW])
    changing.cancel(first.code, by=classes.teacher(), at=NOW)
    change(made, email=TEACHER, verified_email=TEACHER, by=classes.teacher(NEW))
    assert told().count("school.offered") == 2


@pytest.mark.parametrize(
    "kind", ["cancelled", "begun", "not hers", "an old page", "hers already", "code too late"]
)
def test_refused(kind):
    on = classes.session()
    made = classes.confirmed(on, class_name="5A")
    if kind == "cancelled":
        changing.cancel(made.code, by=classes.teacher(), at=NOW)
        expected, do = refusals.NotPossibleNow, lambda: change(made, name="Ove")
    elif kind == "begun":
        expected, do = refusals.SessionBegan, lambda: change(made, name="Ove", at=on.occasion.starts_at)
    elif kind == "not hers":
        expected, do = refusals.NotYourBooking, lambda: change(made, name="Ove", by=classes.teacher(NEW))
    elif kind == "an old page":
        wanted = contact.Contact(**{**SAME, "name": "Ove"})
        expected = refusals.ChangedMeanwhile
        do = lambda: contact.change(made.code, contact=wanted, version=7, by=classes.teacher(), at=NOW)  # noqa: E731
    elif kind == "hers already":
        classes.confirmed(on, of=made.school, class_name="5A", contact_email=NEW, pupils=5)
        expected, do = refusals.AlreadyBooked, lambda: change(made, email=NEW)
    else:
        change(made, email=NEW)
        late, pin = NOW + dt.timedelta(minutes=15), classes.pin_of(made.code)
        expected = accounts.CodeExpired
        do = lambda: contact.confirm(made.code, pin=pin, by=classes.teacher(), at=late)  # noqa: E731
    before = told()
    with pytest.raises(expected):
        do()
    made.refresh_from_db()
    assert (made.contact_email, made.contact_name) == (TEACHER, "Maria Lind")
    assert (told(), ContactChange.objects.count()) == (before, 0)


def test_the_pages_from_a_mails_link_to_the_new_address():
    made = classes.confirmed()
    her, there = Client(), f"/bokning/{made.code}/kontakt/"
    assert her.get(there).url == f"/bokning/{made.code}/"
    her.get(f"/bokning/{made.code}/?nyckel={links.key_of(made)}")
    colleague = Client()
    colleague.get(f"/bokning/{made.code}/?nyckel={links.key_of(made)}")
    page = her.get(there)
    assert 'value="070-174 06 05"' in page.text
    answer = her.post(there, {**FILLED, "version": made.version}, follow=True)
    assert answer.redirect_chain == [(f"{there}kod/", 302)]
    assert {NEW, TEACHER} <= set(re.findall(r"[\w.]+@skola\.example", answer.text))
    assert her.post(f"{there}kod/", {"pin": wrong(made.code)}).status_code == 422
    first = classes.pin_of(made.code)
    her.post(f"{there}kod/", {"again": "1"})
    assert her.post(f"{there}kod/", {"pin": first}).status_code == 422  # the newest counts
    answer = her.post(f"{there}kod/", {"pin": classes.pin_of(made.code)}, follow=True)
    assert answer.redirect_chain == [(f"/bokning/{made.code}/", 302)]
    assert "Ove Berg" in answer.text
    # The link of before opens nothing more, also where it was followed; and she sees no other booking of the new address.
    assert "Maria" not in colleague.get(f"/bokning/{made.code}/").text
    assert TEACHER not in colleague.get(f"/bokning/{made.code}/").text
    assert her.get("/mina-bokningar/").context["form"]
    assert her.get(f"{there}kod/").url == there


def test_staff_see_what_became_of_the_contact_and_the_contact_does_not(client):
    made = classes.confirmed()
    change(made, email=NEW, verified_email=NEW)
    client.force_login(classes.planner().user)
    assert TEACHER in client.get(f"/bokning/{made.code}/").text
    assert TEACHER not in proved_client(NEW).get(f"/bokning/{made.code}/").text


def test_the_language_of_the_programme_is_changed_among_its_own():
    on = classes.session(classes.programme(languages=["sv", "en"]))
    made = classes.confirmed(on)
    assert changing.change(made.code, language="en", by=classes.teacher(), at=NOW).language == "en"
    on.programme.languages = ["sv"]
    on.programme.save()
    assert changing.change(made.code, pupils=9, language="en", by=classes.teacher(), at=NOW).pupils == 9
    assert changing.change(made.code, language="sv", by=classes.teacher(), at=NOW).language == "sv"
    with pytest.raises(refusals.LanguageNotOffered):
        changing.change(made.code, language="en", by=classes.teacher(), at=NOW)
    assert SchoolBooking.objects.get().language == "sv"


def test_who_mistyped_her_address_corrects_it_and_the_places_are_held_meanwhile(client):
    on, school = classes.session(max_groups=1), classes.school()
    answer = client.post(f"/boka/{on.pk}/", filled(school, contact_email="maria@skola.exmaple"))
    held = SchoolBooking.objects.get()
    there = f"/bokning/{held.code}/adress/"
    assert there in client.get(answer.url).text
    assert Client().get(there).url == answer.url  # somebody who only knows the code
    assert client.post(there, {"email": "maria"}).status_code == 422
    old = classes.pin_of(held.code)
    assert client.post(there, {"email": TEACHER}).url == answer.url
    assert client.post(answer.url, {"pin": old}).status_code == 422
    client.post(answer.url, {"pin": classes.pin_of(held.code)})
    held.refresh_from_db()
    assert (held.status, held.contact_email) == (SchoolBooking.Status.CONFIRMED, TEACHER)
    assert client.get(there).url == answer.url  # from now on it is the contact that is changed
    assert told().count("school.contact_changed") == 0


def test_a_code_that_was_entered_while_the_address_was_corrected_proves_only_its_own():
    """Else the browser would be taken for the reader of an address that it wrote itself."""
    held = booking.request(classes.session().pk, **classes.wish())
    accounts.check_code(
        TEACHER, classes.pin_of(held.code), purpose=booking.PURPOSE, subject=held.code, at=NOW
    )
    contact.correct_address(held.code, email=NEW, at=NOW)
    with pytest.raises(accounts.WrongCode):
        booking.prove(held.code, email=TEACHER, at=NOW)
    with pytest.raises(accounts.WrongCode):
        booking.confirm(held.code, pin=classes.pin_of(held.code), email=TEACHER, at=NOW)
    held.refresh_from_db()
    assert (held.status, held.contact_email) == (SchoolBooking.Status.HELD, NEW)


def test_an_address_that_is_sent_twice_gets_one_code():
    made, held = classes.confirmed(), booking.request(classes.session().pk, **classes.wish())
    for _twice in range(2):
        change(made, email=NEW)
        contact.correct_address(held.code, email=NEW, at=NOW)
    assert EmailCode.objects.filter(email=NEW).count() == 2  # of each booking one
    change(made, email=NEW, mail_language="en")
    change(made, email=NEW, mail_language="en", at=NOW + contact.TWICE)
    contact.correct_address(held.code, email=NEW, at=NOW + contact.TWICE)
    assert EmailCode.objects.filter(email=NEW).count() == 5


def test_a_hold_that_is_over_is_not_corrected(client):
    on, school = classes.session(), classes.school()
    client.post(f"/boka/{on.pk}/", filled(school))
    there = f"/bokning/{SchoolBooking.objects.get().code}/adress/"
    with time_machine.travel(NOW + dt.timedelta(minutes=31), tick=False):
        assert client.post(there, {"email": NEW}).status_code == 422
    assert SchoolBooking.objects.get().contact_email == TEACHER
