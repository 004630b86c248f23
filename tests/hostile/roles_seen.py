"""What comes back when the doors are walked: door -> field -> who finds it there. A door that is not here shows none of them."""

SEEN: dict[str, dict[str, tuple[str, ...]]] = {
    "/api/v1/group-bookings/": {
        "contact's name": ("planner",),
        "contact's e-mail": ("planner",),
        "contact's telephone": ("planner",),
        "group's name": ("planner",),
    },
    "/reception/": {"class": ("desk", "educator", "planner", "conference_host")},
    "/ledning/rader/?indikator=visitors&ar=2026": {"class": ("planner", "finance", "management")},
    "/api/v1/course-registrations/{w.registration_code}/": {
        "contact's name": ("owner", "planner"),
        "contact's e-mail": ("owner", "planner"),
        "contact's telephone": ("owner", "planner"),
        "participant's name": ("owner", "planner"),
        "participant's e-mail": ("owner", "planner"),
    },
    "/planering/bokningar.csv?first=2026-01-01&last=2026-12-31": {
        "contact's name": ("planner", "finance"),
        "contact's e-mail": ("planner", "finance"),
        "contact's telephone": ("planner", "finance"),
        "class": ("planner", "finance"),
    },
    "/planering/individer/": {"participant's name": ("planner",), "participant's e-mail": ("planner",)},
    "/planering/tillfalle/{w.session_id}/": {
        "contact's name": ("planner",),
        "contact's telephone": ("planner",),
        "class": ("planner",),
    },
    "/planering/konferenser/bokning/{w.conference_code}/": {
        "contact's name": ("planner", "conference_host"),
        "contact's e-mail": ("planner", "conference_host"),
        "contact's telephone": ("planner", "conference_host"),
    },
    "/ekonomi/fakturor/{w.invoice_id}/": {"buyer's reference": ("finance", "management")},
    "/planering/kurser/onskemal/{w.wish_id}/": {
        "contact's name": ("planner",),
        "contact's e-mail": ("planner",),
        "contact's telephone": ("planner",),
        "what was wished": ("planner",),
    },
    "/api/v1/group-bookings/{w.group_code}/": {
        "contact's name": ("owner", "planner"),
        "contact's e-mail": ("owner", "planner"),
        "contact's telephone": ("owner", "planner"),
        "group's name": ("owner", "planner"),
    },
    "/reception/kurser/{w.round_id}/": {"participant's name": ("desk", "educator", "planner")},
    "/konferens/bokning/{w.conference_code}/": {
        "contact's name": ("owner", "planner", "conference_host"),
        "contact's e-mail": ("owner", "planner", "conference_host"),
    },
    "/kurser/anmal/{w.round_id}/": {"contact's e-mail": ("owner",)},
    "/api/v1/school-bookings/": {
        "contact's name": ("planner", "finance"),
        "contact's e-mail": ("planner", "finance"),
        "contact's telephone": ("planner", "finance"),
        "class": ("planner", "finance"),
    },
    "/grupper/bokning/{w.group_code}/": {
        "contact's name": ("owner", "planner"),
        "contact's e-mail": ("owner", "planner"),
        "group's name": ("owner", "planner"),
    },
    "/api/v1/course-registrations/": {
        "contact's name": ("planner",),
        "contact's e-mail": ("planner",),
        "contact's telephone": ("planner",),
        "participant's name": ("planner",),
        "participant's e-mail": ("planner",),
    },
    "/reception/arskort/{w.pass_code}/": {
        "pass holder's name": ("desk", "planner"),
        "pass holder's e-mail": ("desk", "planner"),
    },
    "/biljetter/bokning/{w.ticket_code}/": {
        "contact's name": ("owner", "planner"),
        "contact's e-mail": ("owner", "planner"),
    },
    "/api/v1/ticket-bookings/": {
        "contact's name": ("planner",),
        "contact's e-mail": ("planner",),
        "contact's telephone": ("planner",),
    },
    "/planering/kurser/omgang/{w.round_id}/": {
        "contact's name": ("planner",),
        "contact's telephone": ("planner",),
        "participant's name": ("planner",),
    },
    "/api/v1/arrivals/?date=2026-01-12": {
        "contact's name": ("device", "desk", "educator", "planner", "conference_host"),
        "contact's telephone": ("device", "desk", "educator", "planner", "conference_host"),
        "class": ("device", "desk", "educator", "planner", "conference_host"),
    },
    "/api/v1/conference-reservations/": {
        "contact's name": ("planner", "conference_host"),
        "contact's e-mail": ("planner", "conference_host"),
        "contact's telephone": ("planner", "conference_host"),
    },
    "/reception/utrymning/": {
        "contact's name": ("desk", "planner", "management"),
        "contact's telephone": ("desk", "planner", "management"),
        "class": ("desk", "planner", "management"),
    },
    "/bokning/{w.class_code}/": {
        "contact's name": ("owner", "planner", "finance"),
        "contact's e-mail": ("owner", "planner", "finance"),
        "contact's telephone": ("owner", "planner", "finance"),
        "class": ("owner", "planner", "finance"),
    },
    "/api/v1/ticket-bookings/{w.ticket_code}/": {
        "contact's name": ("owner", "planner"),
        "contact's e-mail": ("owner", "planner"),
        "contact's telephone": ("owner", "planner"),
    },
    "/kurser/anmalan/{w.registration_code}/": {
        "contact's name": ("owner", "planner"),
        "contact's e-mail": ("owner", "planner"),
        "participant's name": ("owner", "planner"),
        "participant's e-mail": ("owner", "planner"),
    },
    "/mina-bokningar/": {"contact's e-mail": ("owner",), "class": ("owner",)},
    "/planering/kurser/onskemal/": {"what was wished": ("planner",)},
    "/reception/{w.conference_code}/": {
        "contact's name": ("desk", "educator", "planner", "conference_host"),
        "contact's telephone": ("desk", "educator", "planner", "conference_host"),
    },
    "/reception/arskort/?sok={w.pass_code}": {"pass holder's name": ("desk", "planner")},
    "/mina-bokningar/uppgifter/": {
        "contact's name": ("owner",),
        "contact's e-mail": ("owner",),
        "contact's telephone": ("owner",),
        "class": ("owner",),
        "group's name": ("owner",),
        "what was wished": ("owner",),
    },
    "/reception/{w.class_code}/": {
        "contact's name": ("desk", "educator", "planner", "conference_host"),
        "contact's telephone": ("desk", "educator", "planner", "conference_host"),
        "class": ("desk", "educator", "planner", "conference_host"),
    },
    "/planering/biljetter/tid/{w.slot_id}/": {
        "contact's name": ("planner",),
        "contact's telephone": ("planner",),
    },
    "/api/v1/school-bookings/{w.class_code}/": {
        "contact's name": ("owner", "planner", "finance"),
        "contact's e-mail": ("owner", "planner", "finance"),
        "contact's telephone": ("owner", "planner", "finance"),
        "class": ("owner", "planner", "finance"),
    },
    "/api/v1/conference-reservations/{w.conference_code}/": {
        "contact's name": ("owner", "planner", "conference_host"),
        "contact's e-mail": ("owner", "planner", "conference_host"),
        "contact's telephone": ("owner", "planner", "conference_host"),
    },
    "/reception/{w.group_code}/": {
        "contact's name": ("desk", "educator", "planner", "conference_host"),
        "contact's telephone": ("desk", "educator", "planner", "conference_host"),
        "group's name": ("desk", "educator", "planner", "conference_host"),
    },
    "/planering/konferenser/dag/2026-03-03/": {
        "contact's name": ("planner", "conference_host"),
        "contact's telephone": ("planner", "conference_host"),
    },
    "/reception/{w.ticket_code}/": {
        "contact's name": ("desk", "educator", "planner", "conference_host"),
        "contact's telephone": ("desk", "educator", "planner", "conference_host"),
    },
    "/planering/grupper/": {
        "contact's name": ("planner",),
        "contact's telephone": ("planner",),
        "group's name": ("planner",),
    },
}
