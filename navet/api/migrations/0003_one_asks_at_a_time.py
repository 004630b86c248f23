"""Who brings a key waits for whoever has it, and then learns what that one was answered, in one statement."""

from django.db import migrations

# VOLATILE, so that what is looked for is looked for after the wait. The lock goes with the transaction.
FORWARDS = """
CREATE FUNCTION api_answer_given(of_scope text, of_key text)
RETURNS TABLE (fingerprint text, status int, body text, headers text) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('api.idempotency ' || of_scope || ' ' || of_key, 0));
    RETURN QUERY SELECT r.fingerprint::text, r.status::int, r.body, r.headers::text
        FROM api_idempotencyrecord r WHERE r.scope = of_scope AND r.key = of_key;
END
$$;
"""
BACKWARDS = "DROP FUNCTION api_answer_given(text, text);"


class Migration(migrations.Migration):
    dependencies = [("api", "0002_keys_and_answers")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
