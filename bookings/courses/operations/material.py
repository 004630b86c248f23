"""What is handed out after a day of a round."""

from django.db import transaction

from bookings.courses.models import Day, Material
from bookings.courses.operations import places, refusals
from navet.accounts.actor import Actor

MOST = 40  # of a round


@transaction.atomic
def add(round_id: int, *, day: Day, title: str, url: str, by: Actor) -> Material:
    """Shown from the end of that day. The same address again keeps its first title. Raises NoSuchRound, TooMuchMaterial."""
    chosen = places.lock_round(round_id)
    if day.round_id != chosen.pk:
        raise refusals.NoSuchRound
    of_round = Material.objects.filter(day__round=chosen)
    if (known := of_round.filter(day=day, url=url).first()) is not None:
        return known
    if of_round.count() >= MOST:
        raise refusals.TooMuchMaterial
    return Material.objects.create(day=day, title=" ".join(title.split()), url=url)


@transaction.atomic
def remove(round_id: int, *, material_id: int, by: Actor) -> None:
    """It is shown no longer; again changes nothing."""
    chosen = places.lock_round(round_id)
    Material.objects.filter(pk=material_id, day__round=chosen).delete()
