"""Codes in a camera's frame, and the door they come through."""

import pytest
import segno
from django.test import Client

from tests.visitors.making import user
from visitors import frames

DOOR = "/reception/kamera/"
ADDRESS = "https://bokning.navet.example/bokning/7K3M9QX2ZD/"


def picture(text: str, *, scale: int = 4) -> bytes:
    rows = [bytes(0 if dark else 255 for dark in row) for row in segno.make(text).matrix_iter(scale=scale)]
    return frame(len(rows[0]), len(rows), b"".join(rows))


def frame(width: int, height: int, pixels: bytes) -> bytes:
    return b"P5\n%d %d\n255\n" % (width, height) + pixels


@pytest.mark.parametrize("text", ["7K3M9QX2ZD", ADDRESS, "Räksmörgås"])
def test_a_code_is_read(text):
    assert frames.text_in(picture(text)) == text


def test_a_frame_without_a_code_says_nothing():
    assert frames.text_in(frame(64, 64, bytes(64 * 64))) == ""


def test_more_text_than_the_search_takes_is_no_code_of_ours():
    assert frames.text_in(picture("a" * 201, scale=6)) == ""


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"", frames.NotAFrame),
        (b"P5\n64 64\n255\n", frames.NotAFrame),
        (frame(64, 64, bytes(64 * 64 - 1)), frames.NotAFrame),
        (frame(64, 64, bytes(64 * 64 + 1)), frames.NotAFrame),
        (frame(15, 64, bytes(15 * 64)), frames.NotAFrame),
        (frame(0, 0, b""), frames.NotAFrame),
        (frame(9999, 9999, bytes(100)), frames.NotAFrame),
        (b"P5\n-64 -64\n255\n" + bytes(64 * 64), frames.NotAFrame),
        (b"P6\n64 64\n255\n" + bytes(3 * 64 * 64), frames.NotAFrame),
        (b"\x89PNG\r\n\x1a\n" + bytes(2000), frames.NotAFrame),
        (b"GIF89a\xff\xff\xff\xff" + bytes(2000), frames.NotAFrame),
        (frame(1024, 513, bytes(1024 * 513)), frames.FrameTooLarge),
    ],
)
def test_what_is_no_frame_is_refused(sent, refusal):
    with pytest.raises(refusal):
        frames.text_in(sent)


def send(body: bytes, role: str = "desk", *, kind: str = frames.MEDIA_TYPE, **options):
    caller = Client(**options)
    caller.force_login(user(role, email=f"{role}@navet.example"))
    return caller.post(DOOR, body, content_type=kind)


@pytest.fixture
def house(settings, db):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


def test_the_door_reads_a_code_for_whoever_sees_arrivals(house):
    answer = send(picture(ADDRESS), "educator")
    assert (answer.status_code, answer.json()) == (200, {"text": ADDRESS})


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"not a picture", frames.MEDIA_TYPE, 400, "not_a_frame"),
        (b"\xff\xd8\xff\xe0" + bytes(900), "image/jpeg", 400, "not_a_frame"),
        (b"{}", "application/json", 400, "not_a_frame"),
        (bytes(frames.MOST_BYTES + 1), frames.MEDIA_TYPE, 413, "frame_too_large"),
        (bytes(10_000_000), frames.MEDIA_TYPE, 413, "frame_too_large"),
    ],
)
def test_the_door_refuses_what_is_no_frame(house, body, kind, status, code):
    answer = send(body, kind=kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_door_is_for_staff_who_see_arrivals(house):
    assert send(picture(ADDRESS), "management").status_code == 403
    assert Client().post(DOOR, b"", content_type=frames.MEDIA_TYPE).status_code == 302
    assert Client().get(DOOR).status_code == 405
    assert send(picture(ADDRESS), enforce_csrf_checks=True).status_code == 403
