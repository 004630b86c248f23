from django.utils import translation
from django.utils.html import format_html

from navet.pages.remembering import remembered


def test_a_part_is_written_once_for_what_it_says_and_each_language():
    written = []

    @remembered(8)
    def part(text, figure):
        written.append((translation.get_language(), text, figure))
        return format_html("{} {} {}", translation.get_language(), text, figure)

    for language in ("sv", "en", "sv"):
        with translation.override(language):
            assert part("a", 1) == part("a", 1) == f"{language} a 1"
    assert part("a", 2).endswith("a 2")
    assert written == [("sv", "a", 1), ("en", "a", 1), (translation.get_language(), "a", 2)]


def test_no_more_than_so_many_are_kept():
    written = []

    @remembered(2)
    def part(figure):
        written.append(figure)
        return format_html("{}", figure)

    for figure in (1, 2, 3, 1, 3):
        assert part(figure) == str(figure)
    assert written == [1, 2, 3, 1]
