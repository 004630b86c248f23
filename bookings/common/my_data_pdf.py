"""What the house holds about whoever proved an address, as PDF, tagged (PDF/UA-1), in the active language: as the page says it."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from navet.pages import contact, formats
from navet.pages.pdf import made
from navet.retention.requests import Holding

TEMPLATE = Path(__file__).with_name("my_data.typ")


def to_pdf(email: str, held: list[Holding], *, at: dt.datetime) -> bytes:
    house, heading = contact.house().name, _("What we hold about you")
    made_at = f"{formats.local_date(at, 'long')} {formats.local_time(at)}"
    return made(
        TEMPLATE,
        {
            "language": (get_language() or "sv")[:2],
            "title": f"{heading}, {house}",
            "heading": heading,
            "house": house,
            "page": _("Page"),
            "lead": _("%(email)s, as it was on %(moment)s") % {"email": email, "moment": made_at},
            "held": [_told(one) for one in held],
            "nothing": _("We hold nothing about this address"),
        },
    )


def _told(one: Holding) -> dict[str, Any]:
    rule = one.rule
    about = [
        f"{rule.purpose}.",
        f"{_('Ground')}: {str(rule.ground.label).lower()}.",
        f"{_('Kept')}: {rule.lasts}.",
        f"{_('Then remains')}: {rule.remains}.",
    ]
    return {
        "holds": str(rule.holds),
        "about": " ".join(about),
        "records": [[[str(word), formats.said(value)] for word, value in facts] for facts in one.facts],
    }
