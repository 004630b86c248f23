"""Verbs of the directory: the eight municipalities, and who at a school we may write to."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from navet.accounts.actor import Actor
from navet.directory.models import Contact, Municipality, SchoolUnit
from navet.errors import Refused

# Code, name and organisation number, check digits verified.
SJUHARAD = [
    ("1442", "Vårgårda", "2120001454"),
    ("1443", "Bollebygd", "2120002973"),
    ("1452", "Tranemo", "2120001462"),
    ("1463", "Mark", "2120001504"),
    ("1465", "Svenljunga", "2120001512"),
    ("1466", "Herrljunga", "2120001520"),
    ("1490", "Borås", "2120001561"),
    ("1491", "Ulricehamn", "2120001579"),
]


class SchoolIsClosed(Refused):
    code = "school_is_closed"
    field = "school"
    message = _("The school has closed.")


@transaction.atomic
def ensure_municipalities() -> None:
    """Have the eight municipalities of Sjuhärad as the register has them. Changes nothing the second time."""
    Municipality.objects.bulk_create(
        [
            Municipality(code=code, name=name, organisation_number=number, in_sjuharad=True)
            for code, name, number in SJUHARAD
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "organisation_number", "in_sjuharad"],
    )


@transaction.atomic
def remember_contact(
    school: SchoolUnit,
    *,
    name: str,
    email: str,
    phone: str = "",
    mail_language: str = "sv",
    by: Actor | None,
    at: dt.date,
) -> Contact:
    """Note who at the school was last in touch, and in which language we write to her. An address is one contact, whatever its
    case; a wish to get, or not to get, invitations stays. Raises SchoolIsClosed."""
    if school.status == SchoolUnit.Status.CLOSED:
        raise SchoolIsClosed
    email = email.strip().lower()
    Contact.objects.bulk_create(
        [
            Contact(
                school=school,
                name=name,
                email=email,
                phone=phone,
                mail_language=mail_language,
                last_seen_date=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["school", "email"],
        update_fields=["name", "phone", "mail_language", "last_seen_date"],
    )
    return Contact.objects.get(school=school, email=email)


def wish_for_invitations(contact: Contact, *, wanted: bool, by: Actor | None) -> None:
    """Note whether the contact wants invitations."""
    Contact.objects.filter(pk=contact.pk).update(invitations=wanted)


def forget_contact(contact: Contact, *, by: Actor | None) -> None:
    """Remove a contact; what it booked stays as it is."""
    Contact.objects.filter(pk=contact.pk).delete()
