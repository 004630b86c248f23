"""The tickets of the desk's keys, as rows: what they are called, whom they admit, from when until when; and what a tap made."""

import datetime as dt

import pghistory
import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visitors.models import Category

# What people who come unannounced are counted as. Pupils, course and conference guests come by an arrival, leisure
# children by an attendance list. A ticket admits people of one or two of these: the ledger's words stay, tickets change.
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
    """A key of the desk: one tap, one price, so many people of a category, and of another where it is for a party.

    Its price is a row of `Price` whose product is `code`. What it is called and whom it admits never change, since entries
    were made by it: another name or party is another ticket. What changes is its key: where it is, whether there is one.
    """

    code = models.SlugField(_("code"), max_length=16, unique=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    category = models.CharField(_("counted as"), max_length=16, choices=Category.choices)
    heads = models.PositiveSmallIntegerField(_("people of it"), default=1)
    more_category = models.CharField(
        _("and counted as"), max_length=16, choices=Category.choices, blank=True, default=""
    )
    more_heads = models.PositiveSmallIntegerField(_("people of that"), default=0)
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
                condition=Q(category__in=DESK_CATEGORIES), name="a_ticket_is_counted_as_a_walk_in"
            ),
            models.CheckConstraint(
                condition=Q(more_category="", more_heads=0)
                | Q(more_category__in=DESK_CATEGORIES, more_heads__gte=1, more_heads__lte=MOST_HEADS)
                & ~Q(more_category=F("category")),
                name="the_others_on_a_ticket_are_of_another_category",
            ),
            models.CheckConstraint(
                condition=Q(heads__gte=1, heads__lte=MOST_HEADS), name="a_ticket_is_for_somebody"
            ),
            models.CheckConstraint(condition=~Q(name_sv="") & ~Q(name_en=""), name="a_ticket_has_both_names"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False),
                name="a_ticket_is_sold_for_a_while",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_sold_stays",
                fields=["code", "name_sv", "name_en", "category", "heads", "more_category", "more_heads"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_sv

    @property
    def party(self) -> list[tuple[str, int]]:
        """Whom one ticket admits: category, heads."""
        first = (self.category, self.heads)
        return [first, (self.more_category, self.more_heads)] if self.more_category else [first]

    @property
    def party_words(self) -> list[tuple[str, int]]:
        """As `party`, with the names of the categories."""
        return [(str(Category(category).label), heads) for category, heads in self.party]

    @property
    def admits(self) -> int:
        """Heads on one ticket."""
        return self.heads + self.more_heads

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
