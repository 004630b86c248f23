"""Colours that carry text keep 4.5:1, lines of controls 3:1, in light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

from navet import pages

TOKENS = (Path(pages.__file__).parent / "static/navet/tokens.css").read_text()
TEXT = [
    *((text, ground) for text in ("ink", "ink-soft", "primary", "accent", "stop") for ground in ("paper", "surface", "sunken")),
    *((name, f"{name}-tint") for name in ("ok", "warn", "stop")),
    ("primary-strong", "primary-tint"), ("primary", "primary-tint"), ("on-primary", "primary"),
    ("on-primary", "primary-strong"), ("on-stop", "stop"), ("on-night", "night"),
    *(("ink", f"{name}-tint") for name in ("primary", "ok", "warn", "stop", "sun", "accent")),
]  # fmt: skip
LINES = [
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("sun", "night"),
]


def palette(scheme):
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (LINES, 3)], ids=["text", "lines"])
def test_colours_keep_their_contrast(scheme, pairs, least):
    colours = palette(scheme)

    weak = {f"{a} on {b}": round(contrast(colours[a], colours[b]), 2) for a, b in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}
