"""Certificates: who has one, the code that one is checked by. Nothing of it is kept: it is worked out anew each time.

The rule: whoever was there on at least COURSE_CERTIFICATE_PERCENT of the course's days (100 unless set: every day) has one
when the last day is over.
"""

import datetime as dt
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.utils.crypto import salted_hmac

from bookings.courses.models import Participant, Registration, Round
from navet import codes, periods
from navet.house.models import Occasion
from navet.retention.rules import NOTHING


@dataclass(frozen=True)
class Certificate:
    """Of one person; `days` are those she was there, in order."""

    participant: Participant
    days: list[Occasion]
    code: str


def is_earned(*, attended: int, days: int) -> bool:
    """Whether so many days of so many are enough."""
    return days > 0 and attended * 100 >= days * settings.COURSE_CERTIFICATE_PERCENT


def is_over(of: Round, at: dt.datetime) -> bool:
    """Whether the last of its days has ended, and none was called off. Reads `days`, prefetched."""
    occasions = of.occasions()
    return all(one.status == Occasion.Status.PLANNED and one.ends_at <= at for one in occasions)


def of_registration(registration: Registration, at: dt.datetime) -> list[Certificate]:
    """Those that its persons have earned, by name; none before the last day is over. Two queries; reads it whole."""
    if registration.queued_at is not None or not is_over(registration.round, at):
        return []
    people = registration.participants.exclude(name=NOTHING).prefetch_related("attended__day__occasion")
    found = [(one, _days(one)) for one in people]
    many = len(registration.round.occasions())
    return [
        Certificate(one, days, code_for(one.pk, one.name))
        for one, days in found
        if is_earned(attended=len(days), days=many)
    ]


def _days(participant: Participant) -> list[Occasion]:
    occasions = [one.day.occasion for one in participant.attended.all()]
    return sorted(occasions, key=lambda one: one.starts_at)


def code_for(participant_id: int, name: str) -> str:
    """Made of who it is for and the server's secret, so that nobody makes one up and nothing of it has to be kept."""
    said = f"{participant_id}:{' '.join(name.split()).casefold()}"
    number = int(salted_hmac("bookings.courses.certificate", said, algorithm="sha256").hexdigest(), 16)
    letters = []
    for _place in range(codes.LENGTH):
        number, letter = divmod(number, len(codes.ALPHABET))
        letters.append(codes.ALPHABET[letter])
    return "".join(letters)


def is_genuine(code: str, *, name: str, first_day: dt.date, at: dt.datetime) -> bool:
    """Whether we gave a certificate with this code to somebody of this name, for a course that began that day.

    True also when her name is deleted here, and false when the list of who was there says otherwise now. Two queries.
    """
    wanted = codes.normalise(code)
    begins, ends = periods.day_bounds(first_day)
    rounds = Round.objects.whole().filter(
        occasion__period__startswith__gte=begins, occasion__period__startswith__lt=ends
    )
    over = {one.pk: len(one.days.all()) for one in rounds if is_over(one, at)}
    people = Participant.objects.filter(registration__round__in=over).annotate(there=Count("attended"))
    for pk, round_id, there in people.values_list("pk", "registration__round", "there"):
        if is_earned(attended=there, days=over[round_id]) and hmac.compare_digest(
            code_for(pk, name).encode(), wanted.encode()
        ):
            return True
    return False
