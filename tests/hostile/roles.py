"""`python -m tests.hostile.roles > docs/roles.md`: who sees which field at which door; walked from the outside by test_roles.py."""

from dataclasses import dataclass, field

from tests.hostile.roles_paths import ADMINISTRATION, BY_POST, NOT_WALKED, PATHS, PLAIN
from tests.hostile.roles_seen import SEEN

# Nobody in particular; whose it is, by a proved address; somebody else with one; a device at the desk; staff of one role each.
CALLERS = (
    "anybody", "owner", "other", "device", "desk", "educator", "planner", "conference_host", "finance", "management", "data_protection",
    "administrator",
)  # fmt: skip
FIELDS = (
    "contact's name", "contact's e-mail", "contact's telephone", "class", "group's name", "participant's name", "participant's e-mail",
    "what was wished", "pass holder's name", "pass holder's e-mail", "buyer's reference",
    "child's name", "protected child's first name", "protected child's whole name",
    "child's year of birth", "protected child's year of birth", "whom to call", "telephone in an emergency",
    "what was thought", "what was written to guardians", "why it was cancelled", "access needs",
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """`path` may name things of the world; `sees` says of each field who finds it there. What is not named is seen by nobody."""

    what: str
    path: str
    sees: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The address with its things as <code>, <id>, <day>."""
        parts = self.path.split("{w.")
        return parts[0] + "".join(f"<{part.partition('}')[0]}>{part.partition('}')[2]}" for part in parts[1:])


DOORS = [Door(what, path, SEEN.get(path, {})) for what, path in PATHS]
DOORS += [
    Door("the administration" if path in ADMINISTRATION else "", path, SEEN.get(path, {}))
    for path in (*PLAIN, *ADMINISTRATION)
]


def text() -> str:
    """The whole page."""
    silent = [door.where for door in DOORS if not door.sees]
    lines = [
        "# Who sees which field at which door",
        "",
        "Every row is a test (`tests/hostile/test_roles.py`): each door is asked by everybody of the list, and what comes back is searched for every field of",
        f"these: {', '.join(FIELDS)}. A field that is not named beside a door is",
        "seen there by nobody. This page is made of the tests: `python -m tests.hostile.roles > docs/roles.md`.",
        "",
        "`anybody` has proved nothing, `owner` has proved the contact's address by a code, `other` another address; `device` is a tablet at the desk; the rest are staff",
        "of that one role. Who has two roles sees what either sees (`navet/accounts/roles.py`).",
        "",
        "A test goes through the addresses of the system: one that is neither walked nor has a reason (last section) breaks it. A new address goes into",
        "`tests/hostile/roles_paths.py`, and what it shows into `roles_seen.py`.",
        "",
        "| What | Door | Field | Who sees it |",
        "| --- | --- | --- | --- |",
    ]
    for door in DOORS:
        lines += [
            f"| {door.what} | `{door.where}` | {name} | {', '.join(who)} |" for name, who in door.sees.items()
        ]
    lines += ["", f"## Walked, and none of them is seen: {len(silent)} doors", ""]
    lines += [f"- `{where}`" for where in silent]
    lines += ["", "## Not walked, and why", ""]
    for why, routes in (NOT_WALKED | BY_POST).items():
        by_post = "by POST alone: " if why in BY_POST else ""
        lines.append(f"- {by_post}{why}: {', '.join(f'`{route}`' for route in routes)}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(text(), end="")
