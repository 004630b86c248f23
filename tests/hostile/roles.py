"""`python -m tests.hostile.roles > docs/roles.md`: who sees which field at which door; walked from the outside by test_roles.py."""

from dataclasses import dataclass, field

from tests.hostile.roles_seen import SEEN

# Nobody in particular; whose it is, by a proved address; somebody else with one; a device at the desk; staff of one role each.
CALLERS = (
    "anybody", "owner", "other", "device", "desk", "educator", "planner", "conference_host", "finance", "management", "data_protection",
    "administrator",
)  # fmt: skip
FIELDS = (
    "contact's name", "contact's e-mail", "contact's telephone", "class", "group's name", "participant's name", "participant's e-mail",
    "what was wished", "pass holder's name", "pass holder's e-mail", "buyer's reference",
    "child's name", "protected child's first name", "protected child's whole name", "whom to call", "telephone in an emergency",
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


PATHS = (
    ("a class's booking", "/bokning/{w.class_code}/"),
    ("a class's booking that was cancelled", "/bokning/{w.left_code}/"),
    ("a class's booking", "/api/v1/school-bookings/{w.class_code}/"),
    ("classes' bookings", "/api/v1/school-bookings/"),
    ("classes' bookings", "/planering/tillfalle/{w.session_id}/"),
    ("classes' bookings", "/planering/?vecka=2026-W03"),
    ("classes' bookings", "/planering/bokningar.csv?first=2026-01-01&last=2026-12-31"),
    ("an educator's days", "/planering/mina-dagar/"),
    ("the calendar of the house", "/huset/?datum=2026-01-12&vy=dag"),
    ("tickets", "/biljetter/bokning/{w.ticket_code}/"),
    ("tickets", "/api/v1/ticket-bookings/{w.ticket_code}/"),
    ("tickets", "/api/v1/ticket-bookings/"),
    ("tickets", "/planering/biljetter/tid/{w.slot_id}/"),
    ("a group", "/grupper/bokning/{w.group_code}/"),
    ("a group", "/api/v1/group-bookings/{w.group_code}/"),
    ("groups", "/api/v1/group-bookings/"),
    ("groups", "/planering/grupper/"),
    ("a registration for a course", "/kurser/anmalan/{w.registration_code}/"),
    ("a registration for a course", "/api/v1/course-registrations/{w.registration_code}/"),
    ("registrations", "/api/v1/course-registrations/"),
    ("a round", "/planering/kurser/omgang/{w.round_id}/"),
    ("a round", "/kurser/anmal/{w.round_id}/"),
    ("a day's attendance", "/reception/kurser/{w.round_id}/"),
    ("who comes to a course, changed", "/kurser/anmalan/{w.registration_code}/andra/"),
    ("a certificate", "/kurser/anmalan/{w.past_code}/intyg/{w.participant_id}/"),
    ("own courses asked for", "/planering/kurser/onskemal/"),
    ("own courses asked for", "/planering/kurser/onskemal/{w.wish_id}/"),
    ("possible doubles", "/planering/individer/"),
    ("a conference", "/konferens/bokning/{w.conference_code}/"),
    ("a conference", "/api/v1/conference-reservations/{w.conference_code}/"),
    ("conferences", "/api/v1/conference-reservations/"),
    ("conferences", "/planering/konferenser/"),
    ("a conference", "/planering/konferenser/bokning/{w.conference_code}/"),
    ("a conference's day", "/planering/konferenser/dag/2026-03-03/"),
    ("the page for participants", "/konferens/program/{w.participants_key}/"),
    ("the day's arrivals", "/reception/"),
    ("the day's arrivals", "/api/v1/arrivals/?date=2026-01-12"),
    ("an arrival, a class", "/reception/{w.class_code}/"),
    ("an arrival, tickets", "/reception/{w.ticket_code}/"),
    ("an arrival, a group", "/reception/{w.group_code}/"),
    ("an arrival, a conference", "/reception/{w.conference_code}/"),
    ("the evacuation list", "/reception/utrymning/"),
    ("annual passes", "/reception/arskort/?sok={w.pass_code}"),
    ("an annual pass", "/reception/arskort/{w.pass_code}/"),
    ("invoices", "/ekonomi/fakturor/"),
    ("an invoice", "/ekonomi/fakturor/{w.invoice_id}/"),
    ("leisure groups", "/fritid/"),
    ("leisure groups", "/api/v1/leisure-groups/"),
    ("a leisure group", "/fritid/anmal/{w.leisure_id}/"),
    ("a draw", "/fritid/lottning/{w.drawn_id}/"),
    ("a draw as a file", "/fritid/lottning/{w.drawn_id}/underlag.json"),
    ("a child's enrolment", "/fritid/anmalan/{w.child_code}/"),
    ("a child's enrolment, changed", "/fritid/anmalan/{w.child_code}/andra/"),
    ("a protected child's enrolment", "/fritid/anmalan/{w.hidden_code}/"),
    ("leisure groups", "/planering/fritid/"),
    ("a leisure group", "/planering/fritid/grupp/{w.leisure_id}/"),
    ("leaders' meetings", "/reception/fritid/"),
    ("a meeting's list", "/reception/fritid/{w.leisure_id}/"),
    ("whom to call about children", "/reception/fritid/{w.leisure_id}/ring/"),
    ("a message to guardians", "/reception/fritid/grupp/{w.leisure_id}/skriv/"),
    ("a question about a visit", "{w.asked_path}"),
    ("the way out of questions", "{w.asked_path}nej-tack/"),
    ("the programme review", "/planering/granskning/"),
    ("a programme's review", "/planering/granskning/program/{w.thought_of}/"),
    ("the programme review as a file", "/planering/granskning/fil.csv"),
    ("the year wheel", "/planering/arshjul/"),
    ("one's own", "/mina-bokningar/"),
    ("one's own data", "/mina-bokningar/uppgifter/"),
    ("one's own data as a file", "/mina-bokningar/uppgifter/fil/"),
    ("one's own data as PDF", "/mina-bokningar/uppgifter/pdf/"),
    ("one's own data, before it is deleted", "/mina-bokningar/uppgifter/radera/"),
    ("outgoing mail", "/personal/utskick/"),
    ("a report to the board", "/ledning/tertial/2025-3/"),
    ("what alerts tell of", "/ledning/larm/"),
    ("a school and its contacts", "/planering/rackvidd/{w.school_id}/"),
    ("schools, and whether they came", "/planering/rackvidd/"),
    ("what somebody buys", "/betalning/{w.order_code}/"),
    ("an order", "/ekonomi/betalningar/{w.order_code}/"),
    ("orders", "/api/v1/orders/"),
    ("figures", "/ledning/rader/?indikator=visitors&ar=2026"),
    ("figures", "/api/v1/visits/?date=2026-01-12"),
)
DOORS = [Door(what, path, SEEN.get(path, {})) for what, path in PATHS]


def text() -> str:
    """The whole page."""
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
        "| What | Door | Field | Who sees it |",
        "| --- | --- | --- | --- |",
    ]
    for door in DOORS:
        rows = door.sees or {"none of them": ("nobody",)}
        lines += [
            f"| {door.what} | `{door.where}` | {name} | {', '.join(who)} |" for name, who in rows.items()
        ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(text(), end="")
