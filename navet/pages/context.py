"""What every page of the house needs to draw its frame."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

STYLESHEETS = [f"navet/{name}.css" for name in ("tokens", "base", "layout", "components", "forms", "charts")]

# The addresses people are told (docs, signs, mails); a room that is not built yet has no address and no link.
ROOMS = {
    "/skolprogram/": _("School programmes"),
    "/kurser/": _("Courses"),
    "/fritid/": _("Leisure"),
    "/konferens/": _("Conferences"),
}
# The capability that a staff page asks for, by its address; the page itself asks again.
STAFF_ROOMS = {
    "/reception/": (_("Reception"), "desk.check_in"),
    "/huset/": (_("In the house"), "arrivals.view"),
    "/planering/": (_("Planning"), "schools.plan"),
    "/ledning/": (_("Management"), "indicators.view"),
    "/personal/utskick/": (_("Outgoing mail"), "outbox.view"),
    "/admin/": (_("Administration"), "admin.access"),
}


class Link(NamedTuple):
    """An item of a menu; `current` is the value of aria-current, "" when the visitor is elsewhere."""

    url: str
    label: str | Promise
    current: str


@lru_cache(maxsize=64)
def _exists(path: str, urlconf: str | None) -> bool:
    try:
        resolve(path, urlconf)
    except Resolver404:
        return False
    return True


def exists(path: str) -> bool:
    """Whether the house has a page at this address."""
    return _exists(path, get_urlconf())


def links(rooms: Iterable[tuple[str, str | Promise]], *, here: str) -> list[Link]:
    """Links to the rooms that exist; `here` is the path being shown."""
    return [Link(path, label, _current(path, here)) for path, label in rooms if exists(path)]


def _current(path: str, here: str) -> str:
    if here == path:
        return "page"
    return "true" if here.startswith(path) else ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `staff_nav` (both lists of Link) and `stylesheets`. No queries beyond the user's own."""

    def staff_nav() -> list[Link]:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        mine = [(path, label) for path, (label, needs) in STAFF_ROOMS.items() if user.has_capability(needs)]
        return links(mine, here=request.path)

    return {
        "nav": links(ROOMS.items(), here=request.path),
        "staff_nav": SimpleLazyObject(staff_nav),
        "stylesheets": STYLESHEETS,
    }
