"""What the API forgets."""

import datetime as dt

from django.db import transaction

from navet.api.models import IdempotencyRecord

ANSWERS_ARE_KEPT = dt.timedelta(hours=48)


@transaction.atomic
def forget_old_answers(*, at: dt.datetime) -> int:
    """Remove answers older than 48 hours; the number removed. A POST repeated after that is a new one."""
    return IdempotencyRecord.objects.filter(created_at__lt=at - ANSWERS_ARE_KEPT).delete()[0]
