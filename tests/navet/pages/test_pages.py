"""The frame of every page, the common pages, the errors, and how forms are written out."""

import datetime as dt
import json
import re

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from navet import periods
from navet.house.models import Closure, OpeningHours
from navet.pages import context, formats, pages

PAGES = ["/", "/tillganglighet/", "/integritet/", "/kontakt/", "/konto/login/"]

pytestmark = pytest.mark.django_db


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_its_language_and_has_one_heading(client, path, language):
    response = client.get(path, headers={"accept-language": language})

    html = text_of(response)
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert html.index('class="skip"') < html.index("<main")
    assert 'href="/tillganglighet/"' in html


@pytest.mark.parametrize("path", [*PAGES, "/finns-inte/"])
def test_a_page_runs_nothing_inline(client, path):
    response = client.get(path)

    policy = response.headers["Content-Security-Policy"]
    html = text_of(response)
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|<style", html)


def test_swedish_comes_first(client):
    assert "<h1>Nyfikenheten har ett hus</h1>" in text_of(client.get("/"))


def test_the_language_is_switched_by_a_form_and_stays(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/kontakt/"})

    assert '<html lang="en">' in text_of(client.get("/kontakt/"))


def test_the_menu_links_only_rooms_that_exist():
    there = context.links([("/kontakt/", "Contact"), ("/finns-inte/", "Nothing")], here="/kontakt/")

    assert there == [context.Link("/kontakt/", "Contact", "page")]


def test_staff_see_their_own_rooms_only(client, django_user_model):
    client.force_login(
        django_user_model.objects.create_user(
            "admin@navet.example", "long password 1", roles=["administrator"], name="A"
        )
    )

    html = text_of(client.get("/kontakt/"))
    assert 'href="/admin/"' in html
    assert 'href="/planering/"' not in html
    assert 'action="/konto/logout/"' in html


def test_many_staff_pages_stand_by_section_and_few_side_by_side(django_user_model):
    def menu(role: str, here: str) -> list[context.Section]:
        made = django_user_model.objects.create_user(
            f"{role}@navet.example", "long password 1", roles=[role], name=role
        )
        return context.staff_menu(made, here=here)

    planner = menu("planner", "/planering/kurser/ny/")
    assert [section.url for section in planner if section.current] == ["/planering/"]
    around = next(section for section in planner if section.current)
    assert [link.url for link in around.links if link.current] == ["/planering/kurser/"]
    assert {link.url for section in planner for link in section.links} == {
        link.url for link in context.staff_links(django_user_model.objects.get(), here="/")
    }
    assert not any(section.has_rooms for section in menu("finance", "/kassa/"))
    assert context.staff_menu(None, here="/") == []


def test_the_start_page_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/")


def test_the_style_guide_exists_only_where_one_looks_at_it(client, settings):
    settings.EMBEDDED = settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404

    settings.EMBEDDED = True
    assert client.get("/styleguide/").status_code == 200


# --- Errors -----------------------------------------------------------------------------------------------------
def test_an_unknown_page_says_what_to_do(client):
    response = client.get("/finns-inte/")

    assert response.status_code == 404
    assert "Sidan finns inte" in text_of(response)
    assert 'href="/kontakt/"' in text_of(response)


def test_an_unknown_address_of_the_api_is_a_problem(client):
    response = client.get("/api/v1/finns-inte/")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 404


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: pages.bad_request(request, ValueError()), 400),
        (lambda request: pages.bad_request(request, RequestDataTooBig()), 413),
        (lambda request: pages.forbidden(request, PermissionError()), 403),
        (pages.server_error, 500),
    ],
)
def test_an_error_has_a_page_with_a_way_out(view, status):
    request = RequestFactory().get("/somewhere/")

    response = view(request)

    assert response.status_code == status
    assert 'href="/"' in text_of(response)


def test_the_page_of_a_broken_house_needs_no_context():
    response = pages.server_error(RequestFactory().get("/"))

    assert "Något gick sönder hos oss" in text_of(response)
    assert 'lang="en"' in text_of(response)


def test_a_form_without_its_token_is_refused_with_a_reason():
    response = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "en"})

    assert response.status_code == 403
    assert "Formuläret var för gammalt" in text_of(response)


