"""A report in the words of other people's programs: OpenMetrics 1.0 for monitoring, JSON-stat 2.0 for statistics."""

from collections.abc import Iterable
from typing import Any

from visitors.indicators import Report
from visitors.insight.table import MONTH, MUNICIPALITY, UNKNOWN, YEAR, Line, lines

OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
JSON_STAT_TYPE = "application/json; charset=utf-8"
_PREFIX = {
    YEAR: "navet_indicator",
    MONTH: "navet_indicator_month",
    MUNICIPALITY: "navet_indicator_municipality",
}


def openmetrics(report: Report) -> str:
    """A gauge for each measure of each part, labelled with year, indicator, and month or municipality. What is not known is left out."""
    families: dict[str, list[str]] = {}
    for line in lines(report):
        samples = families.setdefault(f"{_PREFIX[line.part]}_{line.measure}", [])
        if line.value is not None:
            labels = {"year": str(report.year), "indicator": line.indicator}
            if line.part != YEAR:
                labels[line.part] = line.key
            said = ",".join(f'{name}="{value}"' for name, value in labels.items())
            samples.append(f"{{{said}}} {line.value}")
    text = ["# TYPE navet_indicator_as_of_seconds gauge", "# UNIT navet_indicator_as_of_seconds seconds"]
    text.append(f"navet_indicator_as_of_seconds {_midnight(report)}")
    for name, samples in families.items():
        text.append(f"# TYPE {name} gauge")
        text += [f"{name}{sample}" for sample in samples]
    return "\n".join([*text, "# EOF", ""])


def _midnight(report: Report) -> int:
    """The first second of the day, in UTC, since 1970."""
    return (report.as_of.toordinal() - 719_163) * 86_400


def json_stat(report: Report) -> dict[str, Any]:
    """A collection of three datasets: the year, its months, its municipalities. What is not known is null."""
    by_part: dict[str, list[Line]] = {YEAR: [], MONTH: [], MUNICIPALITY: []}
    for line in lines(report):
        by_part[line.part].append(line)
    names = {
        place.code or UNKNOWN: place.name for figure in report.figures for place in figure.by_municipality
    }
    names |= {figure.code: figure.name for figure in report.figures}
    datasets = [_dataset(report, part, found, names) for part, found in by_part.items() if found]
    return {
        "version": "2.0",
        "class": "collection",
        "label": f"Navet {report.year}",
        "updated": report.as_of.isoformat(),
        "link": {"item": datasets},
    }


def _dataset(report: Report, part: str, found: list[Line], names: dict[str, str]) -> dict[str, Any]:
    dimensions = {
        "indicator": _unique(line.indicator for line in found),
        part: [str(report.year)] if part == YEAR else _unique(line.key for line in found),
        "measure": _unique(line.measure for line in found),
    }
    values = {(line.indicator, line.key or str(report.year), line.measure): line.value for line in found}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"Navet {report.year}, {part}",
        "updated": report.as_of.isoformat(),
        "id": list(dimensions),
        "size": [len(keys) for keys in dimensions.values()],
        "role": {
            "time": [part] if part != MUNICIPALITY else [],
            "geo": [part] if part == MUNICIPALITY else [],
            "metric": ["measure"],
        },
        "dimension": {
            name: {"category": {"index": keys, "label": {key: names.get(key) or key for key in keys}}}
            for name, keys in dimensions.items()
        },
        "value": [
            values.get((indicator, key, measure))
            for indicator in dimensions["indicator"]
            for key in dimensions[part]
            for measure in dimensions["measure"]
        ],
    }


def _unique(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))
