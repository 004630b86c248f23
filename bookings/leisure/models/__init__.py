"""Clubs, their groups and meetings, the draw; enrolments, who was there, what was written to the guardians."""

from bookings.leisure.models.clubs import Club, Group, GroupQuerySet, Meeting
from bookings.leisure.models.draws import Draw, Exchange
from bookings.leisure.models.enrolments import (
    Absence,
    Attendance,
    Enrolment,
    EnrolmentQuerySet,
    Message,
    PaidBy,
    Payer,
)

__all__ = [
    "Absence",
    "Attendance",
    "Club",
    "Draw",
    "Enrolment",
    "EnrolmentQuerySet",
    "Exchange",
    "Group",
    "GroupQuerySet",
    "Meeting",
    "Message",
    "PaidBy",
    "Payer",
]
