"""What educators are told by mail of the sessions they lead. Built when it is sent: what is no longer true is not said."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.schools import search
from bookings.schools.models import Session, SessionQuerySet
from bookings.schools.operations import educators
from navet import periods
from navet.accounts.models import User
from navet.house import feeds
from navet.house.models import Duty, Occasion
from navet.outbox.mail import Attachment, Mail, render
from navet.pages import formats

TAKES_AWAY = (educators.CANCELLED, educators.TAKEN_OFF)


def duties(
    *, change: str, educator_id: int, session_ids: list[int], was: str = "", author_id: int | None = None
) -> Mail | None:
    """One mail about one or many sessions; nothing to somebody who no longer works here."""
    educator = User.objects.active().filter(pk=educator_id).first()
    sessions = list(search.with_people(_still_true(change, session_ids, educator_id)))
    if educator is None or not sessions:
        return None
    author = User.objects.filter(pk=author_id).first()
    with translation.override(educator.language):
        context = {
            "headline": _headline(change, sessions),
            "said": _said(change, sessions, was),
            "facts": _facts(sessions[0], author) if len(sessions) == 1 else _list(sessions, author),
            "label": _("See your days"),
            "url": _days_url(sessions[0]),
        }
        return render(
            "school_duties",
            to=[educator.email],
            language=educator.language,
            context=context,
            attachments=(_calendar(sessions, takes_away=change in TAKES_AWAY),),
        )


def _still_true(change: str, session_ids: list[int], educator_id: int) -> SessionQuerySet:
    """Those of the sessions that `change` still describes, in time order."""
    found = Session.objects.filter(pk__in=session_ids).select_related("occasion", "programme")
    leads = Exists(Duty.objects.filter(occasion=OuterRef("pk"), educator=educator_id))
    if change == educators.CANCELLED:
        found = found.filter(leads, occasion__status=Occasion.Status.CANCELLED)
    elif change == educators.TAKEN_OFF:
        found = found.filter(~leads)
    else:
        found = found.filter(leads, occasion__status=Occasion.Status.PLANNED)
    return found.order_by("occasion__period", "pk")


def _headline(change: str, sessions: Sequence[Session]) -> str:
    many, first = len(sessions), sessions[0]
    what = {
        "programme": first.programme,
        "day": formats.local_date(first.occasion.starts_at, "day"),
        "n": many,
    }
    if change == educators.CANCELLED:
        text = ngettext(
            "Session cancelled: %(programme)s, %(day)s", "%(n)s sessions cancelled: %(programme)s", many
        )
    elif change == educators.TAKEN_OFF:
        text = _("You no longer lead: %(programme)s, %(day)s")
    elif change == educators.MOVED:
        text = _("Moved: %(programme)s, %(day)s")
    else:
        text = ngettext("You lead: %(programme)s, %(day)s", "You lead %(n)s sessions: %(programme)s", many)
    return text % what


def _said(change: str, sessions: Sequence[Session], was: str) -> list[str]:
    many, occasion = len(sessions), sessions[0].occasion
    if change == educators.CANCELLED:
        said = ngettext(
            "The session is cancelled, and you are free at that time.",
            "The sessions are cancelled, and you are free at those times.",
            many,
        )
        return [said, _("The reason: %(reason)s") % {"reason": occasion.cancel_reason}]
    if change == educators.TAKEN_OFF:
        return [_("You no longer lead the session, and are free at that time.")]
    if change == educators.MOVED:
        return [_moved(occasion, dt.datetime.fromisoformat(was))]
    if change == educators.PUT_ON:
        return [_("You have been put down to lead this session.")]
    return [
        ngettext("A session has been planned for you.", "These sessions have been planned for you.", many)
    ]


def _moved(occasion: Occasion, was: dt.datetime) -> str:
    if was == occasion.starts_at:
        return _("A session you lead has another room. This is how it stands now.")
    before = f"{formats.local_date(was, 'long')} {formats.local_time(was)}"
    return _("A session you lead has been moved. It was to begin %(before)s; below is how it stands now.") % {
        "before": before
    }


def _facts(session: Session, author: User | None) -> list[tuple[str, str]]:
    return [
        (_("Programme"), str(session.programme)),
        (_("When"), f"{formats.local_date(session.occasion.starts_at, 'long')} {_times(session)}"),
        (_("Rooms"), _rooms(session)),
        (_("Language"), session.get_language_display()),
        (_("Educators"), ", ".join(str(one) for one in search.educators_of(session))),
        (_("Changed by"), str(author) if author else ""),
    ]


def _list(sessions: Sequence[Session], author: User | None) -> list[tuple[str, str]]:
    """One row a session: a term is read as a list."""
    rows = [
        (
            formats.near_date(session.occasion.starts_at, today=timezone.localdate()),
            f"{_times(session)}, {_rooms(session)}",
        )
        for session in sessions
    ]
    return [*rows, (_("Changed by"), str(author) if author else "")]


def _times(session: Session) -> str:
    return f"{formats.local_time(session.occasion.starts_at)}–{formats.local_time(session.occasion.ends_at)}"


def _rooms(session: Session) -> str:
    return ", ".join(room.name for room in search.rooms_of(session))


def _days_url(session: Session) -> str:
    """The educator's own days, from the first of the sessions on."""
    first = periods.local_day(session.occasion.starts_at).isoformat()
    return f"{settings.SITE_URL}{reverse('schools:my_days')}?first={first}"


def _calendar(sessions: Sequence[Session], *, takes_away: bool) -> Attachment:
    occasions = Occasion.objects.filter(pk__in=[session.pk for session in sessions])
    content = feeds.file_of(occasions, takes_away=takes_away, at=timezone.now())
    method = "CANCEL" if takes_away else "PUBLISH"
    return Attachment("navet.ics", f"text/calendar; method={method}", content)
