"""What every page of the house needs to draw its frame."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from navet.pages import contact

STYLESHEETS = [f"navet/{name}.css" for name in ("tokens", "base", "layout", "components", "forms", "charts")]

# The addresses people are told (docs, signs, mails); a room that is not built yet has no address and no link.
ROOMS = {
    "/skolprogram/": _("School programmes"),
    "/biljetter/": _("Tickets"),
    "/grupper/": _("Groups and parties"),
    "/kurser/": _("Courses"),
    "/fritid/": _("Leisure"),
    "/konferens/": _("Conferences"),
}
# What visitors come back for; in the menu after the rooms.
OWN_PAGES = {"/mina-bokningar/": _("My bookings")}
# The capability that a staff page asks for, by its address; the page itself asks again. The first one that somebody
# may open is where her day begins.
STAFF_ROOMS = {
    "/reception/": (_("Reception"), "desk.check_in"),
    "/reception/biljetter/": (_("Sell tickets"), "tickets.sell"),
    "/reception/grupp/": (_("Receive a group"), "groups.receive"),
    "/planering/": (_("Planning"), "schools.plan"),
    "/planering/biljetter/": (_("Tickets"), "tickets.plan"),
    "/planering/grupper/": (_("Groups"), "groups.plan"),
    "/planering/kurser/": (_("Courses"), "courses.plan"),
    "/planering/fritid/": (_("Leisure groups"), "leisure.plan"),
    "/planering/konferenser/": (_("Conferences"), "conferences.plan"),
    "/planering/mina-dagar/": (_("My days"), "duties.view_own"),
    "/reception/kurser/": (_("Attendance at courses"), "courses.attend"),
    "/reception/fritid/": (_("Leisure groups"), "leisure.attend"),
    "/ledning/": (_("Management"), "indicators.view"),
    "/ledning/tertial/": (_("Tertial reports"), "indicators.view"),
    "/ledning/kapacitet/": (_("Capacity"), "capacity.view"),
    "/planering/granskning/": (_("Programme review"), "feedback.view"),
    "/planering/rackvidd/": (_("Reach"), "reach.view"),
    "/planering/arshjul/": (_("Year wheel"), "wheel.view"),
    "/planering/individer/": (_("Possible doubles"), "individuals.decide"),
    "/kassa/": (_("To the till"), "till.view"),
    "/ekonomi/att-fakturera/": (_("Finance"), "invoicing.view"),
    "/ekonomi/betalningar/": (_("Payments"), "payments.view"),
    "/reception/i-huset/": (_("The house now"), "house.safety"),
    "/huset/": (_("Rooms and days"), "arrivals.view"),
    "/admin/": (_("Administration"), "admin.access"),
    "/dataskydd/": (_("Data protection"), "retention.view"),
    "/personal/utskick/": (_("Outgoing mail"), "outbox.view"),
}
# Where a staff page belongs in the menu, by how its address begins; all else is of running the house.
SECTIONS: dict[str | Promise, tuple[str, ...]] = {
    _("Reception"): ("/reception/", "/kassa/"),
    _("Planning"): ("/planering/", "/huset/"),
    _("Management"): ("/ledning/",),
    _("Finance"): ("/ekonomi/",),
    _("Running the system"): ("/",),
}
FEW = 6  # so many pages stand in the menu side by side; more are shown by section


class Link(NamedTuple):
    """An item of a menu; `current` is the value of aria-current, "" when the visitor is elsewhere."""

    url: str
    label: str
    current: str


class Section(NamedTuple):
    """Part of the staff menu: at least one link. One that stands alone is its own section."""

    label: str | Promise
    links: list[Link]

    @property
    def url(self) -> str:
        return self.links[0].url

    @property
    def current(self) -> str:
        """The value of its own aria-current: its one page, or around the page that is shown."""
        if len(self.links) == 1:
            return self.links[0].current
        return "true" if any(link.current for link in self.links) else ""

    @property
    def has_rooms(self) -> bool:
        return len(self.links) > 1


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
    shown = [(path, label) for path, label in rooms if exists(path)]
    # A page inside several items of the menu belongs to the innermost.
    around = max((path for path, _label in shown if here.startswith(path)), key=len, default="")
    # The menu stands on a page twice: its words are looked up once.
    return [Link(path, str(label), _current(path, here, around)) for path, label in shown]


def _current(path: str, here: str, around: str) -> str:
    if here == path:
        return "page"
    return "true" if path == around else ""


def staff_links(user: Any, *, here: str) -> list[Link]:
    """The staff pages that exist and this user may open; empty for a visitor."""
    if user is None or not user.is_authenticated:
        return []
    mine = [(path, label) for path, (label, needs) in STAFF_ROOMS.items() if user.has_capability(needs)]
    return links(mine, here=here)


def staff_menu(user: Any, *, here: str) -> list[Section]:
    """The same pages by section, in the order of SECTIONS; each alone where there are few."""
    mine = staff_links(user, here=here)
    if len(mine) <= FEW:
        return [Section(link.label, [link]) for link in mine]
    by_section: dict[str | Promise, list[Link]] = {label: [] for label in SECTIONS}
    for link in mine:
        by_section[next(label for label, starts in SECTIONS.items() if link.url.startswith(starts))].append(
            link
        )
    return [
        Section(label if len(found) > 1 else found[0].label, found)
        for label, found in by_section.items()
        if found
    ]


@lru_cache(maxsize=1)
def _stylesheets() -> list[str]:
    """Their addresses, which stay as they are while a process lives."""
    return [static(name) for name in STYLESHEETS]


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav` (of Link), `staff_menu` (of Section), `stylesheets`, `house`. No queries beyond the user's own."""

    user = getattr(request, "user", None)
    return {
        "nav": links((ROOMS | OWN_PAGES).items(), here=request.path),
        "staff_menu": SimpleLazyObject(lambda: staff_menu(user, here=request.path)),
        "stylesheets": _stylesheets(),
        "house": contact.house(),
    }
