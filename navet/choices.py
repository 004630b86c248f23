"""What a choice is called. Django's own `get_…_display` looks through all labels of the field anew, in translation, for each row it is asked of."""

from django.db.models import TextChoices


def label(choices: type[TextChoices], value: str) -> str:
    """In the active language; what is no choice stands as it is."""
    try:
        return str(choices(value).label)
    except ValueError:
        return value
