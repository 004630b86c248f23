"""A whole house on one machine: PostgreSQL and Valkey from PyPI wheels, kept by a launcher of our own.

Settings import this module on every start, so it imports neither Django nor the servers' packages.
"""

import json
import os
from pathlib import Path

from .home import Home

__all__ = ["SANDBOX", "Home", "default_home", "known_services"]

# How processes are told of the Stripe sandbox: its key, the secret that signs its webhooks, and its address.
SANDBOX = ("STRIPE_SANDBOX_KEY", "STRIPE_SANDBOX_WEBHOOK_SECRET", "STRIPE_SANDBOX_URL")


def default_home() -> Path:
    """Return the data folder: `NAVET_HOME`, else `.navet` beside manage.py. It need not exist."""
    chosen = os.environ.get("NAVET_HOME")
    return Path(chosen).absolute() if chosen else Path(__file__).resolve().parents[2] / ".navet"


def known_services(home: Path | None = None) -> dict[str, str]:
    """Return DATABASE_URL, REDIS_URL and SECRET_KEY of the launcher that lives in `home`, or {} when none does."""
    place = Home(home or default_home())
    if not place.is_held():
        return {}
    try:
        told: dict[str, str] = json.loads(place.services_file.read_text())["environment"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return told
