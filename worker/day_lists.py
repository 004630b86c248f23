"""The day's list by mail at seven: an educator gets her own sessions, the desk the whole day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from bookings.schools.models import Language, SchoolBooking
from navet import periods
from navet.accounts.models import User
from navet.house.models import Duty, Occasion, RoomUse
from navet.outbox import promises
from navet.outbox.mail import Mail, render
from visitors import day_list
from visitors.day_list import Party
from visitors.models import Arrival, ArrivalQuerySet
from worker import operations
from worker.models import Subscription

SENT_AT, NOT_AFTER = dt.time(7), dt.time(12)  # in Borås; in the afternoon a list of the day helps nobody
LISTED = 120  # parties in a mail; the page has them all
Kind = Subscription.Kind


@dataclass(frozen=True)
class Led:
    """An occasion that an educator leads, with its rooms and the parties expected; there may be none.

    With each party stands the language it is met in, where that is not taken for granted: "" is Swedish as planned.
    """

    occasion: Occasion
    rooms: list[str]
    parties: list[tuple[Party, str]]


# --- Who gets one, and when -------------------------------------------------------------------------------------


@transaction.atomic
def promise_due(at: dt.datetime) -> int:
    """Promise today's lists, once for each person, between seven and noon; how many are promised by now.

    A beat that slept over seven makes it up until noon.
    """
    day = periods.local_day(at)
    if not periods.at(day, SENT_AT) <= at < periods.at(day, NOT_AFTER):
        return 0
    due = [*_due(Kind.DESK_DAY, _desk(day), day, at), *_due(Kind.EDUCATOR_DAY, _educators(day), day, at)]
    promises.promise_all(due)
    return len(due)


def _due(kind: Kind, users: QuerySet[User], day: dt.date, at: dt.datetime) -> Iterator[promises.Promise]:
    for user in users.prefetch_related("subscriptions").order_by("pk"):
        if operations.is_still_wanted(user, kind):
            yield promises.Promise(
                "mail",
                key=f"day_list:{kind}:{day}:{user.pk}",
                payload={"mail": f"day_list.{kind}", "args": {"user_id": user.pk, "day": day.isoformat()}},
                due_at=at,
            )


def _desk(day: dt.date) -> QuerySet[User]:
    """Everybody, on a day with somebody to receive; whose role it is not is sorted out afterwards."""
    return User.objects.active() if _expected(day).exists() else User.objects.none()


def _educators(day: dt.date) -> QuerySet[User]:
    """Those who lead something that day."""
    return User.objects.active().filter(pk__in=_duties(day).values("educator"))


def _expected(day: dt.date) -> ArrivalQuerySet:
    return Arrival.objects.on_day(day).exclude(status=Arrival.Status.CANCELLED)


def _duties(day: dt.date) -> QuerySet[Duty]:
    return Duty.objects.filter(
        holds=True,
        occasion__status=Occasion.Status.PLANNED,
        occasion__period__startswith__range=_first_and_last(day),
    )


def _first_and_last(day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    first, end = periods.day_bounds(day)
    return first, end - dt.timedelta(microseconds=1)


# --- What it says -----------------------------------------------------------------------------------------------


def own_day(user: User, day: dt.date, *, at: dt.datetime) -> list[Led]:
    """What the educator leads on the day, in order of time; six queries."""
    led = [duty.occasion for duty in _duties(day).filter(educator=user).select_related("occasion")]
    led.sort(key=lambda occasion: (occasion.starts_at, occasion.pk))
    parties = day_list.of(_expected(day).filter(occasion__in=led).with_details().in_order(), at=at)
    uses = RoomUse.objects.filter(occasion__in=led, holds=True).select_related("room").order_by("pk")
    rooms = [(use.occasion_id, use.room.name) for use in uses]
    languages = _languages(led)
    return [
        Led(
            occasion,
            list(dict.fromkeys(name for pk, name in rooms if pk == occasion.pk)),
            [
                (party, languages.get(party.arrival.code, ""))
                for party in parties
                if party.arrival.occasion_id == occasion.pk
            ],
        )
        for occasion in led
    ]


def _languages(led: list[Occasion]) -> dict[str, str]:
    """The codes of classes to the language they asked for, where it or that of their session is not Swedish."""
    asked = SchoolBooking.objects.confirmed().filter(session__in=[one.pk for one in led])
    swedish = Q(language=Language.SWEDISH, session__language=Language.SWEDISH)
    return {
        code: str(Language(language).label)
        for code, language in asked.exclude(swedish).values_list("code", "language")
    }


def educator_day(*, user_id: int, day: str) -> Mail | None:
    """The mail to an educator; None when the day has passed, or holds nothing for her any more."""
    user, at = operations.subscriber(user_id, Kind.EDUCATOR_DAY), operations.now_on(day)
    if user is None or at is None:
        return None
    with translation.override(user.language):
        led = own_day(user, dt.date.fromisoformat(day), at=at)
        return _mail("educator_day", user, day, {"led": led}, "schools:my_days") if led else None


def desk_day(*, user_id: int, day: str) -> Mail | None:
    """The mail to somebody at the desk; None when the day has passed, or nobody is expected any more."""
    user, at = operations.subscriber(user_id, Kind.DESK_DAY), operations.now_on(day)
    if user is None or at is None:
        return None
    with translation.override(user.language):
        parties = day_list.of(_expected(dt.date.fromisoformat(day)).with_details().in_order(), at=at)
        if not parties:
            return None
        context = {
            "parties": parties[:LISTED],
            "more": max(len(parties) - LISTED, 0),
            "count": len(parties),
            "participants": sum(party.arrival.expected_participants for party in parties),
            "adults": sum(party.arrival.expected_adults for party in parties),
            "printed_url": settings.SITE_URL + reverse("visitors:printed") + f"?dag={day}",
        }
        return _mail("desk_day", user, day, context, "visitors:reception")


def _mail(name: str, user: User, day: str, context: dict, page: str) -> Mail:
    subscriptions = settings.SITE_URL + reverse("worker:subscriptions")
    links = {"page_url": settings.SITE_URL + reverse(page), "subscriptions_url": subscriptions}
    return render(
        f"day_list/{name}",
        to=[user.email],
        language=user.language,
        context={"day": dt.date.fromisoformat(day), **context, **links},
        list_id="day",
        unsubscribe_url=subscriptions,
    )
