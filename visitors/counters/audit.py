"""Adding the door corrections up again: each approved one has its one entry in the ledger, and no other entry is there."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from visitors.audit import Difference
from visitors.counters.models import Correction
from visitors.models import Visit


def differences() -> Iterator[Difference]:
    """Every disagreement between approvals and ledger. Nothing when all is well."""
    known: set[int] = set()
    for correction in Correction.objects.select_related("visit", "reversal").order_by("pk").iterator():
        known |= {pk for pk in (correction.visit_id, correction.reversal_id) if pk}
        visit, reversal = correction.visit, correction.reversal
        where = _("door correction %(id)s of %(day)s") % {"id": correction.pk, "day": correction.day}
        if (visit.count, visit.day) != (correction.heads, correction.day):
            yield Difference(where, correction.heads, visit.count, (visit.pk,))
        if reversal and (reversal.reverses_id, reversal.count) != (visit.pk, -correction.heads):
            yield Difference(
                _("%(where)s, taken back") % {"where": where},
                -correction.heads,
                reversal.count,
                (reversal.pk,),
            )
    strangers = Visit.objects.filter(source=Visit.Source.COUNTER).exclude(pk__in=known)
    for visit in strangers.order_by("pk"):
        yield Difference(
            _("entry %(id)s, which nobody approved") % {"id": visit.pk}, 0, visit.count, (visit.pk,)
        )
