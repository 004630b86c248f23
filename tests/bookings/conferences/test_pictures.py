"""Pictures of rooms on hire: what the host does with them by form, and what everybody fetches."""

import re

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from bookings.conferences.models import Rendition, RoomOffer, RoomPicture
from bookings.conferences.operations import picturing
from navet.accounts.actor import Actor
from navet.pages.pictures import MOST_BYTES
from tests.bookings.conferences import rooms
from tests.bookings.conferences.rooms import NOW
from tests.navet.house import making
from tests.navet.pages.test_pictures import bomb, photo

pytestmark = pytest.mark.django_db
ROOM = "/planering/konferenser/lokaler/salen/"
SAID = {"alt_sv": "Salen i biosittning, mot duken.", "alt_en": "The hall in rows, towards the screen."}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def offer() -> RoomOffer:
    return rooms.room().conference_offer


@pytest.fixture
def host(client: Client) -> Client:
    client.force_login(making.user("vard@navet.example", "conference_host"))
    return client


def upload(name: str = "salen.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo().getvalue() if content is None else content, "image/jpeg")


def pictured(offer: RoomOffer, *words: str) -> list[RoomPicture]:
    """A picture for each of the words, all different."""
    first = offer.pictures.count()
    return [
        picturing.add(offer, photo((900 + 10 * (first + number), 600)), alt_sv=alt, by=rooms.host(), at=NOW)
        for number, alt in enumerate(words)
    ]


def order(offer: RoomOffer) -> list[tuple[int, str]]:
    return list(RoomPicture.objects.filter(offer=offer).values_list("position", "alt_sv"))


def addresses(page: str) -> list[str]:
    return re.findall(r'<img class="picture" src="([^"]+)"', page)


def test_a_host_uploads_a_picture_and_guests_see_it(host, offer):
    answer = host.post(ROOM, SAID | {"picture": upload()})
    assert (answer.status_code, answer["Location"]) == (302, ROOM)

    page = Client().get("/konferens/").content.decode()
    smallest, middle, largest = (
        f"/konferens/bild/{one}.webp"
        for one in Rendition.objects.order_by("width").values_list("digest", flat=True)
    )
    assert f'srcset="{largest} 1600w, {middle} 800w, {smallest} 480w"' in page
    assert addresses(page) == [smallest]
    assert 'width="1600" height="1067" alt="Salen i biosittning, mot duken." loading="lazy"' in page
    in_english = Client().get("/konferens/", headers={"Accept-Language": "en"}).content.decode()
    assert 'alt="The hall in rows, towards the screen."' in in_english
    assert addresses(Client().get("/konferens/boka/").content.decode()) == [smallest]


def test_english_pages_say_it_in_swedish_where_nothing_is_said_in_english(host, offer):
    host.post(ROOM, {"alt_sv": "Salen.", "picture": upload()})
    page = Client().get("/konferens/", headers={"Accept-Language": "en"}).content.decode()
    assert 'alt="Salen."' in page


def test_a_picture_is_kept_for_ever_by_who_fetched_it(offer):
    pictured(offer, "Salen.")
    rendition = Rendition.objects.first()
    address = f"/konferens/bild/{rendition.digest}.webp"
    answer = Client().get(address)
    assert answer.content == bytes(Rendition.objects.values_list("content", flat=True).get(pk=rendition.pk))
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]
    assert not answer.cookies

    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert again["Cache-Control"] == answer["Cache-Control"]


