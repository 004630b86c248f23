"""Pictures of a room on hire: adding one, saying what it shows, another in its place, their order, taking one away.

Who queues up: the room on hire, before its pictures are read.
"""

import datetime as dt
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bookings.conferences.models import Rendition, RoomOffer, RoomPicture
from bookings.conferences.models.pictures import MOST_PICTURES
from navet.accounts.actor import Actor
from navet.errors import Refused
from navet.pages import pictures


class TooManyPictures(Refused):
    code = "too_many_pictures"
    field = "picture"
    message = _("The room has twelve pictures already. Take one away first.")


class PictureIsGone(Refused):
    code = "picture_is_gone"
    message = _("Somebody has taken that picture away.")


@transaction.atomic
def add(
    offer: RoomOffer, upload: BinaryIO, *, alt_sv: str, alt_en: str = "", by: Actor, at: dt.datetime, is_demo: bool = False
) -> RoomPicture:  # fmt: skip
    """Put it last. Raises TooManyPictures and what `pictures.renditions` raises."""
    made = pictures.renditions(upload)  # takes a second, and nobody waits for it
    last = max((one.position for one in _queue(offer.pk)), default=0)
    if last == MOST_PICTURES:
        raise TooManyPictures
    picture = RoomPicture.objects.create(
        offer=offer, position=last + 1, alt_sv=alt_sv, alt_en=alt_en, digest=made[0].digest, is_demo=is_demo
    )
    _keep(picture, made)
    return picture


@transaction.atomic
def change(
    picture: RoomPicture, upload: BinaryIO | None, *, alt_sv: str, alt_en: str, by: Actor, at: dt.datetime
) -> RoomPicture:
    """Say what it shows, and show another in its place where one is given. Raises PictureIsGone and what `add` raises of a file."""
    made = pictures.renditions(upload) if upload else []
    picture = _still_there(picture)
    picture.alt_sv, picture.alt_en = alt_sv, alt_en
    if made:
        picture.digest = made[0].digest
        picture.renditions.all().delete()
        _keep(picture, made)
    picture.save(update_fields=["alt_sv", "alt_en", "digest"])
    return picture


@transaction.atomic
def move(picture: RoomPicture, *, earlier: bool, by: Actor, at: dt.datetime) -> None:
    """Change places with the one before it or after it; nothing where there is none. Raises PictureIsGone."""
    picture = _still_there(picture)
    order = list(picture.offer.pictures.all())
    place = order.index(picture)
    other = place - 1 if earlier else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        _number(order)


@transaction.atomic
def remove(picture: RoomPicture, *, by: Actor, at: dt.datetime) -> None:
    """Take it away for good; those after it move up. Raises PictureIsGone."""
    picture = _still_there(picture)
    offer = picture.offer
    picture.delete()
    _number(list(offer.pictures.all()))


def _queue(offer_id: int) -> list[RoomPicture]:
    """The room's pictures as they are when whoever was first is done."""
    RoomOffer.objects.select_for_update().get(pk=offer_id)
    return list(RoomPicture.objects.filter(offer=offer_id))


def _still_there(picture: RoomPicture) -> RoomPicture:
    found = next((one for one in _queue(picture.offer_id) if one.pk == picture.pk), None)
    if found is None:
        raise PictureIsGone
    return found


def _number(order: list[RoomPicture]) -> None:
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])


def _keep(picture: RoomPicture, made: list[pictures.Rendition]) -> None:
    Rendition.objects.bulk_create(
        Rendition(picture=picture, digest=one.digest, width=one.width, height=one.height, content=one.content)
        for one in made
    )
