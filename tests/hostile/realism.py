"""Names, codes and ids that exist, in part of what schemathesis makes up: made-up ones reach little but 404."""

import zlib
from typing import Any

from schemathesis import Case
from schemathesis.core.parameters import ParameterLocation as Where
from schemathesis.generation import GenerationMode

from tests.hostile.world import World

TAPPED = "2026-03-03T09:00:00+01:00"  # a moment of this century, which a schema cannot say


def make_real(case: Case, world: World) -> None:
    """Give valid parts something real to refer to, addresses in three cases of four; what is wrong stays wrong."""
    dice = zlib.crc32(repr((case.path_parameters, case.query, case.body)).encode())
    if dice % 4 and _valid(case, Where.PATH):
        _address(case, world, dice)
    if _valid(case, Where.QUERY):
        case.query = _query(case.query or {})
        if case.operation.path == "/api/v1/visits/":
            case.query = _of_a_day_or_a_year(case.query)
    if _valid(case, Where.BODY) and isinstance(case.body, dict) and "door-counts" in case.operation.path:
        case.body = _counted(case.body)
    elif _valid(case, Where.BODY) and isinstance(case.body, dict):
        case.body = _body(case.body, world, dice)
        if case.operation.path == "/api/v1/visits/":
            case.body = _of_a_ticket_or_a_category(case.body)
    if _valid(case, Where.HEADER) and case.headers and "If-Match" in case.headers:
        case.headers["If-Match"] = ['"v1"', "*", '"v2"'][dice % 3]


def _valid(case: Case, where: Where) -> bool:
    part = case.meta.components.get(where) if case.meta else None
    return part is None or part.mode == GenerationMode.POSITIVE


def _address(case: Case, world: World, dice: int) -> None:
    path, named = case.operation.path, case.path_parameters or {}
    if "pk" in named or "id" in named:
        name = "pk" if "pk" in named else "id"
        named[name] = _one(_ids(path, world), dice)
    if "slug" in named:
        named["slug"] = world.programme.slug
    if "code" in named and "problems" in path:
        named["code"] = "session_full"
    elif "day" in named:
        named["day"] = _one(["2026-01-11", "2026-01-12"], dice)
    elif "code" in named:
        named["code"] = _one(_codes(path, world), dice)


def _ids(path: str, world: World) -> list[int]:
    if "series" in path:
        return [world.series.pk]
    if "check-ins" in path:
        return [world.received.pk]
    if "visits" in path:
        return [world.walk_in.pk]
    return [world.open.pk, world.mine.session_id, world.cancelled.pk, world.begun.pk, world.unpublished.pk]


def _codes(path: str, world: World) -> list[str]:
    if "group-bookings" in path:
        return [world.party.code, world.others_party.code, world.held_party.code]
    if "course-registrations" in path:
        return [world.registration.code, world.others_registration.code, world.held_registration.code]
    if "ticket-bookings" in path:
        return [world.tickets.code, world.others_tickets.code, world.held_tickets.code]
    if "arrivals" in path:
        return [world.arrival.code, world.received.arrival.code, world.gone.code]
    return [world.mine.code, world.theirs.code, world.held.code]


_DAYS = ("date", "from", "to", "first", "last", "as_of", "until")
_MOMENTS = ("paid_from", "paid_before")


def _of_a_day_or_a_year(query: dict[str, Any]) -> dict[str, Any]:
    """What is asked of a year is not asked of a day, which a schema of parameters cannot say."""
    gone = {"date"} if "year" in query else {"until", "indicator", "rules", "month"}
    return {name: value for name, value in query.items() if name not in gone}


def _of_a_ticket_or_a_category(body: dict[str, Any]) -> dict[str, Any]:
    """A tap is of one of the two, and a pass is shown with a category; a schema of fields cannot say that."""
    if "ticket" in body and "annual_pass" not in body:
        return {name: value for name, value in body.items() if name != "category"} | {"ticket": "family"}
    return {name: value for name, value in body.items() if name != "ticket"} | {
        "category": body.get("category", "adult")
    }


