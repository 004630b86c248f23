"""What the desk's search finds; the device's own search answers alike (tests/browser/test_scanning.py)."""

import pytest

from tests.visitors import making
from visitors import search
from visitors.models import Arrival

pytestmark = pytest.mark.django_db

CODE = "7B3M01VXZD"
# What is typed, and whether it finds "Herrljunga skola, 7B" with that code.
SEARCHES = {
    "7b": True,  # the class
    "3m": False,
    "b3m": False,  # three signs are in somebody's code by chance
    "3m01": True,
    "3MO1": True,  # read as the code means it
    "mol": False,
    "moiu": True,
    "moiux": True,
    "7B3M01VXZD": True,
    "3m02": False,
    "herrljunga 7b": True,
    "herljunga 7b": True,  # a letter lost
    "herrljunga 3m": False,
    "herrljunga 3m01": True,
    "her": True,
    "hre": False,  # a short word has no letters to spare
    "altorp": False,
}


@pytest.mark.parametrize(("text", "found"), SEARCHES.items())
def test_a_code_is_met_by_four_signs_or_more(text, found):
    party = making.arrival(code=CODE, label="Herrljunga skola, 7B")

    assert search.matching([party], text) == [party] * found
    assert search.narrowed(Arrival.objects.all(), text).exists() is found
