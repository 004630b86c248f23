"""Sessions in PostgreSQL, as Django's own, asked for in words that are compiled once: every page begins with it."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from navet.queries import Param, Query

_LIVE = Query(lambda: Session.objects.filter(session_key=Param("key"), expire_date__gt=Param("at")))


class SessionStore(DatabaseStore):
    """Nothing is cached: a session that was ended is over at once, also while Redis is away."""

    def _get_session_from_db(self) -> Session | None:
        found = _LIVE.first(key=self.session_key, at=timezone.now())
        if found is None:
            self._session_key = None
        return found
