"""What leisure groups there are, read by anybody."""

import pytest
import time_machine

from tests.bookings.leisure import clubs
from tests.bookings.leisure.clubs import CLOSES, NOW

pytestmark = pytest.mark.django_db
GROUPS = "/api/v1/leisure-groups/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_groups_with_what_is_free_and_never_the_seed(client, django_assert_num_queries):
    group = clubs.group(clubs.club(slug="robot"), capacity=2, meetings=2, closes_at=CLOSES, fee_ore=80_000)
    clubs.enrolled(group, child_name="Ada Ek")
    clubs.group(clubs.club(kind="camp"), capacity=2, meetings=2)
    clubs.group(clubs.club(is_published=False))
    with django_assert_num_queries(3):
        answer = client.get(GROUPS)
    first, second = answer.json()["results"]
    assert (first["club"], first["free_places"], first["waiting"], first["fee"]["amount"]) == (
        "robot",
        2,
        1,
        "800.00",
    )
    assert (first["is_drawn"], first["seed_sha256"]) == (False, group.seed_sha256)
    assert [one["starts_at"][:10] for one in first["meetings"]] == ["2026-03-03", "2026-03-10"]
    assert (second["closes_at"], second["seed_sha256"], second["kind"]) == (None, "", "camp")
    said = answer.content.decode()
    assert clubs.seed_of(group) not in said
    assert "Ada" not in said


def test_it_is_filtered_and_what_is_not_understood_refused(client):
    clubs.group(clubs.club(slug="robot"))
    clubs.group(clubs.club(slug="kollo", kind="camp"))
    assert [one["club"] for one in client.get(f"{GROUPS}?kind=camp").json()["results"]] == ["kollo"]
    assert [one["club"] for one in client.get(f"{GROUPS}?club=robot").json()["results"]] == ["robot"]
    for wrong in ("kind=x", "colour=red"):
        assert client.get(f"{GROUPS}?{wrong}").status_code == 400
    assert client.post(GROUPS, {}).status_code in (403, 405)
