"""What the desk expects of classes is what they booked: the schools' part of `manage.py verify_ledger`."""

from collections.abc import Iterator

from django.db import connection

from bookings.common import arrivals
from bookings.schools.models import SchoolBooking
from visitors.audit import MOST, Difference
from visitors.models import Arrival

# A confirmed class is expected (or was missed) with its head counts; any other that the desk knows is cancelled there.
_STATEMENT = """
    SELECT COALESCE(b.code, a.code), b.status, a.status, COALESCE(b.pupils + b.adults, 0),
        COALESCE(a.expected_participants + a.expected_adults, 0)
    FROM school_bookings_schoolbooking b
    FULL JOIN (SELECT * FROM visitors_arrival WHERE kind = 'school_session') a ON a.code = b.code
    LEFT JOIN house_occasion o ON o.id = a.occasion_id
    WHERE CASE
        WHEN b.code IS NULL THEN TRUE
        WHEN b.status = 'confirmed' THEN
            a.code IS NULL OR a.status = 'cancelled' OR a.occasion_id <> b.session_id
            OR a.expected_participants <> b.pupils OR a.expected_adults <> b.adults
            OR a.booked_participants <> b.first_pupils OR a.starts_at <> lower(o.period)
        ELSE a.code IS NOT NULL AND a.status <> 'cancelled'
    END
    ORDER BY 1 LIMIT %s
"""


def differences() -> Iterator[Difference]:
    """Each class whose booking and arrival disagree."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [MOST])
        for code, booked, expected_as, heads, expected_heads in cursor.fetchall():
            stands = str(SchoolBooking.Status(booked).label) if booked else None
            at_the_desk = str(Arrival.Status(expected_as).label) if expected_as else None
            yield Difference(arrivals.where(code, stands, at_the_desk), heads, expected_heads)
