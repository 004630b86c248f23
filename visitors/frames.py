"""Codes in a camera's frame, for browsers that cannot read them themselves.

A frame is a grey picture in the plainest format there is (PGM, "P5"): width, height, then one byte a pixel. Nothing is
unpacked, so a small body cannot become a large picture, and no image library is needed.
"""

import re

import zxingcpp
from django.utils.translation import gettext_lazy as _

from navet.errors import Refused

MEDIA_TYPE = "image/x-portable-graymap"
MOST_PIXELS = 512 * 1024
LEAST_SIDE, MOST_SIDE = 16, 2048
MOST_BYTES = MOST_PIXELS + 32
MOST_TEXT = 200  # an address with a code in it; the search takes no more
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_HEADER = re.compile(rb"P5\s(\d{1,4})\s(\d{1,4})\s255\s")


class NotAFrame(Refused):
    code = "not_a_frame"
    message = _("This is no grey picture of the size it says it is.")
    status = 400


class FrameTooLarge(Refused):
    code = "frame_too_large"
    message = _("The picture is larger than a code needs.")
    status = 413


def text_in(frame: bytes) -> str:
    """What the first QR code in the frame says; "" where there is none. Raises NotAFrame, FrameTooLarge."""
    found = zxingcpp.read_barcodes(_pixels(frame), formats=_QR)
    return next((code.text for code in found if 0 < len(code.text) <= MOST_TEXT), "")


def _pixels(frame: bytes) -> memoryview:
    """Rows of grey, one byte a pixel."""
    if len(frame) > MOST_BYTES:
        raise FrameTooLarge()
    header = _HEADER.match(frame)
    if header is None:
        raise NotAFrame()
    width, height = int(header[1]), int(header[2])
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        raise NotAFrame()
    pixels = memoryview(frame)[header.end() :]
    if len(pixels) != width * height:
        raise NotAFrame()
    return pixels.cast("B", shape=[height, width])
