"""The draw of a group's places as it was held, and fingerprints of seeds that were exchanged before one."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.leisure import draw
from bookings.leisure.models.clubs import Group

_REVEALS = """
    IF NOT EXISTS (
        SELECT FROM leisure_group g WHERE g.occasion_id = NEW.group_id
        AND g.seed_sha256 = encode(sha256(convert_to(NEW.seed, 'UTF8')), 'hex')
    ) THEN
        RAISE EXCEPTION 'the seed of group % is not the one that was published', NEW.group_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Draw(models.Model):
    """A draw as it was held, for whoever reruns it: numbers of applications only, never a name. It stays as it was."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, primary_key=True, related_name="draw")
    drawn_at = models.DateTimeField(_("drawn"))
    seed = models.CharField(_("seed"), max_length=64)
    places = models.PositiveSmallIntegerField(_("places"))
    parties = models.JSONField(_("who took part"))  # [{"tickets": [1, 2], "continues": false}, …]
    placed = models.JSONField(_("who got places"))  # [[1, 2], …] in the order of the draw
    waiting = models.JSONField(_("who waits"))

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        triggers = [
            pgtrigger.Protect(name="what_was_drawn_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="a_draw_reveals_the_seed_that_was_published",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_REVEALS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {len(self.parties)}"

    def took_part(self) -> list[draw.Party]:
        return [draw.Party(tuple(one["tickets"]), one["continues"]) for one in self.parties]


class Exchange(models.Model):
    """A fingerprint that stood there before: its seed could no longer be made, or was in the database. Public, with the reason."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="exchanges")
    seed_sha256 = models.CharField(_("fingerprint of the seed"), max_length=64)
    reason = models.CharField(_("reason"), max_length=200)
    exchanged_at = models.DateTimeField(_("exchanged"))

    class Meta:
        verbose_name = _("exchanged fingerprint")
        verbose_name_plural = _("exchanged fingerprints")
        ordering = ["exchanged_at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.seed_sha256
