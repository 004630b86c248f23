"""What is taken of a session, counted by a function: the statement that waits for the lock can call it when it has it."""

from django.db import migrations

# VOLATILE, so that each statement in it sees what was committed before it began: what is counted is no older than the lock
# that the caller holds. BookingQuerySet.holding() says of a queryset what holds places. The last number is an id for the
# class's own booking, where one is wanted.
FORWARDS = """
CREATE FUNCTION school_bookings_taken(
    session bigint, moment timestamptz, besides bigint, school bigint, class text, email text, draws boolean
) RETURNS bigint[] LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (
        SELECT ARRAY[
            coalesce(sum(pupils) FILTER (WHERE holds), 0), count(*) FILTER (WHERE holds),
            count(*) FILTER (WHERE status = 'waiting'),
            max(id) FILTER (WHERE school_id = school AND class_name = class AND contact_email = email
                AND status NOT IN ('cancelled', 'lapsed') AND is_other),
            CASE WHEN draws THEN nextval(pg_get_serial_sequence('school_bookings_schoolbooking', 'id')) END
        ]
        FROM (
            SELECT b.*, b.id <> besides AS is_other, b.id <> besides
                AND (b.status = 'confirmed' OR b.status IN ('held', 'offered') AND b.holds_until > moment) AS holds
            FROM school_bookings_schoolbooking b WHERE b.session_id = session
        ) AS booking
    );
END
$$;
"""
BACKWARDS = "DROP FUNCTION school_bookings_taken(bigint, timestamptz, bigint, bigint, text, text, boolean);"


class Migration(migrations.Migration):
    dependencies = [("school_bookings", "0003_changes_of_contact")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
