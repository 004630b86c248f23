"""What each kind of device says, as readings: from a body that its serializer has found right. Knows no database."""

import datetime as dt
from collections import Counter as Multiset
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from navet import periods
from visitors.counters.tally import EVENT, INTERVAL, RUNNING

Body = Mapping[str, Any]


class Told(NamedTuple):
    """One record, in heads and the device's times."""

    kind: str
    line: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime
    entered: int
    left: int


@dataclass(frozen=True)
class Said:
    """A delivery: `payload` is what is kept of it, `clock_at` the device's own time as it spoke, where it tells it."""

    shape: str
    payload: Body
    told: list[Told] = field(default_factory=list)
    serial: str = ""
    clock_at: dt.datetime | None = None


def own(data: Body, payload: Body) -> Said:
    """Our own format: heads in and out of periods."""
    told = [Told(INTERVAL, "", one["from"], one["to"], one["in"], one["out"]) for one in data["readings"]]
    return Said("own", payload, told, data.get("serial", ""), data.get("sent_at"))


def axis(data: Body, payload: Body, *, at: dt.datetime, is_answer: bool) -> Said:
    """Running sums at a time on the clock of the house. An answer to our question tells the device's time as it spoke."""
    moment = house_moment(data["timestamp"], near=at)
    told = Told(RUNNING, "", None, moment, data["in"], data["out"])
    return Said("axis", payload, [told], data["serial"], moment if is_answer else None)


def house_moment(digits: str, *, near: dt.datetime) -> dt.datetime:
    """YYYYMMDDhhmmss on the wall in Borås; of the two it is when the clocks go back, the one nearer to `near`."""
    wall = dt.datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=periods.HOUSE_ZONE)
    moments = [wall.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)]
    return min(moments, key=lambda moment: abs(near - moment))


def xovis_logics(data: Body, payload: Body) -> Said:
    """Heads forward and backward over each line, by period; zones, which hold other figures, count nobody."""
    body = data["logics_data"]
    told = [
        Told(INTERVAL, _line_of(logic), record["from"], record["to"], counts["fw"], counts["bw"])
        for logic in body["logics"]
        for record in logic["records"]
        if (counts := _by_name(record)).keys() & {"fw", "bw"}
    ]
    return Said("xovis_logics", payload, told, _serial(body))


def _by_name(record: Body) -> Multiset[str]:
    sums: Multiset[str] = Multiset()
    for count in record["counts"]:
        sums[count["name"]] += count["value"]
    return sums


def _line_of(logic: Body) -> str:
    lines = [geometry["name"] for geometry in logic.get("geometries", ()) if geometry["type"] == "LINE"]
    return lines[0] if lines else logic.get("name", "")


def xovis_live(data: Body, payload: Body) -> Said:
    """Who crossed a line in each frame. A GROUP is the persons in it once more, and is not counted."""
    body = data["live_data"]
    told = [
        Told(EVENT, line, None, frame["time"], entered, left)
        for frame in body["frames"]
        for line, (entered, left) in sorted(_crossings(frame).items())
    ]
    kept = {
        **payload["live_data"],
        "frames": [_without_places(frame) for frame in payload["live_data"]["frames"]],
    }
    return Said("xovis_live", {"live_data": kept}, told, _serial(body))


def _crossings(frame: Body) -> dict[str, tuple[int, int]]:
    groups = {o["track_id"] for o in frame.get("tracked_objects", ()) if o["type"] == "GROUP"}
    lines: dict[str, tuple[int, int]] = {}
    for event in frame.get("events", ()):
        facts = event.get("attributes", {})
        if event["type"] not in CROSSINGS or facts.get("track_id") in groups:
            continue
        line = facts.get("geometry_name", "")
        entered, left = lines.get(line, (0, 0))
        forward = event["type"] == "LINE_CROSS_FORWARD"
        lines[line] = (entered + forward, left + (not forward))
    return lines


CROSSINGS = {"LINE_CROSS_FORWARD", "LINE_CROSS_BACKWARD"}


def _without_places(frame: Body) -> Body:
    """The frame without where in the picture people stood and walked: nobody is followed here."""
    if "tracked_objects" not in frame:
        return frame
    objects = [
        {name: o[name] for name in ("track_id", "type") if name in o} for o in frame["tracked_objects"]
    ]
    return {**frame, "tracked_objects": objects}


def xovis_status(data: Body, payload: Body, *, moment: Any) -> Said:
    """How the device is, of which only its clock is read and kept: the rest holds addresses and keys.

    The clock is a reading of nobody, so that it is judged with the day's others. `moment` reads a time, or is None.
    """
    body = data["status_data"]
    clock_at = moment(_inside(body["states"], "time", "state", "details", "time"))
    kept = {
        "sensor_info": payload["status_data"].get("sensor_info"),
        "time": clock_at and clock_at.isoformat(),
    }
    told = [Told(EVENT, "", None, clock_at, 0, 0)] if clock_at else []
    return Said("xovis_status", {"status_data": kept}, told, _serial(body), clock_at)


def _inside(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _serial(body: Body) -> str:
    return body.get("sensor_info", {}).get("serial_number", "")
