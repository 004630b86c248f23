"""A table as a file: CSV that Swedish spreadsheets open right, and XLSX. No cell ever becomes a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

from navet.pages import formats

CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_WIDEST = 60  # characters of a column


def download(kind: str, *, name: str, heading: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as an attachment called `name` with the kind's ending. Raises KeyError for a kind other than csv and xlsx.

    Cells are texts, numbers, None, dates or aware moments; moments are written as the clock in Borås, money (a Decimal) as
    Swedish spreadsheets read it: with a comma.
    """
    content_type = CONTENT_TYPES[kind]
    content = to_csv(heading, rows) if kind == CSV else to_xlsx(heading, rows, sheet=name)
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def to_csv(heading: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """Semicolons and a byte order mark, as Excel in Swedish expects; texts that look like formulas get an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_csv_cell(cell) for cell in heading])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, dt.datetime):
        return f"{formats.local(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def to_xlsx(heading: Sequence[Any], rows: Iterable[Sequence[Any]], *, sheet: str) -> bytes:
    """One sheet with a frozen, filtered heading; dates are dates and numbers numbers."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        bold = book.add_format({"bold": True})
        shapes = {
            dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            dt.time: book.add_format({"num_format": "hh:mm"}),
        }
        widths = [_write_row(page, 0, [str(cell) for cell in heading], {str: bold})]
        widths += [_write_row(page, number, row, shapes) for number, row in enumerate(rows, start=1)]
        for column, longest in enumerate(map(max, zip(*widths, strict=True))):
            page.set_column(column, column, min(longest + 2, _WIDEST))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(widths) - 1, max(len(heading) - 1, 0))
    return out.getvalue()


def _write_row(page: Any, number: int, row: Sequence[Any], shapes: dict[type, Any]) -> list[int]:
    """Write the cells and return how wide each is, in characters."""
    widths = []
    for column, raw in enumerate(row):
        cell = formats.local(raw) if isinstance(raw, dt.datetime) else raw
        if isinstance(cell, Decimal):
            cell = float(cell)  # kronor and öre are exact in it far beyond what a house takes
        if not isinstance(cell, str | int | float | dt.date | dt.time | type(None)):
            cell = str(cell)  # a translation in waiting, a model
        page.write(number, column, cell, shapes.get(type(cell)))
        widths.append(len(str(_csv_cell(raw))))
    return widths


def _sheet_name(name: str) -> str:
    """At most 31 characters, without those a sheet may not have."""
    return "".join(char for char in str(name) if char not in "[]:*?/\\'")[:31] or "1"
