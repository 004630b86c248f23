"""How the house stands against its limit, whether there is plenty of room, and whose turn it is: visitors/limits.py says why."""

from django.db import migrations

# An entry counts from the moment it is written, whatever its own clock says: two desks' clocks differ by what decides
# between them. Inside PL/pgSQL every statement sees what was committed before it began, so what is counted after a slot
# was taken is no older than the slot. A block with an EXCEPTION is a savepoint: left by an error, it gives its slot up.
FORWARDS = """
CREATE FUNCTION safety_standing(moment timestamptz, today date)
RETURNS TABLE (most int, warn_percent int, is_demo boolean, heads int) LANGUAGE sql STABLE AS $$
    SELECT l.heads, l.warn_percent, l.is_demo, (
        SELECT coalesce(sum(v.count), 0) FROM visitors_visit v
        WHERE v.leaves_at > moment AND v.day = today AND v.category <> 'digital'
    )::int
    FROM safety_houselimit l WHERE l.valid @> today
$$;

CREATE FUNCTION safety_has_plenty(coming int, moment timestamptz, today date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    most int := (SELECT l.heads FROM safety_houselimit l WHERE l.valid @> today);
    slots int := least(16, greatest(4, most / 100));
    share int := most / (2 * slots);
    is_held boolean := false;
BEGIN
    IF most IS NULL OR coming > share THEN
        RETURN most IS NULL;
    END IF;
    FOR slot IN 0 .. slots - 1 LOOP
        is_held := pg_try_advisory_xact_lock(7233910, slot);
        EXIT WHEN is_held;
    END LOOP;
    IF is_held AND (SELECT heads FROM safety_standing(moment, today)) + coming + (slots - 1) * share > most THEN
        RAISE EXCEPTION 'near the limit' USING ERRCODE = 'NAV01';
    END IF;
    RETURN is_held;
EXCEPTION WHEN SQLSTATE 'NAV01' THEN
    RETURN false;
END
$$;

CREATE FUNCTION safety_in_turn(moment timestamptz, today date)
RETURNS TABLE (most int, warn_percent int, is_demo boolean, heads int) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7233910, slot) FROM generate_series(0, 15) AS slot;
    RETURN QUERY SELECT * FROM safety_standing(moment, today);
END
$$;
"""
BACKWARDS = """
DROP FUNCTION safety_in_turn(timestamptz, date);
DROP FUNCTION safety_has_plenty(int, timestamptz, date);
DROP FUNCTION safety_standing(timestamptz, date);
"""


class Migration(migrations.Migration):
    dependencies = [("safety", "0001_initial"), ("visitors", "0010_past_years_are_kept")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
