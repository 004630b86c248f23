"""The demo's staff: one log-in per role, and educators enough to lead a thousand sessions."""

import random

from django.contrib.auth.hashers import make_password

from bookings.schools.models import Programme
from navet.accounts.models import User
from navet.accounts.roles import Role

# Everybody may know it: it opens made-up data on a machine of one's own, and the command refuses to run elsewhere.
PASSWORD = "navet-demo-2026"  # noqa: S105 - opens made-up data only

_LOGINS = [
    ("reception", "Rut Reception", Role.DESK),
    ("pedagog", "Peder Pedagog", Role.EDUCATOR),
    ("planerare", "Petra Planerare", Role.PLANNER),
    ("konferens", "Konrad Konferensvärd", Role.CONFERENCE_HOST),
    ("ekonomi", "Eva Ekonom", Role.FINANCE),
    ("ledning", "Lena Ledning", Role.MANAGEMENT),
    ("dataskydd", "David Dataskydd", Role.DATA_PROTECTION),
    ("admin", "Anna Administratör", Role.ADMINISTRATOR),
]
_MORE_EDUCATORS = ["Amina", "Björn", "Cecilia", "Dragan", "Elin", "Farid", "Greta", "Hassan", "Ida"]


def address(local: str) -> str:
    return f"{local}@navet.example"


def logins() -> list[tuple[str, str, str]]:
    """(role as staff read it, e-mail address, password) of every demo log-in."""
    return [(str(role.label), address(local), PASSWORD) for local, _, role in _LOGINS]


def make_staff() -> dict[str, User]:
    """The demo's staff by the local part of their addresses."""
    staff = {}
    for local, name, role in _LOGINS:
        is_admin = role == Role.ADMINISTRATOR
        staff[local] = User.objects.create_user(
            address(local), None, name=name, roles=[role], is_superuser=is_admin
        )
    # One password, hashed once: a hash takes half a second on purpose.
    hashed = make_password(PASSWORD)
    User.objects.filter(pk__in=[user.pk for user in staff.values()]).update(password=hashed)
    for name in _MORE_EDUCATORS:
        # Nobody logs in as them, so they need no password.
        local = name.lower().replace("ö", "o")
        staff[local] = User.objects.create_user(
            address(local), None, name=f"{name} (demo)", roles=[Role.EDUCATOR]
        )
    return staff


def assign_educators(programmes: list[Programme], staff: dict[str, User], rng: random.Random) -> None:
    """Let four to six educators lead each programme."""
    educators = sorted(
        (user for user in staff.values() if Role.EDUCATOR in user.roles), key=lambda user: user.pk
    )
    for programme in programmes:
        programme.educators.set(rng.sample(educators, rng.randint(4, 6)))
