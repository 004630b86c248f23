"""The tickets of the desk's keys, as rows: what they are called, whom they admit, from when until when; and what a tap made."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visitors.models import Category

# What people who come unannounced are counted as. Pupils, course and conference guests come by an arrival, leisure
# children by an attendance list. A ticket admits people of as many of these as it says: the ledger's words stay, tickets change.
DESK_CATEGORIES = (
    Category.ADULT,
    Category.CHILD,
    Category.FAMILY_ADULT,
    Category.FAMILY_CHILD,
    Category.ANNUAL_PASS,
    Category.GROUP,
    Category.FREE,
)
MOST_HEADS = 100


class AdmitsPeople(Func):
    """That a party (category -> heads) holds one to `most` of each, of nothing but `categories`, and somebody."""

    template = (
        "jsonb_typeof(%(expressions)s) = 'object' AND %(expressions)s <> '{}'"
        " AND %(expressions)s - '{%(categories)s}'::text[] = '{}' AND NOT jsonb_path_exists(%(expressions)s,"
        " 'strict $.* ? (@.type() != \"number\" || @ < 1 || @ > %(most)s || @ != @.floor())')"
    )
    output_field = models.BooleanField()


class TicketKindQuerySet(models.QuerySet["TicketKind"]):
    def sold_on(self, day: dt.date) -> "TicketKindQuerySet":
        return self.filter(valid__contains=day).in_order()

    def with_a_key(self, day: dt.date) -> "TicketKindQuerySet":
        """Sold that day, with a key at the desk."""
        return self.sold_on(day).filter(has_key=True)

    def not_over(self, day: dt.date) -> "TicketKindQuerySet":
        """Sold that day or later."""
        return self.filter(Q(valid__endswith=None) | Q(valid__endswith__gt=day)).in_order()

    def in_order(self) -> "TicketKindQuerySet":
        return self.order_by("position", "pk")


@pghistory.track()
class TicketKind(models.Model):
    """A key of the desk: one tap, one price, so many people of each category it admits.

    Its price is a row of `Price` whose product is `code`. Whom it admits never changes, since entries were made by it:
    another party is another ticket. Its name may be mended, and is in its history; its key and its last day change.
    """

    code = models.SlugField(_("code"), max_length=16, unique=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    party = models.JSONField(_("admits"), help_text=_("Category -> how many of it."))
    position = models.PositiveSmallIntegerField(_("place among the keys"), default=50)
    has_key = models.BooleanField(
        _("has a key at the desk"),
        default=True,
        help_text=_("Without one it is sold no more, but what waits on a tablet still counts."),
    )
    valid = DateRangeField(_("sold"))

    objects = TicketKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.CheckConstraint(
                condition=AdmitsPeople("party", categories=",".join(DESK_CATEGORIES), most=MOST_HEADS),
                name="a_ticket_admits_people_who_walk_in",
            ),
            models.CheckConstraint(condition=~Q(name_sv="") & ~Q(name_en=""), name="a_ticket_has_both_names"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False),
                name="a_ticket_is_sold_for_a_while",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="what_was_sold_stays", fields=["code", "party"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_sv

    @property
    def whom(self) -> list[tuple[str, int]]:
        """Whom one ticket admits: category, heads; in the order of the categories."""
        return [(one.value, self.party[one]) for one in DESK_CATEGORIES if one in self.party]

    @property
    def whom_words(self) -> list[tuple[str, int]]:
        """As `whom`, with the names of the categories."""
        return [(str(Category(category).label), heads) for category, heads in self.whom]

    @property
    def admits(self) -> int:
        """Heads on one ticket."""
        return sum(self.party.values())

    @property
    def last_date(self) -> dt.date | None:
        """The last day it is sold; None where no end is set."""
        return self.valid.upper - dt.timedelta(days=1) if self.valid.upper else None


class TicketEntry(models.Model):
    """By which ticket an entry of the ledger came in. The entries of one tap name the first of them; it has the receipt line.

    What takes an entry back has no row here: it is reached through what it reverses.
    """

    visit = models.OneToOneField(
        "visitors.Visit", primary_key=True, on_delete=models.PROTECT, related_name="ticket"
    )
    # Which entries a ticket made is asked by day: an index of its own would be written at every tap and read by nobody.
    kind = models.ForeignKey(TicketKind, on_delete=models.PROTECT, related_name="+", db_index=False)
    tickets = models.PositiveIntegerField(_("tickets"))
    first = models.ForeignKey("visitors.Visit", on_delete=models.PROTECT, related_name="tapped_with")

    class Meta:
        verbose_name = _("entry by ticket")
        verbose_name_plural = _("entries by ticket")
        constraints = [models.CheckConstraint(condition=Q(tickets__gt=0), name="a_tap_is_of_some_tickets")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def heads(self) -> int:
        """Of the whole tap."""
        return self.tickets * self.kind.admits
