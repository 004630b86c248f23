"""The ledger, and what counts in what, to look at: both are written by operations alone.

Who gets here holds `admin.access` (navet.accounts.backends); every change is kept by pghistory's triggers.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from visitors.models import Arrival, CheckIn, CountingDecision, CountingRule, Target, Visit


class ReadOnlyAdmin(admin.ModelAdmin):
    """Written by operations alone; a form would go around them."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# Changed at /ledning/rakneregler/, where a reason is asked for.
@admin.register(Target)
class TargetAdmin(ReadOnlyAdmin):
    list_display = ["year", "indicator", "value"]
    list_filter = ["year", "indicator"]
    ordering = ["-year", "indicator"]


@admin.register(CountingRule)
class CountingRuleAdmin(ReadOnlyAdmin):
    list_display = ["year", "indicator", "category", "counts"]
    list_filter = ["year", "indicator", "category", "counts"]
    ordering = ["-year", "indicator", "category"]


@admin.register(CountingDecision)
class CountingDecisionAdmin(ReadOnlyAdmin):
    list_display = ["number", "year", "decided_at", "by", "reason"]
    list_select_related = ["by"]
    ordering = ["-number"]


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    list_display = ["at", "category", "count", "municipality", "source", "reverses_id", "who"]
    list_filter = ["source", "category", "municipality"]
    list_select_related = ["municipality", "by", "device"]
    date_hierarchy = "day"
    ordering = ["-pk"]


@admin.register(CheckIn)
class CheckInAdmin(ReadOnlyAdmin):
    list_display = ["arrival", "participants", "adults", "checked_in_at", "who", "undone_at", "undone_by"]
    list_select_related = ["arrival", "by", "device", "undone_by"]
    date_hierarchy = "checked_in_at"
    ordering = ["-pk"]


@admin.register(Arrival)
class ArrivalAdmin(ReadOnlyAdmin):
    list_display = ["starts_at", "label", "kind", "expected_participants", "expected_adults", "status"]
    list_filter = ["status", "kind"]
    search_fields = ["label", "code"]
    date_hierarchy = "starts_at"
    ordering = ["-starts_at"]
