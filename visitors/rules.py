"""What Navet may set about the desk (settings.VISITORS, listed in docs/running.md), with the house's defaults."""

import datetime as dt

from django.conf import settings

DEFAULTS = {
    "check_in_grace_minutes": 0,  # how long before and after its day a party may still be checked in
    "walk_in_stay_minutes": 120,  # how long a walk-in is taken to stay
    "late_stay_minutes": 60,  # how long a party stays that comes when its visit was to end
    "clock_drift_minutes": 2,  # how far ahead of ours the clock of a desk without a network may be
    "pass_holder_days": 90,  # how long after its last day an annual pass remembers its holder
    "pass_reminder_days": 14,  # how long before its last day an annual pass is reminded of; 0 for never
    "most_heads_at_once": 500,  # more than this in one entry is a slip of the finger
}


def value(name: str) -> int:
    """The setting `name`, a whole number. Raises KeyError for a name that is no setting of ours."""
    return int({**DEFAULTS, **getattr(settings, "VISITORS", {})}[name])


def minutes(name: str) -> dt.timedelta:
    return dt.timedelta(minutes=value(name))
