"""Who may do what: eight roles, each the least that does the work. Doors ask for a capability, never for a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DESK = "desk", _("Desk")
    EDUCATOR = "educator", _("Educator")
    PLANNER = "planner", _("Planner")
    CONFERENCE_HOST = "conference_host", _("Conference host")
    FINANCE = "finance", _("Finance")
    MANAGEMENT = "management", _("Management")
    DATA_PROTECTION = "data_protection", _("Data protection")
    ADMINISTRATOR = "administrator", _("Administrator")


CAPABILITIES: dict[str, frozenset[str]] = {
    Role.DESK: frozenset({"arrivals.view", "desk.check_in", "desk.walk_in"}),
    Role.EDUCATOR: frozenset({"arrivals.view", "duties.view_own"}),
    Role.PLANNER: frozenset(
        {
            "arrivals.view",
            "capacity.view",
            "directory.view",
            "duties.view_own",
            "indicators.view",
            "outbox.view",
            "outbox.retry",
            "schools.book_for",
            "schools.override",
            "schools.plan",
            "schools.view_bookings",
        }
    ),
    Role.CONFERENCE_HOST: frozenset({"arrivals.view", "capacity.view"}),
    Role.FINANCE: frozenset({"indicators.view", "invoicing.view", "schools.view_bookings"}),
    Role.MANAGEMENT: frozenset({"capacity.view", "indicators.view", "invoicing.view"}),
    Role.DATA_PROTECTION: frozenset({"audit.view", "outbox.view"}),
    Role.ADMINISTRATOR: frozenset(
        {"admin.access", "audit.view", "devices.manage", "outbox.view", "outbox.retry"}
    ),
}

ALL_CAPABILITIES = frozenset().union(*CAPABILITIES.values())


def capabilities_of(roles: list[str]) -> frozenset[str]:
    """The union of what the roles may do; an unknown role may nothing."""
    return frozenset().union(*(CAPABILITIES.get(role, frozenset()) for role in roles))
