"""What becomes of a picture that somebody uploads: files as cameras, drawing programs and attackers make them."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from navet.pages import pictures

ORIENTATION, GPS = 0x0112, 0x8825
TOP_LEFT = (200, 30, 30)


def photo(size: tuple[int, int] = (2400, 1600), kind: str = "JPEG", **saved) -> io.BytesIO:
    """White with a red corner at the top left."""
    image = Image.new("RGB", size, "white")
    image.paste(TOP_LEFT, (0, 0, size[0] // 4, size[1] // 4))
    return written(image, kind, **saved)


def written(image: Image.Image, kind: str, **saved) -> io.BytesIO:
    file = io.BytesIO()
    image.save(file, kind, **saved)
    return file


def of_a_telephone(orientation: int) -> bytes:
    """EXIF: how it was held, by whom, and where."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x013B] = "Maria Lind"
    exif[GPS] = {1: "N", 2: (57.0, 43.0, 12.0), 3: "E", 4: (12.0, 56.0, 24.0)}
    return exif.tobytes()


def seen(rendition: pictures.Rendition) -> Image.Image:
    image = Image.open(io.BytesIO(rendition.content))
    image.load()
    return image


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 24 for one, other in zip(colour, wanted, strict=True))


def bomb(side: int = 20_000) -> io.BytesIO:
    """A PNG of `side` × `side` black pixels in some kilobytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_in_three_sizes(kind):
    made = pictures.renditions(photo(kind=kind))
    assert [(one.width, one.height) for one in made] == [(1600, 1067), (800, 534), (480, 320)]
    for one in made:
        assert (seen(one).format, seen(one).size) == ("WEBP", (one.width, one.height))
        assert is_near(seen(one).getpixel((10, 10)), TOP_LEFT)
    assert len({one.digest for one in made}) == 3


def test_a_picture_is_never_made_larger():
    assert [(one.width, one.height) for one in pictures.renditions(photo((700, 500)))] == [
        (700, 500),
        (480, 343),
    ]


def test_the_same_file_is_the_same_address():
    assert [one.digest for one in pictures.renditions(photo())] == [
        one.digest for one in pictures.renditions(photo())
    ]


@pytest.mark.parametrize(
    ("orientation", "corner"), [(3, "bottom right"), (6, "top right"), (8, "bottom left")]
)
def test_a_picture_stands_upright_and_says_nothing_of_where_it_was_taken(orientation, corner):
    file = photo(exif=of_a_telephone(orientation))
    assert b"Maria Lind" in file.getvalue()
    made = pictures.renditions(file)[0]
    assert made.width == (1600 if orientation == 3 else 1067)
    shown = seen(made)
    at = {
        "bottom right": (made.width - 10, made.height - 10),
        "top right": (made.width - 10, 10),
        "bottom left": (10, made.height - 10),
    }[corner]
    assert is_near(shown.getpixel(at), TOP_LEFT)
    assert (dict(shown.getexif()), shown.info.get("icc_profile"), shown.info.get("xmp")) == ({}, None, None)
    for kept in (b"Maria", b"EXIF", b"XMP ", b"ICCP"):
        assert kept not in made.content


def test_words_in_a_png_stay_behind():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Maria Lind")
    file = photo(kind="PNG", pnginfo=words, exif=of_a_telephone(1))
    assert all(b"Maria" not in one.content for one in pictures.renditions(file))


def test_what_is_transparent_is_laid_on_white():
    image = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    image.paste((0, 90, 160, 255), (0, 0, 300, 400))
    shown = seen(pictures.renditions(written(image, "PNG"))[0])
    assert is_near(shown.getpixel((500, 200)), (255, 255, 255))
    assert is_near(shown.getpixel((100, 200)), (0, 90, 160))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_a_picture_of_any_kind_of_colours_is_shown(mode):
    """What is half grey comes out half grey, whatever the file keeps of it."""
    grey = Image.new("L", (600, 400), 128)
    image = (
        Image.frombytes("I;16", grey.size, struct.pack("<H", 128 * 257) * (600 * 400))
        if mode == "I;16"
        else grey.convert("RGB").convert(mode)
    )
    shown = seen(pictures.renditions(written(image, "JPEG" if mode == "CMYK" else "PNG"))[0])
    wide = shown.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert is_near(wide, (128, 128, 128))


def test_colours_of_a_profile_become_those_of_the_web():
    """Green and blue change places in this profile, as nobody would do, so that it is seen to be followed."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"gXYZ", b"tttt").replace(b"bXYZ", b"gXYZ").replace(b"tttt", b"bXYZ")
    file = written(Image.new("RGB", (600, 400), (0, 200, 0)), "PNG", icc_profile=swapped)
    red, green, blue = seen(pictures.renditions(file)[0]).getpixel((300, 200))
    assert blue > 150 > green + red


def test_a_broken_profile_is_not_followed():
    file = written(Image.new("RGB", (600, 400), (0, 200, 0)), "PNG", icc_profile=b"no profile")
    assert is_near(seen(pictures.renditions(file)[0]).getpixel((300, 200)), (0, 200, 0))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Inte en bild, utan text.",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        written(Image.new("RGB", (600, 400)), "GIF").getvalue(),
        written(Image.new("RGB", (600, 400)), "TIFF").getvalue(),
        photo().getvalue()[:2000],
        b"\xff\xd8\xff\xe0" + bytes(3000),
    ],
    ids=["nothing", "text", "SVG", "PDF", "GIF", "TIFF", "half a JPEG", "the head of a JPEG"],
)
def test_renditions_refuses_what_is_no_picture(content):
    with pytest.raises(pictures.NotAPicture):
        pictures.renditions(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_with_wrong_bytes_is_a_picture_or_refused(kind):
    """Whatever a decoder makes of it, there is no other fault."""
    whole, dice = photo((640, 480), kind).getvalue(), random.Random(4)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 12)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            made = pictures.renditions(io.BytesIO(bytes(broken[: dice.randint(20, len(broken))])))
        except (pictures.NotAPicture, pictures.PictureTooSmall, pictures.TooManyPixels):
            continue
        assert seen(made[0]).format == "WEBP"


@pytest.mark.parametrize("side", [7_100, 10_000, 20_000])
def test_a_bomb_is_not_unpacked(side):
    with pytest.raises(pictures.TooManyPixels):
        pictures.renditions(bomb(side))


def test_a_file_larger_than_ten_megabytes_is_not_read():
    with pytest.raises(pictures.PictureTooLarge):
        pictures.renditions(io.BytesIO(bytes(pictures.MOST_BYTES + 1)))


@pytest.mark.parametrize("size", [(479, 400), (2000, 239), (10_000, 300)])
def test_renditions_refuses_what_is_too_small_to_show(size):
    with pytest.raises(pictures.PictureTooSmall):
        pictures.renditions(photo(size))
