"""Rooms on hire as drawn plans, seen from above with the screen at the top, since nobody has photographs of what is invented."""

from collections.abc import Iterator
from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 800
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 60, 1130, 740  # the walls
_FIRST_ROW, _LAST_ROW, _MARGIN = 250, 690, 110
_AISLE = 70  # in the middle
_MIDDLE = (_LEFT + _RIGHT) // 2
_BEND, _TURN = 0.00011, 0.0121  # rows bend towards the screen, and chairs turn to it
_LARGEST = 1.4  # times the size that a hall of a hundred and twenty needs
_CHAIR = 26


@dataclass(frozen=True)
class _Furnishing:
    """How one place to sit at is drawn: `seats` side by side, with or without a table, so wide and so deep at most."""

    seats: int
    has_table: bool
    wide: float
    deep: float


_FURNISHINGS = {"theatre": _Furnishing(1, False, 52, 60), "classroom": _Furnishing(2, True, 128, 96)}
KINDS = tuple(_FURNISHINGS)


def drawn(kind: str, seats: int) -> str:
    """SVG of a room with exactly so many seats; the same for the same."""
    how = _FURNISHINGS[kind]
    places = -(-seats // how.seats)
    columns = _columns(places, how)
    fits = min(
        (_RIGHT - _LEFT - 2 * _MARGIN) / (columns * how.wide + _AISLE),
        (_LAST_ROW - _FIRST_ROW) / (-(-places // columns) * how.deep),
        _LARGEST,
    )
    furniture = "".join(_furniture(how, seats, places, columns))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'{_room()}<g transform="translate({_MIDDLE} {_FIRST_ROW}) scale({fits:.3f})">{furniture}</g></svg>'
    )


def _columns(places: int, how: _Furnishing) -> int:
    """An even number, about as many to the side as the room's shape asks for."""
    shape = (_RIGHT - _LEFT - 2 * _MARGIN) / (_LAST_ROW - _FIRST_ROW) * how.deep / how.wide
    return max(2, 2 * round((places * shape) ** 0.5 / 2))


def _furniture(how: _Furnishing, seats: int, places: int, columns: int) -> Iterator[str]:
    """Row by row from the screen, round the middle of the first row; the last row stands in the middle too."""
    for number in range(places):
        row, column = divmod(number, columns)
        column += (columns - min(columns, places - row * columns)) // 2
        side = -1 if column < columns / 2 else 1
        x = (column - (columns - 1) / 2) * how.wide + side * _AISLE / 2
        y = row * how.deep - x**2 * _BEND
        yield f'<g transform="translate({x:.1f} {y:.1f}) rotate({-x * _TURN:.1f})">'
        yield from _place(how, min(how.seats, seats - number * how.seats))
        yield "</g>"


def _place(how: _Furnishing, seats: int) -> Iterator[str]:
    """A table with its chairs behind it, or a chair."""
    if how.has_table:
        half = how.wide * 0.43
        yield f'<rect x="{-half:.1f}" y="-34" width="{2 * half:.1f}" height="32" rx="5" fill="#f2b233" stroke="#857a70" stroke-width="1.5"/>'
    for number in range(seats):
        yield from _chair((number - (seats - 1) / 2) * how.wide * 0.45)


def _chair(x: float) -> Iterator[str]:
    half = _CHAIR / 2
    yield f'<rect class="seat" x="{x - half:.1f}" y="4" width="{_CHAIR}" height="{_CHAIR}" rx="7" fill="#0b4f5c"/>'
    yield f'<rect x="{x - half:.1f}" y="{_CHAIR}" width="{_CHAIR}" height="8" rx="4" fill="#073944"/>'


def _room() -> str:
    """Floor, walls with a door at the back on either side, the screen and its light, and a lectern."""
    doors = "".join(
        f'<path d="M {x} {_BOTTOM} h 74" stroke="#ffffff" stroke-width="16"/>'
        f'<path d="M {x} {_BOTTOM} v -74 a 74 74 0 0 1 74 74" fill="#dcecee" stroke="#0a3540" stroke-width="2"/>'
        for x in (_LEFT + 36, _RIGHT - 110)
    )
    return (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#f1eadf"/>'
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_RIGHT - _LEFT}" height="{_BOTTOM - _TOP}" rx="6" fill="#ffffff" stroke="#0a3540" stroke-width="14"/>'
        f'<path d="M {_MIDDLE - 190} {_TOP + 26} h 380 l 70 100 h -520 z" fill="#fdf0cf"/>'
        f'<rect x="{_MIDDLE - 200}" y="{_TOP + 16}" width="400" height="12" rx="4" fill="#0a3540"/>'
        f'<rect x="{_MIDDLE + 270}" y="{_TOP + 64}" width="58" height="36" rx="6" fill="#b0371f"/>'
        f"{doors}"
    )
