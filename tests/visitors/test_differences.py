"""One word for how who came differs from who was expected."""

import pytest

from visitors.differences import Difference, between


@pytest.mark.parametrize(
    ("came", "word"),
    [
        ((24, 2), None),
        ((22, 2), Difference.FEWER),
        ((22, 1), Difference.FEWER),
        ((24, 3), Difference.MORE),
        ((25, 3), Difference.MORE),
        ((23, 3), Difference.OTHER),
        ((26, 0), Difference.OTHER),
    ],
)
def test_the_word(came, word):
    assert between((24, 2), came) == word
