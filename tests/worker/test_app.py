import pytest

from worker.app import TASK_LIMIT, app


@pytest.fixture(scope="module", autouse=True)
def loaded():
    app.loader.import_default_modules()


def test_every_entry_of_the_schedule_names_a_task():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_every_task_of_ours_is_in_the_schedule():
    asked_by_another = {"worker.ask_door_counter"}  # one for each device that is due
    ours = {name for name in app.tasks if name.startswith("worker.")} - asked_by_another
    assert ours == {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_a_message_comes_back_only_after_its_task_must_have_ended():
    assert app.conf.broker_transport_options["visibility_timeout"] > TASK_LIMIT
    assert app.conf.task_time_limit == TASK_LIMIT
    assert app.conf.task_acks_late is True


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({entry["task"] for entry in app.conf.beat_schedule.values()}))
def test_every_task_runs_on_an_empty_house(name, settings):
    settings.OUTBOX_WAKE = "builtins.dict"
    app.loader.import_default_modules()
    app.tasks[name]()
