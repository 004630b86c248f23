"""Charts: scales, gaps, geometry and the table behind."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from navet.pages.charts import BOTTOM, LEFT, RIGHT, TOP, Chart, Plane, Series, nice_ceiling

ANY_FIGURES = st.lists(st.one_of(st.none(), st.integers(-10, 10**7)), min_size=1, max_size=40)


def chart(*values, **fields):
    return Chart("Pupils", [str(n) for n in range(len(values))], [Series("Outcome", values)], **fields)


def render(tag, what):
    with translation.override("sv"):
        return Template("{% load navet %}{% " + tag + " chart %}").render(Context({"chart": what}))


@pytest.mark.parametrize(
    ("highest", "top", "step"),
    [(0, 1, 1), (1, 1, 1), (3, 3, 1), (7, 8, 2), (100, 100, 20), (2310, 2500, 500), (18000, 20000, 5000)],
)
def test_nice_ceiling_is_round(highest, top, step):
    assert nice_ceiling(highest) == (top, step)


@given(st.floats(min_value=0.001, max_value=1e9))
def test_nice_ceiling_holds_the_highest_in_few_steps(highest):
    top, step = nice_ceiling(highest)

    assert top >= highest * (1 - 1e-9)
    assert 1 <= round(top / step) <= 6


@given(ANY_FIGURES)
def test_bars_stay_inside_the_plane(values):
    for bar in Plane(chart(*values)).bars:
        assert float(bar.x) >= LEFT - 0.1
        assert float(bar.x) + float(bar.width) <= RIGHT + 0.1
        assert TOP - 0.1 <= float(bar.y) <= BOTTOM + 0.1
        assert float(bar.height) >= 0


def test_a_missing_figure_has_no_bar_and_breaks_the_line():
    plane = Plane(chart(1, None, 2, 3))

    assert len(plane.bars) == 3
    assert plane.lines[0].path.count("M") == 2


def test_a_target_above_every_figure_is_inside_the_plane():
    plane = Plane(chart(1, 2, target=500, target_name="Target"))

    assert TOP <= float(plane.target.place) <= BOTTOM


def test_labels_thin_out_when_there_are_many():
    assert len(Plane(chart(*range(53))).x_ticks) <= 14


@pytest.mark.parametrize("series", [[], [Series("a", [1])], [Series(str(n), [1, 2]) for n in range(4)]])
def test_a_chart_refuses_what_it_cannot_show(series):
    with pytest.raises(ValueError, match="series"):
        Chart("Title", ["a", "b"], series)


@pytest.mark.parametrize("tag", ["bar_chart", "line_chart"])
def test_a_chart_is_an_image_with_a_name_and_a_table(tag):
    html = render(tag, chart(17250, None, target=18000, target_name="Mål"))

    named = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', html)
    assert f'id="{named[1]}"' in html
    assert f'id="{named[2]}"' in html
    assert '<td class="number">17\u00a0250</td>' in html
    assert '<td class="number">–</td>' in html
    assert "Mål 18\u00a0000" in html
    assert "style=" not in html


def test_lengths_are_written_with_a_dot_in_swedish():
    html = render("bar_chart", chart(1234, 5678))

    assert all(
        re.fullmatch(r"[\d.]+", length) for length in re.findall(r' (?:x|y|width|height)="([^"]*)"', html)
    )


def test_an_empty_year_can_be_drawn():
    assert "<svg" in render("line_chart", chart(None, None))
