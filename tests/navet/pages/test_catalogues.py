"""What the catalogue command collects, keeps, complains of and compiles."""

import gettext
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from navet.pages import catalogues


@pytest.fixture
def home(tmp_path):
    """An app with one module and one template."""
    (tmp_path / "templates").mkdir()
    module = tmp_path / "words.py"
    module.write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext\n"
        'a = _("School")\n'
        'b = ngettext("%(n)s place", "%(n)s places", 2)\n'
        'c = pgettext("of a year", "Term")\n'
    )
    page = tmp_path / "templates" / "page.html"
    page.write_text(
        "{% load i18n %}<p>Don't count this\n   (or this</p>\n"
        '  {% translate "Book" %}{{ x|default:_("None yet") }}\n'
        "{% blocktranslate trimmed with who=name %}\n  Hello\n  {{ who }}\n{% endblocktranslate %}\n"
        "{% blocktranslate count n=n %}One day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    return catalogues.Home("words", tmp_path, [module, page])


def translate(home, **strings):
    catalogue = catalogues.load(home)
    for message in catalogue:
        msgid = message.id[0] if isinstance(message.id, tuple) else message.id
        if msgid in strings:
            message.string = strings[msgid]
    home.po.write_bytes(catalogues.as_po(catalogue))


SWEDISH = {
    "School": "Skola",
    "%(n)s place": ("%(n)s plats", "%(n)s platser"),
    "Term": "Termin",
    "Book": "Boka",
    "None yet": "Inga än",
    "Hello %(who)s": "Hej %(who)s",
    "One day": ("En dag", "%(n)s dagar"),
}


def test_update_collects_modules_and_templates(home):
    assert catalogues.update(home)

    kept = {(message.context, message.id) for message in catalogues.load(home) if message.id}
    assert kept == {
        (None, "School"),
        (None, ("%(n)s place", "%(n)s places")),
        ("of a year", "Term"),
        (None, "Book"),
        (None, "None yet"),
        (None, "Hello %(who)s"),
        (None, ("One day", "%(n)s days")),
    }


def test_update_twice_changes_nothing_and_writes_no_dates_or_line_numbers(home):
    catalogues.update(home)

    assert not catalogues.update(home)
    text = home.po.read_text()
    assert "Date" not in text
    assert "words.py" not in text


def test_update_keeps_translations_and_guesses_none(home):
    catalogues.update(home)
    translate(home, **SWEDISH)
    home.sources[0].write_text('from django.utils.translation import gettext as _\na = _("Schools")\n')

    catalogues.update(home)

    kept = catalogues.load(home)
    assert kept.get("Schools").string == ""
    assert kept.get("Book").string == "Boka"
    assert kept.obsolete["School"].string == "Skola"


def test_faults_are_none_when_all_is_translated(home):
    catalogues.update(home)
    translate(home, **SWEDISH)

    assert catalogues.faults(home) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"Book": ""}, "untranslated: 'Book'"),
        ({"One day": ("En dag", "")}, "untranslated: 'One day'"),
        ({"Hello %(who)s": "Hej"}, "placeholders differ: 'Hello %(who)s'"),
        ({"Hello %(who)s": "Hej %(vem)s"}, "placeholders differ: 'Hello %(who)s'"),
        ({"%(n)s place": ("En plats", "Flera platser")}, "placeholders differ: '%(n)s place'"),
    ],
)
def test_faults_name_what_is_wrong(home, wrong, fault):
    catalogues.update(home)
    translate(home, **SWEDISH | wrong)

    assert catalogues.faults(home) == [fault]


def test_faults_name_what_is_not_extracted_and_what_is_obsolete(home):
    catalogues.update(home)
    translate(home, **SWEDISH)
    home.sources[0].write_text('from django.utils.translation import gettext as _\na = _("New")\n')

    assert catalogues.faults(home) == [
        "not extracted: 'New'",
        "obsolete: '%(n)s place'",
        "obsolete: 'School'",
        "obsolete: 'Term' (of a year)",
    ]


def test_faults_name_fuzzy_entries(home):
    catalogues.update(home)
    translate(home, **SWEDISH)
    home.po.write_text(home.po.read_text().replace('msgid "Book"', '#, fuzzy\nmsgid "Book"'))

    assert catalogues.faults(home) == ["fuzzy: 'Book'"]


def test_compile_makes_what_gettext_reads_and_is_quick_when_fresh(home):
    catalogues.update(home)
    translate(home, **SWEDISH)

    assert catalogues.compile_catalogue(home)
    with home.mo.open("rb") as file:
        swedish = gettext.GNUTranslations(file)
    assert swedish.gettext("Book") == "Boka"
    assert swedish.ngettext("One day", "%(n)s days", 2) == "%(n)s dagar"
    assert not catalogues.compile_catalogue(home)
    assert [path.name for path in home.mo.parent.iterdir() if path.name.startswith(".")] == []


def test_disagreements_name_two_apps_with_two_words_for_one(home, tmp_path):
    other = catalogues.Home("other", tmp_path / "other", [home.sources[0]])
    for each in (home, other):
        catalogues.update(each)
    translate(home, School="Skola")
    translate(other, School="Skolenhet")

    assert catalogues.disagreements([home, other]) == ["words and other translate 'School' differently"]


def test_code_outside_every_app_belongs_to_pages():
    pages = next(home for home in catalogues.homes() if home.label == "pages")

    assert any(path.parts[-2:] == ("navet", "errors.py") for path in pages.sources)
    assert all("migrations" not in path.parts for path in pages.sources)


def test_every_source_has_one_home():
    sources = [path for home in catalogues.homes() for path in home.sources]

    assert len(sources) == len(set(sources))


def test_command_refuses_an_app_that_does_not_exist():
    with pytest.raises(CommandError, match="No such app: nowhere"):
        call_command("messages", "nowhere", stdout=StringIO())


def test_the_common_pages_are_whole_in_swedish():
    call_command("messages", "pages", "--check", stdout=StringIO())


def test_messages_in_reports_the_contexts_of_templates(tmp_path):
    page = Path(tmp_path / "page.html")
    page.write_text('{% load i18n %}{% translate "Term" context "of a year" %}')

    assert list(catalogues.messages_in(page)) == [("of a year", "Term")]
