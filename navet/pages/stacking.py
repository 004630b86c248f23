"""A table that a telephone shows as a stack: each cell is told the heading of its column, which stands before it there."""

import re
from collections.abc import Iterator

from django.utils.html import strip_tags

_HEADING = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b([^>]*)>")
_SPAN = re.compile(r'colspan="(\d+)"')


def labelled(content: str) -> str:
    """The rows of a table's head, body and foot, with `data-label` on each cell that is no heading of its row. The head is one row.

    A cell beyond the last heading, or below an empty one, stays as it is.
    """
    head, end, rows = content.partition("</thead>")
    said = (" ".join(strip_tags(text).split()).replace('"', "&quot;") for text in _HEADING.findall(head))
    labels = dict(enumerate(said))
    return head + end + _ROW.sub(lambda row: _row(row[0], labels), rows)


def _row(row: str, labels: dict[int, str]) -> str:
    columns = _columns(row)
    return _CELL.sub(lambda cell: _cell(cell, labels.get(next(columns), "")), row)


def _columns(row: str) -> Iterator[int]:
    """The column in which each cell begins."""
    at = 0
    for cell in _CELL.finditer(row):
        yield at
        span = _SPAN.search(cell[2])
        at += int(span[1]) if span else 1


def _cell(cell: re.Match[str], label: str) -> str:
    return cell[0] if cell[1] == "th" or not label else f'<td data-label="{label}"{cell[2]}>'
