"""An import says what it did, does it once, closes and never deletes, or changes nothing at all."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from navet.directory import operations
from navet.directory.imports.apply import apply
from navet.directory.imports.parse import parse
from navet.directory.imports.rows import BrokenFile
from navet.directory.models import Municipality, Organiser, SchoolUnit
from tests.navet.directory import making
from tests.navet.directory.making import ENGELBREKT, csv, detail, register

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _english():
    operations.ensure_municipalities()
    with translation.override("en"):
        yield


@pytest.fixture
def run(tmp_path):
    """Run the command on the content; return what it printed."""

    def run(content: bytes, *options: str) -> str:
        file = tmp_path / "schools"
        file.write_bytes(content)
        printed = StringIO()
        call_command("import_schools", str(file), *options, stdout=printed)
        return printed.getvalue()

    return run


def stored():
    return list(SchoolUnit.objects.order_by("code").values())


def test_the_repositorys_csv_is_imported_once_and_then_changes_nothing(run, repository):
    content = (repository / "navet/directory/data/schools-sjuharad-y9.csv").read_bytes()
    assert "29 added, 0 changed, 0 closed, 0 unchanged." in run(content)
    before = stored()
    assert run(content) == "0 added, 0 changed, 0 closed, 29 unchanged.\n"
    assert stored() == before
    assert Municipality.objects.count() == 8
    assert SchoolUnit.objects.filter(organiser__kind=Organiser.Kind.INDEPENDENT).count() == 6


def test_what_changed_is_said_field_by_field(run):
    run(csv(ENGELBREKT))
    printed = run(csv(ENGELBREKT.replace("gatan 14", "gatan 16").replace(",117", ",120")))
    assert (
        "86215855 Engelbrektskolan 7-9; street_address: Engelbrektsgatan 14 -> Engelbrektsgatan 16" in printed
    )
    assert "pupils_year_9: 117 -> 120" in printed
    assert "0 added, 1 changed, 0 closed, 0 unchanged." in printed


def test_a_dry_run_says_the_same_and_changes_nothing(run):
    run(csv(ENGELBREKT))
    before = (stored(), Organiser.objects.count(), Municipality.objects.count())
    content = csv(
        ENGELBREKT.replace(",117", ",99"),
        "99999999,Nya skolan,1499,Falköping,Kommunal,Falköpings kommun,2120001744,Gatan 1,",
    )
    said = run(content, "--dry-run")
    assert "A dry run: nothing was changed." in said
    assert (stored(), Organiser.objects.count(), Municipality.objects.count()) == before
    assert said.replace("A dry run: nothing was changed.\n", "") == run(content)
    assert Municipality.objects.get(code="1499").name == "Falköping"


def test_the_register_fills_in_what_the_csv_lacks_and_the_csv_does_not_take_it_back(run):
    run(csv(ENGELBREKT))
    run(register(detail(schoolTypes=["FKLASS", "GR"], schoolTypeProperties={"gr": {"grades": ["1", "2"]}})))
    assert run(csv(ENGELBREKT)) == "0 added, 0 changed, 0 closed, 1 unchanged.\n"
    unit = SchoolUnit.objects.get()
    assert (unit.grades, unit.locality, unit.pupils_year_9) == (["F", "1", "2"], "Borås", 117)


def test_a_unit_that_the_register_calls_closed_is_closed_on_its_date(run):
    run(register(detail()))
    printed = run(register(detail(status="UPPHORT", endDate="2026-06-30")))
    assert "closed: 86215855 Engelbrektskolan 7-9 (2026-06-30)" in printed
    unit = SchoolUnit.objects.get()
    assert (unit.status, unit.closed_date) == ("UPPHORT", dt.date(2026, 6, 30))
    assert "1 unchanged" in run(register(detail(status="UPPHORT", endDate="2026-06-30")))


def test_a_unit_closed_without_a_date_keeps_the_date_of_the_first_import():
    closed = parse(register(detail(status="UPPHORT")))
    apply(closed, close_missing=True, at=TODAY)
    report = apply(closed, close_missing=True, at=TODAY + dt.timedelta(days=9))
    assert report.unchanged == 1
    assert SchoolUnit.objects.get().closed_date == TODAY


def test_a_unit_that_opens_again_is_open_again(run):
    run(register(detail(status="UPPHORT", endDate="2026-06-30")))
    assert "status: UPPHORT -> AKTIV" in run(register(detail()))
    assert SchoolUnit.objects.get().closed_date is None


def test_a_register_closes_what_it_leaves_out_of_its_municipalities_only(run):
    making.school("Utelämnade skolan", "11111111")
    making.school("Skola i Mark", "22222222", municipality="1463", run_by=making.organiser("2120001504"))
    making.school("Påhittade skolan", "33333333", is_demo=True)
    making.school("Förskolan Bävern", None)
    printed = run(register(detail()))
    assert "closed: 11111111 Utelämnade skolan" in printed
    assert "1 added, 0 changed, 1 closed" in printed
    closed = SchoolUnit.objects.exclude(status="AKTIV")
    assert [unit.code for unit in closed] == ["11111111"]
    assert SchoolUnit.objects.count() == 5


@pytest.mark.parametrize("how", ["partial", "one answer", "csv"])
def test_a_file_that_is_no_register_closes_nothing(run, how):
    making.school("Utelämnade skolan", "11111111")
    if how == "partial":
        printed = run(register(detail()), "--partial")
    else:
        import json

        printed = run(json.dumps(detail()).encode() if how == "one answer" else csv(ENGELBREKT))
    assert "0 closed" in printed


def test_an_answer_without_its_organiser_is_noted_and_never_municipal(run):
    answer = detail()
    del answer["included"]
    printed = run(register(answer))
    assert "note: 86215855 Engelbrektskolan 7-9: the file does not say who runs it" in printed
    assert SchoolUnit.objects.get().organiser.kind == Organiser.Kind.UNKNOWN
    assert "organiser: Okänd huvudman -> Borås kommun" in run(register(detail()))
    assert "1 unchanged" in run(register(answer))  # what is known stays


def test_an_organiser_that_changed_its_name_is_said(run):
    run(csv(ENGELBREKT))
    printed = run(csv(ENGELBREKT.replace("Borås kommun", "Borås Stad")))
    assert "changed: 2120001561 Borås Stad; name: Borås kommun -> Borås Stad" in printed


def test_a_list_answer_updates_names_and_refuses_units_it_cannot_place(run):
    run(csv(ENGELBREKT))
    entries = '{"data": {"attributes": [{"schoolUnitCode": "86215855", "name": "Engelbrekt", "status": "VILANDE"}]}}'
    assert "status: AKTIV -> VILANDE" in run(entries.encode())
    with pytest.raises(CommandError, match="99999999 is new, and the file does not say where it is"):
        run(entries.replace("86215855", "99999999").encode())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (register(detail(municipalityCode="1480")), "municipality 1480 is not known and has no name here"),
        (csv(ENGELBREKT.replace("1490,Borås", "1490,Mark")), "municipality 1490 is Borås, not Mark"),
        (csv(ENGELBREKT.replace("1490,Borås", "1489,Borås")), "Borås has the code 1490"),
        (csv(ENGELBREKT.replace("2120001561", "2120001562")), "is not an organisation number"),
    ],
)
def test_a_file_that_contradicts_what_is_known_is_refused_whole(run, content, reason):
    good = csv(ENGELBREKT)
    run(good)
    before = stored()
    with pytest.raises(CommandError, match="nothing was changed") as refused:
        run(content)
    assert reason in str(refused.value)
    assert stored() == before


def test_one_bad_line_among_good_ones_keeps_all_of_them_out(run):
    with pytest.raises(CommandError, match="line 3"):
        run(csv(ENGELBREKT, "x" + ENGELBREKT))
    assert not SchoolUnit.objects.exists()


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_schools", str(tmp_path / "nowhere.csv"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_schools", str(tmp_path))


def test_an_import_takes_as_many_queries_for_thirty_units_as_for_one(django_assert_max_num_queries):
    one = parse(register(detail()))
    many = parse(register(*[detail(f"1000{n:04}") for n in range(30)]))
    with django_assert_max_num_queries(11):
        apply(one, close_missing=False, at=TODAY)
    with django_assert_max_num_queries(11):
        apply(many, close_missing=True, at=TODAY)


def test_faults_of_the_database_side_are_a_broken_file_with_lines():
    with pytest.raises(BrokenFile) as refused:
        apply(parse(register(detail(municipalityCode="0001"))), close_missing=True, at=TODAY)
    assert [fault.line for fault in refused.value.faults] == [2]
