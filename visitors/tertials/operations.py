"""Writing what management says, and giving the report out: each is kept, and nothing of it changes afterwards."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from navet import periods
from navet.accounts.models import User
from navet.errors import Refused
from visitors.models import Indicator
from visitors.tertials import document, figures
from visitors.tertials.models import Comment, Issue
from visitors.tertials.tertial import Tertial

LONGEST = 2000  # characters of a comment


class NotBegun(Refused):
    code = "tertial_not_begun"
    message = _("This tertial has not begun.")


class WrittenMeanwhile(Refused):
    code = "written_meanwhile"
    message = _("Somebody else has written here meanwhile. Look at what it says now, then write again.")


class NothingNew(Refused):
    code = "nothing_new"
    message = _("Nothing was changed.")


class Words(NamedTuple):
    comment: str
    action: str


@transaction.atomic
def write(
    tertial: Tertial, written: Mapping[str, Words], *, seen: int, by: User, at: dt.datetime
) -> Issue | None:
    """Say this of the indicators; what says the same as before stays as it is. Returns the new issue where one was given out before.

    `seen` is the number of versions that the writer saw. Raises NotBegun, WrittenMeanwhile, NothingNew.
    """
    if periods.local_day(at) < tertial.first_day:
        raise NotBegun()
    _lock(tertial)
    latest = figures.latest(tertial)
    if seen != versions(latest):
        raise WrittenMeanwhile()
    changed = {
        code: words
        for code, words in written.items()
        if code in Indicator and words != _said(latest.get(code))
    }
    if not changed:
        raise NothingNew()
    Comment.objects.bulk_create(
        Comment(
            year=tertial.year, number=tertial.number, indicator=code, by=by, written_at=at, comment=words.comment,
            action=words.action, version=latest[code].version + 1 if code in latest else 1,
        )
        for code, words in changed.items()
    )  # fmt: skip
    last = last_issue(tertial)
    if last is None:
        return None
    return _issue(tertial, last.data | {"words": figures.words(tertial)}, last.version + 1, by=by, at=at)


@transaction.atomic
def give_out(tertial: Tertial, *, at: dt.datetime) -> Issue | None:
    """Keep the report of a tertial that is over, of what was known at the end of its last day; None where it is kept already, or not over.

    Whenever it is made, the figures are the same (visitors/insight/known.py), so a night that was missed is made up.
    """
    if at < tertial.over_at:
        return None
    _lock(tertial)
    if is_given_out(tertial):
        return None
    return _issue(tertial, figures.data(tertial, at=at), 1, by=None, at=at)


def give_out_due(at: dt.datetime) -> Issue | None:
    """The latest tertial that is over; the worker asks hourly. Earlier ones, before the house began, are not made up."""
    tertial = Tertial.ended_before(periods.local_day(at))
    return None if is_given_out(tertial) else give_out(tertial, at=at)


def is_given_out(tertial: Tertial) -> bool:
    return Issue.objects.filter(year=tertial.year, number=tertial.number).exists()


def last_issue(tertial: Tertial) -> Issue | None:
    """The latest version with its PDFs."""
    return Issue.objects.filter(year=tertial.year, number=tertial.number).order_by("-version").first()


def versions(latest: Mapping[str, Comment]) -> int:
    """How many versions of comments there are: what a writer has seen."""
    return sum(one.version for one in latest.values())


def _said(comment: Comment | None) -> Words:
    return Words(comment.comment, comment.action) if comment else Words("", "")


def _issue(
    tertial: Tertial, data: dict[str, Any], version: int, *, by: User | None, at: dt.datetime
) -> Issue:
    made = {language: document.pdf(data, language, version=version, made_at=at) for language in ("sv", "en")}
    return Issue.objects.create(
        year=tertial.year, number=tertial.number, version=version, data=data, pdf_sv=made["sv"], pdf_en=made["en"], by=by, made_at=at
    )  # fmt: skip


def _lock(tertial: Tertial) -> None:
    """One writer of a tertial at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('visitors.tertials', %s))",
            [10 * tertial.year + tertial.number],
        )
