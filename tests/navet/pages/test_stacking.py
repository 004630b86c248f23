"""Each cell of a stacked table says the heading of its column."""

from django.template import Context, Template

TABLE = (
    '{% load navet %}{% table caption="Occasions" stacked=True %}<thead><tr><th scope="col">Begins</th><th scope="col" class="number">'
    'Offered</th><th scope="col">In <b>"all"</b></th></tr></thead><tbody><tr><th scope="row">09:00</th><td class="number">{{ many }}</td>'
    '<td>3</td></tr></tbody><tfoot><tr><th scope="row" colspan="2">In all</th><td>4</td></tr></tfoot>{% endtable %}'
)


def rendered(template: str) -> str:
    return Template(template).render(Context({"many": "<5>"}))


def test_a_cell_is_told_its_column_and_a_heading_of_a_row_is_not():
    shown = rendered(TABLE)
    assert '<table class="stacked">' in shown
    assert '<th scope="row">09:00</th><td data-label="Offered" class="number">&lt;5&gt;</td>' in shown
    assert '<td data-label="In &quot;all&quot;">3</td>' in shown
    assert '<th scope="row" colspan="2">In all</th><td data-label="In &quot;all&quot;">4</td>' in shown


def test_a_cell_beyond_the_last_heading_or_below_an_empty_one_stays_as_it_is():
    shown = rendered(TABLE.replace("<td>3</td>", '<td colspan="2">3</td><td>more</td>'))
    assert '<td data-label="In &quot;all&quot;" colspan="2">3</td><td>more</td>' in shown
    assert "<td>3</td>" in rendered(TABLE.replace('In <b>"all"</b>', ""))


def test_other_tables_stay_as_they_are():
    assert "data-label" not in rendered(TABLE.replace(" stacked=True", ""))
