"""What leisure groups must agree on (settings.LEDGER_AUDITS): attendance with the ledger, draws with what was published."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from bookings.leisure.models import Attendance, Draw, Group
from bookings.leisure.operations import drawing
from navet.house.models import Occasion
from visitors.audit import MOST, Difference
from visitors.models import Category, Visit


def differences() -> Iterator[Difference]:
    """Attendances and their entries; seeds that are lost; draws that come out otherwise when they are done again."""
    yield from _attendances()
    for group in Group.objects.filter(draw=None, closes_at__isnull=False, called_off_at=None).order_by("pk"):
        if drawing.is_seed_lost(group):
            said = _("the seed of the draw of leisure group %(id)s, which the secret key no longer makes")
            yield Difference(said % {"id": group.pk}, 1, 0)
    for held in Draw.objects.order_by("pk").iterator():
        if not drawing.agrees(held):
            yield Difference(_("the draw of leisure group %(id)s, done again") % {"id": held.pk}, 1, 0)


def _attendances() -> Iterator[Difference]:
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
