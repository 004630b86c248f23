"""Inviting units: seen first, sent by the outbox, once in a term; who said no is left in peace."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bookings.reach import offers
from bookings.reach.models import Invitation
from bookings.reach.operations import refusals
from bookings.schools.models import Session
from navet import periods, school_years
from navet.accounts.actor import Actor
from navet.directory.models import Contact, SchoolUnit
from navet.outbox import opting, promises

MOST_AT_ONCE = 200


class WhyNot(TextChoices):
    CLOSED = "closed", _("Closed")
    INVITED = "invited", _("Invited this term already")
    NO_ADDRESS = "no_address", _("No address known")
    OPTED_OUT = "opted_out", _("Wants no invitations")
    NO_SESSIONS = "no_sessions", _("No session with places fits its grades and calendar")


@dataclass(frozen=True)
class Planned:
    """What a unit would get, and at which address: a contact's who wants invitations, else its own; or why nothing."""

    school: SchoolUnit
    address: str
    contact: Contact | None
    sessions: list[Session]
    why_not: WhyNot | None

    @property
    def can_be_sent(self) -> bool:
        return self.why_not is None


def preview(school_ids: Iterable[int], *, at: dt.datetime) -> list[Planned]:
    """What `send` would send now, unit by unit, and what it would not. Six queries. Raises TooMany."""
    ids = set(school_ids)
    if len(ids) > MOST_AT_ONCE:
        raise refusals.TooMany
    found = SchoolUnit.objects.filter(pk__in=ids).select_related("municipality", "organiser").in_order()
    schools = list(found)
    contacts = _contacts(schools)
    asked = {one.email for one in schools if one.email} | {
        one.email for listed in contacts.values() for one in listed
    }
    willing = opting.still_in(opting.Kind.INVITATIONS, asked)
    term = school_years.term(periods.local_day(at))
    invited = set(Invitation.objects.filter(school__in=schools, term=term).values_list("school", flat=True))
    sessions = offers.offers(schools, at=at)
    return [
        _planned(one, contacts.get(one.pk, []), willing, one.pk in invited, sessions[one.pk])
        for one in schools
    ]


@transaction.atomic
def send(school_ids: Iterable[int], *, by: Actor, at: dt.datetime) -> list[Invitation]:
    """Invite those that can be; who else was chosen is left out. Raises NobodyToInvite, TooMany.

    The units are locked, so of two planners at once one invites each; the database has one invitation in a term.
    """
    ids = sorted(set(school_ids))
    list(SchoolUnit.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values("pk"))
    planned = [one for one in preview(ids, at=at) if one.can_be_sent]
    if not planned or by.user is None:
        raise refusals.NobodyToInvite
    term = school_years.term(periods.local_day(at))
    made = Invitation.objects.bulk_create(
        Invitation(
            school=one.school,
            term=term,
            is_to_contact=one.contact is not None,
            contact=one.contact,
            sessions=len(one.sessions),
            sent_at=at,
            sent_by=by.user,
        )
        for one in planned
    )
    promises.promise_all(
        promises.Promise(
            "mail",
            f"reach.invitation:{one.school_id}:{one.term}",
            {"mail": "reach.invitation", "args": {"invitation_id": one.pk}},
            due_at=at,
        )
        for one in made
    )
    return made


def address_of(invitation: Invitation) -> str:
    """Where it goes: to the contact it was meant for, if she is still one, or to the unit; "" where that is gone."""
    if invitation.is_to_contact:
        return invitation.contact.email if invitation.contact else ""
    return invitation.school.email


def language_of(contact: Contact | None) -> str:
    """What a contact is written to in; a unit's own address is written to in Swedish."""
    return contact.mail_language if contact else settings.LANGUAGE_CODE


def _contacts(schools: Iterable[SchoolUnit]) -> dict[int, list[Contact]]:
    """Those who want invitations, by unit, the one we heard of last first."""
    found: dict[int, list[Contact]] = {}
    wanting = Contact.objects.filter(school__in=schools, invitations=True)
    for one in wanting.order_by("-last_seen_date", "pk"):
        found.setdefault(one.school_id, []).append(one)
    return found


def _planned(
    school: SchoolUnit, contacts: list[Contact], willing: set[str], is_invited: bool, sessions: list[Session]
) -> Planned:
    contact = next((one for one in contacts if one.email in willing), None)
    own = school.email if school.email in willing else ""
    address = contact.email if contact else own
    why_not = None
    if not school.is_open:
        why_not = WhyNot.CLOSED
    elif is_invited:
        why_not = WhyNot.INVITED
    elif not address:
        why_not = WhyNot.OPTED_OUT if school.email or contacts else WhyNot.NO_ADDRESS
    elif not sessions:
        why_not = WhyNot.NO_SESSIONS
    return Planned(school, address, contact, sessions, why_not)
