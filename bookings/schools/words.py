"""How grades, lengths and places are said; no database."""

from collections.abc import Iterable, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from navet.directory.grades import Grade

ORDER = {grade: number for number, grade in enumerate(Grade.values)}
YEARS = ["F", *(str(year) for year in range(1, 10))]


def grades(chosen: Iterable[str]) -> str:
    """Grades as people say them, runs drawn together: F, 1, 2, 3, GY -> "Years F–3, Upper secondary"."""
    parts: list[str] = []
    for run in _runs(sorted((grade for grade in chosen if grade in ORDER), key=ORDER.__getitem__)):
        if len(run) > 1:
            parts.append(_("Years %(first)s–%(last)s") % {"first": run[0], "last": run[-1]})
        else:
            parts.append(str(Grade(run[0]).label))
    return ", ".join(parts)


def _runs(ordered: Sequence[str]) -> list[list[str]]:
    """Neighbouring years together; what is no year stands alone."""
    runs: list[list[str]] = []
    for grade in ordered:
        before = runs[-1][-1] if runs else ""
        if before in YEARS and grade in YEARS and YEARS.index(grade) == YEARS.index(before) + 1:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return runs


def labels(values: Iterable[str], choices: type[TextChoices]) -> str:
    """The labels of coded values, in the order of the choices."""
    chosen = set(values)
    return ", ".join(str(label) for value, label in choices.choices if value in chosen)