def _query(query: dict[str, Any]) -> dict[str, Any]:
    """Without a cursor, which only we can make, and with days of this century, which a schema cannot say."""
    days = {name: "2026-03-03" for name in _DAYS if name in query}
    days |= {name: TAPPED for name in _MOMENTS if name in query}
    return {name: _plain(value) for name, value in query.items() if name != "cursor"} | days


def _plain(value: Any) -> Any:
    """Text on one line of characters that can be written, which no schema keyword says readably; as long as it was."""
    return "".join(c if c.isprintable() else "x" for c in value) if isinstance(value, str) else value


def _body(body: dict[str, Any], world: World, dice: int) -> dict[str, Any]:
    real: dict[str, Any] = {
        "programme": world.programme.slug,
        "rooms": [world.room.slug],
        "educators": [world.educator.pk],
        "breaks": [],
        "capacity": 60,
        "max_groups": 2,
        # What a schema cannot say: how these go with the other fields, and which characters text may not have.
        "needs": {"wheelchair": 1},
        "final_count": False,
        "override_reason": "",  # of a planner's; beyond the limit of the house it is the same field
        "release_at": "2026-02-01T08:00:00+01:00",
        "checked_in_at": TAPPED,
        "at": TAPPED,
        "municipality": "1466",
        "skip_breaks_of": "1466",
        "arrival": _one([world.arrival.code, world.received.arrival.code, world.tomorrow.code], dice),
        "session": _one([world.open.pk, world.full.pk, world.other.pk], dice),
        "school": world.school.pk,
        "school_code": world.school.code,
        "lunch": world.lunch.pk,
        "pin": world.pins["held"],
        "contact_phone": "070-174 06 05",
        "grade": "5",
        "language": "sv",
        "package": "kalas",
        "round": _one([world.course_round.pk, world.full_round.pk], dice),
        "participants": [{"name": "Ada Ek", "email": "ada.ek@skola.example"}],
        "slot": _one([world.slot.pk, world.sold_out.pk], dice),
        "starts_at": _one(["2026-03-24T09:00:00+01:00", "2026-03-24T18:00:00+01:00"], dice),
        "first_date": "2026-04-07",
        "last_date": "2026-04-17",
    }
    changed = {name: real[name] for name in body if name in real and body[name] is not None}
    if isinstance(body.get("participants"), int):
        changed.pop("participants")  # heads at the desk; names on a course
    if "pupils" in body and dice % 3:
        changed |= {"pupils": 10 + dice % 15, "adults": 2}
    if body.get("waive_fee"):
        changed["reason"] = "Sjukdom i klassen"  # who waives what is owed says why
    if "annual_pass" in body:
        changed |= {"annual_pass": world.annual_pass.code, "category": "annual_pass", "municipality": None}
    if {"session", "pupils"} <= body.keys() and "school_code" not in body:
        changed["school"] = world.school.pk  # one of the two
    if {"school", "school_code"} <= body.keys():
        changed.pop("school_code")
        body = {name: value for name, value in body.items() if name != "school_code"}
    return {name: _plain(value) for name, value in body.items()} | changed


def _counted(body: Any) -> Any:
    """Periods that end after they begin, on days that exist; text on one line; heads forward and not below none."""
    if isinstance(body, list):
        return [_counted(part) for part in body]
    if not isinstance(body, dict):
        return _plain(body)
    real: dict[str, Any] = {
        "from": "2026-01-12T07:00:00+01:00",
        "to": "2026-01-12T08:00:00+01:00",
        "time": "2026-01-12T08:00:00+01:00",
        "sent_at": "2026-01-12T09:00:00+01:00",
        "timestamp": "20260112080000",
    }
    changed = {name: real[name] for name in body if name in real}
    # Anything at all, which may hold numbers that nothing can hold.
    changed |= {name: {} for name in ("states", "attributes") if name in body}
    if isinstance(body.get("value"), int) and body.get("name") in {"fw", "bw"}:
        changed["value"] = abs(body["value"])
    return {name: _counted(part) for name, part in body.items()} | changed


def _one(choices: list[Any], dice: int) -> Any:
    return choices[dice // 4 % len(choices)]
