"""What is kept about the safety of the house beside the entries themselves."""

import datetime as dt

from django.db import transaction

from navet.accounts.actor import Actor
from visitors.safety.evacuation import Evacuation, listing
from visitors.safety.models import EvacuationListing


@transaction.atomic
def open_evacuation_list(*, by: Actor, at: dt.datetime) -> Evacuation:
    """The list, with its names and telephone numbers; that it was opened is kept, by whom and when."""
    found = listing(at=at)
    EvacuationListing.objects.create(at=at, by=by.user, device=by.device, heads=found.heads)
    return found
