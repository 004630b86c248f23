"""The marks of the alerts: management's, where it has set one, else the house's."""

from collections.abc import Mapping

import pghistory
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from navet.accounts.models import User
from navet.errors import Refused
from worker.models import Threshold

Name = Threshold.Name
DEFAULTS: dict[str, int] = {Name.WEEK_FILL: 50, Name.MINIMUM_DAYS: 14, Name.REPEAT_DAYS: 28}
LIMITS: dict[str, tuple[int, int]] = {
    Name.WEEK_FILL: (0, 100),
    Name.MINIMUM_DAYS: (0, 60),
    Name.REPEAT_DAYS: (0, 365),
}


class OutOfBounds(Refused):
    code = "threshold_out_of_bounds"
    message = _("This mark is not within its bounds.")


class NothingChanged(Refused):
    code = "nothing_changed"
    message = _("Nothing was changed.")


def in_force() -> dict[str, int]:
    """Name -> value. One query."""
    return DEFAULTS | dict(Threshold.objects.values_list("name", "value"))


@transaction.atomic
def decide(values: Mapping[str, int], *, by: User) -> None:
    """Let these marks hold from now on; who changed what stands in their history. Raises OutOfBounds, NothingChanged."""
    for name, value in values.items():
        lowest, highest = LIMITS[name]
        if not lowest <= value <= highest:
            raise OutOfBounds()
    now = in_force()
    changed = {name: value for name, value in values.items() if now[name] != value}
    if not changed:
        raise NothingChanged()
    with pghistory.context(user=by.pk):
        for name, value in changed.items():
            Threshold.objects.update_or_create(name=name, defaults={"value": value})
