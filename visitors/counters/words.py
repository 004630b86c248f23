"""What is marked about a day's counts, said to people."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from navet import periods
from navet.pages import formats
from visitors.counters import reconcile
from visitors.counters.models import Counter
from visitors.counters.reconcile import Mark

TAGS: Mapping[str, tuple[str, str | Promise]] = {
    reconcile.GAP_LOST: ("warn", gettext_lazy("Gap")),
    reconcile.GAP_LATE: ("info", gettext_lazy("Silent for a while")),
    reconcile.RESTART: ("info", gettext_lazy("Restarted")),
    reconcile.PUT_BACK: ("info", gettext_lazy("Clock put back")),
    reconcile.OVERLAP: ("info", gettext_lazy("Said twice")),
    reconcile.CLOCK: ("warn", gettext_lazy("Clock wrong")),
}
# A device that begins anew each midnight is as it should be.
QUIET_AT_NIGHT = {reconcile.RESTART}


def tags(marks: Iterable[Mark]) -> list[tuple[str, str | Promise]]:
    """Kind of tag and its word, each once, in the order of TAGS."""
    found = {mark.kind for mark in worth_telling(marks)}
    return [tag for kind, tag in TAGS.items() if kind in found]


def worth_telling(marks: Iterable[Mark]) -> list[Mark]:
    """Marks without the nightly restarts of devices that count by the day."""
    return [
        mark
        for mark in marks
        if mark.kind not in QUIET_AT_NIGHT
        or mark.at is None
        or mark.at.astimezone(periods.HOUSE_ZONE).hour > 1
    ]


def sentences(marks: Iterable[Mark], counters: Mapping[int, Counter]) -> list[str]:
    """Each mark in a sentence."""
    return [_sentence(mark, counters[mark.counter].name) for mark in worth_telling(marks)]


def _sentence(mark: Mark, counter: str) -> str:
    facts = {
        "counter": counter,
        "at": _moment(mark.at),
        "until": _moment(mark.until),
        "minutes": formats.count(round(abs(mark.seconds or 0) / 60, 1)),
    }
    if mark.kind == reconcile.CLOCK:
        if (mark.seconds or 0) > 0:
            return (
                _("%(counter)s: the clock was %(minutes)s minutes behind; the hours are corrected.") % facts
            )
        return _("%(counter)s: the clock was %(minutes)s minutes ahead; the hours are corrected.") % facts
    return {
        reconcile.GAP_LOST: _(
            "%(counter)s: silent from %(at)s to %(until)s; who passed then is not counted."
        ),
        reconcile.GAP_LATE: _(
            "%(counter)s: silent from %(at)s to %(until)s; who passed is counted, but the hours are a guess."
        ),
        reconcile.RESTART: _(
            "%(counter)s: began anew from zero before %(at)s; who passed just before that is not counted."
        ),
        reconcile.PUT_BACK: _("%(counter)s: a sum at %(at)s was lower than the one before; it was left out."),
        reconcile.OVERLAP: _(
            "%(counter)s: the time from %(at)s was told more than once; it is counted once."
        ),
    }[mark.kind] % facts


def _moment(at: object) -> str:
    return f"{formats.local_date(at, 'day')} {formats.local_time(at)}" if at else ""  # type: ignore[arg-type]  # moments
