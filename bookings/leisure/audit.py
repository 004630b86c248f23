"""Who was there in a leisure group is in the ledger, once, while we know who she was (settings.LEDGER_AUDITS)."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from bookings.leisure.models import Attendance
from navet.house.models import Occasion
from visitors.audit import MOST, Difference
from visitors.models import Category, Visit


def differences() -> Iterator[Difference]:
    """Each attendance whose entry is taken back, of another meeting or kind, without a pseudonym, of one called off or of
    another group than the child's."""
    right = Q(
        visit__reverses=None,
        visit__reversal=None,
        visit__count=1,
        visit__category=Category.LEISURE,
        visit__source=Visit.Source.LIST,
        visit__at=F("meeting__occasion__period__startswith"),
        meeting__occasion__status=Occasion.Status.PLANNED,
        meeting__group=F("enrolment__group"),
        visit__person__gt="",
    )
    for one in Attendance.objects.exclude(right).order_by("pk")[:MOST]:
        yield Difference(_("attendance %(id)s of a leisure group") % {"id": one.pk}, 1, 0, (one.visit_id,))
