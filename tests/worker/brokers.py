"""Points this process's Celery application, and its wakes, at another Redis for one test."""

import pytest

from worker import wake
from worker.app import app


def use(url: str, *, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = url
    monkeypatch.setattr(app.conf, "broker_url", url)
    # Celery keeps connections to the broker it saw first.
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    monkeypatch.setattr(wake, "_away_until", 0.0)
