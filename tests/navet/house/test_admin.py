"""The administration of house and directory: every list opens and searches, days are edited as first and last day."""

import datetime as dt

import pytest
from django.urls import reverse

from navet import periods
from navet.accounts.models import User
from navet.directory import operations as directory
from navet.directory.models import Agreement, Municipality, SchoolUnit
from navet.house.models import Closure
from tests.navet.directory import making as schools
from tests.navet.house import making

pytestmark = pytest.mark.django_db
LISTS = {
    "house": ["cell", "room", "openinghours", "closure", "occasion"],
    "directory": ["municipality", "organiser", "agreement", "schoolunit", "schoolperiod", "contact"],
}


@pytest.fixture
def admin(client, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.force_login(User.objects.create_superuser("root@navet.test", "en lång lösenfras", name="Root"))
    return client


@pytest.fixture
def filled():
    making.open_weekdays()
    kuben = making.room("kuben")
    making.plan(rooms=(kuben,), educators=(making.user("ada@navet.test"),))
    Closure.objects.create(days=periods.date_range(making.TUESDAY, making.TUESDAY), reason="Inventering")
    school = schools.school("Engelbrektskolan", "86215855")
    directory.remember_contact(school, name="Bo", email="Bo@boras.test", by=None, at=making.TUESDAY)
    Agreement.objects.create(
        municipality=school.municipality, valid=periods.date_range(making.TUESDAY, making.TUESDAY)
    )


@pytest.mark.parametrize(("app", "model"), [(app, model) for app in LISTS for model in LISTS[app]])
def test_every_list_opens_searches_and_shows_a_row(admin, filled, app, model):
    for query in ({}, {"q": "x"}):
        assert admin.get(reverse(f"admin:{app}_{model}_changelist"), query).status_code == 200
    objects = admin.get(reverse(f"admin:{app}_{model}_changelist")).context["cl"].queryset
    if objects:
        assert admin.get(reverse(f"admin:{app}_{model}_change", args=[objects[0].pk])).status_code == 200


def test_a_closure_is_entered_as_first_and_last_day(admin):
    admin.post(
        reverse("admin:house_closure_add"),
        {"days_0": "2026-07-01", "days_1": "2026-07-31", "reason": "Semester"},
    )
    closure = Closure.objects.get()
    assert (closure.days.lower, closure.days.upper) == (dt.date(2026, 7, 1), dt.date(2026, 8, 1))
    shown = admin.get(reverse("admin:house_closure_change", args=[closure.pk])).content.decode()
    assert 'value="2026-07-31"' in shown
    assert "2026-07-01–2026-07-31" in admin.get(reverse("admin:house_closure_changelist")).content.decode()


@pytest.mark.parametrize(
    "days", [("2026-07-31", "2026-07-01"), ("", ""), ("x", "y"), ("2026-07-01", "9999-12-31")]
)
def test_days_that_cannot_be_are_refused_at_the_field(admin, days):
    answer = admin.post(
        reverse("admin:house_closure_add"), {"days_0": days[0], "days_1": days[1], "reason": "Semester"}
    )
    assert answer.status_code == 200
    assert "days" in answer.context["adminform"].form.errors
    assert not Closure.objects.exists()


def test_an_agreement_without_last_day_is_open_ended(admin):
    directory.ensure_municipalities()
    boras = Municipality.objects.get(code="1490")
    answer = admin.post(
        reverse("admin:directory_agreement_add"),
        {"municipality": boras.pk, "valid_0": "2026-01-01", "valid_1": ""},
    )
    assert answer.status_code == 302
    assert Agreement.objects.get().valid.upper is None


def test_two_agreements_at_a_time_are_refused_and_not_an_error(admin, filled):
    boras = Municipality.objects.get(code="1490")
    answer = admin.post(
        reverse("admin:directory_agreement_add"),
        {"municipality": boras.pk, "valid_0": "2026-01-01", "valid_1": ""},
    )
    assert answer.status_code == 200
    assert Agreement.objects.count() == 1


def test_a_school_is_never_deleted_and_an_occasion_never_edited(admin, filled):
    school = SchoolUnit.objects.get()
    assert admin.post(reverse("admin:directory_schoolunit_delete", args=[school.pk])).status_code == 403
    assert admin.get(reverse("admin:house_occasion_add")).status_code == 403


def test_a_preschool_is_saved_without_code(admin):
    directory.ensure_municipalities()
    answer = admin.post(
        reverse("admin:directory_schoolunit_add"),
        {
            "name": "Förskolan Bävern",
            "kind": "preschool",
            "code": "",
            "forms": "FSK",
            "grades": "FSK",
            "organiser": schools.organiser().pk,
            "municipality": Municipality.objects.get(code="1490").pk,
            "status": "AKTIV",
            "periods-TOTAL_FORMS": "0",
            "periods-INITIAL_FORMS": "0",
        },
    )
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert SchoolUnit.objects.get().code is None


def test_remember_contact_keeps_one_row_per_address_and_the_wish():
    school = schools.school("Engelbrektskolan", "86215855")
    first = directory.remember_contact(school, name="Bo", email="Bo@Boras.test", by=None, at=making.TUESDAY)
    directory.wish_for_invitations(first, wanted=True, by=None)
    later = making.TUESDAY + dt.timedelta(days=30)
    again = directory.remember_contact(school, name="Bo Ek", email="bo@boras.test", by=None, at=later)
    assert (again.pk, again.name, again.invitations, again.last_seen_date) == (first.pk, "Bo Ek", True, later)
    school.status = SchoolUnit.Status.CLOSED
    with pytest.raises(directory.SchoolIsClosed):
        directory.remember_contact(school, name="Bo", email="bo@boras.test", by=None, at=later)
