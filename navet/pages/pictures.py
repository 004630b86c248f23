"""Pictures that somebody uploads: decoded, and made anew as what the house shows.

Nothing of the file that came is kept but its pixels: it is turned as its EXIF says, brought to the colours of the web, laid on
white, scaled down and written as WebP. Where it was taken, by which camera, and whatever else a file can carry, stays behind.
"""

import hashlib
import io
import os
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from navet.errors import Refused

MEDIA_TYPE = "image/webp"  # every browser since 2020 shows it
KINDS = ("JPEG", "PNG", "WEBP")  # no SVG: it is a program, not a picture
ACCEPT = "image/jpeg,image/png,image/webp"
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000  # unpacked, at most 200 MB for a moment
LARGEST = 1600  # pixels, the longer side
SMALLER = (800, 480)  # pixels wide, for cards and telephones
LEAST_WIDTH, LEAST_HEIGHT = 480, 240  # of what is shown; less is a smear on a card
_QUALITY = 82
_DIGEST_CHARACTERS = 32  # 128 bits


class NotAPicture(Refused):
    code = "not_a_picture"
    field = "picture"
    status = 400
    message = _("This is no picture that we can read. Choose a whole file of the kind JPEG, PNG or WebP.")


class PictureTooLarge(Refused):
    code = "picture_too_large"
    field = "picture"
    status = 413
    message = _("The file is larger than 10 MB. Save the picture smaller, and try again.")


class TooManyPixels(Refused):
    code = "too_many_pixels"
    field = "picture"
    status = 400
    message = _("The picture has more than 50 million pixels. Save it smaller, and try again.")


class PictureTooSmall(Refused):
    code = "picture_too_small"
    field = "picture"
    status = 400
    message = _("The picture is too small: it must be at least 480 pixels wide and 240 high.")


@dataclass(frozen=True)
class Rendition:
    """The picture in one size, as WebP; width and height in pixels."""

    width: int
    height: int
    content: bytes

    @cached_property
    def digest(self) -> str:
        """Of the content, and so its name: other bytes have another."""
        return digest(self.content)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_DIGEST_CHARACTERS]


def renditions(source: BinaryIO) -> list[Rendition]:
    """The picture in every size it is shown in, the largest first, for a file that can be sought in.

    Raises PictureTooLarge, TooManyPixels, PictureTooSmall, NotAPicture.
    """
    if source.seek(0, os.SEEK_END) > MOST_BYTES:
        raise PictureTooLarge
    source.seek(0)
    whole = _pixels(source)
    if whole.width < LEAST_WIDTH or whole.height < LEAST_HEIGHT:
        raise PictureTooSmall
    widths = [whole.width, *(width for width in SMALLER if width < whole.width)]
    return [_rendition(whole, width) for width in widths]


def _pixels(source: BinaryIO) -> Image.Image:
    """Nothing but red, green and blue, upright, at most `LARGEST`."""
    try:
        image = Image.open(source, formats=KINDS)  # reads the head only
        if image.width * image.height > MOST_PIXELS:
            raise TooManyPixels
        return _plain(image)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooManyPixels from bomb
    except Exception as fault:  # what a broken file makes a decoder say is of no one kind
        raise NotAPicture from fault


def _plain(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    has_alpha = image.has_transparency_data
    if image.mode.startswith("I"):  # sixteen bits of grey
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if has_alpha or image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    if has_alpha:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image).convert("RGB")
    image = _in_colours_of_the_web(image, profile)
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def _in_colours_of_the_web(image: Image.Image, profile: bytes | None) -> Image.Image:
    """A telephone's wider colours look grey where its profile is dropped and not followed; a broken profile is dropped."""
    if profile:
        try:
            return ImageCms.profileToProfile(
                image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            ) or image.convert("RGB")
        except ImageCms.PyCMSError:
            pass
    return image.convert("RGB")


def _rendition(whole: Image.Image, width: int) -> Rendition:
    height = max(1, round(whole.height * width / whole.width))
    sized = whole if width == whole.width else whole.resize((width, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    sized.save(written, "WEBP", quality=_QUALITY, method=4)
    return Rendition(width, height, written.getvalue())
