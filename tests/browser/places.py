"""Every page of the house, with who looks at it; and the addresses that are no pages, with what they are instead."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.world import DAY, World

BOOKER = "booker"  # has proved the address by a code
DESK, EDUCATOR, PLANNER = "desk", "educator", "planner"
MANAGEMENT, ADMINISTRATOR, DATA_PROTECTION = "management", "administrator", "data_protection"
FINANCE = "finance"
HOST = "conference_host"
PREVIEW = "/ledning/rakneregler/andra/forhandsvisning/"
NOBODY = "nobody"
ROOMS_ON_HIRE = "/planering/konferenser/lokaler/"


@dataclass(frozen=True)
class Place:
    """`name` is the address's name in the urlconf, "" for a page without one; `path` may ask the world for things."""

    name: str
    who: str
    path: str | Callable[[World], str]
    status: int = 200

    def address(self, world: World) -> str:
        return self.path if isinstance(self.path, str) else self.path(world)


def _filtered(base: str, query: str) -> Callable[[World], str]:
    return lambda world: f"{base}?{query}" if world.open else base


PUBLIC = [
    Place("pages:start", NOBODY, "/"),
    Place("pages:accessibility", NOBODY, "/tillganglighet/"),
    Place("pages:privacy", NOBODY, "/integritet/"),
    Place("pages:contact", NOBODY, "/kontakt/"),
    Place("pages:styleguide", NOBODY, "/styleguide/"),
    Place("account_login", NOBODY, "/konto/login/"),
    Place("account_reset_password", NOBODY, "/konto/password/reset/"),
    Place("schools:programmes", NOBODY, _filtered("/skolprogram/", "arskurs=5")),
    Place("schools:programmes", NOBODY, "/skolprogram/?elever=x", 400),
    Place("schools:programmes", NOBODY, "/skolprogram/?elever=400"),
    Place("schools:programme", NOBODY, lambda world: f"/skolprogram/{world.open.programme.slug}/"),
    Place("schools:calendar", NOBODY, lambda world: f"/skolprogram/kalender/?dag={world.open and DAY}"),
    Place("schools:calendar", NOBODY, "/skolprogram/kalender/?manad=2026-07"),
    Place("schools:book", NOBODY, lambda world: f"/boka/{world.open.pk}/?arskurs=5"),
    Place("schools:book", NOBODY, lambda world: f"/boka/{world.waiting.session_id}/"),
    Place("schools:booking", NOBODY, lambda world: f"/bokning/{world.booked.code}/"),
    Place("schools:confirm", NOBODY, lambda world: f"/bokning/{world.held.code}/bekrafta/"),
    Place("schools:confirm", NOBODY, lambda world: f"/bokning/{world.booked.code}/bekrafta/"),
    Place("schools:mine", NOBODY, "/mina-bokningar/"),
    Place("tickets:events", NOBODY, lambda world: world.slot and "/biljetter/"),
    Place("tickets:events", NOBODY, "/biljetter/?fran=x", 400),
    Place("tickets:events", NOBODY, "/biljetter/?fran=2030-01-01"),
    Place("tickets:event", NOBODY, lambda world: f"/biljetter/{world.show.slug}/"),
    Place("tickets:book", NOBODY, lambda world: f"/biljetter/boka/{world.slot.pk}/"),
    Place("tickets:booking", NOBODY, lambda world: f"/biljetter/bokning/{world.tickets.code}/"),
    Place("tickets:confirm", NOBODY, lambda world: f"/biljetter/bokning/{world.held_tickets.code}/bekrafta/"),
    Place("tickets:confirm", NOBODY, lambda world: f"/biljetter/bokning/{world.tickets.code}/bekrafta/"),
    Place("leisure:clubs", NOBODY, lambda world: world.queued_child and world.applied and "/fritid/"),
    Place("leisure:clubs", NOBODY, "/fritid/?alder=x", 400),
    Place("leisure:club", NOBODY, lambda world: f"/fritid/{world.group.club.slug}/"),
    Place("leisure:enrol", NOBODY, lambda world: f"/fritid/anmal/{world.group.pk}/"),
    Place("leisure:enrol", NOBODY, lambda world: f"/fritid/anmal/{world.applied.group_id}/"),
    Place("leisure:draw", NOBODY, lambda world: f"/fritid/lottning/{world.drawn.pk}/"),
    Place("leisure:draw", NOBODY, lambda world: f"/fritid/lottning/{world.applied.group_id}/"),
    Place("leisure:booking", NOBODY, lambda world: f"/fritid/anmalan/{world.enrolment.code}/"),
    Place("leisure:confirm", NOBODY, lambda world: f"/fritid/anmalan/{world.enrolment.code}/bekrafta/"),
    Place("courses:courses", NOBODY, lambda world: world.registration and "/kurser/"),
    Place("courses:courses", NOBODY, "/kurser/?om=x", 400),
    Place("courses:course", NOBODY, lambda world: f"/kurser/{world.course_round.course.slug}/"),
    Place("courses:register", NOBODY, lambda world: f"/kurser/anmal/{world.course_round.pk}/"),
    Place("courses:booking", NOBODY, lambda world: f"/kurser/anmalan/{world.registration.code}/"),
    Place("courses:confirm", NOBODY, lambda world: f"/kurser/anmalan/{world.registration.code}/bekrafta/"),
    Place("feedback:form", NOBODY, lambda world: world.feedback_url()),
    Place("feedback:opt_out", NOBODY, lambda world: world.feedback_url("nej-tack/")),
    Place("courses:check", NOBODY, "/kurser/intyg/"),
    Place("courses:ask", NOBODY, "/kurser/onskemal/"),
    Place("courses:asked", NOBODY, "/kurser/onskemal/tack/"),
    Place("reach:opt_out", NOBODY, lambda world: world.invitation_url()),
    Place("groups:packages", NOBODY, lambda world: world.package and "/grupper/"),
    Place("groups:package", NOBODY, lambda world: f"/grupper/{world.package.slug}/"),
    Place("groups:package", NOBODY, lambda world: world.party and "/grupper/raketkalas/?fran=2026-03-03"),
    Place("groups:package", NOBODY, lambda world: f"/grupper/{world.package.slug}/?fran=x", 400),
    Place(
        "groups:book",
        NOBODY,
        lambda world: f"/grupper/{world.package.slug}/boka/?tid=2026-03-04T11:00:00%2B01:00",
    ),
    Place("groups:booking", NOBODY, lambda world: f"/grupper/bokning/{world.party.code}/"),
    Place("groups:confirm", NOBODY, lambda world: f"/grupper/bokning/{world.held_party.code}/bekrafta/"),
    Place("conferences:start", NOBODY, lambda world: world.conference and "/konferens/?vecka=2026-03-02"),
    Place("conferences:start", NOBODY, "/konferens/?vecka=x"),
    Place("conferences:start", NOBODY, lambda world: world.pictures and "/konferens/"),
    Place("conferences:book", NOBODY, lambda world: world.pictures and "/konferens/boka/"),
    Place(
        "conferences:book",
        NOBODY,
        lambda world: f"/konferens/boka/?date=2026-03-11&part=heldag&persons=40&rooms={world.hall.room.slug}",
    ),
    Place(
        "conferences:participants",
        NOBODY,
        lambda world: f"/konferens/program/{world.conference.participants_key}/",
    ),
    Place("conferences:booking", NOBODY, lambda world: f"/konferens/bokning/{world.conference.code}/"),
    Place(
        "conferences:confirm",
        NOBODY,
        lambda world: f"/konferens/bokning/{world.held_conference.code}/bekrafta/",
    ),
    Place("payments:pay", NOBODY, lambda world: f"/betalning/{world.unpaid.code}/"),
    Place("payments:pay", NOBODY, lambda world: f"/betalning/{world.payment.order.code}/"),
    Place("payments:receipt", NOBODY, lambda world: f"/betalning/{world.payment.order.code}/kvitto/"),
    Place("outbox:mailbox", NOBODY, "/brevlada/"),
    Place("outbox:mailbox", NOBODY, "/brevlada/?till=ingen"),
    Place("outbox:mail", NOBODY, lambda world: f"/brevlada/{world.mail.pk}/"),
    Place("visitors:shell", NOBODY, "/reception/utan-nat/"),
    Place("", NOBODY, "/finns-inte/", 404),
]
OF_A_BOOKER = [
    Place("schools:mine", BOOKER, lambda world: world.booked and world.cancelled and "/mina-bokningar/"),
    Place("my-data", BOOKER, lambda world: world.booked and world.cancelled and "/mina-bokningar/uppgifter/"),
    Place("my-data-forget", BOOKER, lambda world: world.cancelled and "/mina-bokningar/uppgifter/radera/"),
    *(
        Place("schools:booking", BOOKER, lambda world, state=state: f"/bokning/{getattr(world, state).code}/")
        for state in ("booked", "waiting", "offered", "held", "cancelled")
    ),
    Place("schools:change", BOOKER, lambda world: f"/bokning/{world.booked.code}/andra/"),
    Place("schools:contact", BOOKER, lambda world: f"/bokning/{world.booked.code}/kontakt/"),
    Place("schools:contact_code", BOOKER, lambda world: f"/bokning/{world.recontacted}/kontakt/kod/"),
    Place("schools:count", BOOKER, lambda world: f"/bokning/{world.booked.code}/antal/"),
    Place("schools:move", BOOKER, lambda world: world.series and f"/bokning/{world.booked.code}/byt/"),
    Place(
        "schools:move",
        BOOKER,
        lambda world: f"/bokning/{world.booked.code}/byt/?till={world.series.sessions.first().pk}",
    ),
    Place("schools:cancel", BOOKER, lambda world: f"/bokning/{world.booked.code}/avboka/"),
    Place("groups:booking", BOOKER, lambda world: f"/grupper/bokning/{world.party.code}/"),
    Place("groups:change", BOOKER, lambda world: f"/grupper/bokning/{world.party.code}/andra/"),
    Place("groups:cancel", BOOKER, lambda world: f"/grupper/bokning/{world.party.code}/avboka/"),
    *(
        Place(
            "conferences:booking",
            BOOKER,
            lambda world, state=state: f"/konferens/bokning/{getattr(world, state).code}/",
        )
        for state in (
            "conference",
            "option",
            "quoted",
            "unpaid_conference",
            "held_conference",
            "left_conference",
        )
    ),
    Place("conferences:change", BOOKER, lambda world: f"/konferens/bokning/{world.conference.code}/andra/"),
    Place("conferences:count", BOOKER, lambda world: f"/konferens/bokning/{world.conference.code}/antal/"),
    Place("conferences:cancel", BOOKER, lambda world: f"/konferens/bokning/{world.conference.code}/avboka/"),
    Place("tickets:booking", BOOKER, lambda world: f"/biljetter/bokning/{world.tickets.code}/"),
    Place("tickets:booking", BOOKER, lambda world: f"/biljetter/bokning/{world.held_tickets.code}/"),
    Place("tickets:change", BOOKER, lambda world: f"/biljetter/bokning/{world.tickets.code}/andra/"),
    Place("tickets:cancel", BOOKER, lambda world: f"/biljetter/bokning/{world.tickets.code}/avboka/"),
    Place("leisure:booking", BOOKER, lambda world: f"/fritid/anmalan/{world.enrolment.code}/"),
    Place("leisure:booking", BOOKER, lambda world: f"/fritid/anmalan/{world.queued_child.code}/"),
    Place("leisure:booking", BOOKER, lambda world: f"/fritid/anmalan/{world.applied.code}/"),
    Place("leisure:fee", BOOKER, lambda world: f"/fritid/anmalan/{world.enrolment.code}/avgift/"),
    Place("leisure:change", BOOKER, lambda world: f"/fritid/anmalan/{world.applied.code}/andra/"),
    Place("leisure:cancel", BOOKER, lambda world: f"/fritid/anmalan/{world.enrolment.code}/avboka/"),
    Place("courses:booking", BOOKER, lambda world: f"/kurser/anmalan/{world.registration.code}/"),
    Place("courses:booking", BOOKER, lambda world: f"/kurser/anmalan/{world.queued_registration.code}/"),
    Place("courses:booking", BOOKER, lambda world: f"/kurser/anmalan/{world.attended_registration.code}/"),
    Place("courses:change", BOOKER, lambda world: f"/kurser/anmalan/{world.registration.code}/andra/"),
    Place("courses:cancel", BOOKER, lambda world: f"/kurser/anmalan/{world.registration.code}/avboka/"),
    Place("schools:book", BOOKER, lambda world: f"/boka/{world.open.pk}/"),
]
OF_FINANCE = [
    Place("invoices:waiting", FINANCE, lambda world: world.draft and "/ekonomi/att-fakturera/"),
    Place("invoices:list", FINANCE, lambda world: world.invoice and "/ekonomi/fakturor/"),
    Place("invoices:list", FINANCE, "/ekonomi/fakturor/?sok=ingen"),
    Place("invoices:one", FINANCE, lambda world: f"/ekonomi/fakturor/{world.draft.pk}/"),
    Place("invoices:one", FINANCE, lambda world: f"/ekonomi/fakturor/{world.invoice.pk}/"),
    Place("invoices:checked", FINANCE, lambda world: f"/ekonomi/fakturor/{world.invoice.pk}/kontroll/"),
    Place("invoices:credit", FINANCE, lambda world: f"/ekonomi/fakturor/{world.invoice.pk}/kreditera/"),
    Place("invoices:pay", FINANCE, lambda world: f"/ekonomi/fakturor/{world.invoice.pk}/betalning/"),
    Place("invoices:pay_back", FINANCE, lambda world: f"/ekonomi/fakturor/{world.invoice.pk}/aterbetalning/"),
    Place("invoices:carry_over", FINANCE, lambda world: f"/ekonomi/fakturor/{world.invoice.pk}/overforing/"),
    Place("invoices:write_off", FINANCE, lambda world: f"/ekonomi/fakturor/{world.invoice.pk}/skriv-av/"),
    Place("invoices:customers", FINANCE, lambda world: world.invoice and "/ekonomi/kunder/"),
    Place("invoices:new_customer", FINANCE, "/ekonomi/kunder/ny/?namn=Friskolan&nummer=5560360793"),
    Place("invoices:customer", FINANCE, lambda world: f"/ekonomi/kunder/{world.invoice.customer_id}/"),
    Place("invoices:money", FINANCE, lambda world: world.unknown_money and "/ekonomi/inbetalningar/"),
    Place("invoices:settle", FINANCE, lambda world: f"/ekonomi/inbetalningar/{world.unknown_money.pk}/"),
    Place(
        "invoices:books",
        FINANCE,
        lambda world: world.invoice and "/ekonomi/bokforing/?fran=2026-04-01&till=2026-04-30",
    ),
    Place("invoices:books", FINANCE, "/ekonomi/bokforing/?fran=x", 400),
    Place("invoices:vat", FINANCE, lambda world: world.invoice and "/ekonomi/moms/"),
]
OF_THE_DESK = [
    Place(
        "visitors:reception",
        DESK,
        lambda world: world.today and world.here and world.walk_in and "/reception/",
    ),
    Place("visitors:reception", DESK, "/reception/?sok=ingen"),
    Place("visitors:reception", DESK, "/reception/?dag=2026-01-11"),
    Place("visitors:printed", DESK, "/reception/dagslista/"),
    Place("visitors:party", DESK, lambda world: f"/reception/{world.today.code}/"),
    Place("visitors:party", DESK, lambda world: f"/reception/{world.here.code}/"),
    Place("visitors:party", DESK, lambda world: f"/reception/{world.booked.code}/"),
    Place("till:passes", DESK, lambda world: world.annual_pass and "/reception/arskort/"),
    Place("till:passes", DESK, "/reception/arskort/?sok=ingen"),
    Place("till:issue-pass", DESK, "/reception/arskort/nytt/"),
    Place("till:pass", DESK, lambda world: f"/reception/arskort/{world.annual_pass.code}/"),
    Place("till:pass", DESK, "/reception/arskort/0000000000/", 404),
    Place("till:pass-card", DESK, lambda world: f"/reception/arskort/{world.annual_pass.code}/kort/"),
    Place("till:till", DESK, lambda world: world.sold and "/kassa/"),
    Place("till:till", DESK, "/kassa/?fran=x", 400),
    Place("till:lines", DESK, lambda world: world.sold and "/kassa/rader/"),
    Place("till:lines", DESK, "/kassa/rader/?moms=7", 400),
    Place("till:booked-lines", DESK, "/kassa/bokat/"),
    Place("till:booked-lines", DESK, "/kassa/bokat/?var=x", 400),
    Place("till:card-lines", DESK, "/kassa/kort/"),
    Place("till:card-lines", DESK, "/kassa/kort/?slag=x", 400),
    Place("till:till", DESK, "/kassa/?fran=2026-01-01&till=2026-01-11"),
    Place("safety:house", DESK, lambda world: world.limit and "/reception/i-huset/"),
    Place("safety:evacuation", DESK, lambda world: world.here and world.walk_in and "/reception/utrymning/"),
    Place("groups:receive", DESK, "/reception/grupp/"),
    Place("courses:days", DESK, lambda world: world.course_today and "/reception/kurser/"),
    Place("courses:attendance", DESK, lambda world: f"/reception/kurser/{world.course_today.pk}/"),
    Place("tickets:desk", DESK, lambda world: world.show_today and world.slot and "/reception/biljetter/"),
    Place("tickets:sell", DESK, lambda world: f"/reception/biljetter/{world.show_today.pk}/"),
    Place("tickets:sell", DESK, lambda world: f"/reception/biljetter/{world.slot.pk}/"),
    Place("visitors:day-rows", DESK, lambda world: world.here and world.walk_in and "/reception/rader/"),
    Place("visitors:day-rows", DESK, "/reception/rader/?inne=1&kategori=adult"),
    Place("accounts:me", DESK, "/personal/"),
    Place("worker:subscriptions", DESK, "/personal/sammanfattningar/"),
    Place("account_logout", DESK, "/konto/logout/"),
    Place("account_change_password", DESK, "/konto/password/change/"),
    Place("mfa_index", DESK, "/konto/2fa/"),
    Place("house", DESK, "/huset/"),
    Place("house", DESK, f"/huset/?datum={DAY}&vy=dag"),
    Place("visitors:management", DESK, "/ledning/", 403),
]
OF_AN_EDUCATOR = [
    Place("schools:my_days", EDUCATOR, "/planering/mina-dagar/"),
    Place("leisure:meetings", EDUCATOR, "/reception/fritid/"),
    Place("leisure:meetings", "ada", lambda world: world.club_today and "/reception/fritid/"),
    Place("leisure:meeting", "ada", lambda world: f"/reception/fritid/{world.club_today.pk}/"),
    Place("leisure:to_call", "ada", lambda world: f"/reception/fritid/{world.club_today.pk}/ring/"),
    Place("leisure:message", "ada", lambda world: f"/reception/fritid/grupp/{world.club_today.pk}/skriv/"),
    Place("schools:my_days", "ada", lambda world: world.today and "/planering/mina-dagar/"),
]
OF_A_HOST = [
    Place(
        "conferences:planning",
        HOST,
        lambda world: world.conference and world.option and world.quoted and "/planering/konferenser/",
    ),
    Place("conferences:day", HOST, lambda world: world.conference and f"/planering/konferenser/dag/{DAY}/"),
    *(
        Place(
            name,
            HOST,
            lambda world, tail=tail: f"/planering/konferenser/bokning/{world.conference.code}/{tail}",
        )
        for name, tail in (
            ("conferences:staff_booking", ""),
            ("conferences:staff_change", "andra/"),
            ("conferences:staff_deed", "rabatt/"),
            ("conferences:staff_deed", "ny-lank/"),
            ("conferences:staff_deed", "avboka/"),
        )
    ),
    Place(
        "conferences:under_way",
        HOST,
        lambda world: f"/planering/konferenser/bokning/{world.begun_conference.code}/under-tiden/",
    ),
    Place(
        "conferences:staff_booking",
        HOST,
        lambda world: f"/planering/konferenser/bokning/{world.begun_conference.code}/",
    ),
    Place("conferences:rooms", HOST, lambda world: world.pictures and "/planering/konferenser/lokaler/"),
    Place(
        "conferences:room", HOST, lambda world: world.pictures and f"{ROOMS_ON_HIRE}{world.hall.room.slug}/"
    ),
    Place(
        "conferences:room",
        HOST,
        lambda world: world.empty_room and f"{ROOMS_ON_HIRE}{world.empty_room.slug}/",
    ),
    Place("conferences:room", HOST, f"{ROOMS_ON_HIRE}finns-inte/", 404),
    Place(
        "conferences:room_picture",
        HOST,
        lambda world: f"{ROOMS_ON_HIRE}{world.hall.room.slug}/bild/{world.pictures[0].pk}/",
    ),
    Place("conferences:staff_book", HOST, lambda world: world.hall and "/planering/konferenser/ny/"),
    Place("conferences:book", HOST, lambda world: world.hall and "/konferens/boka/"),
    Place("conferences:booking", HOST, lambda world: f"/konferens/bokning/{world.conference.code}/"),
]
OF_A_PLANNER = [
    Place(
        "schools:planning",
        PLANNER,
        lambda world: world.booked and world.waiting and "/planering/?vecka=2026-W10",
    ),
    Place("schools:planning", PLANNER, "/planering/?vecka=2026-W30"),
    Place("schools:queue", PLANNER, "/planering/ko/"),
    Place("schools:plan_programmes", PLANNER, "/planering/program/"),
    Place("schools:new_programme", PLANNER, "/planering/program/nytt/"),
    Place("schools:edit_programme", PLANNER, lambda world: f"/planering/program/{world.programme.slug}/"),
    Place("schools:plan_session", PLANNER, "/planering/tillfalle/nytt/"),
    Place(
        "schools:plan_session",
        PLANNER,
        lambda world: f"/planering/tillfalle/nytt/?program={world.programme.slug}",
    ),
    *(
        Place(
            name, PLANNER, lambda world, tail=tail: f"/planering/tillfalle/{world.waiting.session_id}/{tail}"
        )
        for name, tail in (
            ("schools:session", ""),
            ("schools:move_session", "flytta/"),
            ("schools:change_session", "andra/"),
            ("schools:cancel_session", "stall-in/"),
        )
    ),
    Place(
        "schools:plan_series", PLANNER, lambda world: f"/planering/serie/ny/?program={world.programme.slug}"
    ),
    *(
        Place(name, PLANNER, lambda world, tail=tail: f"/planering/serie/{world.series.pk}/{tail}")
        for name, tail in (
            ("schools:series", ""),
            ("schools:release_series", "slapp/"),
            ("schools:cancel_series", "stall-in/"),
        )
    ),
    Place("schools:fill_gap", PLANNER, lambda world: f"/planering/serie/lucka/{world.series.gaps.get().pk}/"),
    Place("schools:book", PLANNER, lambda world: f"/boka/{world.open.pk}/"),
    Place("schools:booking", PLANNER, lambda world: f"/bokning/{world.booked.code}/"),
    Place("schools:cancel", PLANNER, lambda world: f"/bokning/{world.booked.code}/avboka/"),
    Place("conferences:day", PLANNER, "/planering/konferenser/dag/2026-03-03/"),
    Place("conferences:day", PLANNER, "/planering/konferenser/dag/x/", 404),
    Place("groups:planning", PLANNER, lambda world: world.party and "/planering/grupper/"),
    Place("groups:new_package", PLANNER, "/planering/grupper/ny/"),
    Place("groups:edit_package", PLANNER, lambda world: f"/planering/grupper/{world.package.slug}/"),
    Place("groups:price", PLANNER, lambda world: f"/planering/grupper/{world.package.slug}/priser/"),
    Place(
        "groups:call_off", PLANNER, lambda world: f"/planering/grupper/bokning/{world.party.code}/stall-in/"
    ),
    Place("leisure:planning", PLANNER, lambda world: world.queued_child and "/planering/fritid/"),
    Place("leisure:new_club", PLANNER, "/planering/fritid/ny/"),
    Place("leisure:new_camp", PLANNER, "/planering/fritid/nytt-kollo/"),
    Place("leisure:edit_club", PLANNER, lambda world: f"/planering/fritid/{world.group.club.slug}/"),
    Place("leisure:plan", PLANNER, lambda world: f"/planering/fritid/{world.group.club.slug}/grupp/"),
    Place("leisure:group", PLANNER, lambda world: f"/planering/fritid/grupp/{world.queued_child.group_id}/"),
    Place("leisure:group", PLANNER, lambda world: f"/planering/fritid/grupp/{world.applied.group_id}/"),
    Place("leisure:capacity", PLANNER, lambda world: f"/planering/fritid/grupp/{world.group.pk}/platser/"),
    Place("leisure:call_off", PLANNER, lambda world: f"/planering/fritid/grupp/{world.group.pk}/stall-in/"),
    Place(
        "leisure:call_off_meeting",
        PLANNER,
        lambda world: f"/planering/fritid/traff/{world.group.pk}/stall-in/",
    ),
    Place("courses:planning", PLANNER, lambda world: world.queued_registration and "/planering/kurser/"),
    Place("visitors:doubles", PLANNER, lambda world: world.double and "/planering/individer/"),
    Place("courses:wishes", PLANNER, lambda world: world.wish and "/planering/kurser/onskemal/"),
    Place("courses:wish", PLANNER, lambda world: f"/planering/kurser/onskemal/{world.wish.pk}/"),
    Place(
        "courses:decline_wish", PLANNER, lambda world: f"/planering/kurser/onskemal/{world.wish.pk}/avboj/"
    ),
    Place("courses:new_course", PLANNER, "/planering/kurser/ny/"),
    Place(
        "courses:edit_course", PLANNER, lambda world: f"/planering/kurser/{world.course_round.course.slug}/"
    ),
    Place(
        "courses:plan", PLANNER, lambda world: f"/planering/kurser/{world.course_round.course.slug}/omgang/"
    ),
    *(
        Place(
            name,
            PLANNER,
            lambda world, tail=tail: f"/planering/kurser/omgang/{world.queued_registration.round_id}/{tail}",
        )
        for name, tail in (
            ("courses:round", ""),
            ("courses:material", "material/"),
            ("courses:capacity", "platser/"),
            ("courses:assure", "blir-av/"),
            ("courses:call_off", "stall-in/"),
        )
    ),
    Place("feedback:review", PLANNER, lambda world: world.reviewed and "/planering/granskning/"),
    Place(
        "feedback:review_one",
        PLANNER,
        lambda world: f"/planering/granskning/program/{world.reviewed.programme.slug}/",
    ),
    Place("feedback:strike_out", PLANNER, lambda world: f"/planering/granskning/rad/{world.reviewed.pk}/"),
    Place("reach:overview", PLANNER, lambda world: world.invited and "/planering/rackvidd/"),
    Place("reach:overview", PLANNER, "/planering/rackvidd/?kommun=x", 400),
    Place("reach:unit", PLANNER, lambda world: f"/planering/rackvidd/{world.invited.school_id}/"),
    Place("tickets:planning", PLANNER, lambda world: world.tickets and "/planering/biljetter/"),
    Place("tickets:new_event", PLANNER, "/planering/biljetter/nytt/"),
    Place("tickets:edit_event", PLANNER, lambda world: f"/planering/biljetter/{world.show.slug}/"),
    Place("tickets:plan", PLANNER, lambda world: f"/planering/biljetter/{world.show.slug}/tider/"),
    *(
        Place(
            name,
            PLANNER,
            lambda world, tail=tail: f"/planering/biljetter/tid/{world.tickets.occasion_id}/{tail}",
        )
        for name, tail in (
            ("tickets:slot", ""),
            ("tickets:capacity", "platser/"),
            ("tickets:cancel_slot", "stall-in/"),
        )
    ),
    Place("tickets:book", PLANNER, lambda world: f"/biljetter/boka/{world.slot.pk}/"),
    Place("house", PLANNER, f"/huset/?datum={DAY}"),
    Place("outbox:overview", PLANNER, lambda world: world.given_up and "/personal/utskick/"),
    Place("outbox:withdraw", PLANNER, lambda world: f"/personal/utskick/{world.given_up.pk}/dra-tillbaka/"),
]
OF_OTHERS = [
    Place("safety:house", MANAGEMENT, lambda world: world.limit and world.today and "/reception/i-huset/"),
    Place("wheel:wheel", MANAGEMENT, lambda world: world.wheel_entry and "/planering/arshjul/?period=2026"),
    Place("wheel:wheel", MANAGEMENT, "/planering/arshjul/?period=2025-2026&slag=reporting"),
    Place("wheel:wheel", MANAGEMENT, "/planering/arshjul/?slag=fest", 400),
    Place("wheel:new", MANAGEMENT, "/planering/arshjul/ny/"),
    Place("wheel:change", MANAGEMENT, lambda world: f"/planering/arshjul/{world.wheel_entry.pk}/"),
    Place("wheel:remove", MANAGEMENT, lambda world: f"/planering/arshjul/{world.wheel_entry.pk}/ta-bort/"),
    Place("conferences:management", MANAGEMENT, lambda world: world.conference and "/ledning/konferenser/"),
    Place("capacity:overview", MANAGEMENT, _filtered("/ledning/kapacitet/", f"fran={DAY}&till=2026-03-31")),
    Place("capacity:overview", MANAGEMENT, "/ledning/kapacitet/?fran=2026-03-31&till=2026-03-01", 400),
    Place("capacity:rows", MANAGEMENT, _filtered("/ledning/kapacitet/rader/", f"fran={DAY}&till=2026-03-31")),
    Place("visitors:management", MANAGEMENT, lambda world: world.walk_in and "/ledning/"),
    Place("visitors:rows", MANAGEMENT, "/ledning/rader/?indikator=visitors&ar=2026"),
    Place("visitors:rows", MANAGEMENT, "/ledning/rader/", 400),
    Place("visitors:ledger-checks", MANAGEMENT, "/ledning/kontroll/"),
    Place("counters:overview", MANAGEMENT, lambda world: world.door_day and "/ledning/dorrar/"),
    Place("counters:day", MANAGEMENT, lambda world: f"/ledning/dorrar/{world.door_day}/"),
    Place("counters:readings", MANAGEMENT, lambda world: f"/ledning/dorrar/{world.door_day}/avlasningar/"),
    Place("counters:corrected", MANAGEMENT, lambda world: f"/ledning/dorrar/{world.door_day}/rattat/"),
    Place("counters:difference", MANAGEMENT, lambda world: f"/ledning/dorrar/{world.door_day}/skillnad/"),
    Place("counters:factors", MANAGEMENT, lambda world: world.door_day and "/ledning/dorrar/faktorer/"),
    Place("visitors:rows", MANAGEMENT, "/ledning/rader/?indikator=educators&ar=2026&manad=3"),
    Place("visitors:ahead", MANAGEMENT, "/ledning/vantade/?indikator=pupils&ar=2026"),
    Place("visitors:counting", MANAGEMENT, "/ledning/rakneregler/?ar=2026"),
    Place("visitors:decide-counting", MANAGEMENT, "/ledning/rakneregler/andra/?ar=2026"),
    Place("visitors:decide-counting", MANAGEMENT, "/ledning/rakneregler/andra/?ar=2025"),
    Place(
        "visitors:preview-counting", MANAGEMENT, lambda world: world.rules and f"{PREVIEW}{world.proposal}"
    ),
    Place("visitors:proposed-rows", MANAGEMENT, f"{PREVIEW}rader/?ar=2026&visa=skillnad&indikator=visitors"),
    Place(
        "visitors:counting-version", MANAGEMENT, lambda world: f"/ledning/rakneregler/{world.rules.number}/"
    ),
    Place(
        "visitors:version-rows",
        MANAGEMENT,
        lambda world: f"/ledning/rakneregler/{world.rules.number}/rader/?visa=nya&indikator=visitors",
    ),
    Place("tertials:reports", MANAGEMENT, lambda world: world.reported and "/ledning/tertial/"),
    Place("tertials:report", MANAGEMENT, lambda world: world.reported and "/ledning/tertial/2025-3/"),
    Place("tertials:report", MANAGEMENT, "/ledning/tertial/2026-1/"),
    Place("worker:alerts", MANAGEMENT, lambda world: world.told and "/ledning/larm/"),
    Place("payments:overview", FINANCE, lambda world: world.payment and "/ekonomi/betalningar/"),
    Place("payments:overview", FINANCE, "/ekonomi/betalningar/?lage=failed"),
    Place("payments:overview", FINANCE, "/ekonomi/betalningar/?lage=x", 400),
    Place("payments:order", FINANCE, lambda world: f"/ekonomi/betalningar/{world.payment.order.code}/"),
    Place("payments:refund", FINANCE, lambda world: f"/ekonomi/betalningar/aterbetala/{world.payment.pk}/"),
    Place(
        "payments:differences", FINANCE, lambda world: world.payment and "/ekonomi/betalningar/avstamning/"
    ),
    Place("till:tickets", FINANCE, lambda world: world.ticket and "/kassa/biljetter/"),
    Place("till:ticket", FINANCE, lambda world: f"/kassa/biljetter/{world.ticket.code}/"),
    Place("till:prices", FINANCE, lambda world: world.sold and "/kassa/priser/"),
    Place("accounts:devices", ADMINISTRATOR, lambda world: world.device and "/personal/enheter/"),
    Place(
        "accounts:device-revoke",
        ADMINISTRATOR,
        lambda world: f"/personal/enheter/{world.device.public_id}/aterkalla/",
    ),
    Place("outbox:overview", DATA_PROTECTION, "/personal/utskick/"),
    Place("retention:decide", DATA_PROTECTION, "/dataskydd/visitors.arrivals/"),
    Place("retention:overview", DATA_PROTECTION, lambda world: world.tidied and "/dataskydd/?prova=1"),
]
# What goes wrong for everybody; the addresses are of tests.browser.urls.
TROUBLE = [
    Place("", NOBODY, "/fel/400/", 400),
    Place("", NOBODY, "/fel/403/", 403),
    Place("", NOBODY, "/fel/403_csrf/", 403),
    Place("", NOBODY, "/fel/413/", 413),
    Place("", NOBODY, "/fel/429/", 429),
    Place("", NOBODY, "/fel/500/", 500),
]
PLACES = [
    *PUBLIC,
    *OF_A_BOOKER,
    *OF_THE_DESK,
    *OF_AN_EDUCATOR,
    *OF_A_HOST,
    *OF_A_PLANNER,
    *OF_FINANCE,
    *OF_OTHERS,
    *TROUBLE,
]

