"""Who may do what: roles, each the least that does the work. Doors ask for a capability, never for a role."""

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
    DOOR_COUNTER = "door_counter", _("Door counter")


# A machine at the door says what it counted, and nothing else; nobody works here as one.
STAFF_ROLES = [role for role in Role if role != Role.DOOR_COUNTER]
STAFF_CHOICES = [(role.value, role.label) for role in STAFF_ROLES]


CAPABILITIES: dict[str, frozenset[str]] = {
    Role.DESK: frozenset(
        {
            "arrivals.view",
            "courses.attend",
            "desk.check_in",
            "desk.walk_in",
            "groups.receive",
            "house.safety",
            "passes.manage",
            "tickets.sell",
            "till.view",
            "visits.view",
        }
    ),
    Role.EDUCATOR: frozenset(
        {"arrivals.view", "courses.attend", "duties.view_own", "leisure.attend", "visits.view", "wheel.view"}
    ),
    Role.PLANNER: frozenset(
        {
            "arrivals.view",
            "capacity.view",
            "conferences.plan",
            "conferences.view_bookings",
            "counts.view",
            "courses.attend",
            "courses.plan",
            "courses.view_registrations",
            "directory.view",
            "groups.plan",
            "groups.view_bookings",
            "duties.view_own",
            "feedback.strike_out",
            "feedback.view",
            "house.safety",
            "indicators.view",
            "individuals.decide",
            "leisure.attend",
            "leisure.plan",
            "leisure.view_enrolments",
            "outbox.view",
            "outbox.retry",
            "passes.manage",
            "reach.invite",
            "reach.view",
            "schools.book_for",
            "schools.override",
            "schools.plan",
            "schools.view_bookings",
            "tickets.plan",
            "tickets.view_bookings",
            "till.view",
            "visits.view",
            "wheel.edit",
            "wheel.view",
        }
    ),
    Role.CONFERENCE_HOST: frozenset(
        {
            "arrivals.view",
            "capacity.view",
            "conferences.edit_catalogue",
            "conferences.plan",
            "conferences.view_bookings",
            "visits.view",
        }
    ),
    Role.FINANCE: frozenset(
        {
            "indicators.view",
            "invoicing.edit",
            "invoicing.view",
            "ledger.view_checks",
            "payments.refund",
            "payments.view",
            "prices.edit",
            "schools.view_bookings",
            "till.view",
            "visits.view",
        }
    ),
    Role.MANAGEMENT: frozenset(
        {
            "alerts.set",
            "capacity.view",
            "counting.edit",
            "counts.approve",
            "counts.view",
            "desk.override_limit",
            "feedback.view",
            "house.safety",
            "indicators.view",
            "invoicing.view",
            "ledger.view_checks",
            "payments.view",
            "reach.view",
            "reports.write",
            "till.view",
            "visits.view",
            "wheel.edit",
            "wheel.view",
        }
    ),
    Role.DATA_PROTECTION: frozenset({"audit.view", "outbox.view", "retention.decide", "retention.view"}),
    Role.ADMINISTRATOR: frozenset(
        {"admin.access", "audit.view", "devices.manage", "ledger.view_checks", "outbox.view", "outbox.retry"}
    ),
    Role.DOOR_COUNTER: frozenset({"counts.post"}),
}

ALL_CAPABILITIES = frozenset().union(*CAPABILITIES.values())


def capabilities_of(roles: list[str]) -> frozenset[str]:
    """The union of what the roles may do; an unknown role may nothing."""
    return frozenset().union(*(CAPABILITIES.get(role, frozenset()) for role in roles))