# --- Forms ------------------------------------------------------------------------------------------------------
class VisitForm(forms.Form):
    pupils = forms.IntegerField(label="Pupils", max_value=35, help_text="At most 35.")
    language = forms.ChoiceField(label="Language", choices=[("sv", "Swedish")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    note = forms.CharField(label="Note", required=False)


def test_a_field_ties_its_hint_and_error_to_its_control():
    html = str(VisitForm({"pupils": "60"})["pupils"].as_field_group())

    assert '<label for="id_pupils">' in html
    assert 'aria-describedby="id_pupils_helptext id_pupils_error"' in html
    assert 'id="id_pupils_helptext"' in html
    assert 'id="id_pupils_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_are_a_fieldset_with_a_legend():
    html = str(VisitForm({})["language"].as_field_group())

    assert '<fieldset id="id_language_group" aria-describedby="id_language_error">' in html
    assert "<legend>Language" in html


def test_a_check_box_stands_before_its_label():
    html = str(VisitForm()["agreed"].as_field_group())

    assert html.index("<input") < html.index("<label")


def test_only_required_fields_are_marked():
    form = VisitForm()

    assert "field__required" in str(form["pupils"].as_field_group())
    assert "field__required" not in str(form["note"].as_field_group())


def test_the_summary_links_every_fault_to_its_control():
    form = VisitForm({"pupils": "60"})
    form.add_error(None, "The session is full.")

    html = str(form)
    assert "<li>The session is full.</li>" in html
    targets = re.findall(r'<a href="#([\w-]+)">', html)
    assert targets == ["id_pupils", "id_language_group", "id_agreed"]
    assert all(f'id="{target}"' in html for target in targets)


def test_a_form_that_was_not_sent_has_no_summary():
    assert "error-summary" not in str(VisitForm())


def test_what_the_visitor_wrote_is_escaped():
    html = str(VisitForm({"pupils": "<script>alert(1)</script>"}))

    assert "<script>" not in html


# --- Components -------------------------------------------------------------------------------------------------
def render(source, **context_data):
    return Template("{% load navet %}" + source).render(Context(context_data))


def test_a_notice_escapes_its_title_and_what_it_holds():
    html = render('{% notice "error" title=t %}<p>{{ t }}</p>{% endnotice %}', t="<b>")

    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 2
    assert "notice--error" in html


def test_a_table_can_be_reached_and_scrolled_by_keyboard():
    html = render('{% table caption="Bookings" %}<tbody></tbody>{% endtable %}')

    assert 'role="region" aria-label="Bookings" tabindex="0"' in html
    assert "<caption>Bookings</caption>" in html


def test_pagination_keeps_the_other_parameters():
    page = Paginator(range(50), 10).page(3)
    html = render("{% pagination page %}", page=page, request=RequestFactory().get("/?grade=5&page=3"))

    assert 'href="?grade=5&amp;page=2"' in html
    assert 'href="?grade=5&amp;page=4"' in html


def test_the_current_step_is_marked():
    html = render('{% stepper 2 "One" "Two" "Three" %}')

    assert '<li aria-current="step">Two</li>' in html
    assert html.count("steps__done") == 1


def test_a_figure_stands_beside_its_target():
    with translation.override("sv"):
        html = render('{% stat label="Elever" figure=17250 target=18000 definition="Deltaganden" %}')

    assert "17\u00a0250" in html
    assert "av 18\u00a0000 · 96\u00a0%" in html
    assert 'width="95.8"' in html


def test_a_figure_without_a_target_has_no_bar():
    assert "<rect" not in render('{% stat label="In the house" figure=0 %}')


@pytest.mark.parametrize(
    ("language", "ore", "text"),
    [
        ("sv", 125050, "1\u00a0250,50\u00a0kr"),
        ("en", 125050, "SEK\u00a01,250.50"),
        ("sv", 300000, "3\u00a0000\u00a0kr"),
        ("sv", 0, "0\u00a0kr"),
        ("sv", -5, "\u22120,05\u00a0kr"),
    ],
)
def test_money_is_written_as_the_language_does(language, ore, text):
    with translation.override(language):
        assert formats.money(ore) == text


@pytest.mark.parametrize(
    ("style", "swedish", "english"),
    [
        ("medium", "29 mars 2026", "29 March 2026"),
        ("long", "söndag 29 mars 2026", "Sunday 29 March 2026"),
        ("short", "2026-03-29", "2026-03-29"),
        ("day", "sön 29 mars", "Sun 29 March"),
    ],
)
def test_a_moment_is_shown_in_the_zone_of_the_house(style, swedish, english):
    at = formats.datetime.datetime(
        2026, 3, 28, 23, 30, tzinfo=formats.datetime.UTC
    )  # half past midnight in Borås

    with translation.override("sv"):
        assert formats.local_date(at, style) == swedish
        assert formats.local_time(at) == "00:30"
    with translation.override("en"):
        assert formats.local_date(at, style) == english


def test_nothing_is_written_for_nothing():
    assert render("{{ x|money }}{{ x|count }}{{ x|local_date }}{{ x|local_time }}", x=None) == ""


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("+46701740605", "070-174 06 05"), ("+4733123456", "+47 33 12 34 56"), ("växeln", "växeln")],
)
def test_a_telephone_number_is_shown_as_people_write_it(kept, shown):
    assert formats.phone(kept) == shown


def test_opening_hours_are_told_from_the_rows_closures_included(client):
    today = periods.local_day(timezone.now())
    terms = {"audience": "public", "days": periods.date_range(today, today + dt.timedelta(days=30))}
    assert "[Navet fyller i: öppettider]" in text_of(client.get("/kontakt/"))
    OpeningHours.objects.bulk_create(
        OpeningHours(season="S", weekday=day, opens=dt.time(10), closes=dt.time(16), **terms)
        for day in range(7)
    )
    tomorrow = today + dt.timedelta(days=1)
    Closure.objects.create(days=periods.date_range(tomorrow, tomorrow), reason="Golvet slipas")

    html = text_of(client.get("/kontakt/"))

    assert "10:00–16:00" in html
    assert "(Golvet slipas)" in html
    assert "fyller i" not in html
