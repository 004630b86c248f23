"""Wrong input from the doors: keys that are no counter's, bodies that no counter sends, and what may not be approved."""

import datetime as dt
from typing import Any

from tests.hostile import callers
from tests.hostile.rows import Row, request
from tests.hostile.world import NOW, TODAY

DOOR = "/api/v1/door-counts/"
A_DAY = dt.timedelta(days=1)


def at(hours: float) -> str:
    """An hour count from now, as our own format writes it."""
    return (NOW + dt.timedelta(hours=hours)).isoformat()


def own(
    sent: str, status: int, said: str, field: str = "", *, who: Any = callers.counter, **changed: Any
) -> Row:
    reading = {"from": at(-2), "to": at(-1), "in": 12, "out": 3, **changed}
    body = {"readings": [{name: part for name, part in reading.items() if part != "left out"}]}
    return door(sent, body, status, said, field, who=who)


def door(sent: str, body: Any, status: int, said: str, field: str = "", *, who: Any = callers.counter) -> Row:
    return Row(sent, f"POST {DOOR}", request("POST", DOOR, body), status, said, field, who)


def axis(sent: str, status: int, said: str, field: str = "", **changed: Any) -> Row:
    body = {
        "serial": "00408CAC512B",
        "name": "Exit",
        "timestamp": "20260112080000",
        "in": 12,
        "out": 3,
        **changed,
    }
    return door(sent, body, status, said, field, who=callers.axis_counter)


def logics(sent: str, status: int, said: str, field: str = "", **changed: Any) -> Row:
    record = {"from": 1768200000000, "to": 1768200060000, "counts": [{"name": "fw", "value": 1}], **changed}
    body = {"logics_data": {"logics": [{"id": 1, "name": "Line 0", "records": [record]}]}}
    return door(sent, body, status, said, field, who=callers.xovis_counter)


def approve(
    sent: str, day: Any, body: Any, status: int, said: str, field: str = "", *, who: Any = None
) -> Row:
    path = f"/api/v1/door-days/{day}/correction/"
    return Row(sent, f"POST {path}", request("POST", path, body), status, said, field, who or callers.planner)


