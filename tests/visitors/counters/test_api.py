"""Door counts through the API: the three makes of device, replays, and who may post and see."""

import datetime as dt

import pytest
import time_machine

from navet import periods
from tests.visitors.counters import making
from tests.visitors.counters.making import DAY, NOON, URL, counter, key_of, manager, own, registered
from visitors.counters import days
from visitors.counters.models import Correction, Delivery, Reading
from visitors.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_clock_stands_at_noon(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with time_machine.travel(NOON, tick=False):
        yield


def post(client, key: str, body: object, path: str = URL):
    return client.post(
        path, body, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )


def ms(clock: str) -> int:
    return int(periods.at(DAY, dt.time.fromisoformat(clock)).timestamp() * 1000)


def test_our_own_format_is_kept_and_counted(client):
    key = key_of(counter())

    answer = post(client, key, own(at_9=30, at_10=20))

    assert (answer.status_code, answer.json()["duplicate"], answer.json()["new_readings"]) == (201, False, 2)
    assert (days.on(DAY).entered, days.on(DAY).left) == (50, 46)
    kept = Delivery.objects.get()
    assert kept.payload == own(at_9=30, at_10=20)
    assert (kept.received_at, kept.device.name) == (NOON, "Huvudentrén")


def test_the_same_delivery_again_is_recognised_and_changes_nothing(client):
    key = key_of(counter())
    first, again = (post(client, key, own(at_9=30)) for _ in range(2))
    assert (again.status_code, again.json()["duplicate"]) == (200, True)
    assert again.json()["delivery"] == first.json()["delivery"]
    third = post(client, key, own(at_9=30, at_10=1))
    assert (third.status_code, third.json()["readings"], third.json()["new_readings"]) == (201, 2, 1)
    assert (Delivery.objects.count(), Reading.objects.count(), days.on(DAY).entered) == (2, 2, 31)


def test_an_axis_device_sends_running_sums_in_local_time(client):
    key = key_of(counter(kind="axis", serial="00408CAC512B"))
    for clock, entered in (("09:00", 12), ("10:00", 40), ("11:00", 55)):
        at = periods.at(DAY, dt.time.fromisoformat(clock))
        assert post(client, key, making.axis(at, entered, entered // 2)).status_code == 201
    found = days.on(DAY)
    assert (found.entered, found.left) == (43, 21)
    hours = {hour.astimezone(periods.HOUSE_ZONE).hour: n for hour, n in found.hours.items()}
    assert hours == {9: 28, 10: 15}


def test_a_xovis_sensor_sends_what_its_logics_counted(client):
    key = key_of(counter(kind="xovis"))
    body = {
        "logics_data": {
            "package_info": {"version": "5.0", "id": 28, "agent_id": 1008},
            "sensor_info": {"serial_number": "80:1F:12:00:00:01", "type": "SINGLE_SENSOR", "timezone": "Europe/Stockholm"},
            "logics": [
                {"id": 1, "name": "Zone 0", "info": "XLT_4X_ZONE_COUNT", "geometries": [], "records": [
                    {"from": ms("09:00"), "to": ms("09:01"), "counts": [{"id": 1, "name": "balance", "value": -2}]}]},
                {"id": 2, "name": "Logic", "geometries": [{"id": 2, "type": "LINE", "name": "Line 0"}], "records": [
                    {"from": ms("09:00"), "to": ms("09:01"),
                     "counts": [{"id": 2, "name": "fw", "value": 5}, {"id": 3, "name": "bw", "value": 1}]},
                    {"from": "2026-03-12T09:01:00+01:00", "to": "2026-03-12T09:02:00+01:00",
                     "counts": [{"id": 2, "name": "fw", "value": 2}]}]},
            ],
        }
    }  # fmt: skip
    assert post(client, key, body).status_code == 201
    assert (days.on(DAY).entered, days.on(DAY).left) == (7, 1)
    assert set(Reading.objects.values_list("line", flat=True)) == {"Line 0"}


def frame(clock: str, kind: str, *events: str, track: int = 1) -> dict:
    return {
        "framenumber": track,
        "time": ms(clock),
        "tracked_objects": [
            {"track_id": track, "type": kind, "position": [0.1, 0.2, 1.7], "attributes": {}}
        ],
        "events": [
            {"category": "SCENE", "type": event,
             "attributes": {"track_id": track, "sequence_number": 0, "geometry_id": 2, "geometry_type": "LINE",
                            "geometry_name": "Line 0"}}
            for event in events
        ],
    }  # fmt: skip


def test_a_xovis_group_is_not_counted_beside_its_persons_and_nobody_s_place_is_kept(client):
    key = key_of(counter(kind="xovis"))
    frames = [
        frame("09:00:01", "PERSON", "LINE_CROSS_FORWARD", track=1),
        frame("09:00:02", "PERSON", "LINE_CROSS_FORWARD", track=2),
        frame("09:00:03", "GROUP", "LINE_CROSS_FORWARD", track=3),
        frame("09:00:04", "PERSON", "ZONE_ENTRY", "LINE_CROSS_BACKWARD", track=4),
    ]
    assert post(client, key, {"live_data": {"frames": frames}}).status_code == 201
    assert (days.on(DAY).entered, days.on(DAY).left) == (2, 1)
    assert "position" not in str(Delivery.objects.get().payload)


def test_a_xovis_status_tells_the_clock_and_the_rest_of_it_is_not_kept(client):
    at_door = counter(kind="xovis")
    key = key_of(at_door)
    states = {
        "time": {"state": {"details": {"time": "2026-03-12T11:30:00+01:00"}}},
        "push": {"server": "https://example.org/?secret=hemligt"},
    }
    assert post(client, key, {"status_data": {"states": states}}).status_code == 201
    assert "hemligt" not in str(Delivery.objects.get().payload)
    post(client, key, {"live_data": {"frames": [frame("09:45", "PERSON", "LINE_CROSS_FORWARD")]}})
    found = days.on(DAY)
    assert [(mark.kind, mark.seconds) for mark in found.marks] == [("clock_wrong", 1800)]
    assert [hour.astimezone(periods.HOUSE_ZONE).hour for hour in found.hours] == [10]


def test_a_counter_that_was_turned_counts_in_as_out(client):
    key = key_of(counter(direction="outwards"))
    post(client, key, own(at_9=30))
    assert (days.on(DAY).entered, days.on(DAY).left) == (28, 30)


def test_what_was_counted_before_the_counter_came_to_its_door_is_kept_and_not_counted(client):
    key = key_of(counter(placed_from=DAY + dt.timedelta(days=1)))
    assert post(client, key, own(at_9=30)).status_code == 201
    assert days.on(DAY).entered is None


def test_management_sees_the_days_approves_and_takes_back(client):
    post(client, key_of(counter()), own(at_9=30))
    registered(25)
    with time_machine.travel(making.MORNING_AFTER, tick=False):
        client.force_login(manager())
        seen = client.get(f"/api/v1/door-days/?from={DAY}&to={DAY}").json()["days"][0]
        assert (seen["entered"], seen["corrected"], seen["registered"], seen["difference"]) == (30, 30, 25, 5)

        path, body = f"/api/v1/door-days/{DAY}/correction/", {"difference": 5, "reason": "En familj till"}
        done = client.post(path, body, content_type="application/json")
        again = client.post(path, body, content_type="application/json")

        assert (done.status_code, done.json()["heads"], done.json()["by"]) == (201, 5, "Lena Ledning 1")
        assert (again.status_code, again.json()["code"]) == (409, "already_corrected")
        back = client.post(f"{path}take-back/", {"reason": "Fel"}, content_type="application/json")
        assert (back.status_code, back.json()["taken_back_at"]) == (200, "2026-03-13T08:00:00+01:00")
    assert list(Visit.objects.order_by("pk").values_list("count", flat=True)) == [25, 5, -5]
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("management", 200), ("planner", 200), ("desk", 403), ("educator", 403)]
)
def test_who_may_see_the_days(client, role, status):
    client.force_login(making.user(role, email=f"{role}@navet.example"))
    assert client.get(f"/api/v1/door-days/?from={DAY}&to={DAY}").status_code == status


def test_a_planner_may_not_approve_and_a_counter_may_do_nothing_else(client):
    key = key_of(counter())
    said = client.get("/api/v1/me/", headers={"Authorization": f"Bearer {key}"}).json()
    assert said["capabilities"] == ["counts.post"]
    assert post(client, key, {"category": "adult", "count": 1}, "/api/v1/visits/").status_code == 403
    client.force_login(making.user("planner", email="planner@navet.example"))
    path = f"/api/v1/door-days/{DAY}/correction/"
    assert client.post(path, {}, content_type="application/json").status_code == 403