# Answered by a redirect, a file or a part of a page that a place above shows.
NO_PAGES = {
    "feedback:review_file",
    "reach:file",
    "capacity:rows_file",
    "reach:forget",
    "reach:invite",  # by POST alone; tests/browser/test_inviting_by_keyboard.py looks at it
    "mine",  # the page of schools:mine, with what else she has booked
    "my-data-file",
    "my-data-pdf",
    "booking",  # leads to the page of the line that has the code
    "groups:send_again",
    "groups:calendar",
    "groups:qr",
    "tickets:send_again",
    "tickets:calendar",
    "tickets:qr",
    *(
        f"conferences:{name}"
        for name in (
            "book_it",
            "calendar",
            "move_picture",
            "picture",
            "price",
            "qr",
            "quote",
            "remove_picture",
            "send_again",
        )
    ),
    *(f"courses:{name}" for name in ("calendar", "certificate", "qr", "send_again")),
    *(f"leisure:{name}" for name in ("absence", "calendar", "continues", "draw_file", "qr", "send_again")),
    "payments:webhook",
    "payments:state",
    *(
        f"invoices:{name}"
        for name in ("act", "discard", "draft_charges", "draft_order", "export", "pdf", "renew", "sie", "ubl")
    ),
    "outbox:retry-all",
    "outbox:retry",
    "outbox:attachment",
    "outbox:mail-html",  # its sandbox keeps axe out; test_a_mail_is_whole looks at the same HTML outside of it
    "room-feed",
    "educator-feed",
    "wheel:feed",
    "schools:book_price",
    "schools:book_schools",
    "schools:send_again",
    "schools:address",  # for the browser that asked just before: test_booking_by_keyboard looks at it
    "schools:answer",
    "schools:booking_calendar",
    "schools:booking_qr",
    "schools:forget",
    "schools:mine_code",  # needs an address asked for just before: test_booking_by_keyboard looks at it
    "schools:export_sessions",
    "schools:export_bookings",
    "visitors:frame",
    "visitors:rows-file",
    "visitors:day-rows-file",
    "visitors:ahead-file",
    *(f"visitors:{name}" for name in ("proposed-rows-file", "version-rows-file", "versions-file")),
    "till:export",
    "till:use-pass",
    "till:renew-pass",
    "till:block-pass",
    "till:unblock-pass",
    "till:annul-pass",
    "till:end-price",
    "conferences:replace_link",
    "visitors:device-list",
    "visitors:worker",
    "visitors:walk-in",
    "visitors:undo-walk-in",
    "visitors:check-in",
    "visitors:undo-check-in",
    "counters:approve",
    "counters:take-back",
    "tertials:pdf",
    "healthz",
    "readyz",
}