FIRST = "readings[0]"
KEYS = [
    own("a count by nobody", 401, "not_authenticated", who=callers.anybody),
    own("a count with a forged key", 401, "not_authenticated", who=callers.forged),
    own("a count with a revoked counter's key", 401, "not_authenticated", who=callers.revoked_counter),
    own("a count with a key that has expired", 401, "not_authenticated", who=callers.expired_counter),
    own("a count with a desk device's key", 403, "permission_denied", who=callers.device),
    own("a count by staff with every role", 403, "permission_denied", who=callers.planner),
    own("a count with a key that belongs to no counter", 403, "not_a_counter", who=callers.stray_counter),
    own("a count from a counter that was put aside", 409, "counter_not_active", who=callers.idle_counter),
    Row("a check-in with a counter's key", "POST /api/v1/check-ins/",
        request("POST", "/api/v1/check-ins/", {}), 403, "permission_denied", "", callers.counter),
    Row("the day list with a counter's key", "GET /api/v1/arrivals/",
        request("GET", "/api/v1/arrivals/"), 403, "permission_denied", "", callers.counter),
]  # fmt: skip
OWN = [
    own("in: -1", 400, "invalid", f"{FIRST}.in", **{"in": -1}),
    own('in: "12" (text)', 400, "invalid", f"{FIRST}.in", **{"in": "12"}),
    own("in: 1.5", 400, "invalid", f"{FIRST}.in", **{"in": 1.5}),
    own("in: true", 400, "invalid", f"{FIRST}.in", **{"in": True}),
    own("in: null", 400, "invalid", f"{FIRST}.in", **{"in": None}),
    own("in: 100 001", 400, "invalid", f"{FIRST}.in", **{"in": 100_001}),
    own("in: a number of 30 digits", 400, "number_out_of_range", **{"in": 10**30}),
    own("out left out", 400, "invalid", f"{FIRST}.out", out="left out"),
    own("to before from", 400, "invalid", f"{FIRST}.to", to=at(-3)),
    own("to at from", 400, "invalid", f"{FIRST}.to", to=at(-2)),
    own("a period of two days", 400, "invalid", f"{FIRST}.to", **{"from": at(-49)}),
    own("a time without its offset", 400, "invalid", f"{FIRST}.to", to="2026-01-12T08:00:00"),
    own("30 February", 400, "invalid", f"{FIRST}.to", to="2026-02-30T08:00:00+01:00"),
    own("year 1", 400, "invalid", f"{FIRST}.from", **{"from": "0001-01-01T00:00:00+00:00"}),
    own("year 9999", 400, "invalid", f"{FIRST}.to", to="9999-12-31T23:59:59-12:00"),
    own("a count of next week", 409, "counted_in_the_future", **{"from": at(170), "to": at(171)}),
    own("an unknown field", 400, "invalid", f"{FIRST}.total", total=15),
    door("no readings", {"readings": []}, 400, "invalid", "readings"),
    door("readings: an object", {"readings": {}}, 400, "invalid", "readings"),
    door("2 001 readings", {"readings": [{"from": at(-2), "to": at(-1), "in": 1, "out": 1}] * 2001}, 400, "invalid",
         "readings"),
    door("a body over 1 MiB", '{"readings": "' + "a" * 1_100_000 + '"}', 413, "too_large"),
    door("a broken JSON body", '{"readings": [', 400, "malformed_json"),
    door("NaN", '{"readings": [{"in": NaN}]}', 400, "malformed_json"),
    door("an empty body", {}, 400, "invalid"),
    door("a shape of nobody's", {"visitors": 12}, 400, "invalid"),
    door("two shapes at once", {"readings": [], "logics_data": {}}, 400, "invalid", "logics_data"),
    door("sent_at of another year", {"readings": [{"from": at(-2), "to": at(-1), "in": 1, "out": 1}],
         "sent_at": "2024-01-12T09:00:00+01:00"}, 409, "clock_far_off"),
    door("an Axis body from a counter of our own",
         {"serial": "x", "name": "", "timestamp": "20260112080000", "in": 1, "out": 1}, 409, "wrong_shape_for_counter"),
]  # fmt: skip
AXIS = [
    axis("timestamp: 30 February", 400, "invalid", "timestamp", timestamp="20260230080000"),
    axis("timestamp: 25 o'clock", 400, "invalid", "timestamp", timestamp="20260112250000"),
    axis("timestamp: text", 400, "invalid", "timestamp", timestamp="igår"),
    axis("timestamp: a number", 400, "invalid", "timestamp", timestamp=20260112080000),
    axis(
        "timestamp: of 1970, as after a flat battery", 400, "invalid", "timestamp", timestamp="19700101000000"
    ),
    axis("timestamp: next month", 409, "counted_in_the_future", timestamp="20260212080000"),
    axis("in: -1", 400, "invalid", "in", **{"in": -1}),
    axis("in: 3 000 000 000", 400, "invalid", "in", **{"in": 3 * 10**9}),
    axis("serial: another device's", 409, "wrong_serial_number", "serial", serial="ACCC8E000001"),
    axis("name with a line break", 400, "invalid", "name", name="a\nb"),
    axis("an unknown field", 400, "invalid", "total", total=1),
]
RECORD = "logics_data.logics[0].records[0]"
XOVIS = [
    logics("fw: -1", 400, "invalid", f"{RECORD}.counts[0].value", counts=[{"name": "fw", "value": -1}]),
    logics("fw: text", 400, "invalid", f"{RECORD}.counts[0].value", counts=[{"name": "fw", "value": "1"}]),
    logics("counts: an object", 400, "invalid", f"{RECORD}.counts", counts={"fw": 1}),
    logics("from: true", 400, "invalid", f"{RECORD}.from", **{"from": True}),
    logics("from: in seconds, not milliseconds", 400, "invalid", f"{RECORD}.from", **{"from": 1768200000}),
    logics("to: year 10000", 400, "invalid", f"{RECORD}.to", to=253402300800000),
    logics("to: 1e300", 400, "invalid", f"{RECORD}.to", to=1e300),
    logics("to before from", 400, "invalid", f"{RECORD}.to", to=1768190000000),
    door("logics_data: null", {"logics_data": None}, 400, "invalid", "logics_data", who=callers.xovis_counter),
    door("a frame without a time", {"live_data": {"frames": [{"events": []}]}}, 400, "invalid",
         "live_data.frames[0].time", who=callers.xovis_counter),
    door("states: a list", {"status_data": {"states": []}}, 400, "invalid", "status_data.states",
         who=callers.xovis_counter),
    door("a status whose clock is a year wrong",
         {"status_data": {"states": {"time": {"state": {"details": {"time": "2025-01-12T09:00:00+01:00"}}}}}},
         409, "clock_far_off", who=callers.xovis_counter),
]  # fmt: skip
APPROVALS = [
    approve("an approval by nobody", TODAY - A_DAY, {}, 401, "not_authenticated", who=callers.anybody),
    approve("an approval by the desk", TODAY - A_DAY, {}, 403, "permission_denied", who=callers.desk),
    approve("an approval with a counter's key", TODAY - A_DAY, {}, 403, "permission_denied", who=callers.counter),
    approve("without a reason", TODAY - A_DAY, {"difference": 30}, 400, "invalid", "reason"),
    approve("a reason of spaces", TODAY - A_DAY, {"difference": 30, "reason": "  "}, 400, "invalid", "reason"),
    approve("another difference than there is", TODAY - A_DAY, {"difference": 3, "reason": "x"}, 409,
            "difference_changed", "difference"),
    approve("a day that is not over", TODAY, {"difference": 3, "reason": "x"}, 409, "day_not_over", "day"),
    approve("a day to come", TODAY + A_DAY, {"difference": 3, "reason": "x"}, 409, "day_not_over", "day"),
    approve("a day without counts", TODAY - 9 * A_DAY, {"difference": 3, "reason": "x"}, 409, "nothing_counted"),
    approve("a day that does not exist", "2026-02-30", {"difference": 3, "reason": "x"}, 404, "not_found"),
    approve("a day that is a word", "igar", {"difference": 3, "reason": "x"}, 404, "not_found"),
    Row("a correction taken back that never was", f"POST /api/v1/door-days/{TODAY - A_DAY}/correction/take-back/",
        request("POST", f"/api/v1/door-days/{TODAY - A_DAY}/correction/take-back/", {"reason": "x"}), 409,
        "no_correction", "", callers.planner),
    Row("door days of 101 days", "GET /api/v1/door-days/",
        request("GET", "/api/v1/door-days/?from=2026-01-01&to=2026-04-11"), 400, "invalid", "to", callers.planner),
    Row("door days without an end", "GET /api/v1/door-days/",
        request("GET", "/api/v1/door-days/?from=2026-01-01"), 400, "invalid", "to", callers.planner),
    Row("door days, by the desk", "GET /api/v1/door-days/",
        request("GET", "/api/v1/door-days/?from=2026-01-01&to=2026-01-02"), 403, "permission_denied", "",
        callers.desk),
]  # fmt: skip
ROWS = [*KEYS, *OWN, *AXIS, *XOVIS, *APPROVALS]