@pytest.mark.parametrize("hidden", [{"is_published": False}, {"room__is_active": False}])
def test_pictures_of_what_is_not_on_offer_are_the_hosts_alone(host, offer, hidden):
    pictured(offer, "Salen.")
    if "room__is_active" in hidden:
        offer.room.is_active = False
        offer.room.save(update_fields=["is_active"])
    else:
        RoomOffer.objects.update(is_published=False)
    address = f"/konferens/bild/{Rendition.objects.first().digest}.webp"
    assert Client().get(address).status_code == 404
    reception = Client()
    reception.force_login(making.user("disken@navet.example", "desk"))
    assert reception.get(address).status_code == 404
    mine = host.get(address)
    assert (mine.status_code, mine["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("address", ["0" * 32, "salen", "a" * 300])
def test_an_address_of_no_picture_is_not_found(address):
    assert Client().get(f"/konferens/bild/{address}.webp").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("salen.jpg", b"Inte en bild, utan text.", "Det här är ingen bild som vi kan läsa."),
        ("salen.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Det här är ingen bild som vi kan läsa."),
        ("salen.png", bomb().getvalue(), "Bilden har mer än 50 miljoner bildpunkter."),
        ("salen.jpg", photo((300, 200)).getvalue(), "Bilden är för liten"),
        ("salen.jpg", bytes(MOST_BYTES + 1), "Filen är större än 10 MB."),
        ("salen.jpg", b"", "Den skickade filen var tom."),
    ],
    ids=["text", "SVG", "bomb", "small", "large", "empty"],
)  # fmt: skip
def test_an_upload_that_is_no_good_is_told_and_nothing_is_kept(host, offer, name, content, said):
    answer = host.post(ROOM, SAID | {"picture": upload(name, content)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert SAID["alt_sv"] in page
    assert not RoomPicture.objects.exists()
    assert not Rendition.objects.exists()


def test_a_request_of_forty_megabytes_is_not_read(host, offer):
    answer = host.post(ROOM, SAID | {"picture": upload(content=bytes(40 * 1024 * 1024))})
    assert answer.status_code == 413
    assert "Det blev för mycket på en gång" in answer.content.decode()


def test_a_picture_without_words_is_refused_by_the_form_and_by_the_database(host, offer):
    answer = host.post(ROOM, {"alt_sv": " ", "picture": upload()})
    assert answer.status_code == 422
    with pytest.raises(IntegrityError, match="a_room_picture_says_what_it_shows"), transaction.atomic():
        RoomPicture.objects.create(offer=offer, position=1, alt_sv="", digest="0" * 32)


def test_pictures_change_places(host, offer):
    one, two, three = pictured(offer, "Ett", "Två", "Tre")
    host.post(f"{ROOM}bild/{three.pk}/flytta/", {"earlier": "1"})
    assert order(offer) == [(1, "Ett"), (2, "Tre"), (3, "Två")]
    host.post(f"{ROOM}bild/{one.pk}/flytta/", {"later": "1"})
    assert order(offer) == [(1, "Tre"), (2, "Ett"), (3, "Två")]
    host.post(f"{ROOM}bild/{two.pk}/flytta/", {"later": "1"})
    host.post(f"{ROOM}bild/{three.pk}/flytta/", {"earlier": "1"})
    assert order(offer) == [(1, "Tre"), (2, "Ett"), (3, "Två")]
    assert 'alt="Tre"' in Client().get("/konferens/boka/").content.decode()


def test_a_picture_is_taken_away_and_those_after_it_move_up(host, offer):
    _one, two, _three = pictured(offer, "Ett", "Två", "Tre")
    assert host.post(f"{ROOM}bild/{two.pk}/ta-bort/").status_code == 302
    assert order(offer) == [(1, "Ett"), (2, "Tre")]
    assert not Rendition.objects.filter(picture=two.pk).exists()
    assert host.post(f"{ROOM}bild/{two.pk}/ta-bort/").status_code == 404


def test_another_picture_takes_its_place(host, offer):
    one, _two = pictured(offer, "Ett", "Två")
    before = one.digest
    said = {"alt_sv": "Nytt", "alt_en": "New"}
    assert host.post(f"{ROOM}bild/{one.pk}/", said | {"picture": upload()}).status_code == 302
    one.refresh_from_db()
    assert order(offer) == [(1, "Nytt"), (2, "Två")]
    assert one.digest != before
    assert one.digest == one.renditions.first().digest
    assert Client().get(f"/konferens/bild/{before}.webp").status_code == 404


def test_words_are_changed_and_the_picture_stays(host, offer):
    (one,) = pictured(offer, "Ett")
    kept = list(Rendition.objects.values_list("pk", "digest"))
    assert host.post(f"{ROOM}bild/{one.pk}/", {"alt_sv": "Salen.", "alt_en": ""}).status_code == 302
    assert order(offer) == [(1, "Salen.")]
    assert list(Rendition.objects.values_list("pk", "digest")) == kept


def test_the_audit_trail_says_who_did_what_to_pictures(host, offer):
    host.post(ROOM, SAID | {"picture": upload()})
    one = RoomPicture.objects.get()
    host.post(f"{ROOM}bild/{one.pk}/", {"alt_sv": "Salen.", "alt_en": ""})
    host.post(f"{ROOM}bild/{one.pk}/ta-bort/")
    events = apps.get_model("conferences", "RoomPictureEvent").objects.order_by("pgh_id")
    assert [(one.pgh_label, one.alt_sv) for one in events] == [
        ("insert", SAID["alt_sv"]),
        ("update", "Salen."),
        ("delete", "Salen."),
    ]
    user = Actor(user=making.User.objects.get(email="vard@navet.example")).user
    assert {event.pgh_context.metadata["user"] for event in events} == {user.pk}


def test_the_thirteenth_picture_is_refused(host, offer):
    pictured(offer, *(f"Bild {number}" for number in range(12)))
    answer = host.post(ROOM, SAID | {"picture": upload()})
    assert answer.status_code == 422
    assert "Lokalen har redan tolv bilder." in answer.content.decode()
    assert len(order(offer)) == 12


@pytest.mark.parametrize("role", ["desk", "educator", "finance"])
def test_others_have_no_hand_in_pictures(client, offer, role):
    (one,) = pictured(offer, "Ett")
    client.force_login(making.user("annan@navet.example", role))
    for path in ("", f"bild/{one.pk}/"):
        assert client.get(ROOM + path).status_code == 403
        assert client.post(ROOM + path, SAID | {"picture": upload()}).status_code == 403
    for path in ("flytta/", "ta-bort/"):
        assert client.post(f"{ROOM}bild/{one.pk}/{path}").status_code == 403
    assert order(offer) == [(1, "Ett")]


def test_a_picture_is_reached_through_its_own_room_alone(host, offer):
    (one,) = pictured(offer, "Ett")
    rooms.room("kammaren")
    assert host.post(f"/planering/konferenser/lokaler/kammaren/bild/{one.pk}/ta-bort/").status_code == 404
    assert order(offer) == [(1, "Ett")]


@pytest.mark.parametrize(
    "path", ["/konferens/", "/konferens/boka/", "/api/v1/conference-rooms/", "/planering/konferenser/lokaler/", ROOM]
)  # fmt: skip
def test_pages_ask_no_more_for_more_pictures_and_read_no_bytes(host, offer, path):
    def asked() -> list[str]:
        found = []

        def note(execute, sql, params, many, context):
            found.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            assert host.get(path).status_code == 200
        return found

    pictured(offer, "Ett")
    host.get(path)
    few = asked()
    pictured(offer, "Två", "Tre")
    pictured(rooms.room("kammaren").conference_offer, "Fyra")
    many = asked()
    assert len(many) == len(few)
    assert [sql for sql in many if "conferences_rendition" in sql]
    assert not [sql for sql in many if '"content"' in sql]


def test_the_api_tells_where_pictures_are(client, offer, settings):
    pictured(offer, "Salen.")
    (room,) = client.get("/api/v1/conference-rooms/").json()["results"]
    (shown,) = room["pictures"]
    assert shown["alt"] == "Salen."
    assert [(one["width"], one["height"]) for one in shown["renditions"]] == [
        (900, 600),
        (800, 533),
        (480, 320),
    ]
    url = shown["renditions"][0]["url"]
    assert url.startswith(settings.SITE_URL + "/konferens/bild/")
    assert client.get(url.removeprefix(settings.SITE_URL)).status_code == 200
