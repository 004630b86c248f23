"""Pictures of rooms on hire. Their bytes are rows: one backup holds them with the rest, every web process has them at once, and a
machine that is replaced loses none. A few dozen pictures of some hundred kilobytes are nothing to a database; browsers keep what they have fetched.
"""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.common.models import InTwoLanguages
from bookings.conferences.models.catalogue import RoomOffer
from navet.pages.pictures import LARGEST

MOST_PICTURES = 12  # of one room


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoomPicture(InTwoLanguages, models.Model):
    """What a room on hire looks like; the first one stands for it in lists."""

    offer = models.ForeignKey(RoomOffer, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(_("place in the order"))
    alt_sv = models.CharField(_("what the picture shows, in Swedish"), max_length=200)
    alt_en = models.CharField(_("what the picture shows, in English"), max_length=200, blank=True)
    digest = models.CharField(_("digest of its largest size"), max_length=32)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        verbose_name = _("picture of a room")
        verbose_name_plural = _("pictures of rooms")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=~Q(alt_sv=""), name="a_room_picture_says_what_it_shows"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_PICTURES), name="a_picture_has_a_place"
            ),
            # Held when the transaction ends, since two that change places meet on the way.
            models.UniqueConstraint(
                fields=["offer", "position"],
                name="one_picture_of_a_room_in_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.text_in_language("alt")


class RenditionQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """Of rooms that anybody may see on hire."""
        return self.filter(picture__offer__is_published=True, picture__offer__room__is_active=True)


class RenditionManager(models.Manager.from_queryset(RenditionQuerySet)):  # type: ignore[misc]  # django-stubs
    """Pages need addresses and sizes; the bytes are read only where they are asked for by name."""

    def get_queryset(self) -> RenditionQuerySet:
        return super().get_queryset().defer("content")


class Rendition(models.Model):
    """A picture in one of its sizes, as WebP. It is never changed: other bytes are another row with another digest."""

    picture = models.ForeignKey(RoomPicture, on_delete=models.CASCADE, related_name="renditions")
    digest = models.CharField(_("digest of its content"), max_length=32, db_index=True)
    width = models.PositiveSmallIntegerField(_("width, pixels"))
    height = models.PositiveSmallIntegerField(_("height, pixels"))
    content = models.BinaryField(_("content"))

    objects = RenditionManager()

    class Meta:
        verbose_name = _("size of a picture")
        verbose_name_plural = _("sizes of pictures")
        ordering = ["-width"]
        constraints = [
            models.UniqueConstraint(fields=["picture", "width"], name="a_picture_once_in_each_width"),
            models.CheckConstraint(
                condition=Q(width__gte=1, width__lte=LARGEST, height__gte=1, height__lte=LARGEST),
                name="a_picture_is_of_a_size_we_show",
            ),
        ]
