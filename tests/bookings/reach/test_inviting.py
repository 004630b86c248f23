"""Invitations: what fits, to whom, once in a term, and never to who said no."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from bookings.reach import links, mails, offers
from bookings.reach.models import Invitation
from bookings.reach.operations import inviting, refusals
from bookings.reach.operations.inviting import WhyNot
from navet import periods
from navet.directory import operations as directory
from navet.directory.models import SchoolPeriod, SchoolUnit
from navet.outbox import opting, relay
from navet.outbox.models import Effect
from tests.bookings.schools import classes

pytestmark = pytest.mark.django_db
AT = classes.NOW
UNIT = "expedition@ekskolan.example"
DAY = classes.DAY


@pytest.fixture(autouse=True)
def on_the_day():
    """A Monday in January; the sessions are in March."""
    with time_machine.travel(AT, tick=False):
        yield


def school(**fields):
    """In Herrljunga, with an address of its own; years 4 to 6 unless said otherwise."""
    grades = fields.pop("grades", ["4", "5", "6"])
    made = classes.school(**{"name": "Ekskolan", "email": UNIT, **fields})
    SchoolUnit.objects.filter(pk=made.pk).update(grades=grades)
    return made


def contact(of, *, wanted=True, email="anna@ekskolan.example", language="sv"):
    made = directory.remember_contact(
        of, name="Anna Al", email=email, mail_language=language, by=None, at=AT.date()
    )
    directory.wish_for_invitations(made, wanted=wanted, by=None)
    return made


def planned(*schools):
    return {one.school: one for one in inviting.preview([one.pk for one in schools], at=AT)}


def send(*schools, by=None, at=AT):
    return inviting.send([one.pk for one in schools], by=by or classes.planner(), at=at)


def test_what_is_offered_has_places_fits_the_grades_and_is_on_a_school_day():
    ours = school()
    fits = classes.session(day=DAY)
    classes.session(classes.programme(grades=["8"]), day=DAY, clock="13:00")
    classes.confirmed(classes.session(day=DAY, clock="15:00", max_groups=1))
    classes.session(day=AT.date() + dt.timedelta(days=3))  # too soon to plan for
    classes.session(day=dt.date(2026, 3, 4))
    SchoolPeriod.objects.create(
        municipality=ours.municipality,
        kind="break",
        name="Lov",
        days=periods.date_range(dt.date(2026, 3, 4), dt.date(2026, 3, 4)),
    )
    programme = classes.programme()
    twice = [classes.session(programme, day=DAY + dt.timedelta(days=n)) for n in (7, 8, 9)]
    found = offers.offers([ours], at=AT)[ours.pk]
    assert [one.pk for one in found] == [fits.pk, *(one.pk for one in twice[:2])]


def test_a_contact_who_wants_it_goes_before_the_units_own_address():
    classes.session()
    with_contact, other = school(), school(name="Al")
    anna = contact(with_contact)
    contact(other, wanted=False, email="nej@al.example")
    found = planned(with_contact, other)
    assert (found[with_contact].contact, found[with_contact].address) == (anna, anna.email)
    assert (found[other].contact, found[other].address) == (None, UNIT)


def test_why_a_unit_gets_none():
    classes.session()
    silent, nowhere, closed = school(email="tyst@x.example"), school(email=""), school(status="UPPHORT")
    wrong = school(grades=["8"])
    opting.out(opting.Kind.INVITATIONS, "tyst@x.example", on=AT.date())
    found = planned(silent, nowhere, closed, wrong)
    assert [found[one].why_not for one in (silent, nowhere, closed, wrong)] == [
        WhyNot.OPTED_OUT, WhyNot.NO_ADDRESS, WhyNot.CLOSED, WhyNot.NO_SESSIONS,
    ]  # fmt: skip
    with pytest.raises(refusals.NobodyToInvite):
        send(silent, nowhere, closed, wrong)
    with pytest.raises(refusals.TooMany):
        inviting.preview(range(1, 202), at=AT)
    assert not Effect.objects.filter(payload__mail="reach.invitation").exists()


def test_a_unit_is_invited_once_in_a_term_and_who_sent_it_stays():
    classes.session()
    classes.session(day=dt.date(2026, 9, 8))
    ours, by = school(), classes.planner()
    (made,) = send(ours, by=by)
    assert (made.term, made.sent_by, made.is_to_contact, made.sessions) == ("2026-VT", by.user, False, 1)
    assert planned(ours)[ours].why_not == WhyNot.INVITED
    with pytest.raises(refusals.NobodyToInvite):
        send(ours)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            school=ours, term="2026-VT", is_to_contact=False, sessions=1, sent_at=AT, sent_by=by.user
        )
    (later,) = send(ours, at=periods.at(dt.date(2026, 8, 20), dt.time(9)))
    assert later.term == "2026-HT"
    assert Effect.objects.filter(payload__mail="reach.invitation").count() == 2


def test_the_mail_has_what_fits_and_a_way_out(mailoutbox):
    session, ours = classes.session(), school()
    (made,) = send(ours)
    relay.relay(AT)
    (mail,) = mailoutbox
    assert mail.to == [UNIT]
    assert session.programme.title_sv in mail.body
    assert "kostnadsfria" in mail.body
    assert links.opt_out_url(made) in mail.body
    assert mail.extra_headers["List-Unsubscribe"] == f"<{links.opt_out_url(made)}>"


def test_a_contact_who_reads_english_is_invited_in_english(client, mailoutbox):
    session, ours, other = classes.session(), school(), school(name="Ur")
    contact(ours, language="en", email="ann@ek.example")
    client.force_login(classes.planner().user)
    shown = client.post("/planering/rackvidd/inbjudan/", {"unit": [ours.pk, other.pk]}).text
    swedish, english = shown.index('lang="sv"><h3>Välkomna'), shown.index('lang="en"><h3>Welcome to Navet')
    assert swedish < english
    send(ours, other)
    relay.relay(AT)
    mail, theirs = sorted(mailoutbox, key=lambda one: one.to)
    assert (mail.subject, mail.extra_headers["Content-Language"]) == (
        "Welcome to Navet with your classes",
        "en",
    )
    assert session.programme.title_en in mail.body
    assert "once a term" in mail.body
    assert ("kostnadsfria" in mail.body, "kostnadsfria" in theirs.body) == (False, True)
    assert theirs.extra_headers["Content-Language"] == "sv"


def test_what_filled_or_was_declined_before_it_goes_is_not_sent():
    session, ours, other = classes.session(max_groups=1), school(), school(name="Al", email="al@x.example")
    second, first = send(ours, other)  # by name
    opting.out(opting.Kind.INVITATIONS, "al@x.example", on=AT.date())
    assert mails.invitation(invitation_id=second.pk) is None
    assert mails.invitation(invitation_id=first.pk) is not None
    classes.confirmed(session)
    assert mails.invitation(invitation_id=first.pk) is None


def test_a_contact_who_is_forgotten_gets_nothing_and_nobody_else_in_her_place():
    classes.session()
    ours = school()
    anna = contact(ours)
    (made,) = send(ours)
    directory.forget_contact(anna, by=None)
    assert mails.invitation(invitation_id=made.pk) is None
    made.refresh_from_db()
    assert (made.contact, inviting.address_of(made)) == (None, "")


def test_opting_out_is_a_press_and_holds_for_the_contact_too(client):
    classes.session()
    ours = school()
    anna = contact(ours)
    (made,) = send(ours)
    path = f"/inbjudan/{made.pk}-{links.key_of(made)}/nej-tack/"
    assert client.get(path).status_code == 200
    assert not opting.is_out(opting.Kind.INVITATIONS, anna.email)
    client.post(path)
    anna.refresh_from_db()
    assert (opting.is_out(opting.Kind.INVITATIONS, anna.email), anna.invitations) == (True, False)
    client.post(path, {"again": "1"})
    anna.refresh_from_db()
    assert (opting.is_out(opting.Kind.INVITATIONS, anna.email), anna.invitations) == (False, True)
    assert client.get(path.replace(links.key_of(made), "0" * 32)).status_code == 404


def test_a_planner_sees_it_first_and_then_sends_it(client):
    session, ours, nowhere = classes.session(), school(), school(name="Al", email="")
    client.force_login(classes.planner().user)
    chosen = {"unit": [ours.pk, nowhere.pk, "x", "9" * 30]}
    shown = client.post("/planering/rackvidd/inbjudan/", chosen).text
    assert (UNIT in shown, session.programme.title_sv in shown, "Ingen adress känd" in shown) == (True,) * 3
    assert not Invitation.objects.exists()
    sent = client.post("/planering/rackvidd/inbjudan/", {**chosen, "send": "1"}, follow=True).text
    assert "1 inbjudan är på väg" in sent
    assert Invitation.objects.get().school == ours
    again = client.post("/planering/rackvidd/inbjudan/", {**chosen, "send": "1"}, follow=True).text
    assert "kan bjudas in" in again
    assert client.post("/planering/rackvidd/inbjudan/", {}).status_code == 200
    assert client.get("/planering/rackvidd/inbjudan/").status_code == 405


def test_a_contact_is_written_down_and_removed_on_the_units_page(client):
    ours = school()
    client.force_login(classes.planner().user)
    path = f"/planering/rackvidd/{ours.pk}/"
    assert client.post(path, {"name": "Anna", "email": "inte"}).status_code == 422
    client.post(
        path, {"name": "Anna", "email": "Anna@ek.example", "mail_language": "en", "invitations": "on"}
    )
    anna = ours.contacts.get()
    assert (anna.email, anna.mail_language, anna.invitations) == ("anna@ek.example", "en", True)
    assert "anna@ek.example" in client.get(path).text
    client.post(f"/planering/rackvidd/kontakt/{anna.pk}/ta-bort/")
    assert not ours.contacts.exists()
    assert client.get(f"/planering/rackvidd/{10**20}/").status_code == 404
