"""Documents as PDF, tagged for readers (PDF/UA-1), and pictures as PNG: a Typst template and the words and figures that go into it."""

import json
from pathlib import Path
from typing import Any

import typst


def made(template: Path, data: dict[str, Any]) -> bytes:
    """The template gets `data` as text, never as markup; the same data make the same document."""
    return typst.compile(
        str(template),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )


def picture(svg: str) -> bytes:
    """An SVG as PNG, 1080 pixels wide on white: mail programs show no SVG. Its text is set in Libertinus Serif."""
    return typst.compile(
        str(Path(__file__).with_name("picture.typ")),
        format="png",
        ppi=144,
        sys_inputs={"svg": svg},
        ignore_system_fonts=True,
    )
